// A page as linkedom knows it, opened for the scripts of extension/page/, which it runs as a browser does.

import { readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";
import { parseHTML } from "linkedom";

const EXTENSION = new URL("../../extension/", import.meta.url);
const MOST = 20 * 1024 * 1024;
export const PAGE_SCRIPTS = ["dom", "pace", "shown", "pictures", "left-out", "copy", "selection", "lighten", "pdf", "read"];

/** Opens a page as the one that scripts see, and puts the page scripts into it. */
export function open(html, url = "http://site.test/story") {
  const window = parseHTML(html);
  const { document } = window;
  Object.defineProperty(document, "baseURI", { value: url, configurable: true });
  document.implementation = { createHTMLDocument: () => parseHTML("<!doctype html><html><head></head><body></body></html>").document };
  globalThis.document = document;
  globalThis.location = new URL(url);
  for (const name of ["Element", "HTMLElement", "Document", "Node", "NodeFilter"]) globalThis[name] = window[name];
  globalThis.CSS = { escape: (text) => text };
  globalThis.getComputedStyle = styleOf;
  window.Element.prototype.checkVisibility = function () {
    const { display, visibility } = styleOf(this);
    return display !== "none" && visibility === "visible";
  };
  for (const name of PAGE_SCRIPTS) runInThisContext(readFileSync(new URL(`page/${name}.js`, EXTENSION), "utf8"));
  return document;
}

function styleOf({ style, localName }) {
  return {
    display: style?.display || (localName === "head" ? "none" : "block"),
    visibility: style?.visibility || "visible",
    direction: style?.direction || "ltr",
  };
}

/** What is read of the page that is open. */
export const readOpen = (asked = {}) => globalThis.readPage({ mostBytes: MOST, ...asked });

/** What is read of a body. */
export function read(body, url) {
  open(`<!doctype html><html lang="en"><head><title>T</title></head><body>${body}</body></html>`, url);
  return readOpen();
}

/** The same, as a document to ask. */
export const copied = async (body) => parseHTML((await read(body)).html).document;
