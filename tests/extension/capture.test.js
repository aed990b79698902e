// Reading a page: what is seen comes along, what is not is marked or left out, and the page stays as it was.

import assert from "node:assert/strict";
import { test } from "node:test";
import "./fake-chrome.js";
import { copied, open, read, readOpen } from "./opened-page.js";
import { parseHTML } from "linkedom";


const { CannotCapture, capture, whyUnreadable } = await import("../../extension/capture.js");

test("a page gives its address, title, time and HTML", async () => {
  const { url, title, html, captured_at } = await read("<p>Hello");
  assert.deepEqual([url, title], ["http://site.test/story", "T"]);
  assert.match(html, /^<!DOCTYPE html><html lang="en">.*<p>Hello<\/p>/s);
  assert.match(captured_at, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
});

test("credentials and the place on the page leave the address", async () => {
  assert.equal((await read("", "http://me:secret@site.test/a?b=1#part")).url, "http://site.test/a?b=1");
});

test("a part that names the page stays in the address", async () => {
  assert.equal((await read("", "http://site.test/app#/story/7")).url, "http://site.test/app#/story/7");
});

test("the page itself is not changed", async () => {
  const body = `<p style="display:none">a</p><script>b</script><form><input value="c"></form><img src="d.png">`;
  const document = open(`<!doctype html><html><head></head><body>${body}</body></html>`);
  const before = document.documentElement.outerHTML;
  await readOpen();
  assert.equal(document.documentElement.outerHTML, before);
});

test("scripts and styles stay behind, what they tell about the page comes along", async () => {
  const page = await copied(`<script>a</script><style>b</style><script type="application/ld+json">{"c":1}</script>
    <script type="math/tex">x^2</script>`);
  assert.deepEqual([...page.querySelectorAll("script")].map((script) => script.textContent), ['{"c":1}', "x^2"]);
  assert.equal(page.querySelector("style"), null);
});

test("handlers stay behind", async () => {
  assert.doesNotMatch((await read(`<p onclick="a()" onmouseover="b()">x</p>`)).html, /onclick|onmouseover/i);
});

test("what was typed stays behind", async () => {
  const { html } = await read(`<input value="secret1"><textarea>secret2</textarea><select><option selected>public</select>`);
  assert.doesNotMatch(html, /secret|selected/);
  assert.match(html, /public/);
});

test("only links that say something about the page come along", async () => {
  const { html } = await read(`<link rel="canonical" href="/c"><link rel="preload" href="/p"><link rel="stylesheet" href="/s">`);
  assert.match(html, /href="\/c"/);
  assert.doesNotMatch(html, /preload|stylesheet/);
});

test("what is not displayed is marked, once for all inside", async () => {
  const page = await copied(`<div id="a" style="display:none"><p id="b" style="display:none">x</p></div><p id="c">y</p>`);
  assert.deepEqual([...page.querySelectorAll("[data-qp-hidden]")].map((element) => element.id), ["a"]);
});

test("what is invisible is marked, unless something visible is inside", async () => {
  const page = await copied(`<div id="a" style="visibility:hidden"><b style="visibility:hidden">x</b></div>
    <div id="b" style="visibility:hidden"><b style="visibility:visible">y</b></div>`);
  assert.ok(page.getElementById("a").hasAttribute("data-qp-hidden"));
  assert.ok(!page.getElementById("b").hasAttribute("data-qp-hidden"));
});

test("a page cannot hide its text by writing the mark itself", async () => {
  assert.doesNotMatch((await read(`<p data-qp-hidden>x</p>`)).html, /data-qp-hidden/);
});

test("the head is never marked", async () => {
  assert.ok(!(await copied("x")).querySelector("head").hasAttribute("data-qp-hidden"));
});

test("a shadow tree is copied to where it is seen, with what is slotted into it", async () => {
  const document = open(`<!doctype html><html><head></head><body><x-card><b slot="t">in</b><i>unseen</i></x-card></body></html>`);
  const host = document.querySelector("x-card");
  const shadow = host.attachShadow({ mode: "open" });
  shadow.innerHTML = `<p>before <slot name="t">fallback</slot> after</p><slot name="none">instead</slot>`;
  for (const slot of shadow.querySelectorAll("slot"))
    slot.assignedNodes = () => [...host.children].filter((child) => child.slot === slot.getAttribute("name") || child.getAttribute("slot") === slot.getAttribute("name"));
  assert.match((await readOpen()).html, /<x-card><p>before <b slot="t">in<\/b> after<\/p>instead<\/x-card>/);
});

test("a frame of the same site is copied to where it is seen, its addresses made whole", async () => {
  const document = open(`<!doctype html><html><head></head><body><iframe></iframe></body></html>`);
  const inner = parseHTML(`<!doctype html><html><head><base href="http://site.test/frames/1"></head><body><p>framed <a href="next">n</a></p></body></html>`).document;
  Object.defineProperty(inner, "URL", { value: "http://site.test/frames/1" });
  document.querySelector("iframe").contentDocument = inner;
  assert.match((await readOpen()).html, /<div data-qp-frame="http:\/\/site.test\/frames\/1"><p>framed <a href="http:\/\/site.test\/frames\/next">/);
});

test("another site's frame stays a frame", async () => {
  const document = open(`<!doctype html><html><head></head><body><iframe src="https://video.example/1"></iframe></body></html>`);
  Object.defineProperty(document.querySelector("iframe"), "contentDocument", {
    get() {
      throw new DOMException("", "SecurityError");
    },
  });
  assert.match((await readOpen()).html, /<iframe src="https:\/\/video.example\/1"><\/iframe>/);
});

/** An image as the browser has loaded it. */
async function loaded(attributes, { currentSrc, naturalWidth }) {
  const document = open(`<!doctype html><html><head></head><body><img ${attributes}></body></html>`);
  Object.assign(document.querySelector("img"), { currentSrc, naturalWidth });
  return (await readOpen()).html;
}

test("a picture is named by what is shown", async () => {
  const html = await loaded(`src="small.jpg" srcset="large.jpg 2x"`, { currentSrc: "http://site.test/large.jpg", naturalWidth: 800 });
  assert.match(html, /<img src="http:\/\/site.test\/large.jpg">/);
});

test("a placeholder does not take the place of the picture that was to come", async () => {
  const attributes = `src="dot.gif" data-src="real.jpg"`;
  assert.match(await loaded(attributes, { currentSrc: "http://site.test/dot.gif", naturalWidth: 1 }), /src="dot.gif" data-src="real.jpg"/);
  assert.match(await loaded(attributes, { currentSrc: "data:image/gif;base64,R0", naturalWidth: 100 }), /src="dot.gif"/);
});

test("a picture for those without scripts comes along, their pleas do not", async () => {
  const hidden = `<p style="display:none"><noscript></noscript></p>`;
  const document = open(`<!doctype html><html><head></head><body><noscript></noscript><noscript></noscript>${hidden}</body></html>`);
  const [picture, plea, unseen] = document.querySelectorAll("noscript");
  unseen.textContent = "<b>unseen</b>";
  picture.textContent = `<img src="real.jpg">`; // where scripts run, what stands there is text
  plea.textContent = "Please enable scripts";
  const { html } = await readOpen();
  assert.match(html, /<noscript><img src="real\.jpg"><\/noscript>/);
  assert.doesNotMatch(html, /enable|unseen/);
});

test("a page's own direction is said where only its style says it", async () => {
  const document = open(`<!doctype html><html><head></head><body style="direction:rtl">x</body></html>`);
  globalThis.getComputedStyle = (element) => ({ display: "block", visibility: "visible", direction: element === document.body ? "rtl" : "ltr" });
  assert.match((await readOpen()).html, /<html dir="rtl">/);
});

test("a page nested deeper than any parser allows is read, and no word is lost", async () => {
  const document = open(`<!doctype html><html><head></head><body></body></html>`);
  let place = document.body;
  for (let depth = 0; depth < 3000; depth++) place = place.appendChild(document.createElement("div"));
  place.textContent = "the deepest word";
  const { html } = await readOpen();
  assert.match(html, /the deepest word/);
  assert.ok(html.split("<div>").length > 3000);
});

test("a page that goes on changing while it is read is read as it was", async () => {
  const paragraphs = Array.from({ length: 1000 }, (_, at) => `<div id="p${at}">word${at}</div>`);
  const document = open(`<!doctype html><html><head></head><body>${paragraphs.join("")}</body></html>`);
  globalThis.FIRST_TURN_MS = globalThis.TURN_MS = -1; // each look at the clock ends a turn
  const reading = readOpen();
  let turns = 0;
  for (let done = false; !done; turns++) {
    document.body.lastElementChild?.remove();
    document.body.prepend(document.createElement("section"));
    done = await Promise.race([reading.then(() => true), new Promise((resolve) => setImmediate(resolve, false))]);
  }
  const { html } = await reading;
  assert.ok(turns > 5, `${turns} turns`);
  assert.doesNotMatch(html, /section|data-qp-hidden/);
  for (let at = 0; at < 1000; at++) assert.ok(html.includes(`<div id="p${at}">word${at}</div>`), `word${at}`);
});

test("a page that is too large gives up its clutter, never its text", async () => {
  open(`<!doctype html><html><head></head><body><p style="display:none">${"hidden ".repeat(200)}</p>
    <img src="data:image/png;base64,${"A".repeat(3000)}" alt="drawn"><p data-x="y">seen</p></body></html>`);
  const { html } = await readOpen({ mostBytes: 300 });
  assert.match(html, /<img alt="drawn"><p[^>]*>seen<\/p>/);
  assert.doesNotMatch(html, /hidden|AAAA/);
});

test("a page whose text alone is too large says so", async () => {
  open(`<!doctype html><html><head></head><body>${"word ".repeat(500)}</body></html>`);
  assert.equal(await readOpen({ mostBytes: 300 }), "too_large");
});

test("the address of a passage leads to its first and last words", () => {
  open("<!doctype html><html><head></head><body>x</body></html>");
  const url = "http://site.test/a";
  assert.equal(addressOfPassage(url, " One two-three, four "), `${url}#:~:text=One%20two%2Dthree%2C%20four`);
  assert.equal(addressOfPassage(`${url}#/b`, "1 2 3 4 5 6 7 8 9"), `${url}#/b:~:text=1%202%203%204,6%207%208%209`);
});

test("secrets in forms, metas and attributes stay behind, words of the text do not", async () => {
  const { html } = await read(`<meta name="csrf-token" content="s1"><input type="hidden" name="csrf" value="s2"><form data-csrf="s3">
    <div data-page='{"a":1,"csrfToken":"s4"}' data-token="s5"></div><p>The csrf="s" attribute, the token ring</p><p nonce="s6">x</p></form>`);
  assert.doesNotMatch(html, /s[1-6]/);
  assert.match(html, /The csrf="s" attribute, the token ring/);
});

test("what a page hides of its attributes behind the names of a form's fields is found all the same", async () => {
  const { html } = await read(`<form onsubmit="a()"><input name="attributes"><input name="removeAttribute"><input name="getAttribute"></form>`);
  assert.doesNotMatch(html, /onsubmit/);
});

test("where nothing is selected, that is said", async () => {
  const document = open("<!doctype html><html><head></head><body>x</body></html>");
  document.getSelection = () => ({ toString: () => "" });
  assert.equal(await readOpen({ part: "selection" }), "no_selection");
});

test("what is no page says so", async () => {
  for (const [kind, reason] of Object.entries({ "image/png": "not_html", "video/mp4": "not_html" })) {
    const document = open("<!doctype html><html><head></head><body></body></html>");
    Object.defineProperty(document, "contentType", { value: kind, configurable: true });
    assert.equal(await readOpen(), reason);
  }
});

/** What is read of a PDF document that the browser has, or has not. */
async function readPdf(context, fetched) {
  const document = open("<!doctype html><html><head></head><body></body></html>", "http://me:pass@site.test/a.pdf");
  Object.defineProperty(document, "contentType", { value: "application/pdf", configurable: true });
  context.mock.method(globalThis, "fetch", fetched);
  globalThis.FileReader = class {
    async readAsDataURL(blob) {
      this.result = `data:application/pdf;base64,${Buffer.from(await blob.arrayBuffer()).toString("base64")}`;
      this.onload();
    }
  };
  return readOpen();
}

test("a PDF document is read as its bytes", async (context) => {
  const { url, pdf, html } = await readPdf(context, async () => new Response("%PDF-1.4 text"));
  assert.deepEqual([url, atob(pdf), html], ["http://site.test/a.pdf", "%PDF-1.4 text", undefined]);
});

test("a PDF document that the browser does not have any more, or that is too large, is said to be so", async (context) => {
  const answers = { pdf: [async () => new Response("Log in first"), async () => Promise.reject(new TypeError("offline"))] };
  for (const answer of answers.pdf) assert.equal(await readPdf(context, answer), "pdf");
  const large = new Response(`%PDF-1.4 ${"x".repeat(20 * 1024 * 1024)}`);
  assert.equal(await readPdf(context, async () => large), "pdf_too_large");
});

test("a file of this machine is not a page of the web", async () => {
  assert.equal(await read("x", "file:///home/me/a.html"), "file");
});

test("why a page cannot be read is told by its address", async () => {
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

test("where the page is scrolled, the passage at the top of the window is sent, below what floats there", async () => {
  const document = open("<!doctype html><html><head></head><body><p>Menu</p><p>She counts the ships every evening, and writes it down.</p></body></html>");
  const [bar, block] = document.querySelectorAll("p");
  Object.assign(globalThis, { scrollY: 500, innerWidth: 1000, innerHeight: 800 });
  Object.defineProperty(document.documentElement, "scrollHeight", { value: 2000 });
  document.elementFromPoint = (_, y) => (y < 150 ? bar : block);
  assert.equal((await readOpen()).passage, "She counts the ships every evening, and writes it down.");
  globalThis.scrollY = 100;
  assert.equal("passage" in (await readOpen()), false);
  delete globalThis.scrollY;
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
