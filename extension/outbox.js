// What the server has not acknowledged yet, in IndexedDB: it survives a stopped background and a closed browser.

/**
 * @typedef {{ url: string, title: string, html: string, captured_at: string, capture_id: string }} Capture
 * @typedef {Omit<Capture, "html"> & { state: "waiting" | "failed", reason: string, attempts: number }} Entry
 *   A capture in the outbox, without its page. `waiting` is tried again by itself; `failed` only when asked to:
 *   the server refused it, and `reason` is its own words.
 */

const DATABASE = "quietpage";
const ENTRIES = "entries"; // small, listed often
const PAGES = "pages"; // the HTML, up to 20 MB each, read one at a time

/** Keeps a capture. It is on disk when this returns. @param {Capture} capture */
export async function put({ html, ...rest }) {
  /** @type {Entry} */
  const entry = { ...rest, state: "waiting", reason: "", attempts: 0 };
  await transact("readwrite", (entries, pages) => {
    entries.put(entry);
    pages.put(html, entry.capture_id);
  });
}

/** Everything that is kept, oldest first. @returns {Promise<Entry[]>} */
export async function all() {
  const entries = /** @type {Entry[]} */ (await transact("readonly", (entries) => entries.getAll()));
  return entries.sort((a, b) => (a.captured_at < b.captured_at ? -1 : 1));
}

/** One capture whole, or undefined when it is no longer here. @param {string} id @returns {Promise<Capture | undefined>} */
export async function get(id) {
  const [entry, html] = await Promise.all([
    transact("readonly", (entries) => entries.get(id)),
    transact("readonly", (_, pages) => pages.get(id)),
  ]);
  if (!entry || typeof html !== "string") return undefined;
  const { url, title, captured_at, capture_id } = /** @type {Entry} */ (entry);
  return { url, title, html, captured_at, capture_id };
}

/** Lets a capture go: the server has it, or the person discarded it. @param {string} id */
export async function done(id) {
  await transact("readwrite", (entries, pages) => {
    entries.delete(id);
    pages.delete(id);
  });
}

/** Notes how a delivery went. @param {string} id @param {Partial<Pick<Entry, "state" | "reason" | "attempts">>} change */
export async function mark(id, change) {
  await transact("readwrite", (entries) => {
    const reading = entries.get(id);
    reading.onsuccess = () => {
      if (reading.result) entries.put({ ...reading.result, ...change });
    };
  });
}

/**
 * Runs `work` in one transaction and waits until that is committed.
 * @param {IDBTransactionMode} mode
 * @param {(entries: IDBObjectStore, pages: IDBObjectStore) => IDBRequest | void} work
 * @returns {Promise<unknown>} the result of the request that `work` returned
 */
async function transact(mode, work) {
  const database = await open();
  try {
    const transaction = database.transaction([ENTRIES, PAGES], mode, { durability: "strict" });
    const request = work(transaction.objectStore(ENTRIES), transaction.objectStore(PAGES));
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
    return request?.result;
  } finally {
    database.close();
  }
}

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore(ENTRIES, { keyPath: "capture_id" });
      opening.result.createObjectStore(PAGES);
    };
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}
