// The receipt as it is shown in a corner of the page. Both functions run in the page: nothing from outside is used there.

/**
 * @typedef {{ name: "read" | "tag" | "undo" | "restore" | "more", label: string }} Act
 * @typedef {{ tone: "good" | "ask" | "bad", heading: string, title: string, facts: string[], warnings: string[],
 *   acts: Act[], language: string, direction: "ltr" | "rtl",
 *   words: { region: string, close: string, tags: string, add: string } }} View
 */

/** Moves the focus into the card. @returns {boolean} whether there is one */
export function focusCard() {
  const card = /** @type {any} */ (globalThis).quietpageCard;
  if (!card?.host.isConnected) return false;
  card.focus();
  return true;
}

/**
 * Shows a card, in the place of an earlier one. It closes itself, not while the pointer or the focus is on it. The page
 * cannot look into it: its shadow tree is closed. No style of the page reaches it, and no policy of the page hinders it.
 * @param {View} view
 */
export function showCard(view) {
  const SECONDS = view.tone === "good" ? 8 : 16;
  const CSS = `
    :host { all: initial !important; position: fixed !important; inset: auto !important; margin: 0 !important;
      inset-block-end: 16px !important; inset-inline-end: 16px !important; padding: 0 !important; border: 0 !important;
      inline-size: 352px !important; max-inline-size: calc(100vw - 32px) !important; overflow: visible !important;
      background: none !important; z-index: 2147483647 !important; display: block !important; color-scheme: light dark !important; }
    .card { --sheet: #ffffff; --ink: #201e1a; --soft: #5f5a51; --line: #d9d4c8; --accent: #1f5e58; --wash: #f3f1ea;
      --caution: #fbf0d8; --caution-ink: #614309; --waiting: #b97a06; --danger: #9a2f22; --focus: #1a6fd1;
      box-sizing: border-box; padding: 14px 16px 10px; border: 1px solid var(--line); border-radius: 14px;
      background: var(--sheet); color: var(--ink); box-shadow: 0 2px 6px rgb(0 0 0 / 10%), 0 14px 40px rgb(0 0 0 / 18%);
      font: 400 14px/1.45 -apple-system, "Segoe UI", "Roboto", "Cantarell", "Noto Sans", "Liberation Sans", system-ui, sans-serif;
      text-align: start; overflow-wrap: anywhere; max-block-size: calc(100vh - 32px); overflow-y: auto; }
    @media (prefers-color-scheme: dark) { .card { --sheet: #24221e; --ink: #e9e5dc; --soft: #b3ac9f; --line: #45413a;
      --accent: #8fcbc1; --wash: #33302a; --caution: #3a2f12; --caution-ink: #ecd29a; --waiting: #e0b252; --danger: #f0a093;
      --focus: #7fb6ff; box-shadow: 0 2px 6px rgb(0 0 0 / 40%), 0 14px 40px rgb(0 0 0 / 55%); } }
    .head { display: flex; align-items: center; gap: 9px; min-block-size: 28px; }
    .dot { flex: none; inline-size: 9px; block-size: 9px; border-radius: 50%; background: var(--accent); }
    .ask .dot { background: var(--waiting); } .bad .dot { background: var(--danger); }
    .heading { flex: 1; margin: 0; font-size: 13px; font-weight: 600; color: var(--soft); }
    .title { margin: 4px 0 6px; font: 600 17px/1.3 "Iowan Old Style", "Charter", "Sitka Text", "Noto Serif", "Georgia",
      "Liberation Serif", serif; display: -webkit-box; -webkit-line-clamp: 3; -webkit-box-orient: vertical; overflow: hidden; }
    .fact { margin: 2px 0 0; color: var(--soft); font-size: 13px; }
    .warning { margin: 10px 0 2px; padding: 8px 11px; border-radius: 9px; background: var(--caution); color: var(--caution-ink); font-size: 13px; }
    .acts { display: flex; flex-wrap: wrap; gap: 2px; margin: 8px -9px 0; }
    button { appearance: none; min-block-size: 36px; padding: 6px 10px; border: 0; border-radius: 9px; background: none;
      color: var(--accent); font: inherit; font-weight: 600; cursor: pointer; }
    button:hover { background: var(--wash); }
    button:disabled { opacity: 0.6; cursor: progress; }
    .close { flex: none; display: grid; place-items: center; inline-size: 32px; min-block-size: 32px; padding: 0;
      margin: -4px; margin-inline-end: -8px; color: var(--soft); font-size: 20px; line-height: 1; font-weight: 400; }
    form { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 6px; margin: 10px 0 6px; }
    label { grid-column: 1 / -1; font-size: 13px; color: var(--soft); }
    input { box-sizing: border-box; min-inline-size: 0; min-block-size: 36px; padding: 6px 10px; border: 1px solid var(--soft); border-radius: 9px;
      background: var(--sheet); color: var(--ink); font: inherit; }
    form button { background: var(--accent); color: var(--sheet); } form button:hover { background: var(--ink); }
    :focus-visible { outline: 3px solid var(--focus); outline-offset: 1px; }
    [hidden] { display: none !important; }
    @media (prefers-reduced-motion: no-preference) { .card { animation: come 160ms ease-out; }
      @keyframes come { from { opacity: 0; transform: translateY(8px); } } }
    @media (forced-colors: active) { .card, button { border: 1px solid; } }`;

  const page = globalThis.document;
  /** @type {any} */ (globalThis).quietpageCard?.close();
  const before = page.activeElement;
  const host = page.createElement("quietpage-receipt");
  const shadow = host.attachShadow({ mode: "closed" });
  dress(shadow);
  const card = make("section", `card ${view.tone}`);
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;
  /** @type {string[]} */
  let offered = [];

  /** Gives the tree its style: constructed where the browser lets us, which no policy of the page forbids. @param {ShadowRoot} tree */
  function dress(tree) {
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(CSS);
      tree.adoptedStyleSheets = [sheet];
    } catch {
      const style = page.createElement("style"); // Firefox's content scripts may not construct one, and may do this
      style.textContent = CSS;
      tree.append(style);
    }
  }

  /** @param {string} name @param {string} [kind] @param {string} [words] @returns {any} */
  function make(name, kind = "", words = "") {
    const element = page.createElement(name);
    if (kind) element.className = kind;
    if (words) element.textContent = words;
    return element;
  }

  /** @param {string} label @param {() => void} work @param {string} [kind] */
  function button(label, work, kind) {
    const made = make("button", kind, label);
    made.type = "button";
    made.addEventListener("click", work);
    return made;
  }

  function close() {
    clearTimeout(timer);
    const held = host.contains(page.activeElement);
    host.remove();
    if (held && before instanceof HTMLElement) before.focus({ preventScroll: true });
  }

  function wait() {
    clearTimeout(timer);
    timer = setTimeout(close, SECONDS * 1000);
  }

  /** @param {string} act @param {string} [words] */
  async function ask(act, words = "") {
    return chrome.runtime.sendMessage({ type: "receipt", act, words }).catch(() => undefined);
  }

  const firstButton = () => card.querySelector(".acts button") ?? card.querySelector(".close");

  /** Does something, and shows what came of it, or goes. @param {string} act @param {string} [words] */
  async function perform(act, words) {
    for (const one of card.querySelectorAll("button")) one.disabled = true;
    const next = await ask(act, words);
    if (!host.isConnected) return;
    if (!next?.heading) return close();
    fill(next);
    firstButton().focus();
  }

  /** @param {View} shown */
  function fill({ tone, heading, title, facts, warnings, acts, words }) {
    card.className = `card ${tone}`;
    const said = make("div");
    said.setAttribute("role", "status");
    const head = make("div", "head");
    head.append(make("span", "dot"), make("p", "heading", heading));
    said.append(head);
    if (title) said.append(make("p", "title", title));
    for (const fact of facts) said.append(make("p", "fact", fact));
    for (const warning of warnings) said.append(make("p", "warning", warning));
    const closer = button("×", close, "close");
    closer.setAttribute("aria-label", words.close);
    head.append(closer);
    const row = make("div", "acts");
    for (const { name, label } of acts) row.append(button(label, () => (name === "tag" ? void askTags(words) : void perform(name))));
    card.replaceChildren(said, ...(acts.length ? [row] : []));
  }

  /** The field for tags, with those of the library offered. @param {View["words"]} words */
  async function askTags({ tags, add }) {
    const form = make("form");
    const label = make("label", "", tags);
    const field = make("input");
    const list = make("datalist");
    field.id = label.htmlFor = "tags";
    list.id = "offered";
    field.setAttribute("list", list.id);
    field.autocomplete = "off";
    const save = make("button", "", add);
    form.append(label, field, save, list);
    form.addEventListener("submit", (/** @type {Event} */ event) => {
      event.preventDefault();
      if (field.value.trim()) void perform("tag", field.value);
    });
    field.addEventListener("input", () => void offer(field, list));
    card.querySelector(".acts").replaceWith(form);
    field.focus();
    await offer(field, list);
  }

  /** Offers to complete the last of the tags that are typed. @param {any} field @param {any} list */
  async function offer(field, list) {
    const [, given, begun] = /^((?:.*,)?\s*)([^,]*)$/.exec(field.value) ?? ["", "", ""];
    const answer = await ask("offer", begun);
    if (Array.isArray(answer)) offered = answer;
    list.replaceChildren(...offered.map((name) => {
      const option = make("option");
      option.value = given + name;
      return option;
    }));
  }

  card.lang = view.language;
  host.dir = view.direction;
  card.setAttribute("aria-label", view.words.region);
  host.setAttribute("popover", "manual");
  shadow.append(card);
  card.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    event.stopPropagation(); // the page's own keys are not meant
    if (event.key === "Escape") close();
  });
  for (const kind of ["keyup", "keypress"]) card.addEventListener(kind, (/** @type {Event} */ event) => event.stopPropagation());
  for (const kind of ["pointerenter", "focusin"]) card.addEventListener(kind, () => clearTimeout(timer));
  for (const kind of ["pointerleave", "focusout"]) card.addEventListener(kind, wait);
  (page.body ?? page.documentElement).append(host);
  host.showPopover?.(); // above whatever the page stacks up
  requestAnimationFrame(() => fill(view)); // into a region that is there already, so that it is read out
  wait();
  /** @type {any} */ (globalThis).quietpageCard = { host, close, focus: () => firstButton().focus() };
}
