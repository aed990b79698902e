// The context menus: save the page, what is selected, what a link leads to.

import { text } from "./messages.js";
import * as saving from "./saving.js";
import * as settings from "./settings.js";

/** Each item's place. Its words are the message `menu_…`. @type {Record<string, [`${chrome.contextMenus.ContextType}`, ...`${chrome.contextMenus.ContextType}`[]]>} */
const ITEMS = { page: ["page"], selection: ["selection"] };

/** Puts the items into the browser's menus, where they stay. */
export function create() {
  chrome.contextMenus.removeAll(() => {
    for (const [id, contexts] of Object.entries(ITEMS))
      chrome.contextMenus.create({ id, contexts, title: text(`menu_${id}`), documentUrlPatterns: ["http://*/*", "https://*/*"] });
  });
}

/** @param {chrome.contextMenus.OnClickData} info @param {saving.Tab} tab */
export async function chosen({ menuItemId }, tab) {
  if (menuItemId === "page") await saving.save(tab, { after: (await settings.get("after")) ?? "same" });
  if (menuItemId === "selection") await saving.save(tab, { after: "stay", part: "selection" });
}
