// A note opens beside its sign, as a copy; Escape, or a click elsewhere, closes it.
import { button, make, say, sheet } from "./reader-words.js";

const BLOCK = "li, p, dd, td, aside, blockquote, section, div";
const LONGEST = 3000; // characters; a longer one is a part of the article, which one goes to
const WAY_BACK = /^[\s↩↑^⏎︎↵⤴[\]]*$/u;
await sheet("reader-notes");

/** Show what a sign stands for. @param {HTMLAnchorElement} sign */
export function open(sign) {
  const target = document.getElementById(decodeURIComponent(sign.hash.slice(1)));
  const whole = target?.matches(BLOCK) ? target : target?.closest(BLOCK);
  if (!whole || (whole.textContent?.length ?? 0) > LONGEST || whole.matches(".body")) return void location.assign(sign.hash);
  const title = say("note", { sign: sign.textContent?.trim().replace(/^\[|\]$/g, "") ?? "" });
  const go = make("a", { href: sign.hash, class: "note-go" }, say("to-note"));
  const words = make("div", { class: "note-words" }, ...copies(whole));
  const close = button(say("close"), "m5 5 10 10M15 5 5 15", () => note.hidePopover());
  const note = make("div", { class: "note", popover: "auto", role: "dialog", "aria-label": title, tabindex: "-1" }, words, make("div", { class: "note-end" }, go, close));
  const language = sign.closest("[lang]");
  for (const name of ["lang", "dir"]) words.setAttribute(name, language?.getAttribute(name) ?? "");
  const again = () => put(note, sign);
  addEventListener("resize", again);
  note.addEventListener("toggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState !== "closed") return;
    if (note.contains(document.activeElement) || document.activeElement === document.body) sign.focus({ preventScroll: true });
    removeEventListener("resize", again);
    note.remove();
  });
  go.addEventListener("click", () => note.hidePopover());
  document.querySelector("main")?.append(note);
  note.showPopover();
  put(note, sign);
  note.focus({ preventScroll: true });
}

/** A note's content without names and ways back. @param {Element} whole */
function copies(whole) {
  const copy = /** @type {Element} */ (whole.cloneNode(true));
  for (const one of copy.querySelectorAll("[id]")) one.removeAttribute("id");
  for (const link of copy.querySelectorAll("a[href^='#']")) {
    if (WAY_BACK.test(link.textContent ?? "")) (link.parentElement?.matches("sup") ? link.parentElement : link).remove();
  }
  return [...copy.childNodes];
}

/** Below its sign, or above it; it scrolls along. @param {HTMLElement} note @param {Element} sign */
function put(note, sign) {
  const box = sign.getBoundingClientRect();
  const { width, height } = note.getBoundingClientRect();
  const isLow = box.bottom + height + 16 > innerHeight && box.top > height + 16;
  const column = /** @type {Element} */ (document.querySelector(".body")).getBoundingClientRect();
  const leftmost = Math.max(8, column.left);
  const left = Math.max(leftmost, Math.min(box.left - 24, Math.min(innerWidth - 8, column.right) - width));
  note.style.top = `${scrollY + (isLow ? box.top - height - 6 : box.bottom + 6)}px`;
  note.style.left = `${scrollX + Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
}
