// What stays behind: what only machines read, what a person typed, and what proves who they are.

var KEPT_LINKS = /\b(canonical|amphtml|alternate|icon|author|license|next|prev|shortlink)\b/i;
var KEPT_SCRIPTS = /^(application\/ld\+json|math\/)/i; // what is known about the page; formulas in TeX or MathML
var KEPT_BACK_METAS = /^(content-security-policy|refresh)/i;
// What proves who somebody is goes by such names: of form fields, of attributes, in data that an attribute holds.
var SECRET = /csrf|xsrf|nonce|token|authenticity|session[-_]?id|api[-_]?key/i;
// Looked for from its end, which is rare: half the time.
var SECRET_IN_HTML = new RegExp(`(?:="|&quot;)(?<=(?:${SECRET.source})[\\w-]*(="|&quot;))`, "gi");
// Most pages have no others to leave out: these go before the copy is written, which then need not be written again.
var OFTEN = ["onclick", "onload", "onerror"];
var UNWANTED = new RegExp(`^on[a-z]+$|^srcdoc$|${SECRET.source}`, "i");
var OUR_MARKS = "[data-qp-hidden], [data-qp-selection], [data-qp-frame], [data-qp-noscript], [data-qp-canvas]";

/** Takes out of a copy what is not to leave the page. @param {Element} root */
function leaveOut(root) {
  for (const element of select(root, "style, template, script, link, meta")) if (isLeftOut(element)) element.remove();
  for (const element of select(root, `[${OFTEN.join("], [")}]`)) for (const name of OFTEN) removeAttribute(element, name);
  for (const field of select(root, "input, button, option")) forget(field);
  for (const field of select(root, "textarea")) fill(field);
}

/** @param {Element} element */
function isLeftOut(element) {
  switch (ofElement(element, "localName")) {
    case "script":
      return !KEPT_SCRIPTS.test(attribute(element, "type"));
    case "link":
      return !KEPT_LINKS.test(attribute(element, "rel"));
    case "meta":
      return KEPT_BACK_METAS.test(attribute(element, "http-equiv")) || SECRET.test(attribute(element, "name"));
    default:
      return true;
  }
}

/** @param {Element} field */
function forget(field) {
  for (const name of ["value", "selected", "checked"]) removeAttribute(field, name);
}

/** Takes marks like ours off a fresh copy: a page cannot write them itself. @param {Element} copy */
function leaveOutMarks(copy) {
  for (const element of select(copy, OUR_MARKS))
    for (const name of Element.prototype.getAttributeNames.call(element))
      if (name.startsWith("data-qp-")) removeAttribute(element, name);
}

/**
 * Takes attributes out that hold scripts or a whole page, are named like a secret, or hold data with one. They are looked
 * for in the text, where that takes a hundredth of the time.
 * @param {Element} root @param {string} html the same, written
 * @returns {boolean} whether there were any
 */
function leaveOutAttributes(root, html) {
  let found = false;
  for (const name of suspects(html))
    for (const element of select(root, `[${CSS.escape(name)}]`)) {
      if (!UNWANTED.test(name) && !SECRET.test(attribute(element, name))) continue;
      removeAttribute(element, name);
      found = true;
    }
  return found;
}

/** The names of attributes that may have to go; some may be words of the text. @param {string} html */
function suspects(html) {
  const names = new Set([...html.matchAll(/ (on[a-z]+|srcdoc)="/g)].map(([, name]) => name));
  for (const { 1: end, index } of html.matchAll(SECRET_IN_HTML)) {
    const close = end === '="' ? index : html.lastIndexOf('="', index);
    const name = html.slice(html.lastIndexOf(" ", close) + 1, close);
    if (/^[\w.:-]+$/.test(name) && (end === '="' || name.startsWith("data-"))) names.add(name);
  }
  return names;
}
