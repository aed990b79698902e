// The rendered page, as the person sees it. `readPage` runs in the page, so nothing from outside it can be used there.

/** @typedef {{ url: string, title: string, html: string, captured_at: string }} PageRead */
/** @typedef {"browser_page" | "web_store" | "file" | "pdf" | "not_html" | "error_page" | "too_large" | "no_selection" | "unreadable"} Reason */
/** @typedef {"page" | "selection"} Part `selection`: only what is selected, as an article of its own */

const MOST_HTML_BYTES = 20 * 1024 * 1024;
const WEB_STORES = [
  "chromewebstore.google.com/",
  "chrome.google.com/webstore",
  "microsoftedge.microsoft.com/addons",
  "addons.mozilla.org/",
];
const WAITS_MS = [20, 40, 60, 80]; // the click's permission reaches the page's process a moment after the click

/** A page that no extension can read, or that is no page. `reason` names a message. */
export class CannotCapture extends Error {
  /** @param {Reason} reason */
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/**
 * Reads the page in a tab, or what is selected there. Raises CannotCapture.
 * @param {chrome.tabs.Tab} tab
 * @param {{ part?: Part }} [asked]
 * @returns {Promise<PageRead>}
 */
export async function capture(tab, { part = "page" } = {}) {
  const read = await inject(Number(tab.id), part).catch((error) => {
    throw new CannotCapture(whyUnreadable(tab.url ?? "", String(error)));
  });
  if (!read) throw new CannotCapture(whyUnreadable(tab.url ?? "", "")); // Firefox's own pages give nothing, and no error
  if (typeof read === "string") throw new CannotCapture(/** @type {Reason} */ (read));
  return read;
}

/** @param {number} tabId @param {Part} part */
async function inject(tabId, part) {
  for (const wait of [...WAITS_MS, 0]) {
    try {
      const [frame] = await chrome.scripting.executeScript({ target: { tabId }, func: readPage, args: [MOST_HTML_BYTES, part] });
      return frame?.result;
    } catch (error) {
      if (!wait || !/cannot access contents/i.test(String(error))) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

/** Why the browser let no extension in. @param {string} url @param {string} error @returns {Reason} */
export function whyUnreadable(url, error) {
  if (/showing error page/i.test(error)) return "error_page";
  if (WEB_STORES.some((store) => url.startsWith(`https://${store}`))) return "web_store";
  if (url.startsWith("file:")) return "file";
  if (/^https?:[^?#]*\.pdf([?#]|$)/i.test(url)) return "pdf";
  return /^https?:/.test(url) ? "unreadable" : "browser_page";
}

/**
 * Runs in the page, and changes nothing in it: everything is copied into a document of its own that loads and runs
 * nothing. Open shadow trees and frames of the same site are copied to where they are seen. Scripts, styles and what
 * was typed into forms stay behind; what is not displayed is marked `data-qp-hidden`.
 * @param {number} mostBytes
 * @param {Part} [part]
 * @returns {PageRead | Reason}
 */
export function readPage(mostBytes, part = "page") {
  const MOST_DEPTH = 500; // as browsers' parsers do; deeper ones (scripts make them) are laid side by side
  const MOST_FRAMES_DEEP = 3;
  const PLACEHOLDER_PX = 40; // a narrower picture stands in for one not loaded yet, which other attributes name
  const LEFT_OUT = new Set(["style", "template"]);
  const NEVER_SHOWN = new Set(["head", "title", "base", "link", "meta", "script", "noscript"]); // and not hidden either
  const KEPT_LINKS = /\b(canonical|amphtml|alternate|icon|author|license|next|prev|shortlink)\b/i;
  const KEPT_SCRIPTS = /^(application\/ld\+json|math\/)/i; // what is known about the page; formulas in TeX or MathML
  const KEPT_ATTRIBUTES = /^(href|src|alt|lang|dir|id|class|colspan|rowspan)$/; // of a page that is too large
  const URL_ATTRIBUTES = ["href", "src", "poster", "cite"];

  const page = globalThis.document;

  /**
   * A property of the document as the browser defines it: forms and pictures leave their names on it.
   * @param {string} name
   * @returns {any}
   */
  const ofPage = (name) => (name in Document.prototype ? Reflect.get(Document.prototype, name, page) : Reflect.get(page, name));

  const found = ofPage("documentElement");
  const kind = ofPage("contentType") ?? "text/html";
  const pageBase = ofPage("baseURI");
  /** @type {Document} */
  const copies = ofPage("implementation").createHTMLDocument("");
  /** @type {string[]} */
  const noscripts = []; // their content is text here: it is put in as it is at the end
  /** @type {Element[]} */
  const invisible = [];
  /** @type {WeakSet<Node>} */
  const seen = new WeakSet();

  /** @type {Map<string, (node: any) => any>} */
  const readers = new Map();

  /**
   * The same for an element: what stands in a form leaves its names on it.
   * @param {any} node @param {string} name
   * @returns {any}
   */
  function read(node, name) {
    let reader = readers.get(name);
    if (!reader) readers.set(name, (reader = readerOf(name)));
    return reader(node);
  }

  /** @param {string} name @returns {(node: any) => any} */
  function readerOf(name) {
    for (let owner = HTMLElement.prototype; owner; owner = Object.getPrototypeOf(owner)) {
      const { get, value } = Object.getOwnPropertyDescriptor(owner, name) ?? {};
      if (get) return (node) => get.call(node);
      if (value) return () => value;
    }
    return (node) => node[name];
  }

  /** @param {Node} parent @param {Node} child */
  const append = (parent, child) => read(parent, "appendChild").call(parent, child);

  /** @param {any} element @param {string} name @returns {string} */
  const attribute = (element, name) => read(element, "getAttribute").call(element, name) ?? "";

  if (kind === "application/pdf") return "pdf";
  if (!/^https?:$/.test(location.protocol)) return location.protocol === "file:" ? "file" : "browser_page";
  if (!found || /^(image|video|audio)\//.test(kind)) return "not_html";
  const selection = part === "selection" ? ofPage("getSelection").call(page) : null;
  if (part === "selection" && !String(selection ?? "").trim()) return "no_selection";
  /** @type {Range | null} */
  const selected = selection?.getRangeAt(0) ?? null;

  /** What of an element's content is seen, in order. @param {any} element @returns {Node[]} */
  function contentOf(element) {
    const name = read(element, "localName");
    if (name === "textarea") return [];
    if (name === "slot") {
      const assigned = element.assignedNodes?.() ?? [];
      if (assigned.length) return assigned;
    }
    const shadow = read(element, "shadowRoot");
    return [...read(shadow ?? element, "childNodes")];
  }

  /** The body of a frame of the same site that shows something, or null. @param {any} frame @returns {any} */
  function frameBody(frame) {
    try {
      const body = frame.contentDocument?.body;
      return body?.textContent.trim() ? body : null;
    } catch {
      return null; // another site's
    }
  }

  /** Whether an element stays behind, with all it holds. @param {any} element @param {string} name */
  function isLeftOut(element, name) {
    if (name === "script") return !KEPT_SCRIPTS.test(attribute(element, "type"));
    if (name === "link") return !KEPT_LINKS.test(attribute(element, "rel"));
    if (name === "noscript") return !/<img\b/i.test(read(element, "textContent")); // pictures that scripts load late
    if (name === "meta") return /^(content-security-policy|refresh)$/i.test(attribute(element, "http-equiv"));
    return LEFT_OUT.has(name);
  }

  /** The copy of one element, without its content. @param {any} element @param {string} name @param {string} base */
  function copyOf(element, name, base) {
    const copy = copies.importNode(element, false);
    for (const { name: key } of [...copy.attributes]) {
      if (/^on/i.test(key) || key === "nonce" || key === "srcdoc" || key === "data-qp-hidden") copy.removeAttribute(key);
    }
    if (name === "input") copy.removeAttribute("value");
    if (name === "option") copy.removeAttribute("selected");
    if (name === "img") showPicture(element, copy);
    if (name === "base" && base === pageBase) copy.setAttribute("href", base);
    if (name === "noscript") copy.setAttribute("data-qp-noscript", String(noscripts.push(read(element, "textContent")) - 1));
    if (base !== pageBase) resolveUrls(copy, base);
    return copy;
  }

  /** Names the picture that is shown, of all that an `img` may choose from. @param {any} image @param {any} copy */
  function showPicture(image, copy) {
    const shown = image.currentSrc;
    if (!/^https?:/.test(shown ?? "") || !(image.naturalWidth >= PLACEHOLDER_PX)) return;
    copy.setAttribute("src", shown);
    copy.removeAttribute("srcset");
    copy.removeAttribute("sizes");
  }

  /** @param {any} copy @param {string} base */
  function resolveUrls(copy, base) {
    for (const key of URL_ATTRIBUTES) {
      const value = copy.getAttribute(key);
      if (value && URL.canParse(value, base)) copy.setAttribute(key, new URL(value, base).href);
    }
  }

  /** Whether a node belongs to the page's head, which says what the selection is from. @param {any} node */
  const isHead = (node) => ofPage("head")?.contains(node);

  /** What of a text is to be copied. @param {Text} text @returns {string} */
  function selectedText(text) {
    if (!selected) return text.data;
    const from = text === selected.startContainer ? selected.startOffset : 0;
    return text.data.slice(from, text === selected.endContainer ? selected.endOffset : undefined);
  }

  /** How an element is displayed. @param {Element} element @returns {"shown" | "invisible" | "none"} */
  function display(element) {
    if (read(element, "checkVisibility")?.call(element, { visibilityProperty: true })) return "shown"; // the quick answer
    const style = getComputedStyle(element);
    if (style?.display === "none") return "none";
    return style?.visibility === "hidden" || style?.visibility === "collapse" ? "invisible" : "shown";
  }

  /**
   * Copies a tree without recursion: it may be as deep as a script cares to make it.
   * @param {Node} top @param {Node} place
   */
  function copyTree(top, place) {
    /** @type {{ node: any, into: any, depth: number, hidden: boolean, base: string, frames: number }[]} */
    const open = [{ node: top, into: place, depth: 0, hidden: false, base: pageBase, frames: 0 }];
    for (let next = open.pop(); next; next = open.pop()) {
      const { node, into, depth } = next;
      let { hidden, base, frames } = next;
      const type = read(node, "nodeType");
      if (selected && !isHead(node) && !selected.intersectsNode(node)) continue;
      if (type === 3 || type === 4) append(into, copies.createTextNode(selectedText(node)));
      if (type !== 1) continue;
      const name = read(node, "localName");
      if (isLeftOut(node, name)) continue;
      let copy = into;
      if (name !== "slot") {
        copy = copyOf(node, name, base);
        append(into, copy);
        if (!hidden && frames === 0 && into !== place && !NEVER_SHOWN.has(name)) hidden = mark(node, copy);
      }
      const body = (name === "iframe" || name === "frame") && !hidden && frames < MOST_FRAMES_DEEP ? frameBody(node) : null;
      if (body) {
        const box = copies.createElement("div");
        box.setAttribute("data-qp-frame", body.ownerDocument.URL);
        read(into, "replaceChild").call(into, box, copy);
        copy = box;
        base = body.baseURI;
        frames += 1;
      }
      if (name === "noscript") continue;
      const content = body ? [...body.childNodes] : contentOf(node);
      if (selected && name === "body") read(copy, "setAttribute").call(copy, "data-qp-selection", "");
      for (const child of content.reverse())
        open.push({ node: child, into: depth < MOST_DEPTH ? copy : into, depth: depth + 1, hidden, base, frames });
    }
  }

  /** Marks what is not displayed; answers whether that holds for all inside too. @param {Element} node @param {Element} copy */
  function mark(node, copy) {
    const how = display(node);
    if (how === "none") read(copy, "setAttribute").call(copy, "data-qp-hidden", "");
    else if (how === "invisible") invisible.push(copy);
    else seen.add(copy);
    return how === "none";
  }

  /** Marks the invisible too, unless something inside is visible again. */
  function markInvisible() {
    for (const copy of invisible.reverse()) if (!containsSeen(copy)) read(copy, "setAttribute").call(copy, "data-qp-hidden", "");
  }

  /** Looks at each element once: what is invisible and was looked at is marked, or seen. @param {Element} copy */
  function containsSeen(copy) {
    for (const child of read(copy, "children")) if (seen.has(child)) return seen.add(copy), true;
    return false;
  }

  /** What may go when a page is too large, the least needed first. Never text that is seen. */
  const LIGHTEN = [
    (/** @type {any} */ root) => {
      for (const element of root.querySelectorAll("[data-qp-hidden], svg, noscript")) read(element, "remove").call(element);
    },
    (/** @type {any} */ root) => dropAttributes(root, (_, value) => value.length > 2048), // pictures within the page
    (/** @type {any} */ root) => dropAttributes(root, (name) => !KEPT_ATTRIBUTES.test(name)),
  ];

  /** @param {any} root @param {(name: string, value: string) => boolean} isDropped */
  function dropAttributes(root, isDropped) {
    for (const element of root.querySelectorAll("*"))
      for (const { name, value } of [...read(element, "attributes")])
        if (isDropped(name, value)) read(element, "removeAttribute").call(element, name);
  }

  /** @param {any} root */
  function serialize(root) {
    const marked = /<noscript\b[^>]*data-qp-noscript="(\d+)"[^>]*><\/noscript>/g;
    /** @param {string} _ @param {string} index */
    const filled = (_, index) => `<noscript>${noscripts[Number(index)] ?? ""}</noscript>`;
    return `<!DOCTYPE html>${root.outerHTML.replace(marked, filled)}`;
  }

  /** @param {string} html */
  const isTooLarge = (html) => html.length > mostBytes / 3 && new TextEncoder().encode(html).length > mostBytes;

  const holder = copies.createElement("div");
  copyTree(found, holder);
  markInvisible();
  const root = /** @type {HTMLElement} */ (holder.firstChild);
  const direction = getComputedStyle(ofPage("body") ?? found)?.direction;
  if (!root.getAttribute("dir") && direction === "rtl") root.setAttribute("dir", direction);
  let html = serialize(root);
  for (const lighten of LIGHTEN) {
    if (!isTooLarge(html)) break;
    lighten(root);
    html = serialize(root);
  }
  if (isTooLarge(html)) return "too_large";

  const url = new URL(location.href);
  url.username = url.password = "";
  if (!/^#[!/]/.test(url.hash)) url.hash = ""; // some sites keep the page's name there
  return { url: url.href, title: ofPage("title").slice(0, 1000), html, captured_at: new Date().toISOString() };
}
