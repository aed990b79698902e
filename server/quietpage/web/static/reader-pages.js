// The article in pages: columns as high as the window, turned by keys, buttons, a swipe or the wheel.
import { body, goTo, share, view } from "./reader-place.js";
import { button, make, say, sheet } from "./reader-words.js";
import { isTyping } from "./single-keys.js";

const SWIPED = 40; // pixels; less is a tap that trembles
const WHEEL_PAUSE_MS = 250; // one turn of a wheel is many events
await sheet("reader-pages");
const root = document.documentElement;
const frame = /** @type {HTMLElement} */ (document.querySelector("main"));
const place = make("span", { "aria-live": "polite", dir: document.documentElement.dir });
const before = button(say("page-before"), "m12.5 4-6 6 6 6", () => go(page() - 1));
const after = button(say("page-next"), "m7.5 4 6 6-6 6", () => go(page() + 1));
const bar = make("nav", { class: "page-turns", "aria-label": say("pages") }, before, place, after);
const down = { ...view };
let pages = 1;
let read = 0; // the share, to be found again when the window changes
let wheeled = 0;

const isOn = () => root.classList.contains("pages");
const way = () => (getComputedStyle(frame).direction === "rtl" ? -1 : 1);
const page = () => Math.round(Math.abs(frame.scrollLeft) / frame.clientWidth);

/** How far a box's first edge is from the beginning of this page, along the lines. @param {DOMRect} box */
function ahead(box) {
  const { left, right } = frame.getBoundingClientRect();
  return way() > 0 ? box.left - left : right - box.right;
}

/** @param {HTMLElement} block */
const pieces = (block) => [...block.getClientRects()].filter(({ width }) => width);

/** @type {typeof view} */
const across = {
  isAtEnd: () => page() >= lastOfText(),
  isPast: (box) => ahead(box) + box.width <= 1,
  isBegun: (box) => ahead(box) < frame.clientWidth / 2,
  inside: (block) => {
    const whole = pieces(block).reduce((sum, { height }) => sum + height, 0);
    const behind = pieces(block).filter((box) => ahead(box) < -1).reduce((sum, { height }) => sum + height, 0);
    return whole ? behind / whole : 0;
  },
  show: (block, inside) => {
    const boxes = pieces(block);
    let rest = inside * boxes.reduce((sum, { height }) => sum + height, 0);
    const box = boxes.find(({ height }) => (rest -= height) < -0.5) ?? boxes.at(-1);
    if (box) go(Math.floor((Math.abs(frame.scrollLeft) + ahead(box) + 1) / frame.clientWidth));
  },
};

/** The page on which the text ends; what is beside the article follows. */
function lastOfText() {
  const box = pieces(body).at(-1);
  return box ? Math.floor((Math.abs(frame.scrollLeft) + ahead(box) + 1) / frame.clientWidth) : 0;
}

/** @param {number} number */
function go(number) {
  frame.scrollLeft = way() * Math.max(0, Math.min(pages - 1, number)) * frame.clientWidth;
  tell();
}

function tell() {
  const words = say("page-place", { number: page() + 1, all: pages });
  if (place.textContent !== words) place.textContent = words;
  before.disabled = page() === 0;
  after.disabled = page() >= pages - 1;
}

/** Count the pages, and make the last one as wide as the others. */
function measure() {
  root.style.setProperty("--pages", "1");
  pages = Math.max(1, Math.ceil((frame.scrollWidth - 8) / frame.clientWidth));
  root.style.setProperty("--pages", String(pages));
  goTo(read);
  tell();
}

/** Have the article in pages, or down the page again; the place stays. @param {boolean} on */
export function turn(on) {
  read = share();
  root.classList.toggle("pages", on);
  bar.dir = getComputedStyle(body).direction; // pages follow one another as the article's lines run
  frame.dir = on ? bar.dir : "";
  Object.assign(view, on ? across : down);
  if (on) {
    frame.after(bar);
    measure();
  } else {
    bar.remove();
    frame.scrollLeft = 0;
    goTo(read);
  }
}

frame.addEventListener("scrollend", () => {
  if (!isOn()) return;
  const aligned = way() * page() * frame.clientWidth;
  if (Math.abs(frame.scrollLeft - aligned) > 1) frame.scrollLeft = aligned;
  read = share();
  tell();
});
addEventListener("resize", () => void (isOn() && measure()));
body.addEventListener("load", () => void (isOn() && measure()), { capture: true });

document.addEventListener("keydown", (event) => {
  if (!isOn() || isTyping(event) || document.querySelector("dialog[open], [popover]:popover-open:not(.leads)")) return;
  const target = /** @type {Element} */ (event.target);
  if (target.matches(event.key === " " ? "button, summary, .zooms" : "pre, .scroll")) return; // theirs: pressing, scrolling
  const back = event.shiftKey ? -1 : 1;
  /** @type {Record<string, number>} */
  const to = { ArrowRight: page() + way(), ArrowLeft: page() - way(), PageDown: page() + 1, PageUp: page() - 1, " ": page() + back, ArrowDown: page() + 1, ArrowUp: page() - 1, Home: 0, End: pages - 1 };
  const number = to[event.key];
  if (number === undefined) return;
  event.preventDefault();
  go(number);
});

frame.addEventListener(
  "wheel",
  (event) => {
    if (!isOn() || event.ctrlKey) return;
    const scrolls = /** @type {Element} */ (event.target).closest("pre, .scroll");
    if (scrolls && Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
    event.preventDefault();
    if (event.timeStamp - wheeled < WHEEL_PAUSE_MS) return;
    wheeled = event.timeStamp;
    go(page() + (event.deltaY + event.deltaX > 0 ? 1 : -1));
  },
  { passive: false },
);

let touched = { x: 0, y: 0 };
frame.addEventListener("touchstart", ({ touches: [touch] }) => void (touch && (touched = { x: touch.clientX, y: touch.clientY })), { passive: true });
frame.addEventListener(
  "touchend",
  (event) => {
    const [touch] = event.changedTouches;
    if (!isOn() || !touch || !getSelection()?.isCollapsed || /** @type {Element} */ (event.target).closest("pre, .scroll")) return;
    const [x, y] = [touch.clientX - touched.x, touch.clientY - touched.y];
    if (Math.abs(x) > SWIPED && Math.abs(x) > Math.abs(y)) go(page() - way() * Math.sign(x));
  },
  { passive: true },
);
frame.addEventListener("click", (event) => {
  const isPlain = !/** @type {Element} */ (event.target).closest("a, button, input, label, summary, .zooms, pre, .scroll, form");
  if (!isOn() || event.defaultPrevented || !isPlain || !getSelection()?.isCollapsed) return;
  const { left, width } = frame.getBoundingClientRect();
  const at = (event.clientX - left) / width;
  if (at < 0.15 || at > 0.85) go(page() + way() * (at < 0.5 ? -1 : 1));
});
