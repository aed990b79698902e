// What was searched for is gone through place by place.

const bar = document.querySelector(".marks");
const marks = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("mark.found")]);

/** @param {number} by */
function step(by) {
  const current = marks.findIndex((mark) => mark.matches(".current"));
  const from = current < 0 ? marks.findIndex((mark) => mark.id === "match") : current;
  show((from + by + marks.length) % marks.length);
}

/** @param {number} number */
function show(number) {
  for (const mark of marks) mark.classList.toggle("current", mark === marks[number]);
  marks[number]?.scrollIntoView({ block: "center" });
  const said = /** @type {HTMLElement | null | undefined} */ (bar?.querySelector("#marks-place"));
  const words = said?.dataset.words ?? "";
  if (said) said.textContent = words.replace("{number}", String(number + 1)).replace("{all}", String(marks.length));
}

if (bar && marks.length) {
  const steps = /** @type {HTMLElement} */ (bar.querySelector(".marks-steps"));
  steps.hidden = marks.length < 2;
  steps.addEventListener("click", (event) => {
    const by = /** @type {HTMLElement} */ (event.target).closest("button")?.dataset.step;
    if (by) step(Number(by));
  });
  bar.querySelector("#hide-marks")?.addEventListener("click", (event) => {
    event.preventDefault(); // the reader stays where it is
    for (const mark of marks) mark.replaceWith(...mark.childNodes);
    bar.remove();
    history.replaceState(history.state, "", location.pathname);
  });
}
