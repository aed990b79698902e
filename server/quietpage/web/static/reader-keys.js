// Single keys in the reader: j and k go from paragraph to paragraph, each other one presses what says `data-key`.
import { step } from "./reader-place.js";
import { isTyping, keysAreOn } from "./single-keys.js";

/** @type {Record<string, number>} */
const STEPS = { j: 1, k: -1 };

document.addEventListener("keydown", (event) => {
  if (!keysAreOn() || isTyping(event) || document.querySelector("dialog[open]")) return;
  const by = STEPS[event.key];
  const pressed = /** @type {HTMLElement | null} */ (document.querySelector(`[data-key="${CSS.escape(event.key)}"]`));
  if (by) step(by);
  else if (pressed) pressed.click();
  else return;
  event.preventDefault();
});
