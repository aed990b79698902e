// Captures, in background tabs, the pages of which the library has only the address: one at a time, at a polite pace.
//
// It may be stopped at any moment. What it is at stands in a database; an alarm wakes the next background, which closes
// the tab that was left and goes on. A lock keeps two from working at once.

import * as articles from "./articles.js";
import { capture } from "./capture.js";
import { reach } from "./connecting.js";
import { database } from "./database.js";
import { deliver, deliverWaiting, retrySoon, settle } from "./delivery.js";
import { EVERYWHERE } from "./every-site.js";
import { LOOK_MS, pause, READ_MS, SETTLE_MS } from "./many.js";
import * as outbox from "./outbox.js";
import { isOwnMachine } from "./pictures.js";
import * as settings from "./settings.js";

/** @typedef {import("./connecting.js").Server} Server */
/** @typedef {{ why: string, status?: number }} Failure `why` is the server's word for it */
/**
 * @typedef {{ state: "on" | "paused" | "off", why: string, waits: string, done: number, failed: number, away: number,
 *   id: number, times: number, url: string, landed: string, hasTab: boolean, hosts: Record<string, number> }} Queue
 *   `why` it does not go on, `waits` for what; how many sites in a row were `away`; the entry that it is at, how many
 *   times it was begun, its address, where that led, whether it has a tab; when each of the last sites was visited.
 */

export const WORK = "queue"; // the alarm, the lock, the channel
export const HOST_MS = 10_000; // between two pages of one site
const BREATH_MS = 1500; // between any two
const ALARM_MINUTES = 0.5;
const LOAD_MS = 30_000;
const BLANK_MS = 3000; // a tab that stays empty for so long has nothing to show: in Firefox a download, for one
const ICON_MS = 3000;
const MOST_TIMES = 3; // that a page is begun, where each time the background was stopped meanwhile
const MOST_AWAY = 5; // sites in a row that do not answer: it may rather be this computer
const MOST_LISTS = 5; // of a hundred, looked through for a site that may be visited now
const FILES = /\.(zip|t?gz|bz2|xz|7z|rar|exe|msi|dmg|pkg|deb|rpm|apk|iso|jar|docx?|xlsx?|pptx?|odt|mp[34]|m4[av]|mkv|avi|mov|wav|ogg)$/i;
/** What a refusal to read comes to; any other is `unreadable`. @type {Record<string, string>} */
const WHYS = { error_page: "unreachable", too_large: "too_large", pdf_too_large: "too_large", pdf: "not_html", not_html: "not_html" };
const ENTRY = { id: 0, times: 0, url: "", landed: "", hasTab: false };
/** @type {Queue} */
const IDLE = { state: "off", why: "", waits: "", done: 0, failed: 0, away: 0, hosts: {}, ...ENTRY };

const transact = database("quietpage-queue", { state: {} });

/** @returns {Promise<Queue>} */
export const status = async () => (await transact("readonly", (store) => store.get(WORK))) ?? IDLE;

/** Changes what is written, in one transaction, and tells our pages. @param {(queue: Queue) => Partial<Queue>} change */
async function note(change) {
  await transact("readwrite", (store) => {
    const reading = store.get(WORK);
    reading.onsuccess = () => {
      const before = reading.result ?? IDLE;
      store.put({ ...before, ...change(before) }, WORK);
    };
  });
  new BroadcastChannel(WORK).postMessage("changed");
}

/** What the person asks for. @param {string} [act] */
export async function ask(act) {
  if (act === "start") await note((queue) => ({ ...(queue.state === "paused" ? queue : IDLE), state: "on", why: "", away: 0 }));
  if (act === "pause") await note(() => ({ state: "paused", why: "" }));
  if (act === "stop") await note(() => ({ state: "off", why: "", done: 0, failed: 0, id: 0 }));
  if (act === "stop") await closeTab();
  await work();
}

/** Goes on, where a queue is under way. */
export function work() {
  return navigator.locks.request(WORK, { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    await closeTab(); // of a background that was stopped
    if ((await status()).state === "on") await chrome.alarms.create(WORK, { periodInMinutes: ALARM_MINUTES });
    for (let wait = 0; Number.isFinite(wait) && (await status()).state === "on"; await pause(wait)) wait = await step();
    if ((await status()).state !== "on") await chrome.alarms.clear(WORK);
  });
}

