// What is selected in a page: copied with the shell of elements that gives it its meaning, and with what the page says of
// itself.

// A piece of one of these alone would be something else: an item of no list, a cell of no table.
var SHELLS = "p, pre, ul, ol, dl, table, blockquote, figure, h1, h2, h3, h4, h5, h6";
// Where pages say who wrote what and when, in sight.
var FACTS =
  "h1, time[datetime], address, [rel~=author], [itemprop=author], [itemprop=headline], [itemprop=datePublished], [class*=byline i]";
var FACT_MOST_CHARS = 300;
var FRAGMENT_WORDS = 4; // at each end of the passage that the address leads to

/** @typedef {{ ranges: Range[], text: string, base: string, image?: Element }} Selected `image`: one picture, `text` its caption */

/** What is selected in the page, or in a frame of the same site in it. @returns {Selected | null} */
function findSelected() {
  for (const document of documentsOfPage()) {
    const selection = ofDocument("getSelection", document)?.call(document);
    const ranges = selection ? rangesOf(selection, document) : [];
    const text = String(selection ?? "").trim() || ranges.map(String).join(" ").trim();
    if (text && ranges.length) return { ranges, text, base: ofDocument("baseURI", document) };
  }
  return null;
}

/** The page's document, and those of its frames of the same site. @returns {Document[]} */
function documentsOfPage() {
  const frames = select(ofDocument("documentElement"), "iframe, frame").map(frameDocument);
  return [globalThis.document, ...frames.filter((document) => document !== null)];
}

/** @param {any} selection @param {Document} document @returns {Range[]} */
function rangesOf(selection, document) {
  const ranges = Array.from({ length: selection.rangeCount }, (_, at) => selection.getRangeAt(at));
  const seen = ranges.filter((range) => !range.collapsed);
  if (seen.length || !selection.getComposedRanges) return seen;
  const shadowRoots = shadowsOf(ofDocument("documentElement", document)); // it may lie in one of them
  const [inside] = selection.getComposedRanges({ shadowRoots });
  if (!inside || inside.collapsed) return [];
  const range = ofDocument("createRange", document).call(document);
  range.setStart(inside.startContainer, inside.startOffset);
  range.setEnd(inside.endContainer, inside.endOffset);
  return range.collapsed ? [] : [range];
}

/** All shadow trees in a tree. @param {any} root @returns {ShadowRoot[]} */
function shadowsOf(root) {
  const shadows = select(root, "*").map(shadowOf).filter((shadow) => shadow !== null);
  return [...shadows, ...shadows.flatMap(shadowsOf)];
}

/** The page's head and the selection, as a page. @param {Selected} selected @param {Copying} copying @returns {Element} */
function arrangeSelected(selected, copying) {
  const { ranges, base } = selected;
  const { copies, pieces } = copying;
  const found = ofDocument("documentElement");
  const root = /** @type {Element} */ (copies.importNode(found, false));
  leaveOutMarks(root);
  const body = copies.createElement("body");
  const passage = copies.createElement("div");
  setAttribute(passage, "data-qp-selection", "");
  const head = ofDocument("head");
  pieces.push({ nodes: head ? [head] : [], place: root, base: ofDocument("baseURI"), frames: 0 });
  pieces.push({ nodes: factsBeside(ranges), place: body, base, frames: 0 });
  if (selected.image) arrangeImage(selected, passage, copying);
  else for (const range of ranges) copyRange(range, { place: passage, base, frames: 0 }, copying);
  root.append(body);
  body.append(passage);
  return root;
}

/** What the page says of itself in its body, but for what is selected. @param {Range[]} ranges @returns {Element[]} */
function factsBeside(ranges) {
  const facts = select(ofDocument("body"), `script[type="application/ld+json"], ${FACTS}`);
  return facts.filter(
    (fact) =>
      (fact.localName === "script" || (fact.textContent.length <= FACT_MOST_CHARS && display(fact) === "shown")) &&
      !facts.some((around) => around !== fact && around.contains(fact)) &&
      !ranges.some((range) => range.intersectsNode(fact)),
  );
}

/** @param {Range} range @param {Omit<Piece, "nodes">} where @param {Copying} copying */
function copyRange(range, where, copying) {
  const common = range.commonAncestorContainer;
  const around = /** @type {Element | null} */ (common.nodeType === Node.ELEMENT_NODE ? common : common.parentElement);
  const shell = around && Element.prototype.closest.call(around, SHELLS);
  const tops = shell ? [shell] : common.nodeType === Node.TEXT_NODE ? [common] : [...common.childNodes];
  for (const node of tops) copySelected(node, range, where, copying);
}

/**
 * Copies what of a node is selected: what is whole, as a piece; what is not, its shell alone, and so on inside.
 * @param {any} node @param {Range} range @param {Omit<Piece, "nodes">} where @param {Copying} copying
 */
function copySelected(node, range, where, copying) {
  if (!range.intersectsNode(node)) return;
  const { place } = where;
  if (node.nodeType === Node.TEXT_NODE) return place.append(selectedText(node, range));
  if (node.nodeType !== Node.ELEMENT_NODE) return;
  const copy = copying.copies.importNode(node, false);
  place.append(copy);
  if (isWhole(node, range)) {
    const marker = copying.copies.createElement("slot"); // is unwrapped at the end, as slots are
    copy.replaceWith(marker);
    copying.pieces.push({ ...where, nodes: [node], place: marker });
    return;
  }
  leaveOutMarks(copy);
  if (where.base !== ofDocument("baseURI")) resolveUrls(copy, where.base);
  for (const child of ofElement(node, "childNodes")) copySelected(child, range, { ...where, place: copy }, copying);
}

/** @param {Text} text @param {Range} range */
function selectedText(text, range) {
  const from = text === range.startContainer ? range.startOffset : 0;
  return text.data.slice(from, text === range.endContainer ? range.endOffset : undefined);
}

/** Whether all of an element is selected. @param {Element} element @param {Range} range */
function isWhole(element, range) {
  const around = /** @type {Document} */ (element.ownerDocument).createRange();
  around.selectNode(element);
  return (
    range.compareBoundaryPoints(Range.START_TO_START, around) <= 0 && range.compareBoundaryPoints(Range.END_TO_END, around) >= 0
  );
}

/** Whether an element is passed over when text is selected: line numbers, buttons. @param {Element} element */
function isUnselectable(element) {
  return getComputedStyle(element)?.userSelect === "none";
}

/** An address that leads to a passage of its page (a text fragment). @param {string} url @param {string} text */
function addressOfPassage(url, text) {
  const words = text.trim().split(/\s+/);
  const [first, last] = [words.slice(0, FRAGMENT_WORDS), words.slice(FRAGMENT_WORDS).slice(-FRAGMENT_WORDS)];
  /** @param {string[]} some */
  const written = (some) => encodeURIComponent(some.join(" ").slice(0, 200).toWellFormed()).replaceAll("-", "%2D");
  const passage = last.length ? `${written(first)},${written(last)}` : written(first);
  return withDirective(url, `text=${passage}`);
}

/** An address with a fragment directive, which browsers hide from the page. @param {string} url @param {string} directive */
function withDirective(url, directive) {
  return `${url}${url.includes("#") ? "" : "#"}:~:${directive}`;
}
