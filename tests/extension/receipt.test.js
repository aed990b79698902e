// Staying on the page: what the receipt says, and what its buttons do.

import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import * as browser from "./fake-chrome.js";
import { CONNECTION, ports, quietpage, requests, reset } from "./fake-server.js";

await import("../../extension/background.js");
const { doubts } = await import("../../extension/receipt.js");
const outbox = await import("../../extension/outbox.js");
const settings = await import("../../extension/settings.js");

const TAB = { id: 7, index: 0, windowId: 1, url: "http://site.test/story", title: "Story" };
const READER = "http://127.0.0.1:8765/open?code=c&next=/read/1";
const RECEIPT = {
  outcome: "created", title: "The story", kept_words: 900, seen_words: 1200, pictures: 2, asks_to_sign_in: false,
  versions: 1, saved_at: "2026-05-03T10:00:00Z", change: null,
};

/** A server whose answer to a save holds a receipt. */
function answering(receipt, over = {}) {
  return quietpage({ "/api/articles": () => [201, { id: 1, tags: ["old"], links: { open: READER }, receipt: { ...RECEIPT, ...receipt } }], ...over });
}

beforeEach(async () => {
  for (const entry of await outbox.all()) await outbox.done(entry.capture_id);
  reset();
  browser.reset();
  browser.tabs.set(TAB.id, TAB);
  browser.page.hasCard = false;
  browser.page.read = (part) => ({ url: TAB.url, title: "T", html: `<p>${part}`, captured_at: new Date().toISOString() });
  await settings.set({ connection: CONNECTION });
});

async function until(holds) {
  for (let turn = 0; turn < 3000; turn++) {
    if (await holds()) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.fail(`never: ${holds}`);
}

/** Saves quietly, and answers what the receipt says. */
async function receiptOf() {
  chrome.commands.onCommand.fire("save-quietly", TAB);
  await until(() => browser.cards.length);
  await until(() => browser.cards.at(-1).heading !== "card_working");
  return browser.cards.at(-1);
}

async function press(act, words, tab = TAB) {
  const { promise, resolve } = Promise.withResolvers();
  chrome.runtime.onMessage.fire({ type: "receipt", act, words }, { url: TAB.url, tab, frameId: 0 }, resolve);
  return promise;
}

test("the keys save the page, stay on it, and say what was kept", async () => {
  ports.set(8765, answering());
  const card = await receiptOf();
  assert.deepEqual([card.heading, card.title, card.warnings], ["card_created", "The story", []]);
  assert.deepEqual(card.facts, ["fact_words 900 1,200", "fact_pictures 2"]);
  assert.deepEqual(card.acts.map(({ name }) => name), ["read", "tag", "undo"]);
  assert.deepEqual([browser.tabs.get(TAB.id).url, browser.opened], [TAB.url, []]);
  assert.equal(requests.find(({ path }) => path === "/api/articles").body.receipt, true);
});

test("while the receipt is shown, the same keys lead into it and save nothing", async () => {
  ports.set(8765, answering());
  browser.page.hasCard = true;
  chrome.commands.onCommand.fire("save-quietly", TAB);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual([browser.cards, requests], [[], []]);
});

test("a new version says how many paragraphs changed", async () => {
  ports.set(8765, answering({ outcome: "updated", versions: 3, change: { since: "2026-05-03T10:00:00Z", paragraphs: 4 } }));
  const card = await receiptOf();
  assert.ok(card.facts.includes("fact_changed 3 May 3, 2026 4"), card.facts);
  assert.deepEqual(card.acts.map(({ name }) => name), ["read", "tag", "undo"]);
});

test("what was saved already says since when, on the button too", async () => {
  ports.set(8765, answering({ outcome: "unchanged" }));
  assert.ok((await receiptOf()).facts.includes("fact_unchanged May 3, 2026"));
  assert.equal(browser.badge.title[TAB.id], "fact_unchanged May 3, 2026");
});

test("a page to sign in, and one of which little was kept, are doubted; others are not", () => {
  assert.deepEqual(doubts({ ...RECEIPT, kept_words: 40, seen_words: 60, asks_to_sign_in: true }), ["doubt_sign_in"]);
  assert.deepEqual(doubts({ ...RECEIPT, kept_words: 120, seen_words: 1000 }), ["doubt_little 12%"]);
  assert.deepEqual(doubts({ ...RECEIPT, asks_to_sign_in: true }), []);
});

test("a server that is away is named, and the page is kept", async () => {
  const card = await receiptOf();
  assert.deepEqual([card.heading, card.facts], ["card_waiting", ["trouble_down"]]);
  assert.deepEqual([(await outbox.all()).length, browser.opened], [1, []]);
});

test("undo takes a new version back, and leaves the article", async () => {
  ports.set(8765, answering({ outcome: "updated", versions: 3 }, { "/api/articles/1/versions/3": () => [204, ""] }));
  await receiptOf();
  assert.equal((await press("undo")).heading, "card_taken_back");
  assert.deepEqual(requests.slice(-1).map(({ path, method }) => [path, method]), [["/api/articles/1/versions/3", "DELETE"]]);
});

test("undo moves the article to the trash, and can itself be undone", async () => {
  ports.set(8765, answering({}, { "/api/articles/1": () => [204, ""], "/api/articles/1/restore": () => [200, {}] }));
  await receiptOf();
  assert.equal((await press("undo")).heading, "card_discarded");
  assert.equal((await press("restore")).heading, "card_restored");
  assert.deepEqual(requests.slice(-1).map(({ path, method }) => [path, method]), [["/api/articles/1/restore", "POST"]]);
});

test("tags are added to those the article has", async () => {
  ports.set(8765, answering({}, { "/api/articles/1": ({ body }) => [200, { tags: body.tags }], "/api/tags": () => [200, { tags: ["sea"] }] }));
  await receiptOf();
  assert.deepEqual(await press("offer", "s"), ["sea"]);
  assert.deepEqual((await press("tag", "sea, , slow reading")).facts, ["fact_tags old, sea, slow reading"]);
});

test("a page without a receipt of ours can do nothing", async () => {
  ports.set(8765, answering());
  await receiptOf();
  const before = requests.length;
  for (const act of ["undo", "tag", "read"]) assert.equal(await press(act, "x", { ...TAB, id: 8 }), undefined);
  assert.deepEqual([requests.length, browser.opened], [before, []]);
});

test("a picture is saved alone, with leave for its site", async () => {
  ports.set(8765, answering());
  chrome.contextMenus.onClicked.fire({ menuItemId: "image", srcUrl: "https://pictures.test/boat.png" }, TAB);
  await until(() => browser.cards.length);
  assert.deepEqual(browser.asked, ["https://pictures.test/*"]);
  assert.equal(requests.find(({ path }) => path === "/api/articles").body.html, "<p>image");
});

test("what is selected is saved alone, from the context menu", async () => {
  ports.set(8765, answering());
  chrome.runtime.onInstalled.fire();
  assert.deepEqual(browser.menus.map(({ id }) => id).filter((id) => ["page", "selection"].includes(id)), ["page", "selection"]);
  chrome.contextMenus.onClicked.fire({ menuItemId: "selection" }, TAB);
  await until(() => browser.cards.length);
  assert.equal(requests.find(({ path }) => path === "/api/articles").body.html, "<p>selection");
});
