// The options page: how things stand with the server, what waits, where saved pages open.

import * as api from "./api.js";
import { EVERYWHERE } from "./every-site.js";
import { fillIn, text } from "./messages.js";
import * as outbox from "./outbox.js";
import * as settings from "./settings.js";
import { showWaiting } from "./waiting-list.js";

/** Each state's tone, and which of the actions help. @type {Record<string, { tone: string, actions: string[] }>} */
const STATES = {
  ready: { tone: "good", actions: ["library", "guide"] },
  unconnected: { tone: "ask", actions: ["connect", "guide"] },
  pairing: { tone: "ask", actions: ["allowed"] },
  revoked: { tone: "bad", actions: ["connect", "guide"] },
  down: { tone: "bad", actions: ["command"] },
  stranger: { tone: "bad", actions: ["command"] },
  blocked: { tone: "bad", actions: ["grant"] },
  old_server: { tone: "bad", actions: ["command"] },
  old_extension: { tone: "bad", actions: [] },
};
const ACTIONS = ["library", "connect", "allowed", "grant", "command", "guide"];

let looks = 0; // at the server; several may be under way at once, and the latest is right

/** @param {string} id @returns {any} */
const byId = (id) => document.getElementById(id);

fillIn();
byId("version").textContent = text("version", chrome.runtime.getManifest().version);

byId("test").onclick = () => busy(byId("test"), showState);
byId("connect").onclick = () => busy(byId("connect"), () => tell("connect"));
byId("allowed").onclick = () => busy(byId("allowed"), finishConnecting);
byId("grant").onclick = () => chrome.permissions.request(api.LOOPBACK).then(showAll); // only a click may ask for it
byId("pictures-allow").onclick = () => chrome.permissions.request(EVERYWHERE).then(showPictures);
byId("pictures-forbid").onclick = () => chrome.permissions.remove(EVERYWHERE).then(showAll);
byId("notice-close").onclick = () => settings.forget("notice");
byId("change-shortcut").onclick = changeShortcut;
for (const choice of document.getElementsByName("where"))
  choice.onchange = () => settings.set({ after: /** @type {settings.After} */ (/** @type {HTMLInputElement} */ (choice).value) });
byId("known").onchange = async () => {
  const allowed = byId("known").checked && (await chrome.permissions.request(EVERYWHERE)); // only a click may ask
  await chrome.runtime.sendMessage({ type: "watch", act: allowed ? "on" : "off" });
  await showChoice();
};
byId("receipts").onchange = () => settings.set({ withoutReceipt: !byId("receipts").checked });

outbox.onChange(showAll);
settings.onChange(showAll);
addEventListener("focus", showAll);
await Promise.all([showAll(), showShortcut()]);
document.body.dataset.ready = "";

async function showAll() {
  await Promise.all([showState(), showOutbox(), showNotice(), showChoice(), showPictures()]);
}

// How things stand

async function showState() {
  const look = ++looks;
  const [connection, pairing] = await Promise.all([settings.get("connection"), settings.get("pairing")]);
  const found = await api.find(connection);
  if (look !== looks) return;
  const pending = found.state !== "ready" && pairing && new Date(pairing.expires_at) > new Date();
  const state = pending && found.state !== "down" ? "pairing" : found.state;
  const { tone, actions } = STATES[state];
  byId("state").dataset.tone = tone;
  byId("state").dataset.state = state;
  say("state-name", text(`state_${state}`));
  say("state-text", text(`state_${state}_text`, connection?.browser.name ?? "", found.url));
  for (const id of ACTIONS) byId(id).hidden = !actions.includes(id);
  byId("connect").textContent = text(state === "revoked" ? "action_reconnect" : "action_connect");
  byId("library").href = api.entrance(found.url, "/");
  byId("guide").href = `${found.url}/guide`;
  byId("pairing").hidden = state !== "pairing";
  byId("pairing-code").textContent = pairing ? `${pairing.code.slice(0, 3)} ${pairing.code.slice(3)}` : "";
}

/** Changes words only when they differ: a screen reader speaks every change here. @param {string} id @param {string} words */
function say(id, words) {
  if (byId(id).textContent !== words) byId(id).textContent = words;
}

/** For browsers that keep us from the connect page: the background asks whether the person has allowed it. */
async function finishConnecting() {
  await tell("connect");
  await showState();
}

// The rest

/** What waits. */
async function showOutbox() {
  await showWaiting(byId("outbox"));
}

async function showNotice() {
  const notice = await settings.get("notice");
  byId("notice").hidden = !notice;
  byId("notice-text").textContent = notice ? text(`notice_${notice.reason}`) : "";
  byId("notice-url").textContent = notice?.url ?? "";
}

async function showChoice() {
  const [after, marksKnown, withoutReceipt, mayRead] = await Promise.all([
    settings.get("after"),
    settings.get("marksKnown"),
    settings.get("withoutReceipt"),
    chrome.permissions.contains(EVERYWHERE),
  ]);
  for (const choice of /** @type {NodeListOf<HTMLInputElement>} */ (document.getElementsByName("where")))
    choice.checked = choice.value === (after ?? "same");
  byId("known").checked = Boolean(marksKnown) && mayRead;
  byId("receipts").checked = !withoutReceipt;
}

async function showPictures() {
  const isAllowed = await chrome.permissions.contains(EVERYWHERE);
  byId("pictures-text").textContent = text(isAllowed ? "pictures_every_site" : "pictures_own_site");
  byId("pictures-allow").hidden = isAllowed;
  byId("pictures-forbid").hidden = !isAllowed;
}

async function showShortcut() {
  const commands = await chrome.commands.getAll();
  for (const [place, name] of [["shortcut", "_execute_action"], ["shortcut-quiet", "save-quietly"]]) {
    const shortcut = commands.find((command) => command.name === name)?.shortcut;
    byId(place).textContent = shortcut ?? "";
    byId(`${place}-set`).hidden = !shortcut;
    if (place === "shortcut") byId("shortcut-none").hidden = Boolean(shortcut);
  }
}

/** Each browser has its own place for it. */
function changeShortcut() {
  const { openShortcutSettings } = /** @type {any} */ (chrome.commands); // Firefox
  if (openShortcutSettings) openShortcutSettings.call(chrome.commands);
  else chrome.tabs.create({ url: "chrome://extensions/shortcuts" });
}

/** @param {string} type */
async function tell(type) {
  await chrome.runtime.sendMessage({ type });
  await showAll();
}

/** Shows that a button is at work. @param {HTMLElement} button @param {() => Promise<void>} work */
async function busy(button, work) {
  button.setAttribute("aria-busy", "true");
  await work().finally(() => button.removeAttribute("aria-busy"));
}
