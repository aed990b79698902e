// Reads the rendered page, or what is selected in it, or one picture; what capture.js calls, once these files are in the page.

/** @typedef {import("../capture.js").PageRead} PageRead */
/** @typedef {import("../capture.js").Reason} Reason */
/** @typedef {{ part?: import("../capture.js").Part, image?: string, mostBytes: number }} Asked */

var XML_VIEWER = "webkit-xml-viewer-source-xml"; // Chromium shows XML by a page of its own

var SCROLLED = 0.1; // of the page; less is its beginning
var READ = "p, li, dd, pre, blockquote, td";
var PASSAGE_LEAST_CHARS = 40;
var PASSAGE_MOST_CHARS = 300;
var NAMED_IMAGE = "[data-qp-selection] img[src]:not([src^='blob:'])"; // what only the page can open was drawn, or is lost

/** @param {Asked} asked @returns {Promise<PageRead | Reason>} */
async function readPage({ part = "page", image = "", mostBytes }) {
  if (ofDocument("contentType") === "application/pdf" && /^https?:$/.test(location.protocol)) return readPdf();
  const refusal = whyNoPage(part);
  if (refusal) return refusal;
  const selected = part === "selection" ? findSelected() : part === "image" ? findImage(image) : null;
  if (part === "selection" && !selected) return "no_selection";
  const address = pageAddress();
  const url = selected ? (part === "image" ? addressOfImage(address, image) : addressOfPassage(address, selected.text)) : address;
  const title = String(ofDocument("title")).slice(0, 1000);
  const passage = selected ? "" : passageRead();
  const copying = startCopying(startPace());
  const root = await (selected ? copySelection(selected, copying) : copyPage(copying));
  sayFrame(root);
  if (part === "image" && !root.querySelector(NAMED_IMAGE)) return "unreadable";
  await copying.pace.rest();
  const html = await writeHtml(root, copying, mostBytes);
  void globalThis.chrome?.runtime?.sendMessage?.({ type: "read" })?.catch(() => undefined); // wakes a stopped background: clicks.js
  return html === null ? "too_large" : { url, title, html, captured_at: new Date().toISOString(), ...(passage && { passage }) };
}

/** What cannot be read as a page. @param {import("../capture.js").Part} part @returns {Reason | undefined} */
function whyNoPage(part) {
  const kind = ofDocument("contentType") ?? "text/html";
  if (!/^https?:$/.test(location.protocol)) return location.protocol === "file:" ? "file" : "browser_page";
  const root = ofDocument("documentElement");
  const isPage = root && ofElement(root, "localName") === "html" && !select(root, `#${XML_VIEWER}`).length;
  return !isPage || (part !== "image" && /^(image|video|audio)\//.test(kind)) ? "not_html" : undefined;
}

/** @param {Copying} copying */
async function copyPage(copying) {
  const place = copying.copies.createElement("div");
  copying.pieces.push({ nodes: [ofDocument("documentElement")], place, base: ofDocument("baseURI"), frames: 0 });
  await copyPieces(copying);
  finish(place);
  return /** @type {Element} */ (place.firstElementChild);
}

/** @param {Selected} selected @param {Copying} copying */
async function copySelection(selected, copying) {
  if (!selected.image) copying.isUnwanted = isUnselectable;
  const root = arrangeSelected(selected, copying);
  await copyPieces(copying);
  finish(root);
  for (const hidden of select(root, "[data-qp-hidden]")) hidden.remove();
  return root;
}

/** The block at the top of the window, where the page is scrolled: there somebody reads. Lower down, where a bar covers it. */
function passageRead() {
  const { scrollY, innerWidth, innerHeight } = globalThis;
  if (!(scrollY > SCROLLED * ofDocument("documentElement").scrollHeight)) return "";
  const looks = [1, 2, 3, 4].map((eighths) => (eighths / 8) * innerHeight);
  const found = looks.map((y) => ofDocument("elementFromPoint").call(document, innerWidth / 2, y)?.closest?.(READ));
  const texts = found.map((block) => (block?.textContent ?? "").trim().slice(0, PASSAGE_MOST_CHARS));
  return texts.find((text) => text.length >= PASSAGE_LEAST_CHARS) ?? "";
}

/** Says on the copy what only a style or an address says of the page: its direction, where its links start. @param {Element} root */
function sayFrame(root) {
  const direction = getComputedStyle(ofDocument("body") ?? ofDocument("documentElement"))?.direction;
  if (!attribute(root, "dir") && direction === "rtl") setAttribute(root, "dir", direction);
  const base = root.querySelector("base");
  if (base) setAttribute(base, "href", ofDocument("baseURI"));
}

/** The page's address, without credentials. */
function pageAddress() {
  const url = new URL(location.href);
  url.username = url.password = "";
  if (!/^#[!/]/.test(url.hash)) url.hash = ""; // some sites keep the page's name there
  return url.href;
}
