// Highlighting what is selected, and changing highlights where they stand. highlights.js loads it when it is needed.
// Notes are plain forms as well, in the section at the article's end, which is asked for anew after each change.
import { locate, measure, wrap } from "./passage.js";

const body = /** @type {HTMLElement} */ (document.querySelector("#body"));
const bar = /** @type {HTMLElement} */ (document.querySelector("#highlighter"));
const panel = /** @type {HTMLElement} */ (document.querySelector("#highlight-panel"));
const told = /** @type {HTMLElement} */ (document.querySelector("#told"));
const undo = /** @type {HTMLButtonElement} */ (told.querySelector("button"));
const BLOCKS = "p, li, dt, dd, h1, h2, h3, h4, h5, h6, pre, figure, tr, blockquote, math";
const KEPT_COLOR = "quietpage-color";
const TOLD_MS = 8000;
const EDGE = 8; // pixels between what floats and the window's edge

/** @type {Range | undefined} */
let selected; // in the article, as long as the bar is shown
let pressed = false; // whether the pointer is down: a selection is being made
let selecting = 0;
let telling = 0;

/** The section at the article's end, as it is now. */
const notes = () => /** @type {HTMLElement} */ (document.querySelector("#notes"));
/** @param {number | string} id @returns {HTMLElement[]} */
const marksOf = (id) => [...body.querySelectorAll(/** @type {"mark"} */ (`mark[data-highlight="${id}"]`))];

// The selection

function selection() {
  const chosen = getSelection();
  if (!chosen || chosen.isCollapsed || !chosen.rangeCount) return undefined;
  const range = chosen.getRangeAt(0).cloneRange();
  if (!range.intersectsNode(body) || !range.toString().trim()) return undefined;
  if (!body.contains(range.startContainer)) range.setStart(body, 0);
  if (!body.contains(range.endContainer)) range.setEnd(body, body.childNodes.length);
  return range;
}

function follow() {
  clearTimeout(selecting);
  selecting = setTimeout(() => {
    if (pressed || bar.contains(document.activeElement)) return;
    selected = selection();
    if (!selected) return bar.hidePopover();
    bar.showPopover();
    const rects = selected.getClientRects();
    place(bar, rects[0] ?? selected.getBoundingClientRect(), rects[rects.length - 1], matchMedia("(pointer: coarse)").matches);
  }, 120);
}

/**
 * Float above a place in the window, or below its end where there is no room, or fingers and menus are.
 * @param {HTMLElement} what @param {DOMRect} first @param {DOMRect} [last] @param {boolean} [below]
 */
function place(what, first, last = first, below = false) {
  const { width, height } = what.getBoundingClientRect();
  const over = first.top - height - EDGE;
  const top = below || over < EDGE ? Math.min(last.bottom + (below ? 3.5 : 1) * EDGE, innerHeight - height - EDGE) : over;
  const anchor = top === over ? first : last;
  const left = anchor.left + anchor.width / 2 - width / 2;
  what.style.top = `${scrollY + top}px`;
  what.style.left = `max(${EDGE}px, min(${left}px, calc(100% - ${width + EDGE}px)))`; // in a narrower window too
}

document.addEventListener("selectionchange", follow);
addEventListener("pointerdown", (event) => (pressed = !bar.contains(/** @type {Node} */ (event.target))), true);
for (const end of ["pointerup", "pointercancel", "touchend", "dragend"])
  addEventListener(end, () => void ((pressed = false), follow()), true);
bar.addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays
bar.addEventListener("click", (event) => {
  const button = /** @type {HTMLElement} */ (event.target).closest("button");
  if (!button || !selected) return;
  const { color, does } = button.dataset;
  if (does === "copy") copySelected(selected);
  else highlight(selected, color ?? lastColor(), does === "note");
});
document.addEventListener("keydown", (event) => {
  if (!bar.matches(":popover-open")) return;
  const buttons = [...bar.querySelectorAll("button")];
  const at = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? 0;
  if (event.key === "Escape") closeBar();
  else if (event.key === "Tab" && at < 0 && !event.shiftKey) buttons[0]?.focus();
  else if (at >= 0 && step) buttons.at((at + step) % buttons.length)?.focus();
  else return;
  event.preventDefault();
});

