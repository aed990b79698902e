// The menu of exports closes by Escape and by a click outside, as menus do; the focus then is where it was opened.
// The list it stands above is replaced by searches, so the page listens, and not the menu.

/** The menu, where it is open. @returns {HTMLDetailsElement | null} */
function menu() {
  return document.querySelector(".export[open]");
}

/** @param {HTMLDetailsElement} open */
function close(open) {
  open.open = false;
  open.querySelector("summary")?.focus();
}

/** Listen for what closes it. */
export function closeMenus() {
  document.addEventListener(
    "keydown",
    (event) => {
      const open = menu();
      if (!open || event.key !== "Escape" || event.defaultPrevented) return;
      event.stopImmediatePropagation(); // Escape leaves nothing else with it
      event.preventDefault();
      close(open);
    },
    { capture: true },
  );
  document.addEventListener("click", (event) => {
    const open = menu();
    if (!open || open.contains(/** @type {Node} */ (event.target))) return;
    if (document.activeElement === document.body) close(open);
    else open.open = false; // what was clicked has the focus
  });
}
