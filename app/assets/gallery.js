// The photos of a watch: thumbnails that can be put into another order, and a viewer over the whole screen.
// Python sends the photos as they are and what to say; a person's wishes go back one at a time, each as the
// trigger "act" with a number, and Python names the number of the last one it has done.
const PAUSE = 350, FAR = 6, SWIPE = 40, PATIENCE = 20000; // ms, px, px, ms

function make(tag, settings = {}, ...children) {
  const one = document.createElement(tag);
  for (const [name, value] of Object.entries(settings)) {
    if (name in one && name !== "list") one[name] = value;
    else one.setAttribute(name, value);
  }
  one.append(...children);
  return one;
}
const icon = (name) => make("span", { className: "cb-icon", ariaHidden: "true", textContent: name });
const labelled = (name, label, onclick) => make("button", { type: "button", className: "cb-tool", ariaLabel: label, title: label, onclick }, icon(name));

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

class Gallery {
  constructor(root, words) {
    this.words = words; // in the reader's language
    this.list = make("ul", { className: "cb-gallery" });
    this.hint = make("p", { className: "cb-gallery-hint cb-quiet" });
    this.said = make("div", { className: "cb-said", role: "status" });
    this.moved = make("div", { className: "cb-unseen", ariaLive: "polite" });
    root.append(this.said, this.list, this.hint, this.moved, this.makeViewer());
    this.photos = [];
    this.onKey = (event) => this.viewerKey(event);
    this.waiting = []; // wishes not sent yet
    this.sent = null; // the one that Python has not answered yet
    this.list.addEventListener("pointerdown", (event) => this.press(event));
    this.list.addEventListener("touchmove", (event) => this.lifted && event.preventDefault(), { passive: false });
    this.list.addEventListener("contextmenu", (event) => this.held && event.preventDefault());
    this.list.addEventListener("click", (event) => this.clicked(event));
    this.list.addEventListener("keydown", (event) => this.moveByKey(event));
  }

  // What Python sends.
  take(data, send) {
    this.send = send;
    Object.assign(this, { title: data.title, writes: data.writes, roles: data.roles });
    const answered = this.sent && data.done >= this.sent.number;
    if (answered) this.sent = null;
    this.photos = data.photos;
    if (!this.reordering() && !this.lifted) this.draw();
    if (data.done !== this.told && (this.told !== undefined || data.said.undo)) this.say(data.said); // once
    this.told = data.done;
    if (this.viewer.open) this.photos.length ? this.show(this.at, answered) : this.viewer.close();
    this.next();
  }

  // A wish; wishes go out one after another, since each needs the version the one before has made.
  ask(wish) {
    if (wish.do === "reorder") this.waiting = this.waiting.filter((each) => each.do !== "reorder");
    this.waiting.push(wish);
    this.next();
  }

  next() {
    this.viewer.classList.toggle("busy", Boolean(this.sent || this.waiting.length));
    if (this.sent || !this.waiting.length) return;
    const wish = this.waiting.shift();
    const now = this.photos.find((photo) => photo.id === wish.id);
    const number = Date.now();
    const more = wish.do === "reorder" ? { seen: this.photos.map((p) => p.id), wanted: this.order() } : { version: wish.version ?? now?.version };
    this.sent = { ...wish, ...more, number };
    this.send("act", this.sent);
    setTimeout(() => {
      if (this.sent?.number !== number) return;
      this.sent = null;
      this.next();
    }, PATIENCE);
  }

  reordering() {
    return this.sent?.do === "reorder" || this.waiting.some((wish) => wish.do === "reorder");
  }

  order() {
    return [...this.list.children].map((item) => item.dataset.id);
  }

  say(said) {
    for (const place of [this.said, this.saidInViewer]) {
      place.replaceChildren();
      if (!said?.text) continue;
      place.append(make("span", { textContent: said.text, className: said.refused ? "cb-refused" : "" }));
      if (said.undo && this.writes) {
        place.append(make("button", { type: "button", className: "cb-tool cb-named", onclick: () => this.ask({ do: "restore", id: said.undo, place: said.place }) }, icon("undo"), this.words.undo));
      }
    }
  }

