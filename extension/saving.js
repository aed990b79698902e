// Saving a page, from the click to where the person wants to be afterwards: capture, keep, send, show.

import { CannotCapture, capture } from "./capture.js";
import { askForServer, beside, reach } from "./connecting.js";
import { deliver, deliverWaiting, retrySoon, settle } from "./delivery.js";
import * as outbox from "./outbox.js";
import * as receipt from "./receipt.js";
import * as settings from "./settings.js";
import * as toolbar from "./toolbar.js";

/** @typedef {chrome.tabs.Tab & { id: number }} Tab */
/** @typedef {import("./connecting.js").Server} Server */
/** @typedef {import("./articles.js").Delivery} Delivery */
/** @typedef {{ after: settings.After, part?: "page" | "selection" }} Wish */

/** The toolbar button. @param {Tab} tab */
export async function click(tab) {
  if (await isSecondClick(tab)) return chrome.runtime.openOptionsPage();
  await save(tab, { after: (await settings.get("after")) ?? "same" });
}

/** Saves and stays on the page. While its receipt is shown, the same keys lead into that. @param {Tab} tab */
export async function saveQuietly(tab) {
  if (!(await receipt.focus(tab))) await save(tab, { after: "stay" });
}

/** @param {Tab} tab @param {Wish} wish */
export async function save(tab, { after, part = "page" }) {
  await Promise.all([toolbar.working(tab.id), settings.forget("notice")]);
  const reaching = reach();
  const { id, reason } = (await isOurs(tab, reaching)) ? { reason: "own_page" } : await keep(tab, part);
  const server = await reaching;
  const sending = id && server.state === "ready" ? deliver(id, server, { receipt: after === "stay", tab }) : undefined;
  if (after === "stay" && id) await receipt.showOutcome(tab, server, sending);
  const delivery = await sending;
  if (delivery?.kind === "saved" && after !== "stay") await open(delivery.open, tab, after);
  else if (delivery?.kind !== "saved") await toolbar.clear(tab.id);
  if (reason && server.connection) await refuse(tab, reason);
  else if (server.state !== "ready" && (after !== "stay" || !server.connection)) await askForServer(server, tab);
  await (delivery?.kind === "later" ? settle() : deliverWaiting({ server, now: true })); // what waited goes along
}

/**
 * Captures the page and keeps it until the server has it.
 * @param {Tab} tab @param {"page" | "selection"} part
 * @returns {Promise<{ id?: string, reason?: string }>} the capture's id, or why there is none (a message's key)
 */
export async function keep(tab, part) {
  const capture_id = crypto.randomUUID();
  try {
    await outbox.put({ ...(await capture(tab, { part })), capture_id });
    await retrySoon();
    return { id: capture_id };
  } catch (error) {
    return { reason: error instanceof CannotCapture ? error.reason : "not_kept" };
  }
}

/** Shows the clean page where the person wants it. @param {string} link @param {Tab} tab @param {settings.After} after */
async function open(link, tab, after) {
  await toolbar.saved(tab.id);
  if (after === "new") {
    await chrome.tabs.create({ url: link, ...beside(tab) });
  } else if (await isStillThere(tab)) {
    await chrome.tabs.update(tab.id, { url: link });
  }
}

/** Whether the tab still shows the site that was clicked: whoever has moved on is left alone. @param {Tab} tab */
async function isStillThere(tab) {
  const now = await chrome.tabs.get(tab.id).catch(() => undefined);
  return Boolean(tab.url && now?.url) && origin(now?.url) === origin(tab.url);
}

/** @param {string} [url] */
const origin = (url) => (url && URL.canParse(url) ? new URL(url).origin : "");

/** Says why a page was not saved. @param {Tab} tab @param {string} reason */
async function refuse(tab, reason) {
  await settings.set({ notice: { reason, url: tab.url ?? "", tabId: tab.id } });
  await toolbar.refused(tab.id, reason);
}

/** A second click on a page that was refused asks for the whole explanation. @param {Tab} tab */
async function isSecondClick(tab) {
  const notice = await settings.get("notice");
  return notice?.tabId === tab.id && notice.url === (tab.url ?? "");
}

/** Whether the tab shows Quietpage's own pages: nothing to save there. @param {Tab} tab @param {Promise<Server>} reaching */
async function isOurs(tab, reaching) {
  if (!/^http:\/\/(127\.0\.0\.1|localhost):/.test(tab.url ?? "")) return false;
  const { state, port } = await reaching;
  return ["ready", "unconnected", "revoked"].includes(state) && new URL(tab.url ?? "").port === String(port);
}