/** Captures the next page, if one may be. @returns {Promise<number>} after how many ms to go on; Infinity: with the alarm */
async function step() {
  const server = await reach();
  const isAllowed = await chrome.permissions.contains(EVERYWHERE);
  await note(() => ({ waits: server.state === "ready" ? "" : "server", ...(!isAllowed && { state: "paused", why: "not_allowed" }) }));
  if (server.state !== "ready" || !isAllowed) return Infinity;
  if ((await outbox.all()).some(({ entry }) => entry)) await deliverWaiting({ server, now: true }); // or it would come again
  const { hosts, away } = await status();
  const next = await choose(server, hosts).catch(() => undefined);
  if (!next) return Infinity; // the server went away just now
  const isOffline = next.entry && away > 0 && navigator.onLine === false; // alone that says little: behind some networks it is wrong
  if (isOffline) await note(() => ({ waits: "offline" }));
  if (isOffline) return Infinity;
  if (next.entry) await take(next.entry, server);
  else if (next.wait === Infinity) await note(() => ({ state: "off", why: "done", ...ENTRY }));
  return next.entry || next.wait === Infinity ? BREATH_MS : next.wait;
}

/** The first page whose site may be visited now. @param {Server} server @param {Record<string, number>} hosts */
async function choose(server, hosts) {
  let wait = Infinity;
  for (let list = 0, cursor = ""; list < MOST_LISTS && (cursor || !list); list++) {
    const { entries, next_cursor } = await articles.uncaptured({ limit: "100", ...(cursor && { cursor }) }, server);
    const next = nextOf(entries, hosts, Date.now());
    if (next.entry) return next;
    wait = Math.min(wait, next.wait);
    cursor = next_cursor ?? "";
  }
  return { wait };
}

/**
 * The first entry whose site was not visited a moment ago, or in how many ms there is one; Infinity without entries.
 * @param {articles.Entry[]} entries @param {Record<string, number>} hosts when each was visited @param {number} now
 * @returns {{ entry?: articles.Entry, wait: number }}
 */
export function nextOf(entries, hosts, now) {
  const waits = entries.map(({ url }) => Math.max(0, (hosts[hostOf(url)] ?? 0) + HOST_MS - now));
  const wait = Math.min(...waits);
  return { wait, ...(wait === 0 && { entry: entries[waits.indexOf(0)] }) };
}

/** @param {string} url */
const hostOf = (url) => (URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, "") : "");

/** Captures one page, or notes why not. @param {articles.Entry} entry @param {Server} server */
async function take(entry, server) {
  const { id, url } = entry;
  await note((queue) => ({ ...ENTRY, id, url, times: queue.id === id ? queue.times + 1 : 1 }));
  const why = (await status()).times > MOST_TIMES ? "too_slow" : whyNever(url);
  const failure = why ? { why } : await visit(entry, server);
  if ((await status()).id !== id) return; // stopped meanwhile: so it is not the page's fault
  if (failure) await articles.noteFailure(id, failure, server).catch(() => {}); // it comes once more, then
  const isAway = failure?.why === "unreachable";
  await note(({ done, failed, away }) => ({ ...ENTRY, done: done + (failure ? 0 : 1), failed: failed + (failure ? 1 : 0), away: isAway ? away + 1 : 0 }));
  if ((await status()).away >= MOST_AWAY) await note(() => ({ state: "paused", why: "away" }));
}

/** Why an address is not even opened. @param {string} url */
export function whyNever(url) {
  if (!/^https?:/.test(url) || !URL.canParse(url) || isOwnMachine(url)) return "unreadable";
  return FILES.test(new URL(url).pathname) ? "not_html" : "";
}

