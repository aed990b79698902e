// An article's pictures: read where the browser may, sent once, tried again, given up in the end: pictures.js.

import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { beforeEach, test } from "node:test";
import * as browser from "./fake-chrome.js";
import { CONNECTION, ports, quietpage, reset } from "./fake-server.js";

const toServer = globalThis.fetch;
const { begin, resume, wake } = await import("../../extension/pictures.js");
const settings = await import("../../extension/settings.js");
const wanted = await import("../../extension/wanted-pictures.js");

const SERVER = { url: "http://127.0.0.1:8765", connection: CONNECTION };
const TAB = { id: 7, url: "http://site.test/story" };
const [PIER, BOAT] = ["http://site.test/pier.png", "http://cdn.test/boat.png"];
const article = (id, ...pictures) => ({ id, pictures });

const web = new Map(); // address → answer
const asked = []; // of the web: `{ source, credentials }`
const sent = []; // to the server: `{ path, source, token, text }`
let taken = () => 201; // what the server answers to an image
let shrunk; // what a picture can be decoded to

globalThis.fetch = async (address, options = {}) => {
  const url = new URL(address);
  if (options.method === "PUT") {
    const [, , , id, kind, sha256] = url.pathname.split("/");
    const bytes = Buffer.from(options.body);
    assert.equal(sha256, createHash("sha256").update(bytes).digest("hex"));
    const request = { path: `${id}/${kind}`, source: url.searchParams.get("source"), token: options.headers.Authorization, text: bytes.toString() };
    sent.push(request);
    return { status: taken(request) };
  }
  if (url.hostname === "127.0.0.1") return toServer(address, options);
  asked.push({ source: address, credentials: options.credentials });
  const answer = web.get(address);
  if (!answer) throw new TypeError("Failed to fetch");
  const response = new Response(answer.body ?? null, { status: answer.status ?? 200 });
  return Object.defineProperty(response, "url", { value: answer.url ?? address });
};

globalThis.createImageBitmap = async () => {
  if (!shrunk) throw new Error("no picture");
  return { ...shrunk, close() {} };
};
globalThis.OffscreenCanvas = class {
  constructor(width, height) {
    Object.assign(this, { width, height });
  }
  getContext = () => ({ drawImage() {} });
  convertToBlob = async () => new Blob(["small"]);
};

beforeEach(async () => {
  reset();
  browser.reset();
  web.clear();
  asked.length = sent.length = 0;
  taken = () => 201;
  shrunk = undefined;
  browser.page.read = () => undefined;
  chrome.runtime.getURL = () => "chrome-extension://us/";
  for (const { id } of await left()) await wanted.settle(id, [], 0);
});

