// The connect page: compares the code that the extension fills in with the page's own, and follows the pairing.

const NO_ANSWER_MS = 4000; // an extension that is there answers within a tenth of that
const WATCH_MS = 700;

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** @param {string | null} text */
const digits = (text) => (text ?? "").replace(/\D/g, "");
const pairing = byId("pairing").dataset;
let decided = false; // here: the answer is on its way, and holds what a page loaded once more would not
addEventListener("submit", () => (decided = true));

/** Enables Allow when the two codes are the same, and says how they compare. */
function compare() {
  const shown = digits(byId("extension-code").textContent);
  if (!shown) return;
  const match = shown === digits(byId("page-code").textContent) ? "yes" : "no";
  byId("codes").dataset.match = byId("verdict").dataset.match = match;
  byId("verdict").textContent = (match === "yes" ? byId("verdict").dataset.same : byId("verdict").dataset.other) ?? "";
  /** @type {HTMLButtonElement} */ (byId("allow")).disabled = match === "no";
  byId("ask").hidden = false;
  byId("by-hand").hidden = true;
}

/** Lets the person compare, when no extension answers here (Firefox users can withdraw its permission). */
function compareByHand() {
  if (digits(byId("extension-code").textContent)) return;
  byId("verdict").textContent = "";
  byId("ask").hidden = true;
  byId("by-hand").hidden = false;
}

/** Reloads the page when the pairing has gone on: decided in another tab, or connected. */
async function watch() {
  const answer = await fetch(`/api/pairings/${pairing.pairing}`).catch(() => null);
  if (answer?.status === 404) return location.reload();
  if (decided) return;
  /** @type {string | undefined} */
  const state = answer?.ok ? (await answer.json()).state : pairing.state;
  if (state !== pairing.state) return location.reload();
  setTimeout(watch, WATCH_MS);
}

if (pairing.state === "asked") {
  new MutationObserver(compare).observe(byId("extension-code"), { childList: true, characterData: true, subtree: true });
  setTimeout(compareByHand, NO_ANSWER_MS);
  compare();
}
if (pairing.state === "allowed") setTimeout(() => (byId("no-answer").hidden = false), NO_ANSWER_MS);
if (pairing.state === "asked" || pairing.state === "allowed") watch();
