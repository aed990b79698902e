// The only content script, on Quietpage's own page "Connect this browser": shows the extension's code there, and hands
// the page's one-time code to the extension once the person has allowed it.

(async () => {
  const place = document.getElementById("extension-code");
  if (place) {
    const answer = await chrome.runtime.sendMessage({ type: "pairing-code", id: place.dataset.pairing });
    if (answer?.code) place.textContent = `${answer.code.slice(0, 3)} ${answer.code.slice(3)}`;
  }
  const grant = /** @type {HTMLMetaElement | null} */ (document.querySelector('meta[name="quietpage-pairing-code"]'));
  if (grant) {
    const id = location.pathname.split("/")[2];
    await chrome.runtime.sendMessage({ type: "paired", id, code: grant.content });
  }
})();
