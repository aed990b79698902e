// From the outbox to the server: at least once, however often the browser or the server stops in between.

import * as articles from "./articles.js";
import { reach } from "./connecting.js";
import * as outbox from "./outbox.js";
import * as pictures from "./pictures.js";
import * as toolbar from "./toolbar.js";

/** @typedef {import("./connecting.js").Server} Server */

export const RETRY = "deliver";
const FIRST_PAUSE_MINUTES = 1; // doubled each time …
const LONGEST_PAUSE_MINUTES = 30; // … up to this: a server that was away for days gets its pages within half an hour
const MOST_ATTEMPTS = 8; // at what the server cannot digest; while it cannot be reached, there is no limit

/**
 * Delivers what waits: what is due, and with it all else, once the server is there.
 * @param {{ server?: Server, now?: boolean }} [how] the server, if it was just looked for; whether all is due now
 * @returns {Promise<string | undefined>} where to read the newest
 */
export async function deliverWaiting({ server, now = false } = {}) {
  let newest;
  const waiting = (await outbox.all()).filter((entry) => entry.state === "waiting");
  const due = waiting.filter((entry) => now || isDue(entry));
  const found = due.length ? (server ?? (await reach())) : undefined;
  if (found && found.state !== "ready") {
    for (const entry of due) await noteFailure(entry.capture_id, { kind: "later", trouble: found.state, reason: "" });
  } else if (found) {
    for (const entry of waiting) {
      if (entry.trouble === "defect" && !due.includes(entry)) continue; // its own trouble, not the server's
      const delivery = await deliver(entry.capture_id, found);
      if (delivery?.kind === "saved") newest = delivery.open;
      if (delivery?.kind === "later" && delivery.trouble !== "defect") break; // the next would fare the same
    }
  }
  await settle();
  return newest;
}

/** @param {outbox.Entry} entry */
const isDue = (entry) => (entry.retry_at ?? 0) <= Date.now();

/**
 * Sends one capture, and lets it go once the server has it. The lock keeps two from sending the same at once.
 * @param {string} id @param {Server} server @param {{ receipt?: boolean, tab?: import("./saving.js").Tab }} [asked] whether a
 *   receipt is wanted, and where the page still is, for its pictures
 * @returns {Promise<articles.Delivery | undefined>} undefined when it was delivered already
 */
export function deliver(id, { url, connection }, { receipt = false, tab } = {}) {
  return navigator.locks.request(`deliver ${id}`, async () => {
    const capture = await outbox.get(id);
    if (!capture || !connection) return undefined;
    const delivery = await articles.save({ ...capture, ...(receipt && { receipt }) }, { url, connection });
    if (delivery.kind === "saved") await Promise.all([outbox.done(id), pictures.begin(delivery.kept, { url, connection }, tab)]);
    else if (delivery.kind === "refused" && capture.entry) await outbox.done(id); // it is still where it came from
    else await noteFailure(id, delivery);
    return delivery;
  });
}

/** @param {string} id @param {articles.Failure} failure */
async function noteFailure(id, { kind, trouble, reason }) {
  const entry = await outbox.entry(id);
  const attempts = entry?.trouble === trouble ? entry.attempts + 1 : 1;
  const failed = kind === "refused" || (trouble === "defect" && attempts >= MOST_ATTEMPTS);
  const retry_at = Date.now() + pauseMinutes(attempts) * 60_000;
  await outbox.mark(id, { state: failed ? "failed" : "waiting", trouble, reason, attempts, retry_at });
}

/** How long to wait after so many attempts. @param {number} attempts */
export function pauseMinutes(attempts) {
  return Math.min(FIRST_PAUSE_MINUTES * 2 ** (attempts - 1), LONGEST_PAUSE_MINUTES);
}

/** Shows what waits, and comes back for it. */
export async function settle() {
  const entries = await outbox.all();
  const times = entries.filter((entry) => entry.state === "waiting").map((entry) => entry.retry_at ?? 0);
  if (times.length) await comeBack(Math.max(Math.min(...times), Date.now() + 60_000 * FIRST_PAUSE_MINUTES));
  else await chrome.alarms.clear(RETRY);
  await toolbar.outbox(entries);
  outbox.tell();
}

/** Before a capture is sent: this background may be stopped while it waits for the answer. */
export async function retrySoon() {
  const known = await chrome.alarms.get(RETRY);
  const soon = Date.now() + 60_000 * FIRST_PAUSE_MINUTES;
  if (!known || known.scheduledTime > soon) await comeBack(soon);
}

/** The alarm repeats, so that a background stopped in the midst of delivering is woken again. @param {number} when */
async function comeBack(when) {
  await chrome.alarms.create(RETRY, { when, periodInMinutes: FIRST_PAUSE_MINUTES });
}
