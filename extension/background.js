// What the browser tells the extension, and what follows from it. It holds no state: it may be stopped at any moment.

import * as addressBar from "./address-bar.js";
import { isReminder } from "./clicks.js";
import { CONNECT_PAGES, connect, finishPairing, pairingAskedBy } from "./connecting.js";
import { deliverWaiting, RETRY } from "./delivery.js";
import * as known from "./known.js";
import * as menus from "./menus.js";
import * as pictures from "./pictures.js";
import * as queue from "./queue.js";
import * as receipt from "./receipt.js";
import * as saving from "./saving.js";
import * as settings from "./settings.js";

/** @typedef {saving.Tab} Tab */

chrome.action.onClicked.addListener((tab) => void saving.click(/** @type {Tab} */ (tab)));
chrome.commands.onCommand.addListener((name, tab) => {
  if (name === "save-quietly" && tab) void saving.saveQuietly(/** @type {Tab} */ (tab));
  else if (tab) void menus.chosen({ menuItemId: name === "save-window" ? "window" : "panel" }, /** @type {Tab} */ (tab));
});
chrome.contextMenus.onClicked.addListener((info, tab) => void menus.chosen(info, /** @type {Tab} */ (tab)));
chrome.omnibox.onInputStarted.addListener(addressBar.begin);
chrome.omnibox.onInputChanged.addListener((words, suggest) => void addressBar.suggestFor(words, suggest));
chrome.omnibox.onInputEntered.addListener((entered, where) => void addressBar.enter(entered, where));
chrome.alarms.onAlarm.addListener(({ name }) => {
  if (name === RETRY) void comeBack();
  if (isReminder(name)) void saving.takeUp(name);
  if (name === pictures.RESUME) void pictures.resume();
  if (name === queue.WORK) void queue.work();
});
chrome.permissions.onAdded.addListener(() => void pictures.wake());
chrome.runtime.onStartup.addListener(() => {
  void deliverWaiting({ now: true });
  void pictures.resume();
  void queue.work();
});
chrome.runtime.onInstalled.addListener(() => {
  menus.create();
  void deliverWaiting({ now: true });
  void queue.work();
});
chrome.runtime.onMessage.addListener((message, sender, reply) => {
  answer(message, sender).then(reply, () => reply(undefined));
  return true; // the reply comes later
});
void settings.keepToOurselves();
void saving.takeUp();

/** Delivers what is due. Should the person have allowed the connection just now, that page has done its part too. */
async function comeBack() {
  const link = await deliverWaiting();
  const [page] = link ? await chrome.tabs.query({ url: CONNECT_PAGES }) : [];
  if (page?.id) await chrome.tabs.update(page.id, { url: link });
}

/**
 * Messages: from our own pages, from a receipt on any page, from the connect page.
 * @param {{ type: string, id?: string, code?: string, act?: string, words?: string }} message
 * @param {chrome.runtime.MessageSender} sender
 */
async function answer({ type, id, code, act, words }, sender) {
  if (sender.url?.startsWith(chrome.runtime.getURL(""))) {
    if (type === "connect") return void (await deliverWaiting({ server: await connect(), now: true }));
    if (type === "watch") return known.watch(act === "on");
    if (type === "queue") return void queue.ask(act);
    if (type === "deliver") return void (await deliverWaiting({ now: true }));
  }
  if (type === "seen" && sender.tab && sender.frameId === 0) return known.mark(sender.tab);
  if (type === "receipt" && sender.tab?.id && sender.frameId === 0)
    return receipt.act(/** @type {Tab} */ (sender.tab), act ?? "", words ?? "");
  const pairing = await pairingAskedBy(sender.url, id);
  if (pairing && type === "pairing-code") return { code: pairing.code };
  if (pairing && type === "paired" && (await finishPairing(code))) {
    const link = await deliverWaiting({ now: true });
    if (link && sender.tab?.id) await chrome.tabs.update(sender.tab.id, { url: link });
  }
}