  // Thumbnails keep their elements, so that nothing loads again and the focus stays.
  draw() {
    const old = new Map([...this.list.children].map((item) => [item.dataset.id, item]));
    this.photos.forEach((photo, place) => {
      const item = old.get(photo.id) ?? this.thumbnail(photo);
      old.delete(photo.id);
      const image = item.querySelector("img");
      if (image.getAttribute("src") !== photo.card) image.src = photo.card;
      item.querySelector(".cb-shot-text").textContent = photo.caption || photo.word;
      if (this.list.children[place] !== item) this.list.insertBefore(item, this.list.children[place] ?? null);
    });
    for (const item of old.values()) item.remove();
    this.list.classList.toggle("cb-writes", this.writes);
    this.hint.textContent = "";
    if (this.writes && this.photos.length > 1) {
      this.hint.append(
        make("span", { className: "cb-by-mouse", textContent: this.words.byMouse }),
        make("span", { className: "cb-by-touch", textContent: this.words.byTouch }),
      );
    }
    this.number();
  }

  thumbnail(photo) {
    const image = make("img", { alt: "", loading: "lazy", decoding: "async", draggable: false, width: 400, height: 300 });
    image.src = photo.card;
    const shot = make("button", { type: "button", className: "cb-shot" }, image, make("span", { className: "cb-badge", textContent: this.words.main }));
    return make("li", { "data-id": photo.id }, shot, make("span", { className: "cb-shot-text cb-quiet" }));
  }

  // What each thumbnail is called, after its place has changed.
  number() {
    const items = [...this.list.children];
    items.forEach((item, place) => {
      const photo = this.photos.find((each) => each.id === item.dataset.id);
      const parts = [filled(this.words.place, { number: place + 1, many: items.length }), place ? "" : this.words.mainInText, photo?.word, photo?.caption];
      item.firstChild.ariaLabel = parts.filter(Boolean).join(", ");
    });
  }

  clicked(event) {
    const item = event.target.closest?.("li");
    if (!item || this.dropped) return;
    this.show(this.order().indexOf(item.dataset.id));
  }

