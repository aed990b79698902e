// The list of what waits in this browser, on our own pages: why, until when, and what can be done with each page.

import { text } from "./messages.js";
import * as outbox from "./outbox.js";

/** @type {Intl.DateTimeFormatOptions} */
const WHEN = { dateStyle: "medium", timeStyle: "short" };
const NOT_TEXT = "script, style, template, noscript, head, svg, [data-qp-hidden]";
const BLOCKS = "p, div, section, article, header, footer, li, h1, h2, h3, h4, h5, h6, tr, pre, blockquote, figcaption, dt, dd, br, hr";

/**
 * Fills a section with all that waits; it is hidden, or says `empty`, when nothing does.
 * @param {HTMLElement} section @param {{ empty?: string }} [words]
 */
export async function showWaiting(section, { empty } = {}) {
  const entries = await outbox.all();
  const short = entries.length > 0 && (await outbox.isNearlyFull());
  section.hidden = !entries.length && !empty;
  const focused = section.contains(document.activeElement) ? document.activeElement?.getAttribute("aria-label") : null;
  section.replaceChildren(
    heading(entries.length > 0),
    ...(short ? [element("p", "notice", text("room_text"))] : []),
    ...(entries.length ? [element("p", "soft", text("outbox_text")), list(entries)] : [element("p", "empty", empty)]),
  );
  if (focused) /** @type {HTMLElement | null} */ (section.querySelector(`[aria-label="${CSS.escape(focused)}"]`))?.focus();
}

/** @param {boolean} some */
function heading(some) {
  const row = element("div", "heading");
  const title = element("h2", "", text("outbox_title"));
  title.id = "outbox-title";
  row.append(title);
  if (!some) return row;
  const send = button(text("action_send"), () => deliver());
  send.id = "send-all";
  row.append(send);
  return row;
}

/** @param {outbox.Entry[]} entries */
function list(entries) {
  const made = element("ul", "entries");
  made.append(...entries.map(row));
  return made;
}

/** @param {outbox.Entry} entry */
function row(entry) {
  const title = entry.title || entry.url;
  const made = element("li");
  made.dataset.state = entry.state;
  const told = element("div");
  told.append(element("h3", "", title), element("p", "soft address", `${entry.url} · ${time(entry.captured_at)}`));
  const why = [entry.trouble && text(`trouble_${entry.trouble}`), entry.trouble !== "full" && entry.reason, again(entry)];
  told.append(element("p", "reason", why.filter(Boolean).join(" ")));
  const acts = element("div", "entry-actions");
  acts.append(
    button(text("action_retry"), () => retry(entry.capture_id), title),
    button(text("action_copy_text"), (one) => copy(one, entry.capture_id, plainText), title),
    button(text("action_copy_html"), (one) => copy(one, entry.capture_id, (html) => html), title),
    button(text("action_discard"), () => discard(entry, title), title, "discard"),
  );
  made.append(told, acts);
  return made;
}

/** When it is tried again. @param {outbox.Entry} entry */
function again({ state, retry_at }) {
  if (state === "failed") return text("outbox_failed");
  return retry_at ? text("outbox_next", new Date(retry_at).toLocaleTimeString([], { timeStyle: "short" })) : "";
}

/** @param {string} moment */
const time = (moment) => new Date(moment).toLocaleString([], WHEN);

/** @param {string} id */
async function retry(id) {
  await outbox.refresh(id);
  await deliver();
}

/** @param {outbox.Entry} entry @param {string} title */
async function discard(entry, title) {
  if (!confirm(text("discard_question", title))) return;
  await outbox.done(entry.capture_id);
  await deliver(); // which also puts the toolbar right
}

/** @param {HTMLElement} button @param {string} id @param {(html: string) => string} form */
async function copy(button, id, form) {
  await navigator.clipboard.writeText(form((await outbox.get(id))?.html ?? ""));
  button.textContent = text("action_copied");
}

/** The text of a captured page, a line each paragraph. @param {string} html */
export function plainText(html) {
  const page = new DOMParser().parseFromString(html, "text/html"); // which loads and runs nothing
  for (const unread of page.querySelectorAll(NOT_TEXT)) unread.remove();
  for (const block of page.querySelectorAll(BLOCKS)) block.after("\n");
  return (page.body.textContent ?? "").replace(/[^\S\n]+/g, " ").replace(/ ?\n ?/g, "\n").replace(/\n{3,}/g, "\n\n").trim();
}

async function deliver() {
  await chrome.runtime.sendMessage({ type: "deliver" });
}

/** @param {string} name @param {string} [kind] @param {string} [words] @returns {HTMLElement} */
export function element(name, kind = "", words = "") {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  if (words) made.textContent = words;
  return made;
}

/**
 * A quiet button, whose name says which page it is about. It shows that it is at work.
 * @param {string} label @param {(button: HTMLElement) => Promise<void>} work @param {string} [title] @param {string} [kind]
 */
function button(label, work, title, kind = "") {
  const made = /** @type {HTMLButtonElement} */ (element("button", `quiet ${kind}`, label));
  made.type = "button";
  if (title) made.setAttribute("aria-label", `${label}: ${title}`);
  made.onclick = async () => {
    made.setAttribute("aria-busy", "true");
    await work(made).finally(() => made.removeAttribute("aria-busy"));
  };
  return made;
}
