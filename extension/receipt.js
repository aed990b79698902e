// The receipt of a save, for those who stay on the page: what was kept, what may be wrong with it, what to do now.

import * as articles from "./articles.js";
import { beside, reach } from "./connecting.js";
import { text } from "./messages.js";
import * as outbox from "./outbox.js";
import { focusCard, showCard } from "./receipt-card.js";
import * as settings from "./settings.js";
import * as toolbar from "./toolbar.js";

/** @typedef {import("./saving.js").Tab} Tab */
/** @typedef {import("./connecting.js").Server} Server */
/** @typedef {import("./receipt-card.js").View} View */
/** @typedef {import("./receipt-card.js").Act} Act */

const PATIENCE_MS = 600; // after that the person is told that the page is safe, and later what became of it
const LITTLE_KEPT = 0.15; // of the words seen: 3 % of ordinary pages keep less (160 pages of 2026-11)
const SHORT_WORDS = 300; // a page that asks for a password and gives no more is a way in, not a text
const MOST_REMEMBERED = 20; // receipts; one a tab

/**
 * Shows what became of a save, as soon as that is known.
 * @param {Tab} tab @param {Server} server @param {Promise<articles.Delivery | undefined>} [sending] missing where it cannot be sent
 */
export async function showOutcome(tab, server, sending) {
  if (!sending) return show(tab, await waitingView(server.state, ""));
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, "late"));
  if ((await Promise.race([sending, late])) === "late") await show(tab, view("ask", "card_working"));
  const delivery = await sending;
  if (!delivery) return show(tab, view("good", "title_saved"));
  if (delivery.kind !== "saved") return show(tab, await waitingView(delivery.trouble, delivery.reason));
  await toolbar.saved(tab.id, words(delivery.kept.receipt));
  await remember(tab, delivery);
  await show(tab, savedView(delivery.kept, tab.title ?? ""));
}

/** Says why nothing was saved, where it was asked for. @param {Tab} tab @param {string} reason a notice's key */
export async function showRefusal(tab, reason) {
  await inject(tab, view("bad", "card_refused", { facts: [text(`notice_${reason}`)] }));
}

/** Leads into the receipt, where one is shown. @param {Tab} tab @returns {Promise<boolean>} */
export async function focus({ id: tabId }) {
  const [frame] = await chrome.scripting.executeScript({ target: { tabId }, func: focusCard }).catch(() => []);
  return Boolean(frame?.result);
}

/** @param {Tab} tab @param {View} card */
async function show(tab, card) {
  if (!(await settings.get("withoutReceipt"))) await inject(tab, card);
}

/** @param {Tab} tab @param {View} card */
async function inject({ id: tabId }, card) {
  await chrome.scripting.executeScript({ target: { tabId }, func: showCard, args: [card] }).catch(() => undefined);
}

// What it says

/** @param {View["tone"]} tone @param {string} heading a message's key @param {Partial<View>} [more] @returns {View} */
function view(tone, heading, more) {
  const direction = text("@@bidi_dir") === "rtl" ? "rtl" : "ltr";
  return {
    tone, heading: text(heading), title: "", facts: [], warnings: [], acts: [], language: chrome.i18n.getUILanguage(), direction,
    words: { region: text("card_region"), close: text("card_close"), tags: text("card_tags"), add: text("card_add") },
    ...more,
  };
}

/** @param {string} trouble @param {string} reason the server's own words */
async function waitingView(trouble, reason) {
  const facts = [text(`trouble_${trouble}`), ...(reason && trouble !== "full" ? [reason] : [])];
  const warnings = (await outbox.isNearlyFull()) ? [text("room_text")] : [];
  return view("ask", "card_waiting", { facts, warnings, acts: [button("more")] });
}

/** @param {articles.Kept} kept @param {string} shown the tab's title @returns {View} */
function savedView({ receipt, warning }, shown) {
  const heading = { created: "card_created", updated: "card_updated", unchanged: "card_unchanged" }[receipt?.outcome ?? "created"];
  const warnings = warning ? [warning] : receipt ? doubts(receipt) : [];
  const undo = ["created", "updated"].includes(receipt?.outcome ?? "") ? [button("undo")] : [];
  const facts = receipt ? factsOf(receipt) : [];
  return view(warnings.length ? "ask" : "good", heading, {
    title: receipt?.title || shown, facts, warnings, acts: [button("read"), button("tag"), ...undo],
  });
}

/** @param {Act["name"]} name @returns {Act} */
const button = (name) => ({ name, label: text(`card_${name}`) });

