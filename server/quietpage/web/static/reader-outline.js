// The outline: the article's headings, the one that is read now marked; in a panel, or beside the text.
import { body, share, view } from "./reader-place.js";
import { make, say, sheet } from "./reader-words.js";

const KEPT = "quietpage-outline";
const panel = /** @type {HTMLElement} */ (document.querySelector("#outline"));
const place = /** @type {HTMLElement} */ (panel.querySelector("[data-outline]"));
const beside = /** @type {HTMLInputElement} */ (panel.querySelector("input"));
const headings = /** @type {HTMLElement[]} */ ([...body.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter((one) => one.textContent?.trim()));
const levels = [...new Set(headings.map((one) => Number(one.localName[1])))].sort();
const aside = make("nav", { class: "outline-beside", "aria-label": say("outline") });
await sheet("reader-outline");
/** @type {HTMLAnchorElement[]} */
let links = [];

/** Fill the panel, once. */
export function fill() {
  if (links.length) return void mark();
  const list = make("ol", { class: "outline" });
  links = headings.map((heading, number) => {
    heading.id ||= `part-${number}`;
    const link = make("a", { href: `#${encodeURIComponent(heading.id)}` }, heading.textContent?.trim() ?? "");
    link.addEventListener("click", (event) => {
      event.preventDefault();
      history.replaceState(history.state, "", link.hash);
      view.show(heading, 0);
      if (panel.matches(":popover-open")) panel.hidePopover();
    });
    list.append(make("li", { "data-level": String(Math.min(3, levels.indexOf(Number(heading.localName[1])))) }, link));
    return link;
  });
  list.lang = body.closest("[lang]")?.getAttribute("lang") ?? "";
  list.dir = body.closest("[dir]")?.getAttribute("dir") ?? "auto";
  place.append(list);
  document.querySelector("main")?.append(aside);
  beside.checked = localStorage.getItem(KEPT) === "beside";
  beside.addEventListener("change", () => {
    localStorage.setItem(KEPT, beside.checked ? "beside" : "panel");
    put(list);
    if (beside.checked && panel.matches(":popover-open")) panel.hidePopover();
  });
  panel.addEventListener("beforetoggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState === "open") place.append(list);
    else put(list);
  });
  if (!panel.matches(":popover-open")) put(list);
  document.addEventListener("scroll", () => (waiting ||= requestAnimationFrame(mark)), { passive: true, capture: true });
  mark();
}

/** Where the list stands. @param {HTMLElement} list */
function put(list) {
  (beside.checked ? aside : place).append(list);
  aside.hidden = !beside.checked;
}

let waiting = 0;

/** Mark the last heading that is behind the line where one reads. */
function mark() {
  waiting = 0;
  const read = share();
  let now = read >= 1 ? headings.length - 1 : -1;
  for (let number = 0; read < 1 && number < headings.length; number++) {
    const box = /** @type {HTMLElement} */ (headings[number]).getBoundingClientRect();
    if (!view.isBegun(box)) break;
    now = number;
  }
  links.forEach((link, number) => {
    if (number !== now) return link.removeAttribute("aria-current");
    if (link.hasAttribute("aria-current")) return;
    link.setAttribute("aria-current", "location");
    const frame = link.closest(".panel, .outline-beside");
    if (frame) frame.scrollTop = link.offsetTop - frame.clientHeight / 2;
  });
}