  // ── the order ──
  press(event) {
    const item = event.target.closest?.("li");
    this.dropped = false;
    if (!item || !this.writes || event.button !== 0 || !event.isPrimary) return;
    const { clientX: x, clientY: y } = event;
    const touched = event.pointerType !== "mouse";
    const lift = () => {
      this.lifted = item;
      this.before = this.order().join();
      item.classList.add("cb-lifted");
      document.documentElement.classList.add("cb-dragging");
      this.roll();
    };
    const timer = touched && setTimeout(lift, PAUSE);
    this.held = touched;
    const move = (moved) => {
      if (moved.pointerId !== event.pointerId) return;
      const far = Math.hypot(moved.clientX - x, moved.clientY - y) > FAR;
      if (!this.lifted && far) {
        if (touched) return end(); // it scrolls
        lift();
      }
      if (this.lifted) {
        this.pointer = [moved.clientX, moved.clientY];
        this.moveTo(...this.pointer);
      }
    };
    const end = (ended) => {
      clearTimeout(timer);
      for (const [name, listener] of [["pointermove", move], ["pointerup", end], ["pointercancel", end]]) window.removeEventListener(name, listener);
      this.held = false;
      if (this.lifted) this.drop(ended?.type === "pointercancel");
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", end);
    window.addEventListener("pointercancel", end);
  }

  moveTo(x, y) {
    const over = document.elementFromPoint(x, y)?.closest?.(".cb-gallery > li");
    if (!over || over === this.lifted || over.parentNode !== this.list) return;
    const on = this.lifted.compareDocumentPosition(over) & Node.DOCUMENT_POSITION_FOLLOWING;
    this.list.insertBefore(this.lifted, on ? over.nextSibling : over);
  }

  // At the edge of the screen the page scrolls along.
  roll() {
    if (!this.lifted) return;
    const y = this.pointer?.[1] ?? 200;
    const by = y < 90 ? -10 : y > window.innerHeight - 90 ? 10 : 0;
    if (by) {
      document.querySelector('[data-testid="stMain"]')?.scrollBy(0, by);
      this.moveTo(...this.pointer);
    }
    requestAnimationFrame(() => this.roll());
  }

  drop(cancelled) {
    this.lifted.classList.remove("cb-lifted");
    document.documentElement.classList.remove("cb-dragging");
    const item = this.lifted;
    this.lifted = this.pointer = null;
    this.dropped = true; // the click that follows opens nothing
    setTimeout(() => (this.dropped = false), 50);
    if (cancelled) return this.draw();
    if (this.order().join() !== this.before) this.reordered(item);
  }

  moveByKey(event) {
    const item = event.target.closest?.("li");
    if (!item || !event.altKey || !this.writes) return;
    const columns = getComputedStyle(this.list).gridTemplateColumns.split(" ").length;
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
    if (!step) return;
    event.preventDefault();
    const items = [...this.list.children];
    const from = items.indexOf(item);
    const to = Math.min(items.length - 1, Math.max(0, from + step));
    if (to === from) return;
    this.list.insertBefore(item, to > from ? items[to].nextSibling : items[to]);
    item.firstChild.focus();
    this.reordered(item);
  }

  reordered(item) {
    this.number();
    this.moved.textContent = item.firstChild.ariaLabel;
    this.ask({ do: "reorder" });
  }

  // ── the viewer ──
  makeViewer() {
    this.count = make("span", { className: "cb-viewer-count", ariaLive: "polite" });
    this.saidInViewer = make("div", { className: "cb-said", role: "status" });
    const close = labelled("close", this.words.close, () => this.viewer.close());
    this.big = make("img", { className: "cb-viewer-photo", draggable: false, onload: () => (this.big.style.backgroundImage = "none") });
    this.back = labelled("chevron_left", this.words.before, () => this.step(-1));
    this.on = labelled("chevron_right", this.words.after, () => this.step(1));
    this.back.classList.add("cb-viewer-back");
    this.on.classList.add("cb-viewer-on");
    this.stage = make("div", { className: "cb-viewer-stage" }, this.big, this.back, this.on);
    this.foot = make("div", { className: "cb-viewer-foot" });
    this.viewer = make("dialog", { className: "cb-viewer", ariaLabel: this.words.photos },
      make("div", { className: "cb-viewer-head" }, this.count, this.saidInViewer, close), this.stage, this.foot);
    this.viewer.addEventListener("close", () => this.closed());
    let from = null;
    this.stage.addEventListener("pointerdown", (event) => (from = event.isPrimary ? [event.clientX, event.clientY] : null));
    this.stage.addEventListener("pointerup", (event) => {
      if (!from) return;
      const [dx, dy] = [event.clientX - from[0], event.clientY - from[1]];
      from = null;
      if (Math.abs(dx) > SWIPE && Math.abs(dx) > 2 * Math.abs(dy)) this.step(dx < 0 ? 1 : -1);
    });
    return this.viewer;
  }

  show(place, refresh = false) {
    const many = this.photos.length;
    let photo = this.photos[((place % many) + many) % many];
    // The one that is open stays open wherever it has moved; if it is gone, the next one takes its place.
    if (this.viewer.open && place === this.at) photo = this.photos.find((p) => p.id === this.shown?.id) ?? this.photos[Math.min(place, many - 1)];
    this.at = this.photos.indexOf(photo);
    const same = this.viewer.open && this.shown?.id === photo.id;
    const unchanged = same && this.shown.full === photo.full && this.shown.version === photo.version && this.first === !this.at;
    this.count.textContent = filled(this.words.of, { number: this.at + 1, many });
    this.back.hidden = this.on.hidden = many < 2;
    if (!same || this.shown.full !== photo.full) {
      this.big.style.backgroundImage = `url("${photo.card}")`; // until the large one is here
      this.big.src = photo.full;
      for (const by of [1, -1]) if (many > 1) new Image().src = this.photos[(this.at + by + many) % many].full;
    }
    this.big.alt = [this.title, photo.word, photo.caption].filter(Boolean).join(", ");
    this.shown = photo;
    this.first = !this.at;
    if (!unchanged) this.fillFoot(photo, same && refresh);
    if (this.viewer.open) return;
    this.viewer.showModal();
    window.addEventListener("keydown", this.onKey, true); // wherever the focus is, also on none of its controls
  }

  fillFoot(photo, keeps) {
    if (!this.writes) {
      const text = [photo.word, photo.caption].filter(Boolean).join(" · ");
      this.foot.replaceChildren(make("p", { textContent: text }));
      return;
    }
    const typed = keeps && this.caption && this.caption.value !== this.captionSent ? this.caption.value : null;
    const was = this.foot.contains(document.activeElement) ? document.activeElement.dataset.what : null;
    this.captionSent = photo.caption;
    this.caption = make("input", { type: "text", maxLength: 300, value: typed ?? photo.caption, placeholder: this.words.addCaption, ariaLabel: this.words.caption, autocomplete: "off", "data-what": "caption" });
    this.caption.onchange = () => this.saveCaption();
    const role = make("select", { ariaLabel: this.words.shows, "data-what": "role" },
      ...this.roles.map(([value, word]) => make("option", { value, textContent: word, selected: value === photo.role })));
    role.onchange = () => this.ask({ do: "change", id: photo.id, role: role.value, caption: this.captionSent });
    this.role = role;
    const tool = (what, name, label, short, act) => {
      const one = make("button", { type: "button", className: "cb-tool cb-named", "data-what": what, onclick: act, title: label, ariaLabel: label }, icon(name), make("span", { textContent: short }));
      return one;
    };
    const main = tool("main", "star", this.at ? this.words.makeMain : this.words.isMain, this.at ? this.words.makeMainShort : this.words.main, () => this.ask({ do: "first", id: photo.id }));
    main.disabled = !this.at;
    this.foot.replaceChildren(
      make("div", { className: "cb-viewer-fields" }, role, this.caption),
      make("div", { className: "cb-viewer-tools" }, main,
        tool("left", "rotate_left", this.words.turnLeft, this.words.left, () => this.ask({ do: "turn", id: photo.id, clockwise: false })),
        tool("right", "rotate_right", this.words.turnRight, this.words.right, () => this.ask({ do: "turn", id: photo.id, clockwise: true })),
        tool("delete", "delete", this.words.remove, this.words.removeShort, () => this.ask({ do: "remove", id: photo.id }))),
    );
    const again = was && this.foot.querySelector(`[data-what="${was}"]`);
    if (again && !again.disabled) again.focus();
    else if (was) this.viewer.focus();
  }

  // What was typed is saved when the field, the photo or the viewer is left.
  saveCaption() {
    if (!this.caption || !this.writes || this.caption.value === this.captionSent) return;
    this.captionSent = this.caption.value;
    this.ask({ do: "change", id: this.shown.id, role: this.role.value, caption: this.caption.value });
  }

  step(by) {
    this.saveCaption();
    this.say(null);
    const to = this.at + by;
    this.at = null;
    this.show(to);
  }

  viewerKey(event) {
    if (!this.viewer.isConnected) return window.removeEventListener("keydown", this.onKey, true); // the page has changed
    event.stopPropagation(); // no shortcuts of the page while it is covered
    if (event.target === this.caption) {
      if (event.key === "Enter") this.saveCaption();
      return;
    }
    if (event.target.matches?.("select") || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowRight") this.step(1);
    else if (event.key === "ArrowLeft") this.step(-1);
    else return;
    event.preventDefault();
  }

  closed() {
    window.removeEventListener("keydown", this.onKey, true);
    this.saveCaption();
    this.big.removeAttribute("src");
    const item = [...this.list.children].find((each) => each.dataset.id === this.shown?.id) ?? this.list.firstElementChild;
    this.shown = this.caption = null;
    item?.firstChild.focus();
  }
}

const galleries = new WeakMap(); // by the element the component stands in
export default function ({ parentElement, data, setTriggerValue }) {
  if (!data) return;
  if (!galleries.has(parentElement)) galleries.set(parentElement, new Gallery(parentElement, data.words));
  galleries.get(parentElement).take(data, setTriggerValue);
}