/** @param {articles.Receipt} receipt */
function factsOf({ outcome, kept_words, seen_words, pictures, versions, change, saved_at }) {
  const isWordless = !kept_words && !seen_words; // a picture alone
  const facts = isWordless ? [] : [text("fact_words", number(kept_words), number(Math.max(seen_words, kept_words)))];
  if (pictures) facts.push(text("fact_pictures", number(pictures)));
  if (change) facts.push(text("fact_changed", number(versions), day(change.since), number(change.paragraphs)));
  if (outcome === "unchanged") facts.push(text("fact_unchanged", day(saved_at)));
  return facts;
}

/** What may be wrong with what was kept. @param {articles.Receipt} receipt @returns {string[]} */
export function doubts({ kept_words, seen_words, asks_to_sign_in }) {
  if (asks_to_sign_in && kept_words < SHORT_WORDS) return [text("doubt_sign_in")];
  if (kept_words < LITTLE_KEPT * seen_words) return [text("doubt_little", share(kept_words / seen_words))];
  return [];
}

/** The words on the toolbar button. @param {articles.Receipt} [receipt] */
function words(receipt) {
  return receipt?.outcome === "unchanged" ? text("fact_unchanged", day(receipt.saved_at)) : text("title_saved");
}

/** @param {number} value */
const number = (value) => value.toLocaleString(chrome.i18n.getUILanguage());
/** @param {number} value 0 to 1 */
const share = (value) => value.toLocaleString(chrome.i18n.getUILanguage(), { style: "percent", maximumFractionDigits: 0 });
/** @param {string} time */
const day = (time) => new Date(time).toLocaleDateString(chrome.i18n.getUILanguage(), { dateStyle: "medium" });

// What it does

/**
 * A button on the receipt of a tab. What it speaks of is remembered here, not told by the page.
 * @param {Tab} tab @param {string} name @param {string} typed
 * @returns {Promise<View | string[] | undefined>} what the card shows next, or which tags it offers
 */
export async function act(tab, name, typed) {
  if (name === "more") return void (await chrome.runtime.openOptionsPage());
  const saved = (await settings.get("receipts"))?.[tab.id];
  if (!saved) return undefined;
  if (name === "read") return void (await chrome.tabs.create({ url: saved.open, ...beside(tab) }));
  const server = await reach();
  if (server.state !== "ready") return waitingView(server.state, "");
  try {
    return await change(saved, { name, typed }, { tab, server });
  } catch (error) {
    return view("bad", "card_failed", { title: saved.title, facts: [error instanceof Error ? error.message : String(error)] });
  }
}

/**
 * @param {settings.Saved} saved @param {{ name: string, typed: string }} asked
 * @param {{ tab: Tab, server: Server }} where
 */
async function change(saved, { name, typed }, { tab, server }) {
  if (name === "offer") return articles.tags(typed, server);
  if (name === "undo" && saved.outcome === "updated") {
    await articles.takeBack(saved.id, saved.versions, server);
    return view("good", "card_taken_back", { title: saved.title, acts: [button("read")] });
  }
  if (name === "undo") {
    await articles.discard(saved.id, server);
    await toolbar.clear(tab.id);
    return view("good", "card_discarded", { title: saved.title, facts: [text("fact_trash")], acts: [button("restore")] });
  }
  if (name === "restore") {
    await articles.restore(saved.id, server);
    await toolbar.saved(tab.id);
    return view("good", "card_restored", { title: saved.title, acts: [button("read"), button("tag")] });
  }
  if (name !== "tag") return undefined;
  const tags = [...new Set([...saved.tags, ...typed.split(",").map((tag) => tag.trim()).filter(Boolean)])];
  const kept = await articles.setTags(saved.id, tags, server);
  await write(tab, { ...saved, tags: kept.tags });
  const facts = [text("fact_tags", kept.tags.join(", "))];
  return view("good", "card_tagged", { title: saved.title, facts, acts: [button("read"), button("tag")] });
}

/** @param {Tab} tab @param {articles.Delivery & { kind: "saved" }} delivery */
async function remember(tab, { open, kept: { id, tags, receipt } }) {
  const { title = tab.title ?? "", outcome = "created", versions = 1 } = receipt ?? {};
  await write(tab, { id, open, tags, title, outcome, versions });
}

/** @param {Tab} tab @param {settings.Saved} saved */
async function write({ id }, saved) {
  const others = Object.entries((await settings.get("receipts")) ?? {}).filter(([tabId]) => tabId !== String(id));
  await settings.set({ receipts: Object.fromEntries([...others.slice(1 - MOST_REMEMBERED), [String(id), saved]]) });
}
