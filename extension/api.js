// The only fetch: finds the server, has it prove itself, connects this browser.

/** @typedef {import("./settings.js").Connection} Connection */
/** @typedef {import("./settings.js").Pairing} Pairing */
/**
 * @typedef {"ready" | "unconnected" | "revoked" | "stranger" | "down" | "blocked" | "old_server" | "old_extension"} State
 *   ready: our server, proven. unconnected: a server, and we have no connection. revoked: a server that does not know
 *   this browser. stranger: something else answers on the port. down: nothing does. blocked: the browser stands between.
 *   old_server, old_extension: a server, and this side is too old for the other.
 * @typedef {{ state: State, url: string, port: number }} Found
 * @typedef {{ status: number, body: any }} Answer
 */

export const PORTS = [8765, 8766, 8767, 8768, 8769]; // the server takes the first free one
export const LOOPBACK = { origins: ["http://127.0.0.1/*"] };
const OLDEST_SERVER = "0.1.0"; // what it answers is understood
const PING_MS = 3000;
export const SAVE_MS = 25_000; // browsers stop a background whose fetch takes 30 seconds
const encoder = new TextEncoder();

// Finding the server

/**
 * Looks for the server, where it was last first. Sends no page and no token.
 * @param {Connection} [connection]
 * @returns {Promise<Found>}
 */
export async function find(connection) {
  const ports = [...new Set([connection?.port ?? PORTS[0], ...PORTS])];
  const first = await look(ports[0], connection);
  if (first.state === "ready" || first.state === "unconnected") return first;
  const found = [first, ...(await Promise.all(ports.slice(1).map((port) => look(port, connection))))];
  for (const state of ["ready", "old_server", "old_extension", "unconnected", "revoked", "stranger"]) {
    const match = found.find((one) => one.state === state);
    if (match) return match;
  }
  return { ...first, state: (await isBlocked()) ? "blocked" : "down" };
}

