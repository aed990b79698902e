// The tools beside the text: each is loaded when it is first used, and pictures, links and notes in the text with it.
import { body } from "./reader-place.js";

const MODES = /** @type {const} */ (["pages", "focus"]);
const KEPT_MODES = "quietpage-reading-modes";
const SMALLEST_ZOOMED = 120; // pixels; a smaller picture is a sign

/** @type {Record<string, (button: HTMLElement) => unknown>} */
const TOOLS = {
  aloud: async (button) => (await import("./reader-aloud.js")).press(button),
  pages: (button) => toggle("pages", button),
  focus: (button) => toggle("focus", button),
  screen: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
  print: () => print(),
  keys: async () => (await import("./reader-help.js")).showKeys(),
};

/** @param {"pages" | "focus"} mode @param {HTMLElement} button */
async function toggle(mode, button) {
  const on = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(on));
  const kept = MODES.filter((one) => document.querySelector(`[data-tool="${one}"][aria-pressed="true"]`));
  localStorage.setItem(KEPT_MODES, kept.join(" "));
  if (mode === "pages") (await import("./reader-pages.js")).turn(on);
  else (await import("./reader-focus.js")).turn(on);
}

for (const mode of (localStorage.getItem(KEPT_MODES) ?? "").split(" ")) {
  const button = /** @type {HTMLElement | null} */ (document.querySelector(`[data-tool="${mode}"]`));
  if (button && MODES.some((one) => one === mode)) void TOOLS[mode]?.(button);
}

document.addEventListener("click", (event) => {
  const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-tool]"));
  if (button) void TOOLS[button.dataset.tool ?? ""]?.(button);
});

document.querySelector("#outline")?.addEventListener("beforetoggle", async () => (await import("./reader-outline.js")).fill());
if (localStorage.getItem("quietpage-outline") === "beside") void import("./reader-outline.js").then(({ fill }) => fill());

// In the text

/** A picture that can be looked at alone: not a link's, unless that leads to a picture. @param {EventTarget | null} one */
function isZoomed(one) {
  if (!(one instanceof HTMLImageElement) || Math.max(one.width, one.naturalWidth) < SMALLEST_ZOOMED) return false;
  const link = one.closest("a");
  return !link || /\.(?:avif|gif|jpe?g|png|webp)$/i.test(link.pathname);
}

/** Have a picture be reached by keyboard. @param {EventTarget | null} picture */
function offer(picture) {
  if (!(picture instanceof HTMLImageElement) || !isZoomed(picture)) return;
  picture.classList.add("zooms");
  if (picture.closest("a")) return;
  picture.tabIndex = 0;
  picture.role = "button";
  if (!picture.alt) picture.setAttribute("aria-label", document.querySelector("#reading-words")?.getAttribute("data-enlarge") ?? "");
}
for (const picture of body.querySelectorAll("img")) offer(picture);
body.addEventListener("load", (event) => offer(event.target), { capture: true }); // those that arrive later, too

body.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const target = /** @type {Element} */ (event.target);
  const link = /** @type {HTMLAnchorElement | null} */ (target.closest("a[href^='#']"));
  if (isZoomed(target)) {
    event.preventDefault();
    void import("./reader-zoom.js").then(({ zoom }) => zoom(/** @type {HTMLImageElement} */ (target)));
  } else if (link && isReference(link)) {
    event.preventDefault();
    void import("./reader-notes.js").then(({ open }) => open(link));
  }
});
body.addEventListener("keydown", (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  if (!(target instanceof HTMLImageElement) || (event.key !== "Enter" && event.key !== " ")) return;
  event.preventDefault();
  target.click();
});

/** Whether a link is a note's sign: short, or set high, and not the way back. @param {HTMLAnchorElement} link */
function isReference(link) {
  const words = link.textContent?.trim() ?? "";
  const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!target || !body.contains(target) || target.closest("h1, h2, h3, h4, h5, h6") || target.contains(link)) return false;
  const isBelow = link.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING;
  return Boolean(isBelow && words.length <= (link.closest("sup") ? 12 : 5) && !/^[↩↑^⏎]/.test(words));
}

/** Where a link leads is said as soon as one looks at it. @param {Event} event */
function leads(event) {
  const link = /** @type {Element} */ (event.target).closest("a[href^='http']:not(.picture)");
  if (link) void import("./reader-links.js").then(({ tell }) => tell(/** @type {HTMLAnchorElement} */ (link)));
}
body.addEventListener("pointerover", leads, { passive: true });
body.addEventListener("focusin", leads);

if (body.querySelector(".code")) void import("./reader-code.js");
