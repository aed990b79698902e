// Finding the server, having it prove itself, connecting: api.js.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { beforeEach, test } from "node:test";
import * as browser from "./fake-chrome.js";
import { CONNECTION, ports, proofOf, quietpage, requests, reset, TOKEN } from "./fake-server.js";

const api = await import("../../extension/api.js");

beforeEach(() => {
  reset();
  browser.reset();
});

test("the server is looked for where it was last, and nobody else is asked", async () => {
  ports.set(8765, quietpage()).set(8767, quietpage());
  const found = await api.find({ ...CONNECTION, port: 8767 });
  assert.deepEqual(found, { state: "ready", url: "http://127.0.0.1:8767", port: 8767 });
  assert.deepEqual(requests.map((request) => request.port), [8767]);
});

test("a server that moved is found again", async () => {
  ports.set(8769, quietpage());
  assert.equal((await api.find(CONNECTION)).port, 8769);
});

test("of several servers the first port wins", async () => {
  ports.set(8766, quietpage()).set(8768, quietpage());
  assert.equal((await api.find()).port, 8766);
});

test("without a connection a server is there to be connected to", async () => {
  ports.set(8765, quietpage());
  assert.equal((await api.find()).state, "unconnected");
});

test("looking for the server sends no token", async () => {
  ports.set(8765, quietpage());
  await api.find(CONNECTION);
  assert.ok(requests.every((request) => !request.token && !JSON.stringify([...request.query]).includes(TOKEN)));
});

test("each look asks another challenge", async () => {
  ports.set(8765, quietpage());
  await api.find(CONNECTION);
  await api.find(CONNECTION);
  const [one, two] = requests.map((request) => request.query.get("challenge"));
  assert.match(one, /^[\w-]{43}$/);
  assert.notEqual(one, two);
});

for (const [what, proof] of Object.entries({
  "a wrong proof": (challenge, port) => proofOf(challenge, port, "x".repeat(43)),
  "a proof for another port": (challenge) => proofOf(challenge, 8766),
  "a proof for another challenge": (_, port) => proofOf("other", port),
  "a proof that is no text": () => 7,
  "a proof in no alphabet of ours": () => "%".repeat(43),
  "no proof at all": () => undefined,
})) {
  test(`${what} makes a stranger`, async () => {
    const ping = ({ query, port }) => [200, { app: "quietpage", proof: proof(query.get("challenge"), port) }];
    ports.set(8765, quietpage({ "/api/ping": ping }));
    assert.equal((await api.find(CONNECTION)).state, "stranger");
  });
}

test("our server behind a stranger is found", async () => {
  ports.set(8765, quietpage({ "/api/ping": () => [200, { app: "quietpage", proof: "x" }] })).set(8766, quietpage());
  assert.deepEqual(await api.find(CONNECTION), { state: "ready", url: "http://127.0.0.1:8766", port: 8766 });
});

test("a server that does not know this browser has disconnected it", async () => {
  ports.set(8765, quietpage({ "/api/ping": () => [200, { app: "quietpage", proof: null }] }));
  assert.equal((await api.find(CONNECTION)).state, "revoked");
});

test("another program on the port is a stranger", async () => {
  ports.set(8765, () => [200, "<h1>My dev server</h1>"]);
  assert.equal((await api.find()).state, "stranger");
});

test("when nothing answers, the server is down", async () => {
  assert.equal((await api.find(CONNECTION)).state, "down");
});

test("when nothing answers and the permission is gone, the browser stands between", async () => {
  browser.granted.loopback = false;
  assert.equal((await api.find(CONNECTION)).state, "blocked");
});

test("a port that takes the call and never answers is given up", async (context) => {
  context.mock.method(AbortSignal, "timeout", (ms) => AbortSignal.abort(new Error(`after ${ms}`)));
  ports.set(8765, ({ signal }) => Promise.reject(signal.reason));
  assert.equal((await api.find(CONNECTION)).state, "down");
  assert.ok(AbortSignal.timeout.mock.calls.every((call) => call.arguments[0] <= 3000));
});

test("a server or an extension that is too old is told from all else", async () => {
  ports.set(8765, quietpage({ "/api/ping": () => [200, { app: "quietpage", version: "0.0.9" }] }));
  assert.equal((await api.find(CONNECTION)).state, "old_server");
  ports.set(8765, quietpage({ "/api/ping": () => [426, { type: "/problems/extension-too-old" }] }));
  assert.equal((await api.find(CONNECTION)).state, "old_extension");
});

test("versions are compared by their numbers", () => {
  for (const [version, other] of [["0.1.0", "0.2.0"], ["0.9.9", "0.10.0"], ["1", "1.0.1"]]) {
    assert.equal(api.isOlder(version, other), true, `${version} ${other}`);
    assert.equal(api.isOlder(other, version), false, `${other} ${version}`);
  }
  assert.equal(api.isOlder("1.2", "1.2.0"), false);
});

test("a browser that blocks the local network stands between, and is not called a server that is down", async (context) => {
  const query = async ({ name }) => (name === "local-network-access" ? { state: "denied" } : Promise.reject(new TypeError(name)));
  context.mock.getter(globalThis, "navigator", () => ({ permissions: { query } }));
  assert.equal((await api.find(CONNECTION)).state, "blocked");
});

test("asking to connect shows a challenge and keeps its verifier", async () => {
  ports.set(8766, quietpage());
  const pairing = await api.askToConnect("http://127.0.0.1:8766");
  const { challenge } = requests[0].body;
  assert.equal(challenge, createHash("sha256").update(pairing.verifier).digest("base64url"));
  assert.ok(!JSON.stringify(requests[0].body).includes(pairing.verifier));
  assert.deepEqual([pairing.code, pairing.connect], ["493017", "http://127.0.0.1:8766/connect/p1"]);
});

test("a server that cannot be asked says why", async () => {
  ports.set(8765, quietpage({ "/api/pairings": () => [403, { detail: "Not from here." }] }));
  await assert.rejects(api.askToConnect("http://127.0.0.1:8765"), /Not from here/);
});

/** What comes of fetching the token when that is answered so. */
async function finished(status, body, code) {
  ports.set(8765, quietpage({ "/api/pairings/p1/token": () => status && [status, body] }));
  return api.finishConnecting({ id: "p1", verifier: "v", server: "http://127.0.0.1:8765" }, code);
}

test("an allowed pairing ends in a connection", async () => {
  const { token, browser: known } = CONNECTION;
  assert.deepEqual(await finished(201, { token, browser: known }, "grant"), CONNECTION);
  assert.deepEqual(requests[0].body, { verifier: "v", code: "grant" });
});

test("without the one-time code the verifier speaks alone", async () => {
  await finished(409, {});
  assert.deepEqual(requests[0].body, { verifier: "v" });
});

test("a pairing that is not allowed yet is pending, any other end is the end", async () => {
  assert.equal(await finished(409, {}), "pending");
  for (const status of [403, 404, 0]) assert.equal(await finished(status, {}), "gone");
});

test("browsers are called as people call them", () => {
  const named = {
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0": "Firefox on Linux",
    "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0": "Edge on Windows",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/140.0 Safari/537.36": "Chrome on macOS",
    "Something else": "Browser on this machine",
  };
  for (const [agent, name] of Object.entries(named)) assert.equal(api.browserName(agent), name);
});