function closeBar() {
  if (bar.contains(document.activeElement)) /** @type {HTMLElement} */ (document.activeElement).blur();
  bar.hidePopover();
}

/** The color that was used last. */
function lastColor() {
  return localStorage.getItem(KEPT_COLOR) ?? "yellow";
}

/** Highlight what is selected, or else this paragraph; open the highlight that it has. @param {boolean} noting */
export function press(noting) {
  const range = selection();
  if (range) return highlight(range, lastColor(), noting);
  const block = paragraph();
  const mark = /** @type {HTMLElement | null | undefined} */ (block?.querySelector("mark.highlight"));
  if (mark) return open(mark, noting);
  if (!block) return;
  const whole = document.createRange();
  whole.selectNodeContents(block);
  highlight(whole, lastColor(), noting);
}

/** The paragraph that is in focus, lit, or at the line where one reads. */
function paragraph() {
  const own = /** @type {HTMLElement | null | undefined} */ (document.activeElement?.closest(`#body :is(${BLOCKS})`));
  const blocks = /** @type {HTMLElement[]} */ ([...body.querySelectorAll(BLOCKS)].filter((one) => !one.querySelector(BLOCKS)));
  const lit = blocks.find((one) => one.matches(".lit"));
  return own ?? lit ?? blocks.find((one) => one.getBoundingClientRect().bottom > innerHeight / 8 && one.textContent?.trim());
}

// Making and changing

/** @param {Range} range @param {string} color @param {boolean} noting */
async function highlight(range, color, noting) {
  const found = measure(body, range);
  if (!found) return;
  const { start, end, ...quote } = found;
  const made = await call("POST", notes().dataset.highlights, { quote, position: { start, end }, color });
  if (!made) return;
  localStorage.setItem(KEPT_COLOR, color);
  wrap(body, range, newMark(made));
  getSelection()?.collapseToEnd();
  closeBar();
  await refresh();
  if (noting) open(/** @type {HTMLElement} */ (marksOf(made.id)[0]), true);
  else tell("highlighted", () => remove(made.id));
}

/** @param {{ id: number, color: string }} made */
function newMark({ id, color }) {
  return () => {
    const mark = document.createElement("mark");
    mark.className = "highlight";
    Object.assign(mark.dataset, { highlight: String(id), color });
    if (!document.getElementById(`highlight-${id}`)) mark.id = `highlight-${id}`;
    return mark;
  };
}

/** @param {number | string} id */
async function remove(id) {
  if (!(await call("DELETE", `/api/highlights/${id}`))) return;
  for (const mark of marksOf(id)) mark.replaceWith(...mark.childNodes);
  await refresh();
  tell("deleted", () => restore(id));
}

/** @param {number | string} id */
async function restore(id) {
  const back = await call("POST", `/api/highlights/${id}/restore`);
  if (!back) return;
  if (back.found) wrap(body, locate(body, back.position.start, back.position.end), newMark(back));
  await refresh();
  tell("restored");
}

/** @param {string} id @param {Record<string, FormDataEntryValue | null>} change */
async function change(id, change) {
  const changed = await call("PATCH", `/api/highlights/${id}`, change);
  if (!changed) return false;
  await refresh();
  return true;
}

// A highlight that is there

/** Open what changes a highlight beside it. @param {HTMLElement} mark @param {boolean} [noting] */
export function open(mark, noting = false) {
  const id = String(mark.dataset.highlight);
  const form = document.querySelector(`#note-${id} form`);
  if (!form) return;
  panel.replaceChildren(form.cloneNode(true));
  panel.showPopover();
  const rects = mark.getClientRects();
  place(panel, rects[0] ?? mark.getBoundingClientRect(), rects[rects.length - 1]);
  for (const one of marksOf(id)) one.classList.add("open");
  const field = /** @type {HTMLTextAreaElement} */ (panel.querySelector("textarea"));
  field.setSelectionRange(field.value.length, field.value.length);
  (noting ? field : /** @type {HTMLElement} */ (panel.querySelector(":checked"))).focus({ preventScroll: true });
}

