// Highlights and notes: what makes and changes them is loaded when somebody begins to.

const load = () => import("./highlighter.js");
const body = /** @type {HTMLElement} */ (document.querySelector("#body"));

function selecting() {
  if (getSelection()?.isCollapsed !== false || !getSelection()?.containsNode(body, true)) return;
  document.removeEventListener("selectionchange", selecting);
  load();
}
document.addEventListener("selectionchange", selecting);

for (const [does, noting] of /** @type {const} */ ([["highlight", false], ["note", true]]))
  document.querySelector(`[data-key][data-does="${does}"]`)?.addEventListener("click", async () => (await load()).press(noting));

document.addEventListener("click", async (event) => {
  const target = /** @type {Element} */ (event.target);
  const mark = /** @type {HTMLElement | null} */ (target.closest("mark.highlight"));
  if (mark && getSelection()?.isCollapsed && !target.closest("a, button, summary")) return (await load()).open(mark);
  const copied = /** @type {HTMLElement | null | undefined} */ (target.closest("[data-does=copy]")?.closest("form"));
  if (copied) (await load()).copyHighlight(copied.dataset.highlight);
});

document.addEventListener("submit", async (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (!form.matches(".highlight-form, .article-note")) return;
  event.preventDefault();
  (await load()).submit(form, event.submitter);
});
