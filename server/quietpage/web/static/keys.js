// Single keys in the library. Each presses a button or follows a link that is on the page; they can be switched off.
import { isTyping, keysAreOn, offerSwitch } from "./single-keys.js";

const keys = /** @type {HTMLDialogElement} */ (document.querySelector("#keys"));

/** @type {Record<string, () => void>} */
const DOES = {
  "/": () => focusField("#q"),
  "?": () => keys.showModal(),
  j: () => step(1),
  k: () => step(-1),
  o: () => title(row())?.click(),
  e: () => press("archived", (one) => (one.dataset.state === "archived" ? "unread" : "archived")),
  f: () => press("favorite", (one) => ("favorite" in one.dataset ? "unfavorite" : "favorite")),
  "#": () => press("delete", () => "delete"),
  x: () => box(row())?.click(),
  t: tag,
  z: () => /** @type {HTMLElement | null} */ (document.querySelector("#undo button"))?.click(),
};

/** Listen to the keys, and offer the list of them. */
export function watchKeys() {
  offerSwitch(/** @type {HTMLInputElement} */ (keys.querySelector("#keys-on")));
  const shows = /** @type {HTMLButtonElement} */ (document.querySelector("#show-keys"));
  shows.hidden = false;
  shows.addEventListener("click", () => keys.showModal());
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return leave(event);
    const does = DOES[event.key];
    if (!does || !keysAreOn() || keys.open || isTyping(event)) return;
    event.preventDefault();
    does();
  });
}

/** The row that has the focus; where none has, the first one on the screen. @returns {HTMLElement | undefined} */
function row() {
  const focused = /** @type {HTMLElement | null | undefined} */ (document.activeElement?.closest(".hit"));
  return focused ?? rows().find((one) => one.getBoundingClientRect().bottom > 0);
}

/** @returns {HTMLElement[]} */
function rows() {
  return [...document.querySelectorAll(/** @type {"li"} */ (".hit"))];
}

/** @param {HTMLElement | undefined} one @returns {HTMLElement | null | undefined} */
function title(one) {
  return one?.querySelector(/** @type {"a"} */ ("h2 a"));
}

/** @param {HTMLElement | undefined} one @returns {HTMLInputElement | null | undefined} */
function box(one) {
  return one?.querySelector(/** @type {"input"} */ (".pick input"));
}

/** Go to the row so many further; behind the last one, to the next page. @param {number} by */
function step(by) {
  const focused = document.activeElement?.closest(".hit");
  const at = rows().findIndex((one) => one === focused);
  const start = row();
  const next = focused || !start ? rows()[at + by] : start;
  if (next) {
    title(next)?.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  } else if (by > 0) focusField("[rel=next]");
}

/**
 * Press the button for all selected articles, or the one of this row.
 * @param {string} act
 * @param {(one: HTMLElement) => string} own
 */
function press(act, own) {
  const one = row();
  const chosen = document.querySelector(".pick :checked");
  const button = chosen ? `.chosen [value="${act}"]` : one && `#${one.id} [value^="${own(one)}-"]`;
  if (button) /** @type {HTMLElement | null} */ (document.querySelector(button))?.click();
}

/** Write tags for the selected articles, or for this one. */
function tag() {
  if (!document.querySelector(".pick :checked")) box(row())?.click();
  focusField("#tags");
}

/** Leave a field for the list, and what is written there as it is; without one, select nothing. @param {Event} event */
function leave(event) {
  if (document.activeElement?.matches("#q, #tags")) {
    event.preventDefault();
    return title(row())?.focus({ preventScroll: true });
  }
  for (const one of document.querySelectorAll(".pick :checked")) /** @type {HTMLElement} */ (one).click();
}

/** @param {string} css */
function focusField(css) {
  const field = /** @type {HTMLInputElement | null} */ (document.querySelector(css));
  field?.focus();
  field?.select?.();
}
