// Copies what is seen of a page into a document of its own, which loads and runs nothing. The page is not touched.

var FRAMES_DEEP = 3;
var FRAMES_MOST = 40;
var FRAME_LEAST_PX = 10; // a smaller frame shows nothing to read
var URL_ATTRIBUTES = ["href", "src", "poster", "cite"];
// Elements whose copies need more than a copy, and what they need. Frames come last: they bring pieces of their own.
var SPECIAL = "slot, details, img, video, audio, canvas, noscript, iframe, frame";

/**
 * @typedef {{ nodes: Node[], place: Element, base: string, frames: number }} Piece
 *   Nodes that are to be copied whole into `place`. `base` is what their addresses are relative to, `frames` in how many
 *   frames they stand.
 * @typedef {{
 *   copies: Document, pace: Pace, pieces: Piece[], noscripts: string[], left: { frames: number, drawings: number },
 *   isUnwanted?: (source: Element) => boolean,
 * }} Copying
 *   `pieces` wait to be copied; `noscripts` are texts that stand for HTML, put in at the end.
 */

/** @param {Pace} pace @returns {Copying} */
function startCopying(pace) {
  const copies = ofDocument("implementation").createHTMLDocument("");
  return { copies, pace, pieces: [], noscripts: [], left: { frames: FRAMES_MOST, drawings: DRAWINGS_MOST } };
}

/** Copies all pieces that wait, and those which they bring along: shadow trees, slotted content, frames. @param {Copying} copying */
async function copyPieces(copying) {
  for (let piece = copying.pieces.shift(); piece; piece = copying.pieces.shift())
    for (const node of piece.nodes) await copyNode(node, piece, copying);
}

/** @param {Node} node @param {Piece} piece @param {Copying} copying */
async function copyNode(node, piece, copying) {
  const copy = /** @type {Element} */ (copying.copies.importNode(node, true));
  piece.place.append(copy);
  if (copy.nodeType !== Node.ELEMENT_NODE) return;
  leaveOutMarks(copy);
  // Pairs of an element and its copy, as they are at this moment: what the page changes later does not matter.
  const [asked, copiesAsked] = [listOf(node, ASKED), listOf(copy, ASKED)];
  const [specials, copiedSpecials] = [select(node, SPECIAL), select(copy, SPECIAL)];
  const [backgrounds, copiedBackgrounds] = [select(node, BACKGROUNDS), select(copy, BACKGROUNDS)];
  const { pace, isUnwanted } = copying;
  /** @param {ShadowRoot} shadow @param {Element} host */
  const onHost = (shadow, host) => {
    fill(host);
    copying.pieces.push({ ...piece, nodes: [...shadow.childNodes], place: host });
  };
  await markHidden(asked, copiesAsked, { pace, isUnwanted, onHost });
  if (piece.base !== ofDocument("baseURI")) resolveUrls(copy, piece.base);
  for (const [at, copied] of copiedSpecials.entries())
    if (isSeen(copied, piece) || copied.localName === "noscript") copySpecial(specials[at], copied, piece, copying);
  for (const [at, copied] of copiedBackgrounds.entries()) if (isSeen(copied, piece)) showBackground(backgrounds[at], copied);
}

/** Whether a copy still stands in its place, and is not hidden. @param {Element} copy @param {Piece} piece */
function isSeen(copy, piece) {
  return piece.place.contains(copy) && !Element.prototype.closest.call(copy, "[data-qp-hidden]");
}

/** @param {any} source @param {any} copy @param {Piece} piece @param {Copying} copying */
function copySpecial(source, copy, piece, copying) {
  switch (ofElement(source, "localName")) {
    case "slot":
      return copySlotted(source, copy, piece, copying);
    case "details":
      return setAttribute(copy, "open", "");
    case "img":
      return showPicture(source, copy, copying.left);
    case "video":
    case "audio":
      return showMedia(source, copy);
    case "canvas":
      return copying.left.drawings-- > 0 ? showDrawing(source, copy) : undefined;
    case "noscript":
      return copyNoscript(copy, copying);
    default:
      return copyFrame(source, copy, piece, copying);
  }
}

/** What an element's content shows in its shadow tree's place for it. @param {any} slot @param {Element} copy @param {Piece} piece @param {Copying} copying */
function copySlotted(slot, copy, piece, copying) {
  const assigned = slot.assignedNodes?.() ?? [];
  if (!assigned.length) return; // its own content is shown
  fill(copy);
  copying.pieces.push({ ...piece, nodes: assigned, place: copy });
}

/** Pictures that scripts load late stand here; where scripts run, as text. @param {Element} copy @param {Copying} copying */
function copyNoscript(copy, { noscripts }) {
  const html = copy.textContent ?? "";
  if (!/<img\b/i.test(html)) return copy.remove();
  fill(copy);
  setAttribute(copy, "data-qp-noscript", String(noscripts.push(html) - 1));
}

/** @param {any} frame @param {Element} copy @param {Piece} piece @param {Copying} copying */
function copyFrame(frame, copy, piece, copying) {
  const inside = piece.frames < FRAMES_DEEP ? frameDocument(frame) : null;
  if (!inside) return;
  const body = ofDocument("body", inside);
  if (!body?.childNodes.length || frame.clientWidth < FRAME_LEAST_PX || frame.clientHeight < FRAME_LEAST_PX) return;
  if (copying.left.frames-- <= 0) return;
  const place = copying.copies.createElement("div");
  setAttribute(place, "data-qp-frame", ofDocument("URL", inside));
  copy.replaceWith(place);
  const nodes = ofElement(body, "localName") === "frameset" ? [body] : [...body.childNodes];
  copying.pieces.push({ nodes, place, base: ofDocument("baseURI", inside), frames: piece.frames + 1 });
}

/** @param {Element} root @param {string} base */
function resolveUrls(root, base) {
  for (const name of URL_ATTRIBUTES)
    for (const element of select(root, `[${name}]`)) {
      const value = attribute(element, name);
      if (URL.canParse(value, base)) setAttribute(element, name, new URL(value, base).href);
    }
}

/** What is left to do when all is in its place. @param {Element} root */
function finish(root) {
  leaveOut(root);
  for (const slot of select(root, "slot")) slot.replaceWith(...slot.childNodes);
  for (const frameset of select(root, "frameset")) unframe(frameset);
  if (/xml/.test(ofDocument("contentType") ?? "")) textOfSections(root);
}

/** HTML takes nothing but frames into a frameset: what they show goes into a body. @param {Element} frameset */
function unframe(frameset) {
  const isBody = ofElement(frameset, "parentElement")?.localName === "html";
  const box = frameset.ownerDocument.createElement(isBody ? "body" : "div");
  box.append(...frameset.childNodes);
  frameset.replaceWith(box);
}

/** XML's CDATA sections, which HTML has not, become the text that they are. @param {Element} root */
function textOfSections(root) {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_CDATA_SECTION);
  const sections = [];
  while (walker.nextNode()) sections.push(/** @type {CDATASection} */ (walker.currentNode));
  for (const section of sections) section.replaceWith(section.data);
}
