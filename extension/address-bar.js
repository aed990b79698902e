// The keyword `qp` in the address bar: searches the library, with suggestions while one types.

import { entrance } from "./api.js";
import * as articles from "./articles.js";
import { reach } from "./connecting.js";
import { text } from "./messages.js";

const MOST = 6; // suggestions that browsers show
const MARKUP = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };

/** Says what Enter does. */
export function begin() {
  chrome.omnibox.setDefaultSuggestion({ description: text("search_default") });
}

/** @param {string} words @param {(suggestions: { content: string, description: string }[]) => void} suggest */
export async function suggestFor(words, suggest) {
  const server = words.trim() ? await reach() : undefined;
  if (server?.state !== "ready") return suggest([]);
  const { hits } = await articles.search(words, MOST, server).catch(() => ({ hits: [] }));
  suggest(hits.map(suggestion));
}

/** @param {articles.Hit} hit */
function suggestion({ title, site, url, links }) {
  return { content: links.reader, description: `${plain(title || url)} – ${plain(site ?? new URL(url).hostname)}` };
}

/** Text for Chrome, which reads markup here and drops what it cannot read; Firefox shows it as it is. @param {string} words */
export function plain(words, isMarkup = chrome.runtime.getURL("").startsWith("chrome-")) {
  const shown = words.replace(/[\p{Cc}\p{Cs}]+/gu, " ");
  return isMarkup ? shown.replace(/[&<>"']/g, (sign) => MARKUP[/** @type {keyof typeof MARKUP} */ (sign)]) : shown;
}

/**
 * Opens the article that was chosen, or the search page for what was typed.
 * @param {string} entered @param {`${chrome.omnibox.OnInputEnteredDisposition}`} where
 */
export async function enter(entered, where) {
  const { url, state } = await reach();
  if (!["ready", "unconnected", "revoked"].includes(state)) return chrome.runtime.openOptionsPage();
  const isArticle = entered.startsWith(`${url}/read/`);
  const path = isArticle ? new URL(entered).pathname : `/?${new URLSearchParams({ q: entered })}`;
  const address = entrance(url, path);
  if (where === "currentTab") await chrome.tabs.update({ url: address });
  else await chrome.tabs.create({ url: address, active: where === "newForegroundTab" });
}
