// Capturing what is not captured yet: in which order and at what pace, what fails, what survives a stop: queue.js.

import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import * as browser from "./fake-chrome.js";
import { CONNECTION, ports, quietpage, requests, reset } from "./fake-server.js";

const queue = await import("../../extension/queue.js");
const outbox = await import("../../extension/outbox.js");
const settings = await import("../../extension/settings.js");

const entry = (id, url) => ({ id, url, title: `Title ${id}`, failure: null });
const tabs = { opened: [], closed: [], most: 0, active: [], status: "complete" };
const failures = {};
let entries = [];
let visits = []; // [host, when]

chrome.windows = { getAll: async () => [{ id: 3, incognito: true }, { id: 4, incognito: false }] };
chrome.tabs.create = async ({ url, active, windowId }) => {
  const id = 100 + tabs.opened.push(url);
  tabs.active.push(active);
  visits.push([new URL(url).hostname, Date.now()]);
  browser.tabs.set(id, { id, url, active, windowId, status: tabs.status });
  tabs.most = Math.max(tabs.most, browser.tabs.size);
  return { id };
};
chrome.tabs.query = async () => [...browser.tabs.values()];
chrome.tabs.remove = async (id) => void (tabs.closed.push(id), browser.tabs.delete(id));
chrome.tabs.update = async (id, change) => void browser.tabs.set(id, { ...browser.tabs.get(id), ...change });
const read = async ({ func, target }) => {
  const { url } = browser.tabs.get(target.tabId);
  if (func?.name === "look") return [{ result: { status: url.endsWith("/gone") ? 404 : 200, isLoading: url.endsWith("/stuck") } }];
  if (url.endsWith("/dead") && func) throw new Error("Frame with ID 0 is showing error page");
  return [{ result: { url: url.replace("/moved", "/here"), title: "T", html: "<p>story", captured_at: new Date().toISOString() } }];
};

function server() {
  return quietpage({
    "/api/uncaptured": () => [200, { entries: entries.filter(({ id }) => !failures[id]), to_try: entries.length, failed: 0, next_cursor: null }],
    "/api/articles": ({ body }) => {
      entries = entries.filter(({ id }) => id !== body.entry);
      return [201, { id: body.entry, links: { open: "http://127.0.0.1:8765/read/1" } }];
    },
    ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8, 9].map((id) => [`/api/uncaptured/${id}/failure`, ({ body }) => ((failures[id] = body), [204, ""])])),
  });
}

beforeEach(async () => {
  await queue.ask("stop");
  await navigator.locks.request(queue.WORK, () => {}); // until all has stopped
  for (const one of await outbox.all()) await outbox.done(one.capture_id);
  reset();
  browser.reset();
  chrome.scripting.executeScript = read;
  Object.assign(tabs, { opened: [], closed: [], most: 0, active: [], status: "complete" });
  for (const id of Object.keys(failures)) delete failures[id];
  visits = [];
  browser.granted.everySite = true;
  await settings.set({ connection: CONNECTION });
  ports.set(8765, server());
});

/** Starts, and lets time fly until nothing is under way. */
async function run(act = "start") {
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: Date.now() });
  let isDone = false;
  const working = queue.ask(act).finally(() => (isDone = true));
  for (let turn = 0; !isDone; turn++) {
    if (turn > 100_000) assert.fail("it does not end");
    await new Promise((resolve) => setImmediate(resolve));
    if (turn % 20 === 0) mock.timers.tick(75);
  }
  await working;
  mock.timers.reset();
}

const saved = () => requests.filter(({ path }) => path === "/api/articles").map(({ body }) => [body.entry, body.url]);

test("the first whose site was not visited a moment ago is next", () => {
  const some = [entry(1, "https://a.test/1"), entry(2, "https://www.a.test/2"), entry(3, "https://b.test/")];
  assert.equal(queue.nextOf(some, {}, 50_000).entry.id, 1);
  assert.equal(queue.nextOf(some, { "a.test": 45_000 }, 50_000).entry.id, 3);
  assert.deepEqual(queue.nextOf(some, { "a.test": 45_000, "b.test": 42_000 }, 50_000), { wait: 2000 });
  assert.deepEqual(queue.nextOf([], {}, 0), { wait: Infinity });
});

test("what is no page of the web is not even opened", () => {
  for (const url of ["ftp://a.test/", "javascript:alert(1)", "http://127.0.0.1:8765/", "http://localhost/x", "no address"])
    assert.equal(queue.whyNever(url), "unreadable", url);
  assert.equal(queue.whyNever("https://a.test/setup.EXE?x"), "not_html");
  assert.equal(queue.whyNever("https://a.test/paper.pdf"), "");
});

