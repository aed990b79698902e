// Give the page another look at once, and have it kept. Without scripts, the form does it with a new page.

const root = document.documentElement;
const form = /** @type {HTMLFormElement} */ (document.querySelector(".looks"));
const sizes = (form.dataset.sizes ?? "").split(" ");

/** @typedef {Record<string, string>} Values by the names of the form's fields, which are those of the page's attributes */

/** Show and keep a change. @param {Values} values */
export function change(values) {
  void show(values);
  void keep(values);
}

/** Do what a button says; answers what it changed. @param {HTMLButtonElement} button */
export function press(button) {
  const values = button.name === "size" ? resized(button.value) : button.name === "switch" ? switched() : undefined;
  if (values) change(values);
  return values;
}

/** One step of size; nothing at the ends. @param {string} step */
function resized(step) {
  const size = sizes[sizes.indexOf(root.dataset.size ?? "") + (step === "larger" ? 1 : -1)];
  return size ? { size } : undefined;
}

/** The dark theme for the light one, and the reverse. */
function switched() {
  const { scheme } = root.dataset;
  const isDark = scheme === "dark" || (scheme === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  return { theme: chosen(isDark ? "light" : "dark") };
}

// Showing it

/** Give the page a look. What is read stays where it is. @param {Values} values */
export async function show(values) {
  if (values.font) await load(values.font);
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements.namedItem(name);
    if (field instanceof RadioNodeList || field instanceof HTMLInputElement) field.value = value;
    if (name === "size") Object.assign(form.querySelector("output") ?? {}, { value });
  }
  const stay = holdPlace();
  Object.assign(root.dataset, values);
  light();
  stay();
}

/** What is chosen in the form. @param {string} name */
const chosen = (name) => String(new FormData(form).get(name));

/** Have the page in the light or the dark theme that is chosen. */
export function light() {
  const [theme, day, night, from, to] = ["theme", "light", "dark", "dark_from", "dark_to"].map(chosen);
  const now = new Date().toTimeString().slice(0, 5);
  const isNight = from < to ? now >= from && now < to : now >= from || now < to;
  const always = form.querySelector(`.theme-${theme}[data-dark]`) ? "dark" : "light";
  const scheme = theme === "system" ? theme : theme === "clock" ? (isNight ? "dark" : "light") : always;
  Object.assign(root.dataset, { scheme, light: day, dark: night });
  if (theme !== "system" && theme !== "clock") root.dataset[always] = theme;
}

/** The fonts' names are shown in the fonts themselves, once these are there. */
export async function showFonts() {
  const fields = /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll('[name="font"]'));
  await Promise.all([...fields].map((field) => load(field.value)));
  form.classList.add("in-fonts");
}

/** Have a font there before it is used: nothing is set twice. @param {string} font */
async function load(font) {
  await sheet(/** @type {HTMLElement} */ (form.querySelector(`[name="font"][value="${font}"]`)).dataset.sheet ?? "");
  const family = `"Quietpage ${font[0]?.toUpperCase()}${font.slice(1)}"`;
  const text = (document.querySelector(".body")?.textContent ?? "").slice(0, 5000);
  await Promise.allSettled(["1em", "bold 1em", "italic 1em"].map((style) => document.fonts.load(`${style} ${family}`, text)));
}

/** Load a style sheet that the page has not. @param {string} href */
function sheet(href) {
  if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve();
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  const loaded = new Promise((done) => (link.onload = link.onerror = done));
  document.head.append(link);
  return loaded;
}

/** Remember which character is at the top of the window; answers what brings it back there. */
function holdPlace() {
  const body = document.querySelector(".body");
  if (!body || scrollY === 0) return () => {};
  const box = body.getBoundingClientRect();
  const at = document.caretPositionFromPoint?.(box.left + 8, Math.max(box.top, 0) + 8) ?? null;
  if (!at || !body.contains(at.offsetNode)) return () => {};
  const range = document.createRange();
  range.setStart(at.offsetNode, at.offset);
  const y = () => (range.getClientRects()[0] ?? at.offsetNode.parentElement?.getBoundingClientRect())?.top ?? 0;
  const before = y();
  root.style.overflowAnchor = "none"; // the browser's own way to do so would do it twice
  return () => {
    scrollBy({ top: y() - before, behavior: "instant" });
    requestAnimationFrame(() => (root.style.overflowAnchor = ""));
  };
}

// Keeping it

/** @type {Values} */
let unsent = {};
let sending = false;

/** Keep what was changed, one request after the other, so that the last one counts. @param {Values} values */
async function keep(values) {
  unsent = { ...unsent, ...values };
  if (sending) return;
  sending = true;
  const failed = /** @type {HTMLElement | null} */ (form.querySelector(".looks-failed"));
  while (Object.keys(unsent).length) {
    const body = new URLSearchParams(unsent);
    unsent = {};
    const answer = await fetch(form.action, { method: "POST", body, redirect: "manual", keepalive: true }).catch(() => null);
    if (failed) failed.hidden = answer?.type === "opaqueredirect";
  }
  sending = false;
}
