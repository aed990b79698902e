// Reaching the server, and connecting this browser to it.

import * as api from "./api.js";
import * as settings from "./settings.js";

/** @typedef {api.Found & { connection?: settings.Connection }} Server `connection` is there when `state` is ready */

export const CONNECT_PAGES = "http://127.0.0.1/connect/*";

/** Finds the server; finishes connecting when the person has allowed it meanwhile. @returns {Promise<Server>} */
export async function reach() {
  const known = await settings.get("connection");
  let found = await api.find(known);
  const connection = found.state === "ready" ? known : ((await finishPairing()) ?? known);
  if (connection !== known) found = await api.find(connection);
  if (connection && found.state === "ready" && found.port !== connection.port)
    await settings.set({ connection: { ...connection, port: found.port } });
  return { ...found, connection };
}

/**
 * Shows what has to be done before pages can be saved, where only the person can do it.
 * @param {Server} server @param {chrome.tabs.Tab} [tab] beside which a page is opened
 */
export async function askForServer({ state, url, connection }, tab) {
  const asked = state === "unconnected" && (await openConnectPage(url, tab));
  if (!asked && (!connection || !["down", "stranger"].includes(state))) await chrome.runtime.openOptionsPage();
}

/** Connects, also anew after being disconnected; or finishes that. @returns {Promise<Server>} */
export async function connect() {
  const server = await reach();
  if (server.state === "unconnected" || server.state === "revoked") await openConnectPage(server.url);
  return server;
}

/** @param {string} url @param {chrome.tabs.Tab} [tab] @returns {Promise<boolean>} whether the server answered */
async function openConnectPage(url, tab) {
  const connect = await pairingWith(url).then((pairing) => pairing.connect, () => undefined);
  if (!connect) return false;
  const tabs = await chrome.tabs.query({ url: CONNECT_PAGES });
  const shown = tabs.find((one) => one.url === connect);
  if (shown?.id) await chrome.tabs.update(shown.id, { active: true });
  else await chrome.tabs.create({ url: api.entrance(url, new URL(connect).pathname), ...(tab && beside(tab)) });
  return true;
}

/** Where a new tab goes that belongs to this one. @param {chrome.tabs.Tab} tab */
export const beside = ({ index, windowId }) => ({ index: index + 1, windowId });

/** The pairing under way, or a new one. @param {string} url */
async function pairingWith(url) {
  const known = await settings.get("pairing");
  if (known?.server === url && new Date(known.expires_at) > new Date()) return known;
  const pairing = await api.askToConnect(url);
  await settings.set({ pairing });
  return pairing;
}

/** @param {string} [code] the connect page's one-time code @returns {Promise<settings.Connection | undefined>} */
export async function finishPairing(code) {
  const pairing = await settings.get("pairing");
  const outcome = pairing && (await api.finishConnecting(pairing, code));
  if (!outcome || outcome === "pending") return undefined;
  await settings.forget("pairing");
  if (outcome === "gone") return undefined;
  await settings.set({ connection: outcome });
  return outcome;
}

/** The pairing under way, if it is the one that the page at `url` is for. @param {string} [url] @param {string} [id] */
export async function pairingAskedBy(url, id) {
  const pairing = await settings.get("pairing");
  return pairing && pairing.id === id && pairing.connect === url ? pairing : undefined;
}
