// Reading a page: what is seen comes along, what is not is marked or left out, and the page stays as it was.

import assert from "node:assert/strict";
import { test } from "node:test";
import { parseHTML } from "linkedom";
import "./fake-chrome.js";

const { CannotCapture, capture, readPage, whyUnreadable } = await import("../../extension/capture.js");
const MOST = 20 * 1024 * 1024;

/** Opens a page as the one that scripts see. */
function open(html, url = "http://site.test/story") {
  const window = parseHTML(html);
  const { document } = window;
  Object.defineProperty(document, "baseURI", { value: url, configurable: true });
  document.implementation = { createHTMLDocument: () => parseHTML("<!doctype html><html><head></head><body></body></html>").document };
  globalThis.document = document;
  globalThis.location = new URL(url);
  for (const name of ["HTMLElement", "Document"]) globalThis[name] = window[name];
  globalThis.getComputedStyle = ({ style, localName }) => ({
    display: style?.display || (localName === "head" ? "none" : "block"),
    visibility: style?.visibility || "visible",
    direction: style?.direction || "ltr",
  });
  return document;
}

/** What is read of a body. */
function read(body, url) {
  open(`<!doctype html><html lang="en"><head><title>T</title></head><body>${body}</body></html>`, url);
  return readPage(MOST);
}

/** The same, as a document to ask. */
const copied = (body) => parseHTML(read(body).html).document;

