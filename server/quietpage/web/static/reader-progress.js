// How far one has come is kept, found again, and shown: a line, and the minutes that are left.
import { body, goTo, share, view } from "./reader-place.js";

const FIRST_NOTE_MS = 1000; // after the last movement: a flick through the page is one note
const NOTHING_TO_SCROLL_MS = 10_000; // an article that fits the window is read when it was looked at so long
const BEGUN = 0.01; // less is the beginning
const FINISHED = 0.98;
const { progress, place, minutes } = /** @type {{ progress: string, place: string, minutes: string }} */ (body.dataset);

// Keeping it

let noted = Number(progress);
let moving = 0;
let moved = false; // by the person: opening the page at a passage is no reading

function note() {
  left?.removeAttribute("data-moving");
  const now = Math.round(share() * 10_000) / 10_000;
  if (!moved || Math.abs(now - noted) < BEGUN / 10 || !place) return;
  noted = now;
  navigator.sendBeacon(place, new URLSearchParams({ share: String(now) }));
}

for (const kind of ["wheel", "touchmove", "pointerdown", "keydown"])
  addEventListener(kind, () => (moved = true), { passive: true, once: true });
document.addEventListener("visibilitychange", () => void (document.visibilityState === "hidden" && note()));
if (view.isAtEnd()) {
  setTimeout(() => {
    moved = true;
    note();
  }, NOTHING_TO_SCROLL_MS);
}

// Showing it

const bar = /** @type {HTMLElement | null} */ (document.querySelector("#reading-progress"));
const left = /** @type {HTMLElement | null} */ (document.querySelector("#time-left"));
let drawing = 0;

function draw() {
  drawing = 0;
  const read = share();
  if (bar) bar.style.scale = `${read} 1`;
  const rest = Math.ceil((1 - read) * Number(minutes));
  const words = read >= FINISHED || read <= 0 ? "" : (left?.dataset.words ?? "").replace("{minutes}", String(rest));
  if (left && left.textContent !== words) left.textContent = words;
}

/** The text moves: down the page, or, where it stands in columns, inside its frame. */
function scrolls() {
  clearTimeout(moving);
  moving = setTimeout(note, FIRST_NOTE_MS);
  if (moved) left?.setAttribute("data-moving", "");
  drawing ||= requestAnimationFrame(draw);
}
document.addEventListener("scroll", scrolls, { passive: true, capture: true });
addEventListener("resize", scrolls, { passive: true });

// Finding it again

const resumed = /** @type {HTMLElement | null} */ (document.querySelector("#resumed"));
const [visit] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
if (noted >= BEGUN && noted < FINISHED && !location.hash && visit?.type === "navigate" && resumed) {
  goTo(noted);
  resumed.hidden = false;
  resumed.querySelector("button")?.addEventListener("click", () => {
    goTo(0);
    scrollTo(0, 0);
    resumed.hidden = true;
  });
  addEventListener("wheel", () => (resumed.hidden = true), { passive: true, once: true });
  addEventListener("touchmove", () => (resumed.hidden = true), { passive: true, once: true });
}
drawing ||= requestAnimationFrame(draw);
