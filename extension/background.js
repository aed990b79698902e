// The click, top to bottom: capture, keep, send, open. It holds no state: a browser may stop it at any moment.

import * as api from "./api.js";
import { CannotCapture, capture } from "./capture.js";
import * as outbox from "./outbox.js";
import * as settings from "./settings.js";
import * as toolbar from "./toolbar.js";

/** @typedef {chrome.tabs.Tab & { id: number }} Tab */
/** @typedef {api.Found & { connection?: settings.Connection }} Server `connection` is there when `state` is ready */

const RETRY = "deliver";
const RETRY_MINUTES = 1;
const MOST_ATTEMPTS = 8; // at what the server cannot digest; while it cannot be reached, there is no limit

chrome.action.onClicked.addListener((tab) => void click(/** @type {Tab} */ (tab)));
chrome.alarms.onAlarm.addListener((alarm) => void (alarm.name === RETRY && deliverWaiting()));
chrome.runtime.onStartup.addListener(() => void deliverWaiting());
chrome.runtime.onInstalled.addListener(() => void deliverWaiting());
chrome.runtime.onMessage.addListener((message, sender, reply) => {
  answer(message, sender).then(reply, () => reply(undefined));
  return true; // the reply comes later
});
void settings.keepToOurselves();

// The click

/** @param {Tab} tab */
async function click(tab) {
  if (await isSecondClick(tab)) return chrome.runtime.openOptionsPage();
  await Promise.all([toolbar.working(tab.id), settings.forget("notice")]);
  const reaching = reach();
  const { id, reason } = (await isOurs(tab, reaching)) ? { reason: "own_page" } : await keep(tab);
  const server = await reaching;
  const delivery = id && server.state === "ready" ? await deliver(id, server) : undefined;
  if (delivery?.kind === "saved") await open(delivery.open, tab);
  else await toolbar.clear(tab.id);
  if (reason && server.connection) await refuse(tab, reason);
  else if (server.state !== "ready") await askForServer(server, tab);
  await (delivery?.kind === "later" ? settle() : deliverWaiting(server)); // what waited before goes along
}

/**
 * Captures the page and keeps it until the server has it.
 * @param {Tab} tab
 * @returns {Promise<{ id?: string, reason?: string }>} the capture's id, or why there is none (a message's key)
 */
async function keep(tab) {
  const capture_id = crypto.randomUUID();
  try {
    await outbox.put({ ...(await capture(tab)), capture_id });
    await retryLater(); // before it is sent: this background may be stopped while it waits for the answer
    return { id: capture_id };
  } catch (error) {
    return { reason: error instanceof CannotCapture ? error.reason : "not_kept" };
  }
}

/** Shows the clean page where the person wants it. @param {string} link @param {Tab} tab */
async function open(link, tab) {
  await toolbar.saved(tab.id);
  if (await settings.get("newTab")) {
    await chrome.tabs.create({ url: link, ...beside(tab) });
  } else if (await isStillThere(tab)) {
    await chrome.tabs.update(tab.id, { url: link });
  }
}

/** @param {Tab} tab */
const beside = ({ index, windowId }) => ({ index: index + 1, windowId });

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

// Delivering

/** Delivers all that waits. @param {Server} [known] @returns {Promise<string | undefined>} where to read the newest */
async function deliverWaiting(known) {
  let newest;
  const waiting = (await outbox.all()).filter((entry) => entry.state === "waiting");
  const server = waiting.length ? (known ?? (await reach())) : undefined;
  for (const entry of server?.state === "ready" ? waiting : []) {
    const delivery = await deliver(entry.capture_id, /** @type {Server} */ (server));
    if (delivery?.kind === "saved") newest = delivery.open;
    if (delivery?.kind === "later" && !delivery.reason) break; // it is gone again
  }
  await settle();
  return newest;
}

/**
 * Sends one capture, and lets it go once the server has it. The lock keeps two from sending the same at once.
 * @param {string} id @param {Server} server
 * @returns {Promise<api.Delivery | undefined>} undefined when it was delivered already
 */
function deliver(id, { url, connection }) {
  return navigator.locks.request(`deliver ${id}`, async () => {
    const capture = await outbox.get(id);
    if (!capture || !connection) return undefined;
    const delivery = await api.save(capture, url, connection);
    if (delivery.kind === "saved") await outbox.done(id);
    else await noteFailure(id, delivery);
    return delivery;
  });
}

