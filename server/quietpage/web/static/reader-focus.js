// One paragraph lit, the rest dimmed; the light follows where one reads.
import { blocks, current } from "./reader-place.js";
import { sheet } from "./reader-words.js";

await sheet("reader-focus");
const root = document.documentElement;
/** @type {HTMLElement | undefined} */
let lit;
let waiting = 0;

/** @param {boolean} on */
export function turn(on) {
  root.classList.toggle("focus", on);
  light();
}

function light() {
  waiting = 0;
  const block = root.classList.contains("focus") ? blocks[Math.max(0, current())] : undefined;
  if (block === lit) return;
  lit?.classList.remove("lit");
  block?.classList.add("lit");
  lit = block;
}

document.addEventListener("scroll", () => (waiting ||= requestAnimationFrame(light)), { passive: true, capture: true });
addEventListener("quietpage-step", light);
