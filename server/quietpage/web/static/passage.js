// The text of the article as highlights count it; library/passages.py reads its HTML in the very same way, and says how.

const PARTING =
  /^(p|div|section|article|main|blockquote|pre|ul|ol|li|dl|dt|dd|h[1-6]|hr|br|figure|figcaption|table|caption|colgroup|col|thead|tbody|tfoot|tr|th|td|details|summary)$/i;
const SPACE = /[\t\n\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const UNSEEN = /[\u00ad\u200b\u2060\ufeff]/;
// What is no text of the article: readings, sources of formulas, and what the reader puts into it
const SILENT = "rt, rp, annotation, button, svg, .picture, .lead-picture, [data-added]";

/** @typedef {{ node: Text, at: number, size: number, position: number, spaced: boolean }} Letter */

/**
 * Every character of the text: where it stands in the page, its size in code units, its position in code points, and
 * whether a space is before it.
 * @param {Element} body
 * @returns {Generator<Letter>}
 */
function* letters(body) {
  let position = 0;
  let spaced = false;
  const walk = document.createTreeWalker(body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    node instanceof Element && node.matches(SILENT) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  /** @type {Node} */
  let last = body;
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    spaced ||= parts(last, node, body);
    last = node;
    if (!(node instanceof Text)) continue;
    for (let at = 0; at < node.data.length; ) {
      const character = String.fromCodePoint(/** @type {number} */ (node.data.codePointAt(at)));
      const size = character.length;
      if (SPACE.test(character)) spaced = true;
      else if (!UNSEEN.test(character)) {
        if (!position) spaced = false;
        position += spaced ? 1 : 0;
        yield { node, at, size, position, spaced };
        position += 1;
        spaced = false;
      }
      at += size;
    }
  }
}

/**
 * Whether a tag that parts words stands between a node and the next: where one begins, or one ended, left out ones too.
 * @param {Node} last @param {Node} node @param {Element} body
 */
function parts(last, node, body) {
  if (node instanceof Element && PARTING.test(node.localName)) return true;
  for (let one = /** @type {Node | null} */ (last); one && one !== body && !one.contains(node); one = one.parentNode)
    if (one instanceof Element && PARTING.test(one.localName)) return true;
  for (let one = node.previousSibling; one instanceof Element && one.matches(SILENT); one = one.previousSibling)
    if (PARTING.test(one.localName) || one.querySelector("div, p")) return true;
  return false;
}

/**
 * What a range selects, with some words around it; undefined where that is nothing.
 * @param {Element} body @param {Range} range
 */
export function measure(body, range) {
  let [start, end, exact, before, after] = [-1, -1, "", "", ""];
  /** @type {Text | undefined} */
  let known;
  let [from, to] = [0, 0]; // what is selected of that text
  for (const { node, at, size, position, spaced } of letters(body)) {
    if (node !== known) {
      known = node;
      from = node === range.startContainer ? range.startOffset : range.comparePoint(node, 0) < 0 ? Infinity : 0;
      to = node === range.endContainer ? range.endOffset : range.comparePoint(node, node.length) > 0 ? 0 : node.length;
    }
    const character = (spaced ? " " : "") + node.data.slice(at, at + size);
    if (at < from) before = (before + character).slice(-40);
    else if (at + size <= to) {
      if (start < 0) [start, before, exact] = [position, before + (spaced ? " " : ""), character.trimStart()];
      else exact += character;
      end = position + 1;
    } else if (after.length < 40) after += character;
    else break;
  }
  return start < 0 ? undefined : { start, end, exact, prefix: before.slice(-32), suffix: after.slice(0, 32) };
}

/**
 * The range from one position to another. @param {Element} body @param {number} start @param {number} end
 */
export function locate(body, start, end) {
  const range = document.createRange();
  for (const { node, at, size, position } of letters(body)) {
    if (position >= end) break;
    if (position <= start) range.setStart(node, at);
    range.setEnd(node, at + size);
  }
  return range;
}

/**
 * Put what a range selects into marks, text by text; a formula goes into one as a whole.
 * @param {Element} body @param {Range} range @param {() => HTMLElement} mark a new mark
 */
export function wrap(body, range, mark) {
  const walk = document.createTreeWalker(body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    node instanceof Element && node.matches(SILENT) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  /** @type {[ChildNode, number, number][]} */
  const found = [];
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (!range.intersectsNode(node)) continue;
    if (node instanceof Element && node.localName === "math") found.push([node, 0, 0]);
    if (!(node instanceof Text) || node.parentElement?.closest("math")) continue;
    const from = node === range.startContainer ? range.startOffset : 0;
    const to = node === range.endContainer ? range.endOffset : node.length;
    if (from < to && (node.data.slice(from, to).trim() || isWithinWords(node))) found.push([node, from, to]);
  }
  for (const [node, from, to] of found) {
    let part = node;
    if (node instanceof Text) {
      part = from ? node.splitText(from) : node;
      /** @type {Text} */ (part).splitText(to - from);
    }
    const around = mark();
    part.replaceWith(around);
    around.append(part);
  }
}

/** Whether white space stands between words, not between blocks. @param {Text} node */
function isWithinWords(node) {
  return [node.previousSibling, node.nextSibling].every((one) => one && !(one instanceof Element && PARTING.test(one.localName)));
}
