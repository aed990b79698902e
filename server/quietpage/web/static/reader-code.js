// A button that copies beside each block of code. It has no text: the article's own stays as it is.
import { button, say } from "./reader-words.js";

const COPY = "M7 7h9.5v9.5H7zM13 7V3.5H3.5V13H7";
const COPIED_MS = 1500;

for (const frame of document.querySelectorAll(".body .code")) {
  const code = /** @type {HTMLElement} */ (frame.querySelector("pre"));
  const copy = button(say("copy"), COPY, async () => {
    await navigator.clipboard.writeText(plain(code));
    copy.classList.add("done");
    copy.setAttribute("aria-label", say("copied"));
    setTimeout(() => {
      copy.classList.remove("done");
      copy.setAttribute("aria-label", say("copy"));
    }, COPIED_MS);
  });
  copy.classList.add("copy");
  frame.append(copy);
}

/** The text of a block, without the prompts of a terminal. @param {HTMLElement} code */
function plain(code) {
  const copy = /** @type {HTMLElement} */ (code.cloneNode(true));
  for (const prompt of copy.querySelectorAll(".p")) prompt.remove();
  return copy.textContent ?? "";
}
