// How articles look, changed while one reads. What does it is loaded when it is first needed, or first seen.

const SOON_MS = 30_000; // by the clock it is dark at most so much too late
const form = /** @type {HTMLFormElement} */ (document.querySelector(".looks"));
const { script = "", sheet = "" } = form.dataset;
/** @type {Promise<typeof import("./looks.js")> | undefined} */
let loading;
const looks = () => (loading ??= import(script));

/** Load the form's style sheet; until then nothing is seen of it. */
function dress() {
  if (document.querySelector(`link[href="${sheet}"]`)) return;
  form.style.visibility = "hidden";
  const shown = () => (form.style.visibility = "");
  document.head.append(
    Object.assign(document.createElement("link"), { rel: "stylesheet", href: sheet, onload: shown, onerror: shown }),
  );
}

async function open() {
  dress();
  void (await looks()).showFonts();
}

const panel = form.closest("[popover]");
if (panel) panel.addEventListener("beforetoggle", open, { once: true });
else void open();

// The other tabs hear of a change, and show it too.
const others = new BroadcastChannel("quietpage-appearance");
others.addEventListener("message", async ({ data }) => (await looks()).show(data));

form.addEventListener("change", async ({ target }) => {
  const { name, value } = /** @type {HTMLInputElement} */ (target);
  if (!name || !value) return;
  (await looks()).change({ [name]: value });
  others.postMessage({ [name]: value });
});
form.addEventListener("submit", async (event) => {
  const button = /** @type {HTMLButtonElement} */ (event.submitter);
  if (button.name === "reset") return;
  event.preventDefault();
  const values = (await looks()).press(button);
  if (values) others.postMessage(values);
});
setInterval(async () => {
  if (document.documentElement.dataset.theme === "clock") (await looks()).light();
}, SOON_MS);
