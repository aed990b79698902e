// What is related to the article takes the place of the link to it, below all else: nothing moves when it comes.
import { parsed } from "./parsed.js";

const place = /** @type {HTMLElement} */ (document.querySelector("#related"));
const link = /** @type {HTMLAnchorElement} */ (place.querySelector("a"));
const NEAR = "200% 0px"; // windows before the end: it is there when the reader comes to it

new IntersectionObserver(async ([seen], observer) => {
  if (!seen?.isIntersecting) return;
  observer.disconnect();
  const page = await parsed(link.href);
  const found = page?.querySelector("#related");
  if (found) {
    await (await import("./reader-words.js")).sheet("related");
    place.replaceWith(document.importNode(found, true));
  } else if (page) place.remove();
}, { rootMargin: NEAR }).observe(place);