test("one tab at a time, never in front, in no private window; sites take turns, and none is asked twice in ten seconds", async () => {
  entries = [entry(1, "https://a.test/1"), entry(2, "https://a.test/2"), entry(3, "https://b.test/moved"), entry(4, "https://a.test/3")];
  await run();
  assert.deepEqual(saved().map(([id]) => id), [1, 3, 2, 4]);
  assert.deepEqual(saved()[1], [3, "https://b.test/here"]);
  assert.deepEqual([tabs.most, tabs.opened.length, tabs.closed.length, browser.tabs.size], [1, 4, 4, 0]);
  assert.deepEqual(new Set(tabs.active), new Set([false]));
  const times = visits.filter(([host]) => host === "a.test").map(([, time]) => time);
  assert.ok(times[1] - times[0] >= queue.HOST_MS && times[2] - times[1] >= queue.HOST_MS, String(times));
  const { state, why, done } = await queue.status();
  assert.deepEqual([state, why, done, browser.alarms.has(queue.WORK)], ["off", "done", 4, false]);
});

test("each failure is told with its reason, and nothing of it is saved", async () => {
  entries = [entry(1, "https://a.test/gone"), entry(2, "https://b.test/dead"), entry(3, "https://c.test/stuck"), entry(4, "https://d.test/x.zip"), entry(5, "https://e.test/")];
  await run();
  assert.deepEqual(failures, { 1: { why: "not_found", status: 404 }, 2: { why: "unreachable" }, 3: { why: "too_slow" }, 4: { why: "not_html" } });
  assert.deepEqual([saved().map(([id]) => id), (await queue.status()).failed, browser.tabs.size], [[5], 4, 0]);
});

test("a page that the server takes for another is let go, with the server's own reason", async () => {
  entries = [entry(1, "https://a.test/1")];
  ports.set(8765, (request) => (request.path === "/api/articles" ? ((failures[1] = { why: "sign_in" }), [422, { detail: "No." }]) : server()(request)));
  await run();
  assert.deepEqual([await outbox.all(), (await queue.status()).failed], [[], 1]);
});

test("when five sites in a row do not answer it pauses, and the person may go on", async () => {
  entries = [1, 2, 3, 4, 5, 6].map((id) => entry(id, `https://site${id}.test/dead`));
  await run();
  const { state, why, failed } = await queue.status();
  assert.deepEqual([state, why, failed], ["paused", "away", 5]);
  await run();
  assert.equal((await queue.status()).why, "done");
});

test("once a site does not answer and the browser knows of no network, it waits for that", async () => {
  entries = [entry(1, "https://a.test/1"), entry(2, "https://b.test/dead"), entry(3, "https://c.test/3")];
  Object.defineProperty(navigator, "onLine", { value: false, configurable: true });
  await run();
  assert.deepEqual([saved().length, (await queue.status()).waits], [1, "offline"]);
  delete navigator.onLine;
  await run("");
  assert.deepEqual([saved().length, (await queue.status()).why], [2, "done"]);
});

test("while the server is away it waits for it, and opens nothing", async () => {
  entries = [entry(1, "https://a.test/1")];
  ports.clear();
  await run();
  const { state, waits } = await queue.status();
  assert.deepEqual([state, waits, tabs.opened, browser.alarms.has(queue.WORK)], ["on", "server", [], true]);
  ports.set(8765, server());
  await run("");
  assert.deepEqual([saved().length, (await queue.status()).why], [1, "done"]);
});

test("a page that was read when the server went away arrives first, and is not opened again", async () => {
  entries = [entry(1, "https://a.test/1")];
  const whole = server();
  ports.set(8765, (request) => (request.path === "/api/articles" ? undefined : whole(request)));
  const running = run();
  while (!(await outbox.all()).length) await new Promise((resolve) => setImmediate(resolve));
  ports.set(8765, whole);
  await running;
  assert.deepEqual([tabs.opened.length, saved().at(-1)[0], await outbox.all()], [1, 1, []]);
});

test("without leave it pauses and says so", async () => {
  entries = [entry(1, "https://a.test/1")];
  browser.granted.everySite = false;
  await run();
  const { state, why } = await queue.status();
  assert.deepEqual([state, why, tabs.opened], ["paused", "not_allowed", []]);
});

for (const [when, session, closed] of [["", true, 101], [", also after the browser was started anew", false, 55]])
  test(`the tab of a stopped background is closed, and nobody else's${when}`, async () => {
    entries = [entry(1, "https://a.test/1")];
    tabs.status = "loading"; // and nobody hears of it any more
    void queue.ask("start");
    while (!browser.session.has("queueTab")) await new Promise((resolve) => setImmediate(resolve));
    if (!session) {
      browser.session.clear();
      browser.tabs.set(101, { id: 101, url: "https://mine.test/" }); // another run's numbers
    }
    browser.tabs.set(55, { id: 55, url: "https://a.test/1" });
    await queue.ask("stop");
    assert.deepEqual([tabs.closed, (await queue.status()).hasTab, browser.session.size], [[closed], false, 0]);
    browser.tabs.clear();
  });
