// Writes the copy as HTML, lighter where it is too large: the least needed goes first, and never text that is seen.

var KEPT_ATTRIBUTES = /^(href|src|alt|lang|dir|id|class|colspan|rowspan|data-qp-.*)$/; // of a page that is too large
var LONG_VALUE_CHARS = 2048; // pictures within the page, data for scripts

/** @type {((root: Element) => void)[]} */
var LIGHTEN = [
  (root) => select(root, "[data-qp-hidden], svg, noscript").forEach((element) => element.remove()),
  (root) => dropAttributes(root, (_, value) => value.length > LONG_VALUE_CHARS),
  (root) => dropAttributes(root, (name) => !KEPT_ATTRIBUTES.test(name)),
];

/** @param {Element} root @param {(name: string, value: string) => boolean} isDropped */
function dropAttributes(root, isDropped) {
  for (const element of select(root, "*"))
    for (const name of Element.prototype.getAttributeNames.call(element))
      if (isDropped(name, attribute(element, name))) removeAttribute(element, name);
}

/**
 * The HTML of a copy, or null where its text alone is too large.
 * @param {Element} root @param {Copying} copying @param {number} mostBytes
 */
async function writeHtml(root, { noscripts, pace }, mostBytes) {
  let html = serialize(root, noscripts);
  await pace.rest();
  if (leaveOutAttributes(root, html)) html = serialize(root, noscripts);
  for (const lighten of LIGHTEN) {
    if (!isTooLarge(html, mostBytes)) break;
    await pace.rest();
    lighten(root);
    html = serialize(root, noscripts);
  }
  return isTooLarge(html, mostBytes) ? null : html;
}

/** @param {Element} root @param {string[]} noscripts */
function serialize(root, noscripts) {
  const marked = /<noscript\b[^>]*data-qp-noscript="(\d+)"[^>]*><\/noscript>/g;
  /** @param {string} _ @param {string} index */
  const filled = (_, index) => `<noscript>${noscripts[Number(index)] ?? ""}</noscript>`;
  const html = root.outerHTML;
  return `<!DOCTYPE html>${noscripts.length ? html.replace(marked, filled) : html}`;
}

/** @param {string} html @param {number} mostBytes */
function isTooLarge(html, mostBytes) {
  return html.length > mostBytes / 3 && new TextEncoder().encode(html).length > mostBytes;
}
