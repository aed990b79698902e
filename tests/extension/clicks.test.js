// A click whose background is stopped before the page is kept: the next background takes it up, or says that it is lost.

import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import * as browser from "./fake-chrome.js";
import { CONNECTION, ports, quietpage, requests, reset } from "./fake-server.js";

const outbox = await import("../../extension/outbox.js");
const saving = await import("../../extension/saving.js");
const settings = await import("../../extension/settings.js");

const TAB = { id: 7, index: 0, windowId: 1, url: "http://site.test/story" };
const READER = "http://127.0.0.1:8765/open?code=c&next=/read/1";

beforeEach(async () => {
  for (const entry of await outbox.all()) await outbox.done(entry.capture_id);
  reset();
  browser.reset();
  browser.tabs.set(TAB.id, TAB);
  browser.page.read = () => ({ url: TAB.url, title: "T", html: "<p>story", captured_at: new Date().toISOString() });
  await settings.set({ connection: CONNECTION });
  ports.set(8765, quietpage());
});

const posts = () => requests.filter((request) => request.path === "/api/articles");

/** What a background leaves that is stopped right after a click. */
function leave(over = {}) {
  browser.session.set("click 7", { tabId: 7, url: TAB.url, wish: {}, capture_id: "c1", time: Date.now(), ...over });
}

test("a click is noted, and another background called for, before anything else is asked of the browser", async () => {
  let noted;
  browser.page.read = () => void (noted ??= [browser.session.has("click 7"), browser.alarms.has("click 7")]);
  await saving.click(TAB);
  assert.deepEqual(noted, [true, true]);
});

test("the note is gone before the page is sent: from then on the outbox has it", async () => {
  let noted;
  ports.set(8765, quietpage({ "/api/articles": () => ((noted = browser.session.size), [201, { id: 1, links: { open: READER } }]) }));
  await saving.click(TAB);
  assert.equal(noted, 0);
});

test("a click that a stopped background has left is taken up as it was meant", async () => {
  leave();
  await saving.takeUp();
  assert.equal(posts()[0].body.capture_id, "c1");
  assert.equal(browser.tabs.get(7).url, READER);
  assert.equal(browser.session.size, 0);
});

test("one that is taken up late leaves the person where they are", async () => {
  leave({ time: Date.now() - 60_000 });
  await saving.takeUp();
  assert.equal(posts().length, 1);
  assert.equal(browser.tabs.get(7).url, TAB.url);
  assert.equal(browser.cards.length, 1);
});

test("a click that is under way is not taken up", async () => {
  let begin;
  const reading = new Promise((resolve) => (begin = resolve));
  browser.page.read = async () => (await reading, { url: TAB.url, title: "T", html: "<p>story", captured_at: new Date().toISOString() });
  const clicking = saving.click(TAB);
  await saving.takeUp();
  begin();
  await clicking;
  assert.equal(posts().length, 1);
});

test("a page that is in the outbox already is not read again", async () => {
  leave();
  await outbox.put({ url: TAB.url, title: "T", html: "<p>", captured_at: new Date().toISOString(), capture_id: "c1" });
  await saving.takeUp();
  assert.deepEqual([posts().length, browser.session.size], [0, 0]);
});

test("whoever has gone on is told that the click was lost, on the tab", async () => {
  leave();
  browser.tabs.set(7, { ...TAB, url: "http://site.test/other" });
  await saving.takeUp();
  assert.equal(posts().length, 0);
  assert.match(browser.badge.title[7], /notice_click_lost/);
  assert.deepEqual(await settings.get("notice"), { reason: "click_lost", url: TAB.url, tabId: 7 });
});

test("a page that comes in its place while it is read is not taken for the clicked one", async () => {
  leave();
  browser.page.read = () => ({ url: "http://site.test/other", title: "T", html: "<p>other", captured_at: new Date().toISOString() });
  await saving.takeUp();
  assert.equal(posts().length, 0);
  assert.match(browser.badge.title[7], /notice_click_lost/);
});

test("and on every tab, where that one is closed", async () => {
  leave();
  browser.tabs.clear();
  await saving.takeUp();
  assert.match(browser.badge.title.all, /notice_click_lost/);
});

test("a click that is done calls for no other background, and an alarm that is left over ends", async () => {
  await saving.click(TAB);
  assert.equal(browser.alarms.has("click 7"), false);
  browser.alarms.set("click 8", {});
  await saving.takeUp("click 8");
  assert.equal(browser.alarms.has("click 8"), false);
});

test("a background that is started by a click leaves the alarm of that click alone", async () => {
  let ringing;
  browser.page.read = () => void (ringing ??= browser.alarms.has("click 7"));
  await Promise.all([saving.takeUp(), saving.click(TAB)]);
  assert.equal(ringing, true);
});
