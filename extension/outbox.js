// What the server has not acknowledged yet, in IndexedDB: it survives a stopped background and a closed browser.

import { database } from "./database.js";

/**
 * @typedef {{ url: string, title: string, html?: string, pdf?: string, captured_at: string, capture_id: string, passage?: string,
 *   entry?: number }} Capture `entry` is the article that is not captured yet and whose page this is
 * @typedef {{ state: "waiting" | "failed", trouble: string, reason: string, attempts: number, retry_at: number }} Delivering
 *   `waiting` is tried again by itself, at `retry_at` (in ms since 1970); `failed` only when asked to. `trouble` is what
 *   was in the way the last time, `attempts` how often that was so in a row, `reason` the server's own words for it.
 * @typedef {Omit<Capture, "html" | "pdf"> & Delivering} Entry a capture in the outbox, without its page
 */

// The entries are small and listed often; the pages are HTML or { pdf }, up to 20 MB each, and read one at a time.
const STORES = { entries: { keyPath: "capture_id" }, pages: {} };
const transact = database("quietpage", STORES, { durability: "strict" });
const ROOM_BYTES = 64 * 1024 * 1024; // three of the largest pages, and change
const CHANNEL = "outbox";
const FRESH = { state: "waiting", trouble: "", reason: "", attempts: 0, retry_at: 0 };

/** Keeps a capture. It is on disk when this returns. @param {Capture} capture */
export async function put({ html, pdf, ...rest }) {
  /** @type {Entry} */
  const entry = { ...rest, .../** @type {Delivering} */ (FRESH) };
  await transact("readwrite", (entries, pages) => {
    entries.put(entry);
    pages.put(pdf ? { pdf } : html, entry.capture_id);
  });
}

/** Everything that is kept, oldest first. @returns {Promise<Entry[]>} */
export async function all() {
  /** @type {Entry[]} */
  const entries = await transact("readonly", (entries) => entries.getAll());
  return entries.sort((a, b) => (a.captured_at < b.captured_at ? -1 : 1));
}

/** One entry, or undefined when it is no longer here. @param {string} id @returns {Promise<Entry | undefined>} */
export async function entry(id) {
  return transact("readonly", (entries) => entries.get(id));
}

/** One capture whole, or undefined when it is no longer here. @param {string} id @returns {Promise<Capture | undefined>} */
export async function get(id) {
  const [entry, page] = await Promise.all([
    transact("readonly", (entries) => entries.get(id)),
    transact("readonly", (_, pages) => pages.get(id)),
  ]);
  if (!entry || !page) return undefined;
  const { url, title, captured_at, capture_id, passage, entry: fills } = entry;
  const rest = { captured_at, capture_id, ...(passage && { passage }), ...(fills && { entry: fills }) };
  return { url, title, ...(typeof page === "string" ? { html: page } : page), ...rest };
}

/** Lets a capture go: the server has it, or the person discarded it. @param {string} id */
export async function done(id) {
  await transact("readwrite", (entries, pages) => {
    entries.delete(id);
    pages.delete(id);
  });
}

/** Begins anew with a capture, as if it had just been put here. @param {string} id */
export async function refresh(id) {
  await mark(id, /** @type {Delivering} */ (FRESH));
}

/** Notes how a delivery went. @param {string} id @param {Partial<Delivering>} change */
export async function mark(id, change) {
  await transact("readwrite", (entries) => {
    const reading = entries.get(id);
    reading.onsuccess = () => {
      if (reading.result) entries.put({ ...reading.result, ...change });
    };
  });
}

/**
 * Whether hardly any room is left for captures, told before it is used up. The oldest are not thrown away to make some:
 * nothing is here but what exists nowhere else.
 */
export async function isNearlyFull() {
  const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => undefined)) ?? {};
  return quota !== undefined && quota - (usage ?? 0) < ROOM_BYTES;
}

/** Tells our own pages that something here has changed. */
export function tell() {
  new BroadcastChannel(CHANNEL).postMessage("changed");
}

/** Calls back when something here has changed. @param {() => void} callback */
export function onChange(callback) {
  new BroadcastChannel(CHANNEL).onmessage = callback;
}
