// The page that shows what is under way: tabs that are being saved, and what waits for the server.

import { EVERYWHERE } from "./every-site.js";
import * as many from "./many.js";
import { fillIn, text } from "./messages.js";
import * as outbox from "./outbox.js";
import * as queue from "./queue-panel.js";
import { element, showWaiting } from "./waiting-list.js";

/** @typedef {import("./saving.js").Tab} Tab */

/** @param {string} id @returns {any} */
const byId = (id) => document.getElementById(id);

fillIn();

byId("save-window").onclick = async () => {
  await chrome.permissions.request(EVERYWHERE);
  await save(await chrome.tabs.query({ currentWindow: true }));
};
outbox.onChange(showOutbox);
await Promise.all([showOutbox(), queue.begin()]);
document.body.dataset.ready = "";
const asked = new URLSearchParams(location.search).get("tabs");
history.replaceState(null, "", location.pathname); // a page that is loaded again saves nothing again
if (asked) {
  const tabs = await Promise.all(asked.split(",").map((id) => chrome.tabs.get(Number(id)).catch(() => undefined)));
  await save(tabs.filter((tab) => tab !== undefined));
}

async function showOutbox() {
  await showWaiting(byId("outbox"), { empty: text("outbox_empty") });
}

/** @param {chrome.tabs.Tab[]} tabs */
async function save(tabs) {
  const own = await chrome.tabs.getCurrent();
  const others = /** @type {Tab[]} */ (tabs.filter((tab) => tab.id !== own?.id));
  const allowed = await chrome.permissions.contains(EVERYWHERE);
  byId("refused").hidden = allowed && others.length > 0;
  byId("refused").textContent = text(allowed ? "window_empty" : "notice_not_allowed");
  if (!allowed || !others.length) return;
  byId("save-window").disabled = true;
  await saveAll(others);
  byId("save-window").disabled = false;
}

/** @param {Tab[]} tabs */
async function saveAll(tabs) {
  const rows = new Map(tabs.map((tab) => [tab.id, row(tab)]));
  const counts = { saved: 0, kept: 0, failed: 0 };
  byId("batch").hidden = false;
  byId("tabs").replaceChildren(...rows.values());
  byId("progress").max = tabs.length;
  byId("progress").value = 0;
  byId("summary").textContent = text("batch_working", tabs.length);
  await many.saveTabs(tabs, (tab, outcome, reason) => {
    const shown = /** @type {HTMLElement} */ (rows.get(tab.id));
    shown.dataset.state = outcome;
    const why = /** @type {Element} */ (shown.querySelector(".reason"));
    why.textContent = reason ? text(`notice_${reason}`) : text(`batch_${outcome}`);
    if (outcome === "saving") return shown.scrollIntoView({ block: "nearest" });
    counts[outcome] += 1;
    byId("progress").value += 1;
  });
  byId("summary").textContent = text("batch_done", counts.saved, counts.kept, counts.failed);
}

/** @param {Tab} tab */
function row(tab) {
  const made = element("li");
  const told = element("div");
  told.append(element("h3", "", tab.title || tab.url || text("batch_untitled")), element("p", "soft address", tab.url ?? ""), element("p", "reason", text("batch_waiting")));
  made.append(told);
  return made;
}
