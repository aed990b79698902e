// Pages that are not in front: what a link leads to, and many tabs at once. Both need the person's leave for these sites.

import { beside, reach } from "./connecting.js";
import { deliver, settle } from "./delivery.js";
import * as receipt from "./receipt.js";
import { keep } from "./saving.js";

/** @typedef {import("./saving.js").Tab} Tab */
/** @typedef {"saving" | "saved" | "kept" | "failed"} Outcome kept: in this browser, until the server has it */

const LOAD_MS = 20_000; // a page that is not there after this long is read as it is
export const SETTLE_MS = 600; // after a page is loaded, for what its scripts still put there
export const LOOK_MS = 150;
export const READ_MS = 20_000; // a tab that does not answer for so long is passed over

/** The leave that one link needs: for its site alone. @param {string} url */
export function siteOf(url) {
  const { protocol, hostname } = new URL(url);
  return { origins: [`${protocol}//${hostname}/*`] };
}

/**
 * Opens what a link leads to beside its page, reads it and closes it again.
 * @param {string} url @param {Tab} tab where the link was, and where the receipt is shown
 */
export async function saveLink(url, tab) {
  const reaching = reach();
  const opened = await chrome.tabs.create({ url, active: false, openerTabId: tab.id, ...beside(tab) });
  await loaded(Number(opened.id));
  const shown = await chrome.tabs.get(Number(opened.id)).catch(() => undefined);
  const { id, reason } = shown ? await keep(/** @type {Tab} */ (shown)) : { id: undefined, reason: "closed" };
  await chrome.tabs.remove(Number(opened.id)).catch(() => undefined);
  if (reason) return receipt.showRefusal(tab, reason);
  const server = await reaching;
  const sending = id && server.state === "ready" ? deliver(id, server, { receipt: true }) : undefined;
  await receipt.showOutcome(tab, server, sending);
  await settle();
}

/** @param {number} tabId */
async function loaded(tabId) {
  for (let waited = 0; waited < LOAD_MS; waited += LOOK_MS) {
    await pause(LOOK_MS);
    const tab = await chrome.tabs.get(tabId).catch(() => undefined);
    if (!tab || tab.status === "complete") break;
  }
  await pause(SETTLE_MS);
}

/**
 * Saves tabs one after the other, and tells how each fared.
 * @param {Tab[]} tabs @param {(tab: Tab, outcome: Outcome, reason?: string) => void} tell `reason` names a notice
 */
export async function saveTabs(tabs, tell) {
  const server = await reach();
  for (const tab of tabs) {
    tell(tab, "saving");
    const { id, reason } = tab.url?.startsWith(`${server.url}/`) ? { id: undefined, reason: "own_page" } : await read(tab);
    const delivery = id && server.state === "ready" ? await deliver(id, server, { tab }) : undefined;
    if (id) tell(tab, delivery?.kind === "saved" ? "saved" : "kept");
    else tell(tab, "failed", reason);
  }
  await settle();
}

/** @param {Tab} tab @returns {Promise<{ id?: string, reason?: string }>} */
async function read(tab) {
  if (tab.discarded) return { reason: "asleep" };
  const late = pause(READ_MS).then(() => ({ reason: "no_answer" }));
  return Promise.race([keep(tab), late]);
}

/** @param {number} ms */
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
