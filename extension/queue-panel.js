// The part of “Pages on their way” for what is not captured yet: begin, pause, stop, how far it is, what failed and why.

import * as articles from "./articles.js";
import { reach } from "./connecting.js";
import { EVERYWHERE } from "./every-site.js";
import { text } from "./messages.js";
import * as queue from "./queue.js";
import { element } from "./waiting-list.js";

const FAILED_SHOWN = "20";

let looks = 0; // of several under way at once the last is right
let hasSeenIt = false; // under way, since this page was opened: only then its end is told

/** @param {string} id @returns {any} */
const byId = (id) => document.getElementById(`queue${id}`);

/** Shows how things stand, now and whenever that changes. */
export async function begin() {
  byId("-start").onclick = start;
  byId("-pause").onclick = () => tell("pause", "-start");
  byId("-stop").onclick = () => tell("stop", "-start");
  byId("-again").onclick = again;
  new BroadcastChannel(queue.WORK).onmessage = show;
  addEventListener("focus", show);
  await show();
}

/** Leave is asked for first of all: browsers let us ask only in the very moment of the click. */
async function start() {
  const allowed = await chrome.permissions.request(EVERYWHERE);
  byId("-refused").hidden = allowed;
  if (allowed) await tell("start", "-pause");
}

/** @param {string} act @param {string} next where the focus goes, for the button that was pressed is gone */
async function tell(act, next) {
  await chrome.runtime.sendMessage({ type: "queue", act });
  await show();
  byId(next).focus();
}

async function again() {
  const server = await reach();
  if (server.state === "ready") await articles.tryAgain(server);
  await show();
  byId("-start").focus();
}

async function show() {
  const look = ++looks;
  const [at, server] = await Promise.all([queue.status(), reach()]);
  const [next, failed] = server.state === "ready" ? await lists(server).catch(() => []) : [];
  if (look !== looks) return;
  const isUnderWay = at.state !== "off";
  hasSeenIt ||= isUnderWay;
  byId("").hidden = !hasSeenIt && !next?.to_try && !next?.failed;
  byId("-title").textContent = text("queue_title", next ? next.to_try.toLocaleString() : "…");
  byId("-start").textContent = text(at.state === "paused" ? "queue_go_on" : "queue_start");
  byId("-start").hidden = at.state === "on" || !next?.to_try;
  byId("-pause").hidden = at.state !== "on";
  byId("-stop").hidden = !isUnderWay;
  byId("-progress").hidden = !isUnderWay;
  byId("-progress").max = at.done + at.failed + (next?.to_try ?? 1);
  byId("-progress").value = at.done + at.failed;
  say(hasSeenIt && (isUnderWay || at.why) ? text(`queue_is_${at.why || (at.state === "on" && at.waits) || at.state}`) : "");
  byId("-counts").textContent = hasSeenIt ? text("queue_counts", at.done, at.failed) : "";
  byId("-url").textContent = at.url;
  byId("-url").hidden = at.state !== "on";
  byId("-failed").hidden = !next?.failed;
  byId("-failed-title").textContent = text("queue_failed", next?.failed ?? 0);
  byId("-list").replaceChildren(...(failed?.entries ?? []).map(row));
}

/** @param {articles.Place} server */
const lists = (server) => Promise.all([articles.uncaptured({ limit: "1" }, server), articles.uncaptured({ failed: "true", limit: FAILED_SHOWN }, server)]);

/** Changes words only when they differ: a screen reader speaks every change here. @param {string} words */
function say(words) {
  if (byId("-state").textContent !== words) byId("-state").textContent = words;
}

/** @param {articles.Entry} entry */
function row({ title, url, failure }) {
  const made = element("li");
  made.dataset.state = "failed";
  const told = element("div");
  const why = text(`queue_why_${failure?.why}`) + (failure?.status ? ` (${failure.status})` : "");
  told.append(element("h3", title ? "" : "address", title || url), ...(title ? [element("p", "soft address", url)] : []), element("p", "reason", why));
  made.append(told);
  return made;
}
