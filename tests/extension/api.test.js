// Finding the server, having it prove itself, saving, connecting: api.js.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { beforeEach, test } from "node:test";
import * as browser from "./fake-chrome.js";
import { CONNECTION, ports, proofOf, quietpage, requests, reset, TOKEN } from "./fake-server.js";

const api = await import("../../extension/api.js");
const PAGE = { url: "http://site.test/", title: "T", html: "<p>x", captured_at: "2026-01-01T00:00:00Z", capture_id: "c1" };

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

test("a page is sent with the token, whole", async () => {
  ports.set(8765, quietpage());
  const delivery = await api.save(PAGE, "http://127.0.0.1:8765", CONNECTION);
  assert.deepEqual(delivery, { kind: "saved", open: "http://127.0.0.1:8765/open?code=c&next=/read/1" });
  assert.deepEqual([requests[0].token, requests[0].body], [TOKEN, PAGE]);
});

/** What comes of a save that is answered so. */
async function saved(status, body) {
  ports.set(8765, quietpage({ "/api/articles": () => status && [status, body] }));
  return api.save(PAGE, "http://127.0.0.1:8765", CONNECTION);
}

test("a page without an article is saved when the server kept its text", async () => {
  const kept = { id: 3, links: { reader: "http://127.0.0.1:8765/read/3" } };
  assert.deepEqual(await saved(422, { detail: "No text.", kept }), { kind: "saved", open: "http://127.0.0.1:8765/read/3" });
});

test("a 422 that kept nothing is a refusal", async () => {
  assert.deepEqual(await saved(422, { detail: "No." }), { kind: "refused", reason: "No." });
});

test("a refusal carries the server's reason", async () => {
  assert.deepEqual(await saved(413, { title: "Too large", detail: "More than 20 MiB." }), { kind: "refused", reason: "More than 20 MiB." });
  assert.deepEqual(await saved(400, "no json"), { kind: "refused", reason: "HTTP 400" });
});

test("what may pass is tried later", async () => {
  for (const status of [408, 429, 500, 503]) assert.equal((await saved(status, { title: "?" })).kind, "later");
  assert.deepEqual(await saved(0), { kind: "later", reason: "" });
  assert.deepEqual(await saved(401, { detail: "Unknown token" }), { kind: "later", reason: "" });
});

test("an answer that says nothing of an article lets nothing go", async () => {
  assert.equal((await saved(200, "<html>")).kind, "later");
  assert.equal((await saved(200, {})).kind, "later");
});

test("a link that leads elsewhere is not followed", async () => {
  for (const open of ["https://evil.example/", "http://127.0.0.1:87650/", "javascript:alert(1)"])
    assert.equal((await saved(201, { links: { open } })).open, "http://127.0.0.1:8765/");
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
