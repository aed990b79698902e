// Tells whether anybody changes the page: by what its observers see, and by what its own, patched prototypes are called for.
(() => {
  const changes = [];
  const observe = (root) =>
    new MutationObserver((records) => records.forEach(({ type, target }) => changes.push(`${type} of ${target.nodeName}`))).observe(root, {
      subtree: true, childList: true, attributes: true, characterData: true,
    });
  observe(document);
  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function (init) {
    const shadow = attachShadow.call(this, init);
    observe(shadow);
    return shadow;
  };
  const watched = [
    [Node, ["appendChild", "insertBefore", "replaceChild", "removeChild", "cloneNode", "textContent", "nodeValue"]],
    [Element, ["setAttribute", "removeAttribute", "append", "replaceChildren", "remove", "innerHTML", "outerHTML", "attachShadow"]],
    [Document, ["createElement", "importNode", "adoptNode"]],
    [HTMLElement, ["click", "focus", "innerText"]],
    [Window, ["scrollTo", "dispatchEvent"]],
  ];
  const note = (owner, name) => changes.push(`${owner.name}.${name}`);
  function patch(owner, name) {
    const found = Object.getOwnPropertyDescriptor(owner.prototype, name);
    if (!found) return;
    const { value, set } = found;
    if (value) owner.prototype[name] = function (...given) { return note(owner, name), value.apply(this, given); };
    if (set) Object.defineProperty(owner.prototype, name, { ...found, set(given) { note(owner, name), set.call(this, given); } });
  }
  let before = "";
  window.watch = () => {
    before = document.documentElement.outerHTML;
    changes.length = 0;
    for (const [owner, names] of watched) names.forEach((name) => patch(owner, name));
    for (const kind of ["scroll", "focusin", "selectionchange", "input", "toggle"]) document.addEventListener(kind, () => changes.push(kind), true);
  };
  window.changes = async () => {
    await new Promise((done) => setTimeout(done, 0)); // what the observers saw comes in
    return document.documentElement.outerHTML === before ? changes : [...changes, "another outerHTML"];
  };
})();
