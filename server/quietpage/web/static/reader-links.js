// Where a link leads, said beside it while one points at it or it has the focus.
import { make, sheet } from "./reader-words.js";

await sheet("reader-links");
const tip = make("p", { class: "leads", popover: "manual", "aria-hidden": "true" });
document.querySelector("main")?.append(tip);
/** @type {HTMLAnchorElement | undefined} */
let told;

/** @param {HTMLAnchorElement} link */
export function tell(link) {
  const host = link.hostname.replace(/^www\./, "");
  if (link === told || !link.matches(":hover, :focus-visible") || host === location.hostname) return;
  told = link;
  tip.textContent = `${host} ↗`;
  tip.showPopover();
  const [box] = [...link.getClientRects()].slice(-1);
  if (!box) return;
  const { width, height } = tip.getBoundingClientRect();
  const isLow = box.bottom + height + 12 > innerHeight;
  tip.style.top = `${isLow ? box.top - height - 4 : box.bottom + 4}px`;
  tip.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`;
}

/** Say no more. */
function hush() {
  if (!told) return;
  told = undefined;
  tip.hidePopover();
}
document.addEventListener("pointerout", (event) => void (told?.contains(/** @type {Node} */ (event.target)) && hush()));
document.addEventListener("focusout", hush);
document.addEventListener("scroll", hush, { passive: true, capture: true });
