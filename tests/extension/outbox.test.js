// The outbox: nothing in it is lost, and nothing leaves it by itself.

import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

const outbox = await import("../../extension/outbox.js");

/** A capture; `second` orders them. */
function captured(capture_id, second = 0) {
  return { capture_id, url: "http://site.test/", title: "T", html: `<p>${capture_id}`, captured_at: `2026-01-01T00:00:0${second}Z` };
}

beforeEach(async () => {
  for (const entry of await outbox.all()) await outbox.done(entry.capture_id);
});

test("a capture comes back whole", async () => {
  await outbox.put(captured("a"));
  assert.deepEqual(await outbox.get("a"), captured("a"));
});

test("so does the passage that was being read", async () => {
  await outbox.put({ ...captured("a"), passage: "She counts the ships" });
  assert.deepEqual(await outbox.get("a"), { ...captured("a"), passage: "She counts the ships" });
});

test("a PDF document comes back as one", async () => {
  const { html, ...rest } = captured("a");
  await outbox.put({ ...rest, pdf: "JVBERg==" });
  assert.deepEqual(await outbox.get("a"), { ...rest, pdf: "JVBERg==" });
  assert.ok(!("pdf" in (await outbox.all())[0]));
});

test("the list is short: it leaves the pages out", async () => {
  await outbox.put(captured("a"));
  const [entry] = await outbox.all();
  assert.ok(!("html" in entry));
  assert.deepEqual([entry.state, entry.trouble, entry.attempts, entry.retry_at], ["waiting", "", 0, 0]);
});

test("the oldest comes first", async () => {
  for (const [id, second] of [["b", 2], ["c", 3], ["a", 1]]) await outbox.put(captured(id, second));
  assert.deepEqual((await outbox.all()).map((entry) => entry.capture_id), ["a", "b", "c"]);
});

test("what is done is gone, page and all, and the rest stays", async () => {
  await outbox.put(captured("a"));
  await outbox.put(captured("b"));
  await outbox.done("a");
  assert.equal(await outbox.get("a"), undefined);
  assert.deepEqual(await outbox.get("b"), captured("b"));
});

test("putting the same capture again doubles nothing", async () => {
  await outbox.put(captured("a"));
  await outbox.put(captured("a"));
  assert.equal((await outbox.all()).length, 1);
});

test("how a delivery went is noted, and the page stays", async () => {
  await outbox.put(captured("a"));
  await outbox.mark("a", { state: "failed", reason: "Too large", attempts: 1 });
  const [entry] = await outbox.all();
  assert.deepEqual([entry.state, entry.reason, entry.attempts], ["failed", "Too large", 1]);
  assert.equal((await outbox.get("a")).html, "<p>a");
});

test("room that runs out is noticed before it has run out", async (context) => {
  let quota = 10e9;
  context.mock.getter(globalThis, "navigator", () => ({ storage: { estimate: async () => ({ quota, usage: 9e9 }) } }));
  assert.equal(await outbox.isNearlyFull(), false);
  quota = 9.03e9;
  assert.equal(await outbox.isNearlyFull(), true);
});

test("noting a capture that was delivered meanwhile does not bring it back", async () => {
  await outbox.mark("a", { state: "failed" });
  assert.deepEqual(await outbox.all(), []);
});

test("a full disk is told, not swallowed", async (context) => {
  const full = new DOMException("no room", "QuotaExceededError");
  context.mock.method(IDBObjectStore.prototype, "put", () => {
    throw full;
  });
  await assert.rejects(outbox.put(captured("a")), full);
});
