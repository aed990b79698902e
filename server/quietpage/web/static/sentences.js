// A block of text, sentence by sentence, as ranges of the page: nothing in the page changes.

const SKIPPED = "rt, rp, script, style, math, .picture-place, sup a[href^='#'], a[href^='#'] sup";
const LONGEST = 300; // characters; voices stumble over longer ones, so those are parted where a clause ends
const CLAUSE = /[,;:،؛、，；：–—]\s*/gu;

/** @typedef {{ text: string, range: Range }} Sentence */

/**
 * The sentences of a block, in its language.
 * @param {Element} block
 * @param {string} language BCP 47; what is none is read as if it were unknown
 * @returns {Sentence[]}
 */
export function sentences(block, language) {
  const { text, nodes } = textOf(block);
  return [...bounds(text, language)].flatMap(([begin, end]) => {
    const words = text.slice(begin, end).replace(/\s+/g, " ").trim();
    if (!/[\p{L}\p{N}]/u.test(words)) return [];
    const range = document.createRange();
    const lead = text.slice(begin, end).length - text.slice(begin, end).trimStart().length;
    const trail = text.slice(begin, end).trimEnd().length;
    range.setStart(...place(nodes, begin + lead, false));
    range.setEnd(...place(nodes, begin + trail, true));
    return [{ text: words, range }];
  });
}

/** What a block says, and in which nodes. @param {Element} block */
function textOf(block) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  /** @type {{ node: Text, begin: number }[]} */
  const nodes = [];
  let text = "";
  while (walker.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode);
    if (node.parentElement?.closest(SKIPPED)) continue;
    nodes.push({ node, begin: text.length });
    text += node.data;
  }
  return { text, nodes };
}

/** Where sentences begin and end. @param {string} text @param {string} language @returns {Iterable<[number, number]>} */
function* bounds(text, language) {
  for (const { index, segment } of segmenter(language).segment(text)) {
    let begin = index;
    if (segment.length > LONGEST) {
      for (const { index: at, 0: mark } of segment.matchAll(CLAUSE)) {
        const end = index + at + mark.length;
        if (end - begin < LONGEST / 3) continue;
        yield [begin, end];
        begin = end;
      }
    }
    yield [begin, index + segment.length];
  }
}

/** @param {string} language */
function segmenter(language) {
  try {
    return new Intl.Segmenter(language || undefined, { granularity: "sentence" });
  } catch {
    return new Intl.Segmenter(undefined, { granularity: "sentence" });
  }
}

/** The node and offset of a place in the text. @param {{ node: Text, begin: number }[]} nodes @param {number} at @param {boolean} isEnd @returns {[Text, number]} */
function place(nodes, at, isEnd) {
  const found = nodes.findLast(({ begin }) => (isEnd ? begin < at : begin <= at)) ?? nodes[0];
  const { node, begin } = /** @type {{ node: Text, begin: number }} */ (found);
  return [node, Math.min(node.length, at - begin)];
}