async function until(holds) {
  for (let turn = 0; turn < 2000; turn++) {
    if (await holds()) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.fail(`never: ${holds}`);
}

/** All that is noted, resting or not. */
async function left() {
  const tries = new Map((await wanted.waiting()).map((entry) => [entry.id, entry]));
  return [...tries.values()];
}
const nothingLeft = async () => (await left()).length === 0;
const triedOnce = async () => (await left())[0]?.tries === 1;
const images = () => sent.filter(({ path }) => path.endsWith("/images")).map(({ source, text }) => `${source} ${text}`);
/** The tab shows the reader. */
const goOn = () => chrome.tabs.onUpdated.fire(TAB.id, { status: "complete" });
const ring = () => void resume();

test("what its site offers is read and sent once, in the connection's name", async () => {
  web.set(PIER, { body: "pier" });
  await begin(article(1, PIER), SERVER);
  await until(nothingLeft);
  assert.deepEqual(sent, [{ path: "1/images", source: PIER, token: `Bearer ${CONNECTION.token}`, text: "pier" }]);
  assert.equal(asked[0].credentials, undefined);
});

test("what the page has in its cache is not asked of its site again", async () => {
  web.set(BOAT, { body: "boat" });
  browser.page.read = () => [[PIER, new Blob(["cached"])]];
  chrome.runtime.getURL = () => "moz-extension://us/";
  await begin(article(1, PIER, BOAT), SERVER, TAB);
  goOn();
  await until(nothingLeft);
  assert.deepEqual(images().sort(), [`${BOAT} boat`, `${PIER} cached`]);
  assert.deepEqual(asked.map(({ source }) => source), [BOAT]);
});

test("where the background may read what the page reads, nobody waits for the page", async () => {
  web.set(PIER, { body: "pier" });
  browser.page.read = () => assert.fail("the page was asked");
  await begin(article(1, PIER), SERVER, TAB);
  goOn();
  await until(nothingLeft);
  assert.deepEqual(images(), [`${PIER} pier`]);
});

test("nothing is sent before the reader is shown", async () => {
  web.set(PIER, { body: "pier" });
  await begin(article(1, PIER), SERVER, TAB);
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(sent, []);
  goOn();
  await until(nothingLeft);
  assert.deepEqual(images(), [`${PIER} pier`]);
});

test("every request is on its way when the tab may go on", async () => {
  web.set(PIER, { body: "pier" }).set(BOAT, { body: "boat" });
  await begin(article(1, PIER, BOAT), SERVER, TAB);
  assert.deepEqual(asked.map(({ source }) => source), [PIER, BOAT]);
  goOn();
  await until(nothingLeft);
});

test("a page that cannot be read any more, and a database that fails, stand in no one's way", async () => {
  chrome.runtime.getURL = () => "moz-extension://us/";
  browser.page.read = () => {
    throw new Error("gone");
  };
  web.set(PIER, { body: "pier" });
  await begin(article(1, PIER), SERVER, TAB);
  goOn();
  await until(nothingLeft);
  assert.deepEqual(images(), [`${PIER} pier`]);
  const { indexedDB } = globalThis;
  globalThis.indexedDB = { open: () => { throw new Error("private window"); } };
  await begin(article(2, PIER), SERVER, TAB);
  globalThis.indexedDB = indexedDB;
});

test("a site that does not answer is asked again by the alarm, three times in all", async () => {
  await settings.set({ connection: CONNECTION });
  ports.set(8765, quietpage());
  await begin(article(1, BOAT), SERVER);
  await until(triedOnce);
  assert.ok(browser.alarms.has("pictures"));
  ring();
  await until(async () => (await left())[0]?.tries === 2);
  ring();
  await until(nothingLeft);
  ring();
  await until(() => !browser.alarms.has("pictures"));
  assert.equal(asked.length, 3);
  assert.deepEqual(sent, []);
});

test("allowing every site brings what could not be read before, with its cookies", async () => {
  await settings.set({ connection: CONNECTION });
  ports.set(8765, quietpage());
  await wanted.settle(1, [BOAT], 3);
  web.set(BOAT, { body: "boat" });
  browser.granted.everySite = true;
  await wake();
  await until(() => images().includes(`${BOAT} boat`));
  assert.equal(asked[0].credentials, "include");
  await until(nothingLeft);
});

test("a server that is away keeps the pictures waiting", async () => {
  web.set(PIER, { body: "pier" });
  taken = () => 503;
  await begin(article(1, PIER), SERVER);
  await until(triedOnce);
  assert.deepEqual((await left())[0].pictures, [PIER]);
});

test("what the server refuses, or its site has no more, is not tried again", async () => {
  web.set(PIER, { body: "<svg>" }).set(BOAT, { status: 404 });
  taken = () => 422;
  await begin(article(1, PIER, BOAT), SERVER);
  await until(nothingLeft);
  assert.equal(sent.length, 1);
});

test("an article that is full, or gone, gets no more", async () => {
  for (const status of [409, 404]) {
    web.set(PIER, { body: "pier" });
    taken = () => status;
    await begin(article(1, PIER, BOAT), SERVER);
    await until(nothingLeft);
  }
});

test("a picture beyond the bounds is read no further", async () => {
  web.set(PIER, { body: new Uint8Array(8 * 1024 * 1024 + 1) });
  await begin(article(1, PIER), SERVER);
  await until(nothingLeft);
  assert.deepEqual(sent, []);
});

test("nothing on this machine is asked for a picture, whatever a page says", async () => {
  const own = ["http://127.0.0.1:8765/images/x", "http://localhost/x", "http://[::1]/x", "http://a.localhost/x", "http://127.9.9.9/", "no address"];
  await begin(article(1, ...own), SERVER);
  await until(nothingLeft);
  assert.deepEqual(asked, []);
  web.set(PIER, { body: "pier", url: "http://127.0.0.1:631/printers.png" });
  await begin(article(1, PIER), SERVER);
  await until(nothingLeft);
  assert.deepEqual(sent, [], "nor where it is led to");
});

test("the first picture that is large enough becomes the thumbnail", async () => {
  web.set(PIER, { body: "pier" });
  shrunk = { width: 99, height: 800 };
  await begin(article(1, PIER), SERVER);
  await until(nothingLeft);
  assert.equal(sent.length, 1);
  shrunk = { width: 640, height: 480 };
  await begin(article(1, PIER), SERVER);
  await until(nothingLeft);
  assert.deepEqual(sent.at(-1), { path: "1/thumbnail", source: null, token: `Bearer ${CONNECTION.token}`, text: "small" });
});

test("the oldest of too many articles are forgotten", async () => {
  for (let id = 1; id <= 205; id++) await wanted.put(id, [PIER]);
  const ids = (await wanted.waiting()).map((entry) => entry.id);
  assert.equal(ids.length, 200);
  assert.equal(ids[0], 6);
});