panel.addEventListener("change", async (event) => {
  const field = /** @type {HTMLInputElement} */ (event.target);
  if (field.name !== "color") return;
  const id = String(field.form?.dataset.highlight);
  if (await change(id, { color: field.value })) for (const mark of marksOf(id)) mark.dataset.color = field.value;
});
panel.addEventListener("toggle", (event) => {
  if (/** @type {ToggleEvent} */ (event).newState === "open") return;
  for (const mark of body.querySelectorAll("mark.open")) mark.classList.remove("open");
  const field = panel.querySelector("textarea");
  const id = panel.querySelector("form")?.dataset.highlight;
  if (field && id && field.value !== field.defaultValue) change(id, { note: field.value }); // what was written is not lost
  panel.replaceChildren();
});

/** Do what a form of ours asks for. @param {HTMLFormElement} form @param {HTMLElement | null} by */
export async function submit(form, by) {
  const id = form.dataset.highlight;
  const written = new FormData(form);
  const note = String(written.get("note"));
  if (!id) return void ((await call("PUT", notes().dataset.note, { note })) && (await refresh(), tell("changed")));
  for (const field of panel.querySelectorAll("textarea")) field.defaultValue = field.value;
  if (panel.contains(form)) panel.hidePopover();
  if (by instanceof HTMLButtonElement && by.value === "delete") return remove(id);
  const color = String(written.get("color"));
  if (!(await change(id, { color, note }))) return;
  for (const mark of marksOf(id)) mark.dataset.color = color;
  tell("changed");
}

// Copying

/** Copy a highlight as a quotation. @param {string | undefined} id */
export async function copyHighlight(id) {
  const one = await call("GET", `/api/highlights/${id}`);
  if (one) copy(one.quote.exact);
}

/** @param {Range} range */
function copySelected(range) {
  copy(measure(body, range)?.exact ?? "");
}

/** Words as a quotation with its source, in Markdown. @param {string} words */
async function copy(words) {
  const { title = "", byline, url } = notes().dataset;
  const name = title.replace(/[[\]\\]/g, "\\$&");
  await navigator.clipboard.writeText(`> ${words}\n\n— ${byline ? `${byline}, ` : ""}[${name}](<${url}>)\n`);
  closeBar();
  tell("copied");
}

// The server

/**
 * Call the API; answers what it said, true where it said nothing, undefined where it refused.
 * @param {string} method @param {string | undefined} url @param {object} [told]
 */
async function call(method, url, told) {
  try {
    const headers = told ? { "Content-Type": "application/json" } : undefined;
    const answer = await fetch(String(url), { method, headers, body: told && JSON.stringify(told) });
    if (!answer.ok) return void tell(answer.status === 400 ? "refused" : "failed");
    return answer.status === 204 ? true : await answer.json();
  } catch {
    tell("failed");
  }
}

/** Put the section as it is now in place of what it was. XMLHttpRequest parses it: our policy forbids what fetch would need. */
function refresh() {
  return /** @type {Promise<void>} */ (
    new Promise((done) => {
      const request = new XMLHttpRequest();
      request.open("GET", String(notes().dataset.from));
      request.responseType = "document";
      request.onloadend = () => {
        const fresh = request.responseXML?.querySelector("#notes");
        if (fresh) notes().replaceWith(document.importNode(fresh, true));
        nameMarks();
        done();
      };
      request.send();
    })
  );
}

/** Every mark says what the list says of it. */
function nameMarks() {
  for (const row of notes().querySelectorAll(/** @type {"li"} */ ("li[data-highlight]"))) {
    const name = row.querySelector(":checked")?.closest("label")?.title ?? "";
    const note = row.querySelector(".note-text")?.textContent?.trim().slice(0, 120);
    for (const mark of marksOf(String(row.dataset.highlight))) mark.title = note ? `${name}: ${note}` : name;
  }
}

/** Say what was done, and offer to take it back. @param {string} what @param {() => void} [back] */
function tell(what, back) {
  const said = /** @type {HTMLElement} */ (told.querySelector("[role=status]"));
  told.hidden = false;
  said.textContent = said.dataset[what] ?? "";
  undo.hidden = !back;
  undo.onclick = back ? () => back() : null;
  clearTimeout(telling);
  telling = setTimeout(() => (told.hidden = !told.contains(document.activeElement)), TOLD_MS);
}

follow();
