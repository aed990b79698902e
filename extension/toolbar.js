// What the toolbar button shows: a mark on it, and the words that explain the mark.

import { text } from "./messages.js";

/** @typedef {import("./outbox.js").Entry} Entry */

const COLORS = { busy: "#5f5a51", good: "#1f5e58", waiting: "#8a5a00", bad: "#9a2f22" };

/** @param {number} tabId */
export function working(tabId) {
  return show({ mark: "…", color: COLORS.busy, title: text("title_working") }, tabId);
}

/** @param {number} tabId @param {string} [title] the words for it, if they are special */
export function saved(tabId, title = text("title_saved")) {
  return show({ mark: "✓", color: COLORS.good, title }, tabId);
}

/** Why a page was not saved. @param {number | undefined} tabId @param {string} reason a message's key */
export function refused(tabId, reason) {
  return show({ mark: "!", color: COLORS.bad, title: `${text(`notice_${reason}`)} ${text("title_click_again")}` }, tabId);
}

/** Nothing about this tab: what is said of the outbox shows through. @param {number} tabId */
export async function clear(tabId) {
  const nothing = /** @type {any} */ (null); // what is shown on all tabs, then
  await quietly(chrome.action.setBadgeText({ text: nothing, tabId }));
  await quietly(chrome.action.setTitle({ title: await chrome.action.getTitle({}), tabId }));
}

/** What waits, on every tab. @param {Entry[]} entries */
export function outbox(entries) {
  const failed = entries.filter((entry) => entry.state === "failed").length;
  const waiting = entries.length - failed;
  if (failed) return show({ mark: "!", color: COLORS.bad, title: text("title_failed", failed) });
  if (waiting) return show({ mark: String(waiting), color: COLORS.waiting, title: text("title_waiting", waiting) });
  return show({ mark: "", color: COLORS.busy, title: text("title_idle") });
}

/** @param {{ mark: string, color: string, title: string }} look @param {number} [tabId] */
async function show({ mark, color, title }, tabId) {
  await Promise.all([
    quietly(chrome.action.setBadgeBackgroundColor({ color, tabId })),
    quietly(chrome.action.setBadgeTextColor({ color: "#ffffff", tabId })),
    quietly(chrome.action.setTitle({ title, tabId })),
  ]);
  await quietly(chrome.action.setBadgeText({ text: mark, tabId })); // last: whoever sees the mark finds its words
}

/** The tab may be closed by now, and then there is nothing to show. @param {Promise<void>} change */
const quietly = (change) => change.catch(() => {});
