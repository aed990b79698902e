// Reading: how far one has come is kept, and found again; what was searched for is gone through place by place.

const FIRST_NOTE_MS = 1000; // after the last movement: a flick through the page is one note
const NOTHING_TO_SCROLL_MS = 10_000; // an article that fits the window is read when it was looked at so long
const BEGUN = 0.01; // less is the beginning

const body = /** @type {HTMLElement} */ (document.querySelector(".body"));
const { progress, place } = /** @type {{ progress: string, place: string }} */ (body.dataset);
const BLOCKS = "p, li, dt, dd, h1, h2, h3, h4, h5, h6, pre, figure, tr, blockquote, math";

/** The innermost blocks of text, and how many characters stand before each; a share is one of all characters. */
const blocks = /** @type {HTMLElement[]} */ ([...body.querySelectorAll(BLOCKS)].filter((one) => !one.querySelector(BLOCKS)));
const before = [0];
for (const block of blocks) before.push(Number(before.at(-1)) + (block.textContent?.length ?? 0) + 1);
const all = Number(before.at(-1));

/** The line of the window where one was, when one comes back: what was read last is just above it. */
const line = () => innerHeight / 8;

/** Whether the end of the article is in the window. */
const isAtEnd = () => body.getBoundingClientRect().bottom <= innerHeight;

/** The share of the text above that line; at its end, all. */
function share() {
  if (isAtEnd() || !blocks.length) return 1;
  const number = firstBelow(line());
  const { top, height } = /** @type {HTMLElement} */ (blocks[number]).getBoundingClientRect();
  const inside = height ? Math.min(1, Math.max(0, (line() - top) / height)) : 0;
  return (Number(before[number]) + inside * length(number)) / all;
}

/** How many characters a block has. @param {number} number */
function length(number) {
  return Number(before[number + 1]) - Number(before[number]);
}

/** The first block that ends below a line of the window. @param {number} y */
function firstBelow(y) {
  let [low, high] = [0, blocks.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (/** @type {HTMLElement} */ (blocks[middle]).getBoundingClientRect().bottom > y) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Scroll to where a share of the text has been read. @param {number} part */
function goTo(part) {
  const read = part * all;
  const number = Math.max(0, before.findIndex((characters) => characters > read) - 1);
  const block = blocks[number];
  if (!block) return;
  const { top, height } = block.getBoundingClientRect();
  scrollBy(0, top + (height * (read - Number(before[number]))) / length(number) - line());
}

// Keeping it

let noted = Number(progress);
let moving = 0;
let moved = false; // by the person: opening the page at a passage is no reading

function note() {
  const now = Math.round(share() * 10_000) / 10_000;
  if (!moved || Math.abs(now - noted) < BEGUN / 10 || !place) return;
  noted = now;
  navigator.sendBeacon(place, new URLSearchParams({ share: String(now) }));
}

for (const kind of ["wheel", "touchmove", "pointerdown", "keydown"])
  addEventListener(kind, () => (moved = true), { passive: true, once: true });
addEventListener(
  "scroll",
  () => {
    clearTimeout(moving);
    moving = setTimeout(note, FIRST_NOTE_MS);
  },
  { passive: true },
);
document.addEventListener("visibilitychange", () => void (document.visibilityState === "hidden" && note()));
if (isAtEnd()) {
  setTimeout(() => {
    moved = true;
    note();
  }, NOTHING_TO_SCROLL_MS);
}

// Finding it again

const resumed = /** @type {HTMLElement | null} */ (document.querySelector("#resumed"));
const [visit] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
if (noted >= BEGUN && noted < 0.98 && !location.hash && visit?.type === "navigate" && resumed) {
  goTo(noted);
  resumed.hidden = false;
  resumed.querySelector("button")?.addEventListener("click", () => {
    scrollTo(0, 0);
    resumed.hidden = true;
  });
  addEventListener("wheel", () => (resumed.hidden = true), { passive: true, once: true });
  addEventListener("touchmove", () => (resumed.hidden = true), { passive: true, once: true });
}

// What was searched for

const bar = document.querySelector(".marks");
const marks = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("mark.found")]);

/** @param {number} by */
function step(by) {
  const current = marks.findIndex((mark) => mark.matches(".current"));
  const from = current < 0 ? marks.findIndex((mark) => mark.id === "match") : current;
  show((from + by + marks.length) % marks.length);
}

/** @param {number} number */
function show(number) {
  for (const mark of marks) mark.classList.toggle("current", mark === marks[number]);
  marks[number]?.scrollIntoView({ block: "center" });
  const said = /** @type {HTMLElement | null | undefined} */ (bar?.querySelector("#marks-place"));
  const words = said?.dataset.words ?? "";
  if (said) said.textContent = words.replace("{number}", String(number + 1)).replace("{all}", String(marks.length));
}

if (bar && marks.length) {
  const steps = /** @type {HTMLElement} */ (bar.querySelector(".marks-steps"));
  steps.hidden = marks.length < 2;
  steps.addEventListener("click", (event) => {
    const by = /** @type {HTMLElement} */ (event.target).closest("button")?.dataset.step;
    if (by) step(Number(by));
  });
  bar.querySelector("#hide-marks")?.addEventListener("click", (event) => {
    event.preventDefault(); // the reader stays where it is
    for (const mark of marks) mark.replaceWith(...mark.childNodes);
    bar.remove();
    history.replaceState(history.state, "", location.pathname);
  });
}
