// What the extension remembers.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import * as browser from "./fake-chrome.js";

const settings = await import("../../extension/settings.js");

beforeEach(browser.reset);

test("nothing is known at first", async () => {
  assert.equal(await settings.get("connection"), undefined);
});

test("what is set is there, and setting one thing leaves the others", async () => {
  await settings.set({ after: "new" });
  await settings.set({ notice: { reason: "pdf", url: "http://site.test/a.pdf", tabId: 1 } });
  assert.equal(await settings.get("after"), "new");
});

test("what is forgotten is gone", async () => {
  await settings.set({ after: "new" });
  await settings.forget("after");
  assert.equal(await settings.get("after"), undefined);
});

test("a change is told", async () => {
  let told = 0;
  settings.onChange(() => told++);
  await settings.set({ after: "same" });
  assert.equal(told, 1);
});

test("a browser that cannot keep content scripts out is used all the same", async () => {
  await settings.keepToOurselves();
});

test("where the browser can, content scripts are kept out", async () => {
  let level;
  chrome.storage.local.setAccessLevel = async (asked) => void (level = asked.accessLevel);
  await settings.keepToOurselves();
  assert.equal(level, "TRUSTED_CONTEXTS");
  delete chrome.storage.local.setAccessLevel;
});
