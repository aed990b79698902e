// Marking pages that are saved already: known.js.

import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import * as browser from "./fake-chrome.js";
import { CONNECTION, ports, quietpage, requests, reset } from "./fake-server.js";

await import("../../extension/background.js");
const settings = await import("../../extension/settings.js");
const TAB = { id: 7, url: "http://site.test/story" };

beforeEach(async () => {
  reset();
  browser.reset();
  await settings.set({ connection: CONNECTION });
  ports.set(8765, quietpage({ "/api/articles/lookup": ({ query }) => (query.get("url") === TAB.url ? [200, { saved_at: "2026-05-03T10:00:00Z" }] : [404, {}]) }));
});

async function send(message, sender) {
  const { promise, resolve } = Promise.withResolvers();
  chrome.runtime.onMessage.fire(message, sender, resolve);
  return promise;
}

const seen = (tab = TAB) => send({ type: "seen" }, { url: tab.url, tab, frameId: 0 });
const ask = (act) => send({ type: "watch", act }, { url: "chrome-extension://us/options.html" });

test("nobody's pages are looked up, nor given a script, before they ask for it", async () => {
  await seen();
  assert.deepEqual([requests, browser.scripts, browser.badge.text], [[], [], {}]);
});

test("whoever asked for it sees what is saved already, and when", async () => {
  await ask("on");
  assert.deepEqual(browser.scripts.map(({ js }) => js), [["seen.js"]]);
  await seen();
  assert.deepEqual([browser.badge.text[7], browser.badge.title[7]], ["✓", "title_known May 3, 2026"]);
});

test("an unknown page gets no mark", async () => {
  await ask("on");
  await seen({ id: 8, url: "http://site.test/other" });
  assert.equal(browser.badge.text[8], undefined);
});

test("it ends when asked to", async () => {
  await ask("on");
  await ask("off");
  requests.length = 0;
  await seen();
  assert.deepEqual([requests, browser.scripts], [[], []]);
});

test("no page can begin it", async () => {
  await send({ type: "watch", act: "on" }, { url: TAB.url, tab: TAB, frameId: 0 });
  assert.deepEqual(browser.scripts, []);
});
