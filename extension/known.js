// Marks pages that are in the library already, for those who asked for it: only then is any address looked up unasked.

import * as articles from "./articles.js";
import { reach } from "./connecting.js";
import { EVERYWHERE } from "./every-site.js";
import { text } from "./messages.js";
import * as settings from "./settings.js";
import * as toolbar from "./toolbar.js";

const SCRIPT = { id: "seen", matches: EVERYWHERE.origins, js: ["seen.js"] };

/** Begins or ends it. Other people's pages get no script of ours. @param {boolean} wanted */
export async function watch(wanted) {
  const [registered] = await chrome.scripting.getRegisteredContentScripts({ ids: [SCRIPT.id] });
  if (wanted && !registered) await chrome.scripting.registerContentScripts([SCRIPT]);
  if (!wanted && registered) await chrome.scripting.unregisterContentScripts({ ids: [SCRIPT.id] });
  await settings.set({ marksKnown: wanted });
}

/** Puts the mark on the button, if the page is known. @param {chrome.tabs.Tab} tab */
export async function mark({ id, url }) {
  if (!id || !url || !(await settings.get("marksKnown"))) return;
  const server = await reach();
  const known = server.state === "ready" ? await articles.lookUp(url, server).catch(() => undefined) : undefined;
  if (!known) return;
  const day = new Date(known.saved_at).toLocaleDateString(chrome.i18n.getUILanguage(), { dateStyle: "medium" });
  await toolbar.saved(id, text("title_known", day));
}
