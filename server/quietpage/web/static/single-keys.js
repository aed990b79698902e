// Keys without a modifier: whose they are, and whether the person wants them. Every page keeps to it.

const KEPT_OFF = "quietpage-keys";

/** Whether single keys do anything; as kept in this browser. */
export function keysAreOn() {
  return localStorage.getItem(KEPT_OFF) !== "off";
}

/** Have a checkbox switch them. @param {HTMLInputElement} on */
export function offerSwitch(on) {
  on.checked = keysAreOn();
  on.addEventListener("change", () => localStorage.setItem(KEPT_OFF, on.checked ? "on" : "off"));
}

/** Whether a key belongs to a field, or to the browser. @param {KeyboardEvent} event */
export function isTyping(event) {
  const target = /** @type {Element} */ (event.target);
  const writes = target.matches("input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]");
  return writes || event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
}
