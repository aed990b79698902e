// The words, in the browser's language: _locales/*/messages.json.

/** @param {string} key @param {(string | number)[]} values */
export function text(key, ...values) {
  return chrome.i18n.getMessage(key, values.map(String));
}
