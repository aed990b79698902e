// Pictures come after the text: while the reader is open, they take their places as the extension brings them.
import { parsed } from "./parsed.js";

const WAITS_MS = [300, 500, 800, 1600, 3200, 6400, 12_800, 25_600]; // a picture takes some 100, a slow site many seconds

/** @param {number} ms */
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Puts in place what has arrived. @param {Document} page @returns {boolean} whether anything is still to come */
function take(page) {
  for (const place of document.querySelectorAll(".picture[data-picture]")) {
    const number = place.getAttribute("data-picture");
    const picture = page.querySelector(`img[data-picture="${number}"]`);
    if (picture) place.replaceWith(document.importNode(picture, true));
  }
  const lead = page.querySelector(".lead-picture");
  if (lead && !document.querySelector(".lead-picture")) document.getElementById("body")?.prepend(document.importNode(lead, true));
  const [here, now] = [document, page].map((one) => one.getElementById("pictures"));
  if (here && now && here.textContent !== now.textContent) here.textContent = now.textContent;
  return page.querySelector('script[src*="pictures.js"]') !== null;
}

for (const wait of WAITS_MS) {
  await pause(wait);
  const page = await parsed(location.pathname + location.search);
  if (page && !take(page)) break;
}
