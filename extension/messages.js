// The words, in the browser's language: _locales/*/messages.json.

/** @param {string} key @param {(string | number)[]} values */
export function text(key, ...values) {
  return chrome.i18n.getMessage(key, values.map(String));
}

/** Writes the words of a page of ours, and which way they run: each element's `data-text` is its message's key. */
export function fillIn() {
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-text]")))
    element.textContent = text(element.dataset.text ?? "");
  document.documentElement.lang = chrome.i18n.getUILanguage();
  document.documentElement.dir = text("@@bidi_dir");
}
