// How long what waits is left alone, and when it is tried again: delivery.js.

import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import * as browser from "./fake-chrome.js";
import { CONNECTION, ports, quietpage, requests, reset } from "./fake-server.js";

const { deliverWaiting, pauseMinutes } = await import("../../extension/delivery.js");
const outbox = await import("../../extension/outbox.js");
const settings = await import("../../extension/settings.js");
const MINUTE = 60_000;

beforeEach(async () => {
  for (const entry of await outbox.all()) await outbox.done(entry.capture_id);
  reset();
  browser.reset();
  await settings.set({ connection: CONNECTION });
});

/** Keeps so many captures. */
async function keep(...ids) {
  for (const capture_id of ids)
    await outbox.put({ capture_id, url: "http://site.test/", title: "T", html: "<p>x", captured_at: "2026-01-01T00:00:00Z" });
}

const posts = () => requests.filter(({ path }) => path === "/api/articles").length;

test("the pauses double, up to half an hour", () => {
  assert.deepEqual([1, 2, 3, 4, 5, 6, 7, 100].map(pauseMinutes), [1, 2, 4, 8, 16, 30, 30, 30]);
});

test("while the server is away the pauses grow, the trouble is named, and nothing is given up", async () => {
  await keep("a");
  for (let day = 0; day < 40; day++) await deliverWaiting({ now: true });
  const [entry] = await outbox.all();
  assert.deepEqual([entry.state, entry.trouble, entry.attempts], ["waiting", "down", 40]);
  const away = entry.retry_at - Date.now();
  assert.ok(away > 29 * MINUTE && away <= 30 * MINUTE, away);
  assert.ok(Math.abs(browser.alarms.get("deliver").when - entry.retry_at) < MINUTE);
});

test("what is not due is left alone, and nobody is asked", async () => {
  await keep("a");
  await outbox.mark("a", { retry_at: Date.now() + 5 * MINUTE });
  ports.set(8765, quietpage());
  await deliverWaiting();
  assert.deepEqual(requests, []);
  assert.ok(browser.alarms.has("deliver"));
});

test("once the server is there for one, all that waited for it goes along", async () => {
  await keep("a", "b");
  await outbox.mark("b", { trouble: "down", retry_at: Date.now() + 20 * MINUTE });
  ports.set(8765, quietpage());
  await deliverWaiting();
  assert.deepEqual([posts(), await outbox.all()], [2, []]);
});

test("a page that the server stumbles over does not hold up the others, and is not hurried by them", async () => {
  await keep("a", "b");
  ports.set(8765, quietpage({ "/api/articles": ({ body }) => (body.capture_id === "a" ? [500, {}] : [201, { links: { open: "http://127.0.0.1:8765/" } }]) }));
  await deliverWaiting();
  assert.deepEqual((await outbox.all()).map(({ capture_id, trouble, attempts }) => [capture_id, trouble, attempts]), [["a", "defect", 1]]);
  await keep("c");
  await deliverWaiting();
  assert.deepEqual((await outbox.all()).map(({ attempts }) => attempts), [1]);
});

for (const [status, trouble] of [[507, "full"], [426, "old_extension"], [401, "revoked"]])
  test(`after ${status} nothing more is sent for now, and nothing is given up`, async () => {
    await keep("a", "b");
    ports.set(8765, quietpage({ "/api/articles": () => [status, { detail: "Full." }] }));
    for (let times = 0; times < 12; times++) await deliverWaiting({ now: true });
    assert.deepEqual((await outbox.all()).map(({ state }) => state), ["waiting", "waiting"]);
    assert.deepEqual([posts(), (await outbox.entry("a")).trouble], [12, trouble]);
  });

test("a page that is too large waits for the person, with its page", async () => {
  await keep("a");
  ports.set(8765, quietpage({ "/api/articles": () => [413, { detail: "Too large." }] }));
  await deliverWaiting();
  assert.deepEqual([(await outbox.entry("a")).state, (await outbox.get("a")).html], ["failed", "<p>x"]);
});
