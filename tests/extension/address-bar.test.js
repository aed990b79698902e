// The keyword in the address bar: address-bar.js.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import * as browser from "./fake-chrome.js";
import { CONNECTION, ports, quietpage, requests, reset, TOKEN } from "./fake-server.js";

const bar = await import("../../extension/address-bar.js");
const settings = await import("../../extension/settings.js");
const HERE = "http://127.0.0.1:8765";
const HIT = { id: 4, title: "Salt & <light>", site: null, url: "https://sea.example/a", links: { reader: `${HERE}/read/4` } };

beforeEach(async () => {
  reset();
  browser.reset();
  await settings.set({ connection: CONNECTION });
});

/** What is suggested for these words. */
const suggested = (words) => new Promise((resolve) => bar.suggestFor(words, resolve));

test("hits are suggested, with their signs written for the browser", async () => {
  ports.set(8765, quietpage({ "/api/articles": () => [200, { hits: [HIT] }] }));
  assert.deepEqual(await suggested("salt"), [{ content: `${HERE}/read/4`, description: "Salt &amp; &lt;light&gt; – sea.example" }]);
  assert.equal(requests.at(-1).token, TOKEN);
});

test("a browser that shows text as it is gets it as it is", () => {
  assert.equal(bar.plain("Salt & <light>", false), "Salt & <light>");
});

test("nothing is suggested without words, without a server, or to an impostor", async () => {
  assert.deepEqual(await suggested("salt"), []);
  ports.set(8765, quietpage({ "/api/ping": () => [200, { app: "quietpage", version: "0.1.0", proof: "x".repeat(43) }] }));
  assert.deepEqual(await suggested("salt"), []);
  assert.ok(requests.every(({ path, token }) => path === "/api/ping" && !token));
  requests.length = 0;
  assert.deepEqual([await suggested("  "), requests], [[], []]);
});

test("a search that fails suggests nothing", async () => {
  ports.set(8765, quietpage({ "/api/articles": () => [500, {}] }));
  assert.deepEqual(await suggested("salt"), []);
});

test("Enter opens the search page, or the article that was chosen, where it was asked for", async () => {
  ports.set(8765, quietpage());
  await bar.enter("salt & light", "currentTab");
  await bar.enter(`${HERE}/read/4`, "newForegroundTab");
  await bar.enter("https://evil.example/read/4", "newBackgroundTab");
  assert.deepEqual(browser.opened, [
    `${HERE}/open?next=${encodeURIComponent("/?q=salt+%26+light")}`,
    `${HERE}/open?next=%2Fread%2F4`,
    `${HERE}/open?next=${encodeURIComponent(`/?q=${encodeURIComponent("https://evil.example/read/4")}`)}`,
  ]);
});

test("without a server Enter explains how to start it", async () => {
  await bar.enter("salt", "currentTab");
  assert.deepEqual(browser.opened, ["options"]);
});