/** @param {articles.Entry} entry @param {Server} server @returns {Promise<Failure | undefined>} */
async function visit({ id: entry, url }, server) {
  const tab = await openTab(url);
  /** @type {Promise<Failure>} */
  const late = new Promise((resolve) => AbortSignal.timeout(LOAD_MS + READ_MS).addEventListener("abort", () => resolve({ why: "too_slow" })));
  const read = await Promise.race([readTab(tab), late]).catch(() => ({ why: "unreadable" }));
  const now = Date.now();
  await note(({ hosts, landed }) => {
    const recent = Object.entries(hosts).filter(([, time]) => time + HOST_MS > now);
    return { hosts: { ...Object.fromEntries(recent), [hostOf(url)]: now, [hostOf(landed || url)]: now } };
  });
  await closeTab();
  if ("why" in read) return read;
  const capture_id = crypto.randomUUID();
  await outbox.put({ ...read, capture_id, entry });
  await retrySoon();
  const delivery = await deliver(capture_id, server);
  await settle();
  return delivery?.kind === "refused" ? { why: delivery.trouble === "large" ? "too_large" : "unreadable" } : undefined;
}

/** Opens an address in a tab, silent and not in front. @param {string} url */
async function openTab(url) {
  const windows = await chrome.windows.getAll({ windowTypes: ["normal"] });
  const windowId = windows.find(({ incognito }) => !incognito)?.id;
  await note(() => ({ hasTab: true })); // before there is one
  const tab = Number((await chrome.tabs.create({ url, active: false, windowId })).id);
  await Promise.all([settings.setTabForNow(tab), chrome.tabs.update(tab, { muted: true }).catch(() => {})]);
  return tab;
}

/**
 * Closes the tab that was opened, but not before somebody's eyes. Once the browser was started anew, tabs have other
 * numbers, and ours, if it came back, is known by its address.
 */
async function closeTab() {
  const { hasTab, url, landed } = await status();
  if (!hasTab) return;
  const known = await settings.tabForNow();
  const tabs = await chrome.tabs.query({ active: false });
  const ours = tabs.find((one) => (known ? one.id === known : [url, landed].includes(one.pendingUrl || one.url || " ")));
  if (ours) await chrome.tabs.remove(Number(ours.id)).catch(() => {});
  await settings.setTabForNow(0);
  await note(() => ({ hasTab: false, landed: "" }));
}

/** @param {number} id @returns {Promise<import("./capture.js").PageRead | Failure>} */
async function readTab(id) {
  const missing = await arrival(id);
  if (missing) return missing;
  const [injected] = await chrome.scripting.executeScript({ target: { tabId: id }, func: look }).catch(() => []);
  const { status = 0, isLoading = false } = injected?.result ?? {};
  if (status >= 400) return { why: status === 404 || status === 410 ? "not_found" : "http", status };
  if (isLoading) return { why: "too_slow" };
  const tab = await chrome.tabs.get(id);
  return capture(tab).catch(async ({ reason }) => ({ why: WHYS[reason] ?? ((await isErrorPage(id)) ? "unreachable" : "unreadable") }));
}

/** Firefox tells its own error pages by nothing but their icon, and that a moment late. @param {number} id */
async function isErrorPage(id) {
  for (let waited = 0; waited < ICON_MS; waited += LOOK_MS) {
    const { favIconUrl = "" } = await chrome.tabs.get(id);
    if (favIconUrl.startsWith("chrome://global/skin/")) return true;
    await pause(LOOK_MS);
  }
  return false;
}

/** In the page. */
function look() {
  const [{ responseStatus = 0 } = {}] = /** @type {any[]} */ (performance.getEntriesByType("navigation"));
  return { status: Number(responseStatus), isLoading: document.readyState === "loading" };
}

/** Waits until a tab shows a page; one that still loads its pictures by then is read as it is. @param {number} id @returns {Promise<Failure | undefined>} */
async function arrival(id) {
  for (let waited = 0, landed = ""; waited < LOAD_MS; waited += LOOK_MS) {
    await pause(LOOK_MS);
    const tab = await chrome.tabs.get(id).catch(() => undefined);
    if (!tab) return { why: landed ? "closed" : "not_html" }; // Chrome closes tabs that turn out to be downloads
    const { url = "", status, pendingUrl } = tab;
    if (url !== landed && /^http/.test(url)) await note(() => ({ landed: (landed = url) }));
    if (status !== "complete") continue;
    if (landed) return void (await pause(SETTLE_MS));
    if (!pendingUrl && waited > BLANK_MS) return { why: "not_html" };
  }
  const { landed } = await status();
  return landed ? undefined : { why: "too_slow" };
}
