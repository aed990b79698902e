// The first steps: copies what has to be pasted elsewhere, and ticks the steps off as they are done.

const WATCH_MS = 1500;

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-copy]"))) {
  const label = /** @type {ChildNode} */ (button.firstChild);
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy ?? "");
    const copy = label.textContent;
    label.textContent = button.dataset.copied ?? "";
    setTimeout(() => (label.textContent = copy), 2000);
  });
}

/** Marks a step as done or not. @param {number} number @param {boolean} done */
function tick(number, done) {
  byId(`step-${number}`).dataset.done = done ? "yes" : "no";
}

/** Asks how far the person is, while the page is looked at, until all is done. */
async function watch() {
  const answer = document.hidden ? null : await fetch("/api/progress").catch(() => null);
  if (answer?.ok) {
    const progress = await answer.json();
    tick(1, progress.loaded);
    tick(2, progress.connected);
    tick(3, progress.articles > 0);
    byId("ready").hidden = progress.articles === 0;
    if (progress.connected && progress.articles) return;
  }
  setTimeout(watch, WATCH_MS);
}

watch();
