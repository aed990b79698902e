// Saving a page, from the click to where the person wants to be afterwards: capture, keep, send, show.

import { CannotCapture, capture } from "./capture.js";
import * as clicks from "./clicks.js";
import { askForServer, beside, reach } from "./connecting.js";
import { deliver, deliverWaiting, retrySoon, settle } from "./delivery.js";
import * as outbox from "./outbox.js";
import * as receipt from "./receipt.js";
import * as settings from "./settings.js";
import * as toolbar from "./toolbar.js";

/** @typedef {chrome.tabs.Tab & { id: number }} Tab */
/** @typedef {import("./connecting.js").Server} Server */
/** @typedef {import("./articles.js").Delivery} Delivery */
/** @typedef {{ after?: settings.After, part?: import("./capture.js").Part, image?: string }} Wish `after` is the person's usual choice, where it is missing */

const LATE_MS = 6000; // after the click: by then the person is at something else, and gets a receipt instead of the reader

/** The toolbar button. @param {Tab} tab */
export function click(tab) {
  return asked(tab, {}, async () => (await isSecondClick(tab)) && (await chrome.runtime.openOptionsPage(), true));
}

/** Saves and stays on the page. While its receipt is shown, the same keys lead into that. @param {Tab} tab */
export function saveQuietly(tab) {
  return asked(tab, { after: "stay" }, () => receipt.focus(tab));
}

/**
 * What the person asks for: it is noted before anything else, so that it is not lost with a stopped background.
 * @param {Tab} tab @param {Wish} wish @param {() => Promise<boolean>} [isSomethingElse] which is done instead of saving
 */
export function asked(tab, wish, isSomethingElse = async () => false) {
  return clicks.attend(tab, wish, async (click) => (await isSomethingElse()) || (await save(tab, wish, click)));
}

/** Takes up the clicks that a stopped background has left, or says that they are lost. @param {string} [reminder] that rang */
export function takeUp(reminder) {
  return clicks.takeUp(async (click) => {
    const { tabId, url, wish, time, capture_id } = click;
    if (await outbox.entry(capture_id)) return;
    const tab = await chrome.tabs.get(tabId).catch(() => undefined);
    if (!tab || address(tab.url) !== address(url)) return refuse({ id: tab?.id, url }, "click_lost");
    await save(/** @type {Tab} */ (tab), Date.now() - time > LATE_MS ? { ...wish, after: "stay" } : wish, click);
  }, reminder);
}

/** @param {Tab} tab @param {Wish} wish @param {clicks.Click} click */
async function save(tab, wish, click) {
  const after = wish.after ?? (await settings.get("after")) ?? "same";
  await Promise.all([toolbar.working(tab.id), settings.forget("notice")]);
  const reaching = reach();
  const { id, reason } = (await isOurs(tab, reaching)) ? { reason: "own_page" } : await keep(tab, wish, click);
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
 * @param {Tab} tab @param {Wish} [wish] @param {clicks.Click} [click] which is then no longer in danger
 * @returns {Promise<{ id?: string, reason?: string }>} the capture's id, or why there is none (a message's key)
 */
export async function keep(tab, { part, image } = {}, click) {
  const capture_id = click?.capture_id ?? crypto.randomUUID();
  try {
    const read = await capture(tab, { part, image });
    if (click?.isTakenUp && address(read.url) !== address(click.url)) return { reason: "click_lost" }; // it went on meanwhile
    await outbox.put({ ...read, capture_id });
    await Promise.all([retrySoon(), click && clicks.settled(click)]);
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

/** A page's address without the place in it. @param {string} [url] */
const address = (url = "") => url.replace(/#(?![!/]).*$|:~:.*$/, "");

/** Says why a page was not saved; on every tab, where its own is closed. @param {Partial<Tab>} tab @param {string} reason */
async function refuse({ id, url = "" }, reason) {
  await settings.set({ notice: { reason, url, tabId: id ?? 0 } });
  await toolbar.refused(id, reason);
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
