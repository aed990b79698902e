// The click from top to bottom, and what happens when it cannot go all the way: background.js.

import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import * as browser from "./fake-chrome.js";
import { CONNECTION, ports, quietpage, requests, reset } from "./fake-server.js";

await import("../../extension/background.js");
const outbox = await import("../../extension/outbox.js");
const settings = await import("../../extension/settings.js");

const TAB = { id: 7, index: 0, windowId: 1, url: "http://site.test/story" };
const READER = "http://127.0.0.1:8765/open?code=c&next=/read/1";
const CONNECT_PAGE = "http://127.0.0.1:8765/open?next=%2Fconnect%2Fp1";
const PAIRING = { id: "p1", code: "493017", verifier: "v", server: "http://127.0.0.1:8765", connect: "http://127.0.0.1:8765/connect/p1", expires_at: "2999-01-01T00:00:00Z" };

beforeEach(async () => {
  for (const entry of await outbox.all()) await outbox.done(entry.capture_id);
  reset();
  browser.reset();
  browser.tabs.set(TAB.id, TAB);
  browser.page.read = () => ({ url: TAB.url, title: "T", html: "<p>story", captured_at: new Date().toISOString() });
});

/** Waits until the background has done all that an event asked for: it has nothing else to say when it is idle. */
async function until(holds) {
  for (let turn = 0; turn < 2000; turn++) {
    if (await holds()) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.fail(`never: ${holds}`);
}

const click = (tab = TAB) => chrome.action.onClicked.fire(tab);

/** The alarm rings, when all that waits is due. */
async function ring() {
  for (const entry of await outbox.all()) await outbox.mark(entry.capture_id, { retry_at: 0 });
  chrome.alarms.onAlarm.fire({ name: "deliver" });
}

const posts = () => requests.filter((request) => request.path === "/api/articles");
const isEmpty = async () => (await outbox.all()).length === 0;

/** Sends the background a message, as a page of ours or the connect page. */
async function send(message, url = "chrome-extension://us/options.html") {
  const { promise, resolve } = Promise.withResolvers();
  chrome.runtime.onMessage.fire(message, { url, tab: { id: 9 } }, resolve);
  return promise;
}

async function connected() {
  await settings.set({ connection: CONNECTION });
  ports.set(8765, quietpage());
}

test("a click saves the page and shows the clean copy in its tab", async () => {
  await connected();
  click();
  await until(() => browser.tabs.get(TAB.id).url === READER);
  await until(isEmpty);
  assert.equal(posts()[0].body.html, "<p>story");
  assert.equal(browser.badge.text[TAB.id], "✓");
});

test("whoever chose so reads in a new tab", async () => {
  await connected();
  await settings.set({ after: "new" });
  click();
  await until(() => browser.opened.length);
  assert.deepEqual([browser.opened, browser.tabs.get(TAB.id).url], [[READER], TAB.url]);
});

test("whoever has moved on is not brought back", async () => {
  await connected();
  ports.set(8765, quietpage({ "/api/articles": () => (browser.tabs.set(TAB.id, { ...TAB, url: undefined }), [201, { links: { open: READER } }]) }));
  click();
  await until(() => browser.badge.text[TAB.id] === "✓");
  await until(isEmpty);
  assert.equal(browser.tabs.get(TAB.id).url, undefined);
});

test("the page is in the outbox, and the alarm set, before anything is sent", async () => {
  let kept, alarm;
  await settings.set({ connection: CONNECTION });
  ports.set(8765, quietpage({ "/api/articles": async () => ((kept = await outbox.all()), (alarm = browser.alarms.has("deliver")), [201, { links: { open: READER } }]) }));
  click();
  await until(() => kept);
  assert.deepEqual([kept.length, alarm], [1, true]);
  await until(isEmpty);
});

test("while the server is down the page is kept, counted, and delivered once when it is back", async () => {
  await settings.set({ connection: CONNECTION });
  click();
  await until(() => browser.badge.text.all === "1");
  assert.deepEqual([browser.alarms.has("deliver"), browser.opened], [true, []]);
  ports.set(8765, quietpage());
  await ring();
  await until(isEmpty);
  await until(() => browser.badge.text.all === "");
  assert.deepEqual([posts().length, browser.alarms.has("deliver")], [1, false]);
  assert.equal(browser.tabs.get(TAB.id).url, TAB.url, "a late delivery takes nobody's page away");
});

test("what waits is delivered at start-up and at the next click, the newest click first", async () => {
  await settings.set({ connection: CONNECTION });
  click();
  await until(() => browser.badge.text.all === "1");
  ports.set(8765, quietpage());
  click();
  await until(isEmpty);
  assert.equal(posts().length, 2);
  assert.ok(posts()[0].body.captured_at >= posts()[1].body.captured_at);
});

test("a server that goes away before it answers gets the same capture again", async () => {
  await connected();
  let times = 0;
  ports.set(8765, quietpage({ "/api/articles": () => (times++ ? [200, { links: { open: READER } }] : undefined) }));
  click();
  await until(() => browser.badge.text.all === "1");
  await ring();
  await until(isEmpty);
  assert.equal(new Set(posts().map((request) => request.body.capture_id)).size, 1);
});

test("an impostor gets neither page nor token", async () => {
  await settings.set({ connection: CONNECTION });
  ports.set(8765, quietpage({ "/api/ping": () => [200, { app: "quietpage", proof: "x".repeat(43) }] }));
  click();
  await until(() => browser.badge.text.all === "1");
  assert.ok(requests.every((request) => request.path === "/api/ping" && !request.token));
});

test("a page the server refuses is kept with the reason, and not tried again by itself", async () => {
  await connected();
  ports.set(8765, quietpage({ "/api/articles": () => [413, { detail: "Longer than 20 MiB." }] }));
  click();
  await until(() => browser.badge.text.all === "!");
  const [entry] = await outbox.all();
  assert.deepEqual([entry.state, entry.reason], ["failed", "Longer than 20 MiB."]);
  assert.equal(browser.alarms.has("deliver"), false);
});

test("what the server cannot digest is tried a few times, then waits for the person", async () => {
  await connected();
  ports.set(8765, quietpage({ "/api/articles": () => [500, { title: "Something went wrong" }] }));
  click();
  for (let attempts = 1; attempts < 9; attempts++) {
    await until(async () => (await outbox.all())[0]?.attempts >= attempts);
    if (attempts < 8) await ring();
  }
  assert.equal((await outbox.all())[0].state, "failed");
});

test("a disconnected browser keeps the page and shows the way to connect again", async () => {
  await settings.set({ connection: CONNECTION });
  ports.set(8765, quietpage({ "/api/ping": () => [200, { app: "quietpage", proof: null }] }));
  click();
  await until(() => browser.opened.includes("options"));
  await until(() => browser.badge.text.all === "1");
  assert.equal(posts().length, 0);
});

test("the first click opens the connect page, and what was clicked arrives once it is allowed", async () => {
  ports.set(8765, quietpage());
  click();
  await until(() => browser.opened.includes(CONNECT_PAGE));
  const { token, browser: known } = CONNECTION;
  ports.set(8765, quietpage({ "/api/pairings/p1/token": () => [201, { token, browser: known }] }));
  assert.deepEqual(await send({ type: "pairing-code", id: "p1" }, PAIRING.connect), { code: "493017" });
  await send({ type: "paired", id: "p1", code: "grant" }, PAIRING.connect);
  assert.deepEqual([await isEmpty(), browser.tabs.get(9).url], [true, READER]);
  assert.deepEqual(await settings.get("connection"), CONNECTION);
});

test("a click while the connect page is open asks for no second pairing", async () => {
  ports.set(8765, quietpage({ "/api/pairings/p1/token": () => [409, {}] }));
  await settings.set({ pairing: PAIRING });
  click();
  await until(() => browser.opened.includes(CONNECT_PAGE));
  assert.equal(requests.filter((request) => request.path === "/api/pairings").length, 0);
});

test("without the connect page's help the next click finishes connecting", async () => {
  const { token, browser: known } = CONNECTION;
  ports.set(8765, quietpage({ "/api/pairings/p1/token": () => [201, { token, browser: known }] }));
  await settings.set({ pairing: PAIRING });
  click();
  await until(() => browser.tabs.get(TAB.id).url === READER);
});

test("“I allowed it” finishes connecting and sends what has waited", async () => {
  ports.set(8765, quietpage());
  click();
  await until(() => browser.opened.includes(CONNECT_PAGE));
  const { token, browser: known } = CONNECTION;
  ports.set(8765, quietpage({ "/api/pairings/p1/token": () => [201, { token, browser: known }] }));
  await send({ type: "connect" });
  assert.deepEqual([posts().length, await isEmpty()], [1, true]);
});

test("a connection that is finished in passing leaves the connect page too", async () => {
  const { token, browser: known } = CONNECTION;
  ports.set(8765, quietpage());
  click();
  await until(() => browser.badge.text.all === "1");
  ports.set(8765, quietpage({ "/api/pairings/p1/token": () => [201, { token, browser: known }] }));
  browser.tabs.clear();
  browser.tabs.set(9, { id: 9, url: PAIRING.connect });
  await ring();
  await until(() => browser.tabs.get(9).url === READER);
});

test("a disconnected browser can be connected anew", async () => {
  await settings.set({ connection: CONNECTION });
  ports.set(8765, quietpage({ "/api/ping": () => [200, { app: "quietpage", proof: null }] }));
  await send({ type: "connect" });
  assert.deepEqual(browser.opened, [CONNECT_PAGE]);
});

test("the first click without a server explains how to start it, and keeps the page", async () => {
  click();
  await until(() => browser.opened.includes("options"));
  await until(() => browser.badge.text.all === "1");
});

test("only the connect page of this very pairing learns its code", async () => {
  await settings.set({ pairing: PAIRING });
  for (const [id, url] of [
    ["p2", PAIRING.connect],
    ["p1", "http://127.0.0.1:9999/connect/p1"],
    ["p1", "http://127.0.0.1:8765/connect/p2"],
    ["p1", "https://evil.example/connect/p1"],
  ])
    assert.equal(await send({ type: "pairing-code", id }, url), undefined);
});

test("no page but ours makes the background deliver or connect", async () => {
  ports.set(8765, quietpage());
  await send({ type: "connect" }, "http://127.0.0.1:8765/connect/p1");
  await send({ type: "deliver" }, "https://evil.example/");
  assert.deepEqual([requests, browser.opened], [[], []]);
});

test("a page that cannot be read says so, and a second click says more", async (context) => {
  await connected();
  context.mock.method(chrome.scripting, "executeScript", async () => {
    throw new Error("Cannot access a chrome:// URL");
  });
  const tab = { ...TAB, url: "chrome://version/" };
  click(tab);
  await until(() => browser.badge.text[TAB.id] === "!");
  assert.match(browser.badge.title[TAB.id], /notice_browser_page/);
  assert.deepEqual(browser.opened, []);
  click(tab);
  await until(() => browser.opened.includes("options"));
});

test("Quietpage's own pages are not saved", async () => {
  await connected();
  click({ ...TAB, url: "http://127.0.0.1:8765/read/1" });
  await until(() => browser.badge.text[TAB.id] === "!");
  assert.match(browser.badge.title[TAB.id], /notice_own_page/);
  assert.equal(posts().length, 0);
});

test("another page of this machine is a page like any", async () => {
  await connected();
  click({ ...TAB, url: "http://127.0.0.1:3000/notes" });
  await until(() => posts().length === 1);
  await until(isEmpty);
});

test("a first click on Quietpage's own page connects, and saves nothing", async () => {
  ports.set(8765, quietpage());
  click({ ...TAB, url: "http://127.0.0.1:8765/welcome" });
  await until(() => browser.opened.includes(CONNECT_PAGE));
  assert.equal(await isEmpty(), true);
});

test("a page that cannot be kept, for want of room, says so", async (context) => {
  await connected();
  context.mock.method(IDBObjectStore.prototype, "put", () => {
    throw new DOMException("no room", "QuotaExceededError");
  });
  click();
  await until(() => /notice_not_kept/.test(browser.badge.title[TAB.id]));
});
