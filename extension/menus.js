// The context menus: on a page, on what is selected, on a picture, on a link, and on the toolbar button.

import { EVERYWHERE } from "./every-site.js";
import * as many from "./many.js";
import { text } from "./messages.js";
import * as receipt from "./receipt.js";
import * as saving from "./saving.js";

/** Each item, and where it stands. Its words are the message `menu_…`. @type {Record<string, string[]>} */
const ITEMS = {
  page: ["page"],
  selection: ["selection"],
  image: ["image"],
  link: ["link"],
  window: ["action", "tab"],
  selected: ["action", "tab"],
  panel: ["action"],
};

/** Puts the items into the browser's menus, where they stay. */
export function create() {
  const known = chrome.runtime.getURL("").startsWith("moz-") ? ["tab"] : []; // only Firefox has a menu of its tabs
  chrome.contextMenus.removeAll(() => {
    for (const [id, places] of Object.entries(ITEMS)) {
      const contexts = /** @type {any} */ (places.filter((place) => place !== "tab" || known.includes(place)));
      const where = id === "link" ? { targetUrlPatterns: EVERYWHERE.origins } : places.includes("action") ? {} : { documentUrlPatterns: EVERYWHERE.origins };
      chrome.contextMenus.create({ id, contexts, title: text(`menu_${id}`), ...where });
    }
  });
}

/**
 * Leave is asked for first of all: browsers let us ask only in the very moment of the person's choice.
 * @param {{ menuItemId: string | number, linkUrl?: string, srcUrl?: string }} info @param {saving.Tab} tab
 */
export async function chosen({ menuItemId, linkUrl, srcUrl = "" }, tab) {
  if (menuItemId === "link" && linkUrl) {
    const allowed = await chrome.permissions.request(many.siteOf(linkUrl));
    await (allowed ? many.saveLink(linkUrl, tab) : receipt.showRefusal(tab, "not_allowed"));
  } else if (menuItemId === "window" || menuItemId === "selected") {
    await chrome.permissions.request(EVERYWHERE); // without it, the panel says why nothing was read
    const selected = menuItemId === "selected" ? { highlighted: true } : {};
    const tabs = await chrome.tabs.query({ windowId: tab.windowId, ...selected });
    await openPanel(`?tabs=${tabs.map(({ id }) => id).join()}`);
  } else if (menuItemId === "image") {
    if (/^https?:/.test(srcUrl)) await chrome.permissions.request(many.siteOf(srcUrl)); // without it, its place is kept
    await saving.asked(tab, { after: "stay", part: "image", image: srcUrl });
  } else if (menuItemId === "panel") {
    await openPanel();
  } else {
    await saving.asked(tab, menuItemId === "selection" ? { after: "stay", part: "selection" } : {});
  }
}

/** Opens the page that shows what is under way. @param {string} [query] which tabs to save there */
async function openPanel(query = "") {
  await chrome.tabs.create({ url: chrome.runtime.getURL(`panel.html${query}`) });
}
