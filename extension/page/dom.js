// A page's tree as the browser knows it, whatever the page's own names, scripts and forms put in the way.
//
// The files of this folder are injected together, into a world of their own beside the page's scripts. They are plain
// scripts that share one scope, and can be injected again: so functions, and `var` for what is made once.

/**
 * A property of a document as the browser defines it: forms and pictures leave their names on it.
 * @param {string} name
 * @param {Document} [document]
 * @returns {any}
 */
function ofDocument(name, document = globalThis.document) {
  return name in Document.prototype ? Reflect.get(Document.prototype, name, document) : Reflect.get(document, name);
}

/** An element's attribute; what stands in a form leaves its names on the form. @param {Element} element @param {string} name */
function attribute(element, name) {
  return Element.prototype.getAttribute.call(element, name) ?? "";
}

/** @param {Element} element @param {string} name @param {string} value */
function setAttribute(element, name, value) {
  Element.prototype.setAttribute.call(element, name, value);
}

/** @param {Element} element @param {string} name */
function removeAttribute(element, name) {
  Element.prototype.removeAttribute.call(element, name);
}

/**
 * The elements that match, in an element or a shadow tree; itself too. They stand in the list as they are now, whatever
 * becomes of the tree, and are only looked up when asked for: in a page of 100,000 elements that is what takes time.
 * @param {any} root @param {string} css
 * @returns {{ length: number, at: (index: number) => any }}
 */
function listOf(root, css) {
  const inside = ofElement(root, "querySelectorAll").call(root, css);
  if (ofElement(root, "nodeType") !== 1 || !Element.prototype.matches.call(root, css))
    return { length: inside.length, at: (index) => inside[index] };
  return { length: inside.length + 1, at: (index) => (index ? inside[index - 1] : root) };
}

/** The same, all of them. @param {any} root @param {string} css @returns {any[]} */
function select(root, css) {
  const list = listOf(root, css);
  return Array.from({ length: list.length }, (_, index) => list.at(index));
}

/** Any property of an element as the browser defines it. @param {any} element @param {string} name @returns {any} */
function ofElement(element, name) {
  return name in Element.prototype ? Reflect.get(Element.prototype, name, element) : Reflect.get(element, name);
}

/** A property's getter, for what is asked of every element. @param {string} name @returns {(element: Element) => any} */
function getterOf(name) {
  const { get } = Object.getOwnPropertyDescriptor(Element.prototype, name) ?? {};
  return get ? (element) => get.call(element) : (element) => ofElement(element, name);
}

/** @param {Element} element @param {Node[]} content */
function fill(element, ...content) {
  Element.prototype.replaceChildren.call(element, ...content);
}

/** The document in a frame of the same site, or null. @param {any} frame @returns {Document | null} */
function frameDocument(frame) {
  try {
    return frame.contentDocument ?? null;
  } catch {
    return null; // another site's
  }
}

/**
 * The shadow tree of an element, closed ones too: what they show is seen as well.
 * @param {any} element
 * @returns {ShadowRoot | null}
 */
function shadowOf(element) {
  const shadow = shadowRootOf(element);
  if (shadow || !localNameOf(element).includes("-")) return shadow ?? null;
  const closed = globalThis.chrome?.dom?.openOrClosedShadowRoot; // Firefox has it on the element
  return (closed ? closed(element) : element.openOrClosedShadowRoot) ?? null;
}

var shadowRootOf = getterOf("shadowRoot");
var localNameOf = getterOf("localName");
var namespaceOf = getterOf("namespaceURI");
