// A picture alone: as large as the window, or as it is; the arrows go from one to the next.
import { body } from "./reader-place.js";
import { button, make, say, sheet } from "./reader-words.js";

await sheet("reader-zoom");
/** @type {HTMLImageElement[]} */
let pictures = [];
let at = 0;
const picture = make("img", { alt: "" });
const frame = make("button", { type: "button", class: "zoom-frame" }, picture);
const caption = make("p", { class: "zoom-words", id: "zoom-words" });
const place = make("span", { class: "zoom-place" });
const before = button(say("picture-before"), "m12.5 4-6 6 6 6", () => show(at - 1));
const after = button(say("picture-next"), "m7.5 4 6 6-6 6", () => show(at + 1));
const size = button(say("actual-size"), "M3.5 8V3.5H8M12 3.5h4.5V8M16.5 12v4.5H12M8 16.5H3.5V12", fit);
const close = button(say("close"), "m5 5 10 10M15 5 5 15", () => dialog.close());
const dialog = make("dialog", { class: "zoom", "aria-label": say("picture") }, frame, make("div", { class: "zoom-bar" }, caption, place, before, after, size, close));
document.body.append(dialog);
frame.addEventListener("click", fit);
dialog.addEventListener("click", (event) => void (event.target === dialog && dialog.close()));
dialog.addEventListener("close", () => pictures[at]?.focus({ preventScroll: false }));
dialog.addEventListener("keydown", (event) => {
  const right = getComputedStyle(body).direction === "rtl" ? -1 : 1;
  /** @type {Record<string, number>} */
  const by = { ArrowLeft: -right, ArrowRight: right };
  const step = by[event.key];
  if (!step || dialog.classList.contains("actual")) return;
  event.preventDefault();
  show(at + step);
});

/** Open at one of the article's pictures. @param {HTMLImageElement} one */
export function zoom(one) {
  pictures = [...body.querySelectorAll(/** @type {"img"} */ ("img.zooms"))];
  dialog.showModal();
  show(Math.max(0, pictures.indexOf(one)));
  frame.focus({ preventScroll: true });
}

/** @param {number} number */
function show(number) {
  const one = pictures[number];
  if (!one) return;
  at = number;
  dialog.classList.remove("actual");
  size.setAttribute("aria-pressed", "false");
  picture.src = one.currentSrc || one.src;
  const words = one.closest("figure")?.querySelector("figcaption")?.textContent?.trim() || one.alt;
  picture.alt = one.alt || words;
  frame.setAttribute("aria-label", [say("actual-size"), one.alt || words].filter(Boolean).join(": "));
  caption.textContent = words;
  caption.lang = one.closest("[lang]")?.getAttribute("lang") ?? "";
  caption.dir = "auto";
  place.textContent = pictures.length > 1 ? say("picture-place", { number: at + 1, all: pictures.length }) : "";
  before.disabled = at === 0;
  after.disabled = at === pictures.length - 1;
  before.hidden = after.hidden = pictures.length < 2;
}

/** As large as the window, or as it is. */
function fit() {
  const actual = dialog.classList.toggle("actual");
  size.setAttribute("aria-pressed", String(actual));
  if (actual) frame.scrollTo((frame.scrollWidth - frame.clientWidth) / 2, (frame.scrollHeight - frame.clientHeight) / 2);
}
