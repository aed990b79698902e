// The server as the extension meets it: answers `fetch` on chosen ports, and remembers what it was sent.

import { createHash, createHmac } from "node:crypto";

export const TOKEN = "t".repeat(43);
export const CONNECTION = { token: TOKEN, browser: { id: "b1", name: "Firefox on Linux" }, port: 8765 };

/** What listens: port → (request) → answer. */
export const ports = new Map();
/** Every request that reached somebody: `{ method, port, path, token, body }`. */
export const requests = [];

export function reset() {
  ports.clear();
  requests.length = 0;
}

/** @returns {string} the proof a server with `token` gives on `port` */
export function proofOf(challenge, port, token = TOKEN) {
  const key = createHash("sha256").update(`quietpage-proof-key-v1:${token}`).digest();
  return createHmac("sha256", key).update(`quietpage-proof-v1\n127.0.0.1:${port}\n${challenge}`).digest("base64url");
}

/** A good server. `over` answers paths in its own way: path → answer. */
export function quietpage(over = {}) {
  return (request) => {
    const { port, path, query } = request;
    if (path in over) return over[path](request);
    if (path === "/api/ping") {
      const challenge = query.get("challenge");
      const ping = { app: "quietpage", version: "0.1.0" };
      return [200, challenge ? { ...ping, proof: proofOf(challenge, port) } : ping];
    }
    if (path === "/api/articles") return [201, { id: 1, links: { open: `http://127.0.0.1:${port}/open?code=c&next=/read/1` } }];
    if (path === "/api/pairings")
      return [201, { id: "p1", code: "493017", expires_at: "2999-01-01T00:00:00Z", links: { connect: `http://127.0.0.1:${port}/connect/p1` } }];
    return [404, { title: "Not found" }];
  };
}

globalThis.fetch = async (address, { method, body, headers = {}, signal } = {}) => {
  const url = new URL(address);
  const port = Number(url.port);
  const answering = ports.get(port);
  if (!answering) throw new TypeError("Failed to fetch");
  const token = headers.Authorization?.replace("Bearer ", "");
  const request = { method, port, path: url.pathname, query: url.searchParams, token, body: body && JSON.parse(body), signal };
  requests.push(request);
  const answer = await answering(request);
  if (!answer) throw new TypeError("Failed to fetch"); // it went away before it answered
  const [status, json] = answer;
  return { status, text: async () => (typeof json === "string" ? json : JSON.stringify(json)) };
};
