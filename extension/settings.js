// What the extension remembers: its connection, a pairing under way, a choice, the last thing to tell. Only here.

/**
 * @typedef {{ token: string, browser: { id: string, name: string }, port: number }} Connection
 *   `port` is where the server last answered.
 * @typedef {{ id: string, code: string, verifier: string, server: string, connect: string, expires_at: string }} Pairing
 *   `server` is the origin that was asked, `connect` its page for the person. All of it is spent within ten minutes.
 * @typedef {{ reason: string, url: string, tabId: number }} Notice
 *   Why the last click saved nothing: a message's key.
 * @typedef {{ connection: Connection, pairing: Pairing, newTab: boolean, notice: Notice }} Settings
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

/** Calls back whenever anything here changes. @param {() => void} callback */
export function onChange(callback) {
  chrome.storage.local.onChanged.addListener(callback);
}

/** Keeps content scripts out, where the browser can (Firefox cannot): the token is none of their business. */
export async function keepToOurselves() {
  await chrome.storage.local.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });
}