test("a page gives its address, title, time and HTML", () => {
  const { url, title, html, captured_at } = read("<p>Hello");
  assert.deepEqual([url, title], ["http://site.test/story", "T"]);
  assert.match(html, /^<!DOCTYPE html><html lang="en">.*<p>Hello<\/p>/s);
  assert.match(captured_at, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
});

test("credentials and the place on the page leave the address", () => {
  assert.equal(read("", "http://me:secret@site.test/a?b=1#part").url, "http://site.test/a?b=1");
});

test("a part that names the page stays in the address", () => {
  assert.equal(read("", "http://site.test/app#/story/7").url, "http://site.test/app#/story/7");
});

test("the page itself is not changed", () => {
  const body = `<p style="display:none">a</p><script>b</script><form><input value="c"></form><img src="d.png">`;
  const document = open(`<!doctype html><html><head></head><body>${body}</body></html>`);
  const before = document.documentElement.outerHTML;
  readPage(MOST);
  assert.equal(document.documentElement.outerHTML, before);
});

test("scripts and styles stay behind, what they tell about the page comes along", () => {
  const page = copied(`<script>a</script><style>b</style><script type="application/ld+json">{"c":1}</script>
    <script type="math/tex">x^2</script>`);
  assert.deepEqual([...page.querySelectorAll("script")].map((script) => script.textContent), ['{"c":1}', "x^2"]);
  assert.equal(page.querySelector("style"), null);
});

test("handlers stay behind", () => {
  assert.doesNotMatch(read(`<p onclick="a()" ONMOUSEOVER="b()">x</p>`).html, /onclick|onmouseover/i);
});

test("what was typed stays behind", () => {
  const { html } = read(`<input value="secret1"><textarea>secret2</textarea><select><option selected>public</select>`);
  assert.doesNotMatch(html, /secret|selected/);
  assert.match(html, /public/);
});

test("only links that say something about the page come along", () => {
  const { html } = read(`<link rel="canonical" href="/c"><link rel="preload" href="/p"><link rel="stylesheet" href="/s">`);
  assert.match(html, /href="\/c"/);
  assert.doesNotMatch(html, /preload|stylesheet/);
});

test("what is not displayed is marked, once for all inside", () => {
  const page = copied(`<div id="a" style="display:none"><p id="b" style="display:none">x</p></div><p id="c">y</p>`);
  assert.deepEqual([...page.querySelectorAll("[data-qp-hidden]")].map((element) => element.id), ["a"]);
});

test("what is invisible is marked, unless something visible is inside", () => {
  const page = copied(`<div id="a" style="visibility:hidden"><b style="visibility:hidden">x</b></div>
    <div id="b" style="visibility:hidden"><b>y</b></div>`);
  assert.ok(page.getElementById("a").hasAttribute("data-qp-hidden"));
  assert.ok(!page.getElementById("b").hasAttribute("data-qp-hidden"));
});

test("a page cannot hide its text by writing the mark itself", () => {
  assert.doesNotMatch(read(`<p data-qp-hidden>x</p>`).html, /data-qp-hidden/);
});

test("the head is never marked", () => {
  assert.ok(!copied("x").querySelector("head").hasAttribute("data-qp-hidden"));
});

test("a shadow tree is copied to where it is seen, with what is slotted into it", () => {
  const document = open(`<!doctype html><html><head></head><body><x-card><b slot="t">in</b><i>unseen</i></x-card></body></html>`);
  const host = document.querySelector("x-card");
  const shadow = host.attachShadow({ mode: "open" });
  shadow.innerHTML = `<p>before <slot name="t">fallback</slot> after</p><slot name="none">instead</slot>`;
  for (const slot of shadow.querySelectorAll("slot"))
    slot.assignedNodes = () => [...host.children].filter((child) => child.slot === slot.getAttribute("name") || child.getAttribute("slot") === slot.getAttribute("name"));
  assert.match(readPage(MOST).html, /<x-card><p>before <b slot="t">in<\/b> after<\/p>instead<\/x-card>/);
});

test("a frame of the same site is copied to where it is seen, its addresses made whole", () => {
  const document = open(`<!doctype html><html><head></head><body><iframe></iframe></body></html>`);
  const inner = parseHTML(`<!doctype html><html><body><p>framed <a href="next">n</a></p></body></html>`).document;
  Object.defineProperty(inner.body, "baseURI", { value: "http://site.test/frames/1" });
  Object.defineProperty(inner, "URL", { value: "http://site.test/frames/1" });
  document.querySelector("iframe").contentDocument = inner;
  assert.match(readPage(MOST).html, /<div data-qp-frame="http:\/\/site.test\/frames\/1"><p>framed <a href="http:\/\/site.test\/frames\/next">/);
});

test("another site's frame stays a frame", () => {
  const document = open(`<!doctype html><html><head></head><body><iframe src="https://video.example/1"></iframe></body></html>`);
  Object.defineProperty(document.querySelector("iframe"), "contentDocument", {
    get() {
      throw new DOMException("", "SecurityError");
    },
  });
  assert.match(readPage(MOST).html, /<iframe src="https:\/\/video.example\/1"><\/iframe>/);
});

/** An image as the browser has loaded it. */
function loaded(attributes, { currentSrc, naturalWidth }) {
  const document = open(`<!doctype html><html><head></head><body><img ${attributes}></body></html>`);
  Object.assign(document.querySelector("img"), { currentSrc, naturalWidth });
  return readPage(MOST).html;
}

test("a picture is named by what is shown", () => {
  const html = loaded(`src="small.jpg" srcset="large.jpg 2x"`, { currentSrc: "http://site.test/large.jpg", naturalWidth: 800 });
  assert.match(html, /<img src="http:\/\/site.test\/large.jpg">/);
});

test("a placeholder does not take the place of the picture that was to come", () => {
  const attributes = `src="dot.gif" data-src="real.jpg"`;
  assert.match(loaded(attributes, { currentSrc: "http://site.test/dot.gif", naturalWidth: 1 }), /src="dot.gif" data-src="real.jpg"/);
  assert.match(loaded(attributes, { currentSrc: "data:image/gif;base64,R0", naturalWidth: 100 }), /src="dot.gif"/);
});

test("a picture for those without scripts comes along, their pleas do not", () => {
  const document = open("<!doctype html><html><head></head><body><noscript></noscript><noscript></noscript></body></html>");
  const [picture, plea] = document.querySelectorAll("noscript");
  picture.textContent = `<img src="real.jpg">`; // where scripts run, what stands there is text
  plea.textContent = "Please enable scripts";
  const { html } = readPage(MOST);
  assert.match(html, /<noscript><img src="real\.jpg"><\/noscript>/);
  assert.doesNotMatch(html, /enable/);
});

test("a page's own direction is said where only its style says it", () => {
  const document = open(`<!doctype html><html><head></head><body style="direction:rtl">x</body></html>`);
  globalThis.getComputedStyle = (element) => ({ display: "block", visibility: "visible", direction: element === document.body ? "rtl" : "ltr" });
  assert.match(readPage(MOST).html, /<html dir="rtl">/);
});

test("a page nested deeper than any parser allows is read, and no word is lost", () => {
  const document = open(`<!doctype html><html><head></head><body></body></html>`);
  let place = document.body;
  for (let depth = 0; depth < 3000; depth++) place = place.appendChild(document.createElement("div"));
  place.textContent = "the deepest word";
  const { html } = readPage(MOST);
  assert.match(html, /the deepest word/);
  assert.ok(html.split("<div>").length > 3000);
});

test("a page that is too large gives up its clutter, never its text", () => {
  open(`<!doctype html><html><head></head><body><p style="display:none">${"hidden ".repeat(200)}</p>
    <img src="data:image/png;base64,${"A".repeat(3000)}" alt="drawn"><p data-x="y">seen</p></body></html>`);
  const { html } = readPage(300);
  assert.match(html, /<img alt="drawn"><p[^>]*>seen<\/p>/);
  assert.doesNotMatch(html, /hidden|AAAA/);
});

test("a page whose text alone is too large says so", () => {
  open(`<!doctype html><html><head></head><body>${"word ".repeat(500)}</body></html>`);
  assert.equal(readPage(300), "too_large");
});

test("a selection is captured without the rest of its page", () => {
  const document = open(`<!doctype html><html><head><title>T</title></head><body><p>before</p><p>one two</p><p>after</p></body></html>`);
  const text = document.querySelectorAll("p")[1].firstChild;
  const around = [text, text.parentNode, document.body, document.documentElement];
  const range = { startContainer: text, startOffset: 4, endContainer: text, endOffset: 7, intersectsNode: (node) => around.includes(node) };
  document.getSelection = () => ({ toString: () => "two", getRangeAt: () => range });
  assert.match(readPage(MOST, "selection").html, /<title>T<\/title><\/head><body data-qp-selection=""><p>two<\/p><\/body>/);
});

test("where nothing is selected, that is said", () => {
  const document = open("<!doctype html><html><head></head><body>x</body></html>");
  document.getSelection = () => ({ toString: () => "" });
  assert.equal(readPage(MOST, "selection"), "no_selection");
});

test("what is no page says so", () => {
  for (const [kind, reason] of Object.entries({ "application/pdf": "pdf", "image/png": "not_html", "video/mp4": "not_html" })) {
    const document = open("<!doctype html><html><head></head><body></body></html>");
    Object.defineProperty(document, "contentType", { value: kind, configurable: true });
    assert.equal(readPage(MOST), reason);
  }
});

test("a file of this machine is not a page of the web", () => {
  assert.equal(read("x", "file:///home/me/a.html"), "file");
});

test("why a page cannot be read is told by its address", () => {
  const reasons = {
    "chrome://version/": "browser_page",
    "about:config": "browser_page",
    "view-source:https://site.test/": "browser_page",
    "": "browser_page",
    "https://chromewebstore.google.com/detail/x": "web_store",
    "https://addons.mozilla.org/firefox/": "web_store",
    "https://site.test/paper.PDF?dl=1": "pdf",
    "file:///a.html": "file",
    "https://site.test/": "unreadable",
  };
  for (const [url, reason] of Object.entries(reasons)) assert.equal(whyUnreadable(url, "Cannot access"), reason, url);
  assert.equal(whyUnreadable("https://site.test/", "Error: Frame with ID 0 is showing error page"), "error_page");
});

test("a permission that comes a moment late is waited for", async (context) => {
  let tries = 0;
  context.mock.method(chrome.scripting, "executeScript", async () => {
    if (++tries < 4) throw new Error("Cannot access contents of the page. Extension manifest must request permission");
    return [{ result: { url: "http://site.test/" } }];
  });
  assert.deepEqual(await capture({ id: 1, url: "http://site.test/" }), { url: "http://site.test/" });
});

test("a permission that does not come is not waited for", async (context) => {
  const failing = context.mock.method(chrome.scripting, "executeScript", async () => {
    throw new Error("Cannot access a chrome:// URL");
  });
  await assert.rejects(capture({ id: 1, url: "chrome://version/" }), new CannotCapture("browser_page"));
  assert.equal(failing.mock.callCount(), 1);
});
