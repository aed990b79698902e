// What the reader's scripts say, in the language of the page; and their sheets, loaded when they are needed.

const place = /** @type {HTMLElement} */ (document.querySelector("#reading-words"));
/** @type {Record<string, string>} */
const words = JSON.parse(place.dataset.words ?? "{}");

/** @param {string} name @param {Record<string, string | number>} [values] */
export function say(name, values = {}) {
  return (words[name] ?? name).replace(/\{(\w+)\}/g, (whole, key) => String(values[key] ?? whole));
}

/** A new element. @template {keyof HTMLElementTagNameMap} T @param {T} tag @param {Record<string, string>} [attributes] @param {(Node | string)[]} inside */
export function make(tag, attributes = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...inside);
  return element;
}

/** A button with a sign. @param {string} label @param {string} sign @param {() => unknown} press */
export function button(label, sign, press) {
  const made = make("button", { type: "button", class: "tool", "aria-label": label, title: label }, icon(sign));
  made.addEventListener("click", press);
  return made;
}

/** A drawing of 20 by 20, of one path. @param {string} path */
export function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(svg.namespaceURI, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

/** Load a sheet of ours, once; resolves when it applies. @param {string} name @returns {Promise<void>} */
export function sheet(name) {
  const href = new URL(`./${name}.css`, import.meta.url).href;
  if ([...document.styleSheets].some((one) => one.href === href)) return Promise.resolve();
  return new Promise((done) => {
    const link = make("link", { rel: "stylesheet", href });
    link.addEventListener("load", () => done());
    link.addEventListener("error", () => done());
    document.head.append(link);
  });
}
