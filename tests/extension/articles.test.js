// Saving pages and acting on articles: articles.js.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import * as browser from "./fake-chrome.js";
import { CONNECTION, ports, quietpage, requests, reset, TOKEN } from "./fake-server.js";

const articles = await import("../../extension/articles.js");
const PAGE = { url: "http://site.test/", title: "T", html: "<p>x", captured_at: "2026-01-01T00:00:00Z", capture_id: "c1" };
const PLACE = { url: "http://127.0.0.1:8765", connection: CONNECTION };

beforeEach(() => {
  reset();
  browser.reset();
});

test("a page is sent with the token, whole", async () => {
  ports.set(8765, quietpage());
  const delivery = await articles.save(PAGE, PLACE);
  assert.deepEqual([delivery.kind, delivery.open], ["saved", "http://127.0.0.1:8765/open?code=c&next=/read/1"]);
  assert.deepEqual([requests[0].method, requests[0].token, requests[0].body], ["POST", TOKEN, PAGE]);
});

/** What comes of a save that is answered so. */
async function saved(status, body) {
  ports.set(8765, quietpage({ "/api/articles": () => status && [status, body] }));
  return articles.save(PAGE, PLACE);
}

test("a page without an article is saved when the server kept its text, and says why", async () => {
  const kept = { id: 3, links: { reader: "http://127.0.0.1:8765/read/3" } };
  const delivery = await saved(422, { detail: "No text.", kept });
  assert.deepEqual([delivery.kind, delivery.open], ["saved", "http://127.0.0.1:8765/read/3"]);
  assert.deepEqual([delivery.kept.id, delivery.kept.warning], [3, "No text."]);
});

test("a 422 that kept nothing is a refusal", async () => {
  assert.deepEqual(await saved(422, { detail: "No." }), { kind: "refused", trouble: "refused", reason: "No." });
});

test("a refusal carries the server's reason", async () => {
  const large = await saved(413, { title: "Too large", detail: "More than 20 MiB." });
  assert.deepEqual(large, { kind: "refused", trouble: "large", reason: "More than 20 MiB." });
  assert.deepEqual(await saved(400, "no json"), { kind: "refused", trouble: "refused", reason: "HTTP 400" });
});

test("what may pass is tried later, and each trouble has its name", async () => {
  const troubles = { 0: "down", 401: "revoked", 408: "defect", 426: "old_extension", 429: "defect", 500: "defect", 503: "defect", 507: "full" };
  for (const [status, trouble] of Object.entries(troubles)) {
    const delivery = await saved(Number(status), { title: "?" });
    assert.deepEqual([delivery.kind, delivery.trouble], ["later", trouble], status);
  }
});

test("an answer that says nothing of an article lets nothing go", async () => {
  assert.equal((await saved(200, "<html>")).kind, "later");
  assert.equal((await saved(200, {})).kind, "later");
});

test("a link that leads elsewhere is not followed", async () => {
  for (const open of ["https://evil.example/", "http://127.0.0.1:87650/", "javascript:alert(1)"])
    assert.equal((await saved(201, { links: { open } })).open, "http://127.0.0.1:8765/");
});

test("articles are discarded, restored and tagged with the token", async () => {
  const answers = { "/api/articles/4": ({ method }) => (method === "DELETE" ? [204, ""] : [200, { tags: ["sea"] }]), "/api/articles/4/restore": () => [200, {}] };
  ports.set(8765, quietpage(answers));
  await articles.discard(4, PLACE);
  await articles.restore(4, PLACE);
  assert.deepEqual((await articles.setTags(4, ["sea"], PLACE)).tags, ["sea"]);
  assert.deepEqual(requests.map(({ method, token }) => [method, token]), ["DELETE", "POST", "PATCH"].map((method) => [method, TOKEN]));
});

test("what the server does not do is told in its words", async () => {
  ports.set(8765, quietpage({ "/api/articles/4": () => [404, { detail: "There is no such article." }] }));
  await assert.rejects(articles.discard(4, PLACE), /no such article/);
});
