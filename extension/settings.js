// What the extension remembers: its connection, a pairing under way, choices, what was told last. Only here.

/**
 * @typedef {{ token: string, browser: { id: string, name: string }, port: number }} Connection
 *   `port` is where the server last answered.
 * @typedef {{ id: string, code: string, verifier: string, server: string, connect: string, expires_at: string }} Pairing
 *   `server` is the origin that was asked, `connect` its page for the person. All of it is spent within ten minutes.
 * @typedef {{ reason: string, url: string, tabId: number }} Notice
 *   Why the last click saved nothing: a message's key.
 * @typedef {"same" | "new" | "stay"} After where the clean page is shown after a click: in its tab, in a new one, or nowhere
 * @typedef {{ id: number, open: string, tags: string[], title: string, outcome: string, versions: number }} Saved
 *   An article, and the link that opens it: what the receipt on a tab speaks of.
 * @typedef {{ connection: Connection, pairing: Pairing, after: After, withoutReceipt: boolean, marksKnown: boolean, notice: Notice,
 *   receipts: Record<string, Saved> }} Settings `receipts` are by the tab's id
 */

/**
 * @template {keyof Settings} Name
 * @param {Name} name
 * @returns {Promise<Settings[Name] | undefined>}
 */
export async function get(name) {
  const { [name]: value } = await chrome.storage.local.get(name);
  return /** @type {Settings[Name] | undefined} */ (value);
}

/** @param {Partial<Settings>} values */
export async function set(values) {
  await chrome.storage.local.set(values);
}

/** @param {keyof Settings} name */
export async function forget(name) {
  await chrome.storage.local.remove(name);
}

/** The tab in which the queue captures, as long as the browser runs. @param {number} queueTab 0 for none */
export async function setTabForNow(queueTab) {
  await (queueTab ? chrome.storage.session.set({ queueTab }) : chrome.storage.session.remove("queueTab"));
}

/** @returns {Promise<number | undefined>} */
export async function tabForNow() {
  const { queueTab } = await chrome.storage.session.get("queueTab");
  return /** @type {number | undefined} */ (queueTab);
}

/** Calls back whenever anything here changes. @param {() => void} callback */
export function onChange(callback) {
  chrome.storage.local.onChanged.addListener(callback);
}

/** Keeps content scripts out, where the browser can (Firefox cannot): the token is none of their business. */
export async function keepToOurselves() {
  await chrome.storage.local.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });
}
