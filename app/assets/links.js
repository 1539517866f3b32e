// Makes plain clicks on links in our own HTML stay inside the running session, and a chosen theme hold
// on every page.
// Streamlit's router listens to popstate: it finds the page of the address and reruns it with its query
// string; the page starts at its top, unless the link stands in a container whose key begins with "stay".
// A click with a modifier, another button, target, download or another origin stays the browser's.
// Pages have addresses of one segment; anything deeper (/session/…, /photo/…) is a route of the server.
function follow(event) {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest?.(".stHtml a[href]");
  if (!link || link.target || link.hasAttribute("download")) return;
  const to = new URL(link.href);
  if (to.origin !== location.origin || !/^\/[^/]*$/.test(to.pathname) || to.hash) return;
  event.preventDefault();
  if (to.href !== location.href) history.pushState({}, "", to);
  window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  if (!link.closest('[class*="st-key-stay"]')) document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
}

// "Copy link": the address of this page without what is open on it for a moment. Browsers have a clipboard
// only over HTTPS and on this machine; elsewhere a selected text is copied as by hand.
async function copyLink(event) {
  const link = event.target.closest?.("a.cb-copy");
  if (!link || (event.type === "keydown" && event.key !== " ")) return;
  event.preventDefault();
  const address = new URL(location.href);
  for (const name of ["share", "value", "service", "expense"]) address.searchParams.delete(name);
  address.hash = "";
  say((await copied(address.href)) ? link.dataset.said : link.dataset.failed);
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = Object.assign(document.createElement("textarea"), { value: text, readOnly: true });
    field.style.cssText = "position: fixed; opacity: 0";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

// A sentence at the foot of the page for a while, read out by screen readers.
function say(text) {
  let place = document.querySelector(".cb-said");
  if (!place) {
    place = Object.assign(document.createElement("div"), { className: "cb-said" });
    place.setAttribute("role", "status");
    document.body.append(place);
  }
  place.textContent = text;
  clearTimeout(say.later);
  say.later = setTimeout(() => (place.textContent = ""), 5000);
}

// Streamlit keeps the chosen theme under the address of one page and does not rerun: a bookmark of another
// page would open in the old theme, and charts (their colours come from Python) would keep the old ones.
function spreadTheme() {
  const prefix = "stActiveTheme-";
  const mine = Object.keys(localStorage).find((key) => key.startsWith(`${prefix}${location.pathname}-v`));
  if (mine) {
    const version = mine.slice(mine.lastIndexOf("-v"));
    for (const path of window.caseback.paths) localStorage.setItem(prefix + path + version, localStorage.getItem(mine));
  } else {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
  }
  window.caseback.rerun();
}

// A dialog opens ready to type: Streamlit leaves the focus on its frame, and fills it a moment later.
function readyToType(event) {
  const frame = event.target;
  if (frame.getAttribute?.("role") !== "dialog" || !frame.matches('[data-testid="stDialog"], [data-testid="stDialog"] *')) return;
  const begin = () => {
    const field = frame.querySelector(".stTextInput input");
    if (field && document.activeElement === frame) field.focus();
    if (field || !frame.isConnected) filled.disconnect();
  };
  const filled = new MutationObserver(begin);
  filled.observe(frame, { childList: true, subtree: true });
  begin();
}

// Streamlit's menu is a list whose items stand in groups, which a screen reader takes for no list at all:
// the groups become plain, the links stay links in a navigation.
function plainMenu() {
  for (const list of document.querySelectorAll('[data-testid="stSidebarNavItems"]')) {
    list.setAttribute("role", "none");
    for (const item of list.querySelectorAll("li")) item.setAttribute("role", "none");
  }
}

// The theme a person chose in their settings comes to each of their devices once; what is chosen on a device
// afterwards holds there. Streamlit reads the theme when a page loads.
function takeTheme(theme) {
  const taken = localStorage.getItem("caseback.theme") ?? "";
  if (theme === taken) return;
  localStorage.setItem("caseback.theme", theme);
  for (const path of window.caseback.paths) {
    const key = `stActiveTheme-${path}-v2`; // Streamlit's own
    if (theme) localStorage.setItem(key, JSON.stringify(theme === "dark" ? "Dark" : "Light"));
    else localStorage.removeItem(key);
  }
  location.reload();
}

// Remembers on this device whether amounts are hidden; the server reads it when a page loads.
function rememberHiding(hides) {
  const lasting = hides ? 365 * 24 * 3600 : 0;
  document.cookie = `watch_privacy=1; path=/; max-age=${lasting}; samesite=lax`;
}

export default function ({ data, setTriggerValue }) {
  document.documentElement.lang = data?.language ?? "en";
  rememberHiding(data?.hides);
  const first = !window.caseback; // the listeners outlive the page that brought them
  window.caseback = { paths: data?.paths ?? [], rerun: () => setTriggerValue("theme", true) };
  takeTheme(data?.theme ?? "");
  plainMenu();
  if (!first) return;
  new MutationObserver(() => requestAnimationFrame(plainMenu)).observe(document.body, { childList: true, subtree: true });
  document.addEventListener("click", follow);
  document.addEventListener("click", copyLink);
  document.addEventListener("keydown", copyLink);
  document.addEventListener("focusin", readyToType);
  document.addEventListener("click", (event) => {
    if (event.target.closest?.('[data-testid^="stMainMenuItem-theme-"]')) setTimeout(spreadTheme, 300);
  });
}
