// Keys for the whole app: / search, n new watch, e edit, ? what keys there are. Never while somebody types,
// with a modifier, or while a dialog is open. They can be switched off where they are listed.
const FIELD = 'input:not([type="checkbox"], [type="radio"], [type="button"], [type="file"]), textarea, select, [contenteditable]:not([contenteditable="false"]), [role="textbox"], [role="listbox"], [role="menu"], canvas';
const OPEN = 'dialog[open], [role="dialog"], [role="alertdialog"], [data-testid="stPopoverBody"]';
const SEARCH = '[data-testid="stMain"] .st-key-q input', LINE = ".st-key-quick_line input";
const OFF = "caseback.keys.off", PATIENCE = 8000; // ms

function make(tag, settings = {}, ...children) {
  const one = Object.assign(document.createElement(tag), settings);
  one.append(...children);
  return one;
}

// As app/assets/links.js does it: in this session, without a reload.
function go(address) {
  history.pushState({}, "", address);
  window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
}

// Focus a field as soon as it is there, unless the person does something else meanwhile.
function focusOn(selector) {
  const begin = () => {
    const field = document.querySelector(selector);
    if (!field) return false;
    field.focus();
    field.select();
    return true;
  };
  if (begin()) return;
  const seen = new MutationObserver(() => begin() && stop());
  const stop = () => {
    seen.disconnect();
    clearTimeout(patience);
    for (const kind of ["pointerdown", "keydown"]) document.removeEventListener(kind, stop, true);
  };
  const patience = setTimeout(stop, PATIENCE);
  seen.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => ["pointerdown", "keydown"].forEach((kind) => document.addEventListener(kind, stop, true)));
}

function open(path, field) {
  if (location.pathname !== path) {
    go(path);
    // The page that is left may have a field of that name: wait until it has gone.
    requestAnimationFrame(() => focusOn(field));
  } else focusOn(field);
}

// What each says is named; Python sends the words in the language of who reads them.
const KEYS = [
  { key: "/", says: "search", act: () => open("/watches", SEARCH) },
  { key: "n", says: "add", writes: true, act: () => open("/add_watch", LINE) },
  { key: "e", says: "edit", writes: true, act: edit },
  { key: "?", says: "show", act: show },
];

function edit() {
  const id = location.pathname === "/watch" && new URLSearchParams(location.search).get("id");
  if (id) go(`/edit_watch?id=${encodeURIComponent(id)}`);
  return Boolean(id);
}

function row(key, says) {
  return make("div", {}, make("dt", {}, ...key.split(" ").map((one) => make("kbd", { textContent: one }))), make("dd", { textContent: says }));
}

function show() {
  const { writes, dialog, words } = window.casebackKeys;
  const on = make("input", { type: "checkbox", checked: !localStorage.getItem(OFF) });
  on.addEventListener("change", () => (on.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")));
  const mine = KEYS.filter((one) => writes || !one.writes).map((one) => [one.key, words[one.says]]);
  const others = [[words.escape, words.leave], ["← →", words.photos]];
  const close = make("button", { type: "button", textContent: words.close, onclick: () => dialog.close() });
  dialog.replaceChildren(
    make("h2", { id: "cb-keys-title", textContent: words.title }),
    make("dl", {}, ...[...mine, ...others].map(([key, says]) => row(key, says))),
    make("div", { className: "cb-keys-foot" }, make("label", {}, on, words.on), close),
  );
  dialog.showModal();
  close.focus();
}

function pressed(event) {
  const { button } = window.casebackKeys;
  if (event.defaultPrevented || event.isComposing || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!button.isConnected) return; // signed out
  const from = event.composedPath()[0];
  const field = from?.closest?.(FIELD);
  if (document.querySelector(OPEN)) return;
  if (event.key === "Escape") {
    if (field && from.getAttribute("aria-expanded") !== "true") from.blur();
    return;
  }
  if (field || localStorage.getItem(OFF)) return;
  const { writes } = window.casebackKeys;
  const found = KEYS.find((one) => one.key === event.key && (writes || !one.writes));
  if (found && found.act() !== false) event.preventDefault();
}

export default function ({ data, parentElement }) {
  if (!data) return;
  let button = parentElement.querySelector(".cb-keys-open");
  if (!button) {
    button = make("button", { type: "button", className: "cb-keys-open", onclick: show });
    parentElement.append(button);
  }
  button.textContent = data.words.title;
  const first = !window.casebackKeys; // the listener outlives the page that brought it
  const dialog = first ? make("dialog", { className: "cb-keys" }) : window.casebackKeys.dialog;
  window.casebackKeys = { writes: Boolean(data.writes), words: data.words, button, dialog };
  if (!first) return;
  dialog.setAttribute("aria-labelledby", "cb-keys-title");
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  document.addEventListener("keydown", pressed);
}