/** Whether the browser keeps us from this machine: by our permission, or by what it calls the local network. */
async function isBlocked() {
  // Chrome takes that for this machine along with the leave for all sites, and leaves us the connect page's: that is enough.
  const { origins = [] } = await chrome.permissions.getAll();
  if (!origins.some((origin) => /^<all_urls>|^(http|\*):\/\/(127\.0\.0\.1|\*)\//.test(origin))) return true;
  for (const name of ["loopback-network", "local-network-access"]) {
    const asked = navigator.permissions?.query({ name: /** @type {any} */ (name) });
    if ((await asked?.catch(() => undefined))?.state === "denied") return true; // where the browser knows the name
  }
  return false;
}

/** Whether a version such as 0.1.0 comes before another. @param {string} version @param {string} other */
export function isOlder(version, other) {
  const [these, those] = [version, other].map((one) => one.split(".").map(Number));
  for (const [place, number] of those.entries()) if ((these[place] ?? 0) !== number) return (these[place] ?? 0) < number;
  return false;
}

/** @param {number} port @param {Connection} [connection] @returns {Promise<Found>} */
async function look(port, connection) {
  const url = `http://127.0.0.1:${port}`;
  const challenge = random();
  const query = connection ? `?${new URLSearchParams({ browser: connection.browser.id, challenge })}` : "";
  try {
    const { status, body } = await call(`${url}/api/ping${query}`, { ms: PING_MS });
    if (status === 426 && body?.type === "/problems/extension-too-old") return { state: "old_extension", url, port };
    if (body?.app !== "quietpage") return { state: "stranger", url, port };
    if (isOlder(String(body.version), OLDEST_SERVER)) return { state: "old_server", url, port };
    if (!connection) return { state: "unconnected", url, port };
    if (body.proof === null) return { state: "revoked", url, port };
    const proven = await isProof(body.proof, { token: connection.token, port, challenge });
    return { state: proven ? "ready" : "stranger", url, port };
  } catch {
    return { state: "down", url, port };
  }
}

/**
 * Whether an answer to `challenge` was made with our secret, by a server on this very port.
 * @param {unknown} proof @param {{ token: string, port: number, challenge: string }} asked
 */
export async function isProof(proof, { token, port, challenge }) {
  if (typeof proof !== "string" || !/^[\w-]{43}$/.test(proof)) return false;
  const secret = await sha256(`quietpage-proof-key-v1:${token}`);
  const key = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
  const message = encoder.encode(`quietpage-proof-v1\n127.0.0.1:${port}\n${challenge}`);
  return crypto.subtle.verify("HMAC", key, fromBase64url(proof), message);
}

// Links

/** A link of the server's own, or its front page. @param {string} link @param {string} server */
export function ownLink(link, server) {
  return link.startsWith(`${server}/`) ? link : `${server}/`;
}

/**
 * A page of the server's by way of its entrance: browsers count a visit that an extension begins as another site's, and
 * keep the session's cookie back; from the entrance it is the server's own.
 * @param {string} server @param {string} path
 */
export function entrance(server, path) {
  return `${server}/open?next=${encodeURIComponent(path)}`;
}

// Connecting this browser

/** Asks to be connected; the person decides on the page `connect`. @param {string} server @returns {Promise<Pairing>} */
export async function askToConnect(server) {
  const verifier = random();
  const challenge = base64url(await sha256(verifier));
  const { status, body } = await call(`${server}/api/pairings`, { ms: PING_MS, body: { name: browserName(), challenge } });
  if (status !== 201) throw new Error(body?.detail ?? `HTTP ${status}`);
  const { id, code, expires_at, links } = body;
  return { id, code, verifier, server, connect: ownLink(links.connect, server), expires_at };
}

/**
 * Fetches the token of a pairing that the person has allowed. The verifier shows that it is we who asked; the one-time
 * code of the connect page is missing when the browser keeps us from that page.
 * @param {Pairing} pairing @param {string} [code]
 * @returns {Promise<Connection | "pending" | "gone">}
 */
export async function finishConnecting(pairing, code) {
  const body = { verifier: pairing.verifier, ...(code && { code }) };
  try {
    const answer = await call(`${pairing.server}/api/pairings/${pairing.id}/token`, { ms: PING_MS, body });
    if (answer.status === 409) return "pending";
    if (answer.status !== 201) return "gone";
    return { ...answer.body, port: Number(new URL(pairing.server).port) };
  } catch {
    return "gone";
  }
}

/** What a person calls this browser: "Firefox on Linux". @param {string} [agent] */
export function browserName(agent = navigator.userAgent) {
  const browsers = { "Edg/": "Edge", "OPR/": "Opera", "Vivaldi/": "Vivaldi", "Firefox/": "Firefox", "Chrome/": "Chrome" };
  const systems = { Windows: "Windows", Android: "Android", CrOS: "ChromeOS", Mac: "macOS", Linux: "Linux" };
  /** @param {Record<string, string>} names */
  const named = (names) => Object.entries(names).find(([mark]) => agent.includes(mark))?.[1];
  return `${named(browsers) ?? "Browser"} on ${named(systems) ?? "this machine"}`;
}

// The wire

/**
 * @param {string} url
 * @param {{ ms: number, token?: string, method?: string, body?: object }} request a body makes it a POST, if nothing else
 * @returns {Promise<Answer>} `body` is null when it is not JSON. Rejects when nothing answers in time.
 */
export async function call(url, { ms, token, method, body }) {
  const response = await fetch(url, {
    method: method ?? (body ? "POST" : "GET"),
    headers: {
      "X-Quietpage-Extension": chrome.runtime.getManifest().version,
      ...(body && { "Content-Type": "application/json" }),
      ...(token && { Authorization: `Bearer ${token}` }),
    },
    body: body && JSON.stringify(body),
    cache: "no-store",
    credentials: "omit",
    redirect: "error",
    referrerPolicy: "no-referrer",
    signal: AbortSignal.timeout(ms),
  });
  const text = await response.text();
  return { status: response.status, body: parsed(text) };
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** 32 random bytes, as 43 characters. */
function random() {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

/** @param {string} text */
async function sha256(text) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", encoder.encode(text)));
}

/** RFC 4648, section 5, without padding. @param {Uint8Array} bytes */
function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @param {string} text */
function fromBase64url(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
}
