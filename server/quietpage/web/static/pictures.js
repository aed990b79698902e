// Pictures come after the text: while the reader is open, they take their places as the extension brings them.

const WAITS_MS = [300, 500, 800, 1600, 3200, 6400, 12_800, 25_600]; // a picture takes some 100, a slow site many seconds

/** @param {number} ms */
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * This page as it would be now. XMLHttpRequest parses it, into a document where nothing is loaded and no script runs.
 * @returns {Promise<Document | null>} null when it cannot be had
 */
function thisPageNow() {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("GET", location.pathname + location.search);
    request.responseType = "document";
    request.onload = () => resolve(request.status === 200 ? request.responseXML : null);
    request.onerror = () => resolve(null);
    request.send();
  });
}

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
  const page = await thisPageNow();
  if (page && !take(page)) break;
}