/** @param {string} id @param {{ kind: string, reason: string }} delivery */
async function noteFailure(id, { kind, reason }) {
  const entry = (await outbox.all()).find((one) => one.capture_id === id);
  const attempts = (entry?.attempts ?? 0) + (reason ? 1 : 0);
  const failed = kind === "refused" || attempts >= MOST_ATTEMPTS;
  await outbox.mark(id, { state: failed ? "failed" : "waiting", reason, attempts });
}

/** Shows what waits, and comes back for it. */
async function settle() {
  const entries = await outbox.all();
  if (entries.some((entry) => entry.state === "waiting")) await retryLater();
  else await chrome.alarms.clear(RETRY);
  await toolbar.outbox(entries);
  new BroadcastChannel("outbox").postMessage("changed"); // for the options page
}

async function retryLater() {
  if (!(await chrome.alarms.get(RETRY))) await chrome.alarms.create(RETRY, { periodInMinutes: RETRY_MINUTES });
}

// Reaching the server, and connecting this browser to it

/** Finds the server; finishes connecting when the person has allowed it meanwhile. @returns {Promise<Server>} */
async function reach() {
  const known = await settings.get("connection");
  let found = await api.find(known);
  const connection = found.state === "ready" ? known : ((await finishPairing()) ?? known);
  if (connection !== known) found = await api.find(connection);
  if (connection && found.state === "ready" && found.port !== connection.port)
    await settings.set({ connection: { ...connection, port: found.port } });
  return { ...found, connection };
}

/** What the person has to do before pages can be saved. @param {Server} server @param {Tab} [tab] */
async function askForServer({ state, url, connection }, tab) {
  const asked = state === "unconnected" && (await openConnectPage(url, tab));
  if (!asked && (!connection || state === "revoked" || state === "blocked")) await chrome.runtime.openOptionsPage();
}

/** Connects, also anew after being disconnected; or finishes that, and sends what has waited for it. */
async function connect() {
  const server = await reach();
  if (server.state === "unconnected" || server.state === "revoked") await openConnectPage(server.url);
  await deliverWaiting(server);
}

/** @param {string} url @param {Tab} [tab] @returns {Promise<boolean>} whether the server answered */
async function openConnectPage(url, tab) {
  const connect = await pairingWith(url).then((pairing) => pairing.connect, () => undefined);
  if (!connect) return false;
  const tabs = await chrome.tabs.query({ url: "http://127.0.0.1/connect/*" });
  const shown = tabs.find((one) => one.url === connect);
  if (shown?.id) await chrome.tabs.update(shown.id, { active: true });
  else await chrome.tabs.create({ url: api.entrance(url, new URL(connect).pathname), ...(tab && beside(tab)) });
  return true;
}

/** The pairing under way, or a new one. @param {string} url */
async function pairingWith(url) {
  const known = await settings.get("pairing");
  if (known?.server === url && new Date(known.expires_at) > new Date()) return known;
  const pairing = await api.askToConnect(url);
  await settings.set({ pairing });
  return pairing;
}

/** @param {string} [code] the connect page's one-time code @returns {Promise<settings.Connection | undefined>} */
async function finishPairing(code) {
  const pairing = await settings.get("pairing");
  const outcome = pairing && (await api.finishConnecting(pairing, code));
  if (!outcome || outcome === "pending") return undefined;
  await settings.forget("pairing");
  if (outcome === "gone") return undefined;
  await settings.set({ connection: outcome });
  return outcome;
}

// Messages: two from the connect page, two from the options page

/** @param {{ type: string, id?: string, code?: string }} message @param {chrome.runtime.MessageSender} sender */
async function answer({ type, id, code }, sender) {
  if (sender.url?.startsWith(chrome.runtime.getURL(""))) {
    if (type === "connect") return connect();
    if (type === "deliver") return void (await deliverWaiting());
  }
  const pairing = await settings.get("pairing");
  if (!pairing || pairing.id !== id || sender.url !== pairing.connect) return undefined;
  if (type === "pairing-code") return { code: pairing.code };
  if (type === "paired" && (await finishPairing(code))) {
    const link = await deliverWaiting();
    if (link && sender.tab?.id) await chrome.tabs.update(sender.tab.id, { url: link });
  }
}
