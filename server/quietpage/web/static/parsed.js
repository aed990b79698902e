// Another page of ours, or this one anew, to take a part of it.

/**
 * A page as a document where nothing is loaded and no script runs: XMLHttpRequest parses it.
 * @param {string} url @returns {Promise<Document | null>} null when it cannot be had
 */
export function parsed(url) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("GET", url);
    request.responseType = "document";
    request.onloadend = () => resolve(request.status === 200 ? request.responseXML : null);
    request.send();
  });
}
