// What is displayed, and what is not.

var NEVER_SHOWN = new Set(["head", "title", "base", "link", "meta", "script", "noscript", "style", "template"]); // nor hidden
var VISIBLE = { visibilityProperty: true };
var CHECKED_AT_ONCE = 100; // elements, between two looks at the clock

// What is asked whether it is displayed: all but the parts of drawings and formulas, and what stands in running text
// without a style of its own.
var PARTS = "path, g, use, circle, rect, line, polygon, polyline, ellipse, defs, tspan, mrow, mi, mo, mn, msub, msup, mstyle";
var IN_TEXT = "a, abbr, b, br, cite, code, em, i, kbd, mark, q, s, small, strong, sub, sup, time, u, var, wbr";
var ASKED = `:is([class], [id], [style], [hidden]):not(${PARTS}), :not(${PARTS}, ${IN_TEXT})`; // so written, in half the time

/**
 * Marks in a copy what its source does not display, with `data-qp-hidden`, once for all inside; and says where shadow
 * trees stand.
 * @param {{ length: number, at: (index: number) => Element }} sources an element and what it holds, as ASKED finds it
 * @param {{ length: number, at: (index: number) => Element }} copies the same, copied
 * @param {{ pace: Pace, isUnwanted?: (source: Element) => boolean, onHost: (shadow: ShadowRoot, copy: Element) => void }} how
 */
async function markHidden(sources, copies, { pace, isUnwanted = () => false, onHost }) {
  /** @type {{ copy: Element, end: number }[]} */
  let invisible = []; // elements around, of which nothing visible was found yet
  for (let at = 0; at < sources.length; at++) {
    if (at % CHECKED_AT_ONCE === 0 && pace.isOver()) await pace.rest();
    const source = sources.at(at);
    const how = isUnwanted(source) ? "none" : display(source);
    const shadow = how === "none" ? null : shadowOf(source);
    if (how === "invisible") invisible.push({ copy: copies.at(at), end: at + countAsked(copies.at(at)) });
    else if (how === "shown" && invisible.length) invisible = settle(invisible, at);
    if (how !== "none" && !shadow) continue;
    const copy = copies.at(at);
    at += countAsked(copy);
    if (shadow) onHost(shadow, copy);
    else if (!NEVER_SHOWN.has(localNameOf(source)) && namespaceOf(source)?.endsWith("xhtml")) hide(copy);
  }
  for (const { copy } of invisible) hide(copy);
  await pace.rest();
}

/**
 * What is invisible with all it holds is marked; of what holds something that is seen, only its own text.
 * @param {{ copy: Element, end: number }[]} invisible @param {number} at where something is seen
 * @returns {{ copy: Element, end: number }[]} none: nothing is left to find out
 */
function settle(invisible, at) {
  for (const { copy, end } of invisible) end < at ? hide(copy) : hideText(copy);
  return [];
}

/** @param {Element} copy */
function hideText(copy) {
  for (const node of [...ofElement(copy, "childNodes")]) {
    if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) continue;
    const box = copy.ownerDocument.createElement("span");
    node.replaceWith(box);
    box.append(node);
    hide(box);
  }
}

/** @param {Element} element */
function countAsked(element) {
  return Element.prototype.querySelectorAll.call(element, ASKED).length;
}

/** @param {Element} copy */
function hide(copy) {
  setAttribute(copy, "data-qp-hidden", "");
}

/** How an element is displayed. @param {Element} element @returns {"shown" | "invisible" | "none"} */
function display(element) {
  if (Element.prototype.checkVisibility.call(element, VISIBLE)) return "shown"; // the quick answer
  if (!ofElement(element, "isConnected")) return "shown"; // it was, when it was copied
  const style = getComputedStyle(element);
  if (style?.display === "none" || isSkipped(element)) return "none";
  return style?.visibility === "hidden" || style?.visibility === "collapse" ? "invisible" : "shown";
}

/**
 * Whether a style takes an element's content out of sight. What a click or the browser's own search opens is not so:
 * folded details, and text that is hidden until it is found.
 * @param {Element} element
 */
function isSkipped(element) {
  const around = ofElement(element, "parentElement");
  if (!around || Element.prototype.matches.call(around, "details, [hidden=until-found]")) return false;
  return getComputedStyle(around)?.contentVisibility === "hidden";
}
