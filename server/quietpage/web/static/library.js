// The library without leaving the page: searching while one types, and acting on articles. All of it is plain links and
// forms as well; here their answers, whole pages, only take the place of what changes.
import { watchKeys } from "./keys.js";
import { closeMenus } from "./menu.js";

const TYPING_PAUSE_MS = 120; // between two letters of a quick typist; the answer takes some 20
const said = /** @type {HTMLElement} */ (document.querySelector("#said"));
/** @type {Record<string, string>} */
const WORDS = JSON.parse(said.dataset.words ?? "{}");
const search = /** @type {HTMLFormElement} */ (document.querySelector("#search"));
const field = /** @type {HTMLInputElement} */ (document.querySelector("#q"));
let shown = location.pathname + location.search; // the address whose list is on the page
let settled = true; // whether the next change of the search begins a new step of the history
let typing = 0;
/** @type {XMLHttpRequest | undefined} */
let searching;

/**
 * Ask for a page of ours. XMLHttpRequest parses it, into a document where no script runs: fetch leaves parsing to
 * functions that our policy forbids.
 * @param {string} url
 * @param {(page: Document, url: string) => void} then
 * @param {URLSearchParams} [form]
 */
function load(url, then, form) {
  const request = new XMLHttpRequest();
  request.open(form ? "POST" : "GET", url);
  request.responseType = "document";
  request.onload = () => {
    if (request.status < 400 && request.responseXML) then(request.responseXML, request.responseURL);
    else location.assign(form ? shown : url);
  };
  request.onerror = () => location.assign(form ? shown : url);
  request.send(form);
  return request;
}

/** Put another page's list and filters in the place of these. @param {Document} page */
function show(page) {
  const focus = focusedRow();
  for (const part of ["found", "facets"]) {
    const fresh = page.getElementById(part);
    if (fresh) document.getElementById(part)?.replaceChildren(...fresh.childNodes);
  }
  document.title = page.title;
  refocus(focus);
}

/** Where the focus is in the list. */
function focusedRow() {
  const active = document.activeElement;
  if (active?.id && active.closest("#found")) return { id: active.id, row: "", place: -1, part: -1 };
  const row = active?.closest(".hit");
  if (!row) return undefined;
  return { id: "", row: row.id, place: rows().indexOf(row), part: parts(row).indexOf(/** @type {any} */ (active)) };
}

/** Focus the same again; where its row is gone, the row that took its place. @param {ReturnType<typeof focusedRow>} focus */
function refocus(focus) {
  if (!focus) return;
  if (focus.id) return document.getElementById(focus.id)?.focus();
  const same = document.getElementById(focus.row);
  if (same) return parts(same)[focus.part]?.focus({ preventScroll: true });
  const next = rows()[Math.min(focus.place, rows().length - 1)];
  if (next) parts(next)[1]?.focus();
  else field.focus();
}

/** @returns {Element[]} */
function rows() {
  return [...document.querySelectorAll(".hit")];
}

/** What takes the focus in a row: its box, its title, its tags and buttons. @param {Element} row */
function parts(row) {
  return /** @type {HTMLElement[]} */ ([...row.querySelectorAll("input, a, button")]);
}

/** Tell a screen reader. @param {string} words */
function say(words) {
  said.textContent = words.replace(/\s+/g, " ").trim();
}

/** The address of the search as it stands in its form. */
function asked() {
  const given = [...new FormData(search)].map(([name, value]) => [name, String(value).trim()]);
  const query = new URLSearchParams(given.filter(([, value]) => value)).toString();
  return search.getAttribute("action") + (query ? `?${query}` : "");
}

/** Show what the form asks for. */
function find() {
  clearTimeout(typing);
  const url = asked();
  if (url === shown) return;
  shown = url;
  history[settled ? "pushState" : "replaceState"](null, "", url);
  settled = false;
  follow(url, field.value.trim() !== "" && document.activeElement === field);
}

/** Show the list at an address. @param {string} url @param {boolean} [typing] */
function follow(url, typing) {
  searching?.abort();
  searching = load(typing ? `${url}&typing=1` : url, (page) => {
    show(page);
    if (typing) history.replaceState(null, "", searchedFor() ?? url);
    say(document.querySelector("#found .count, #found h2")?.textContent ?? "");
  });
}

/** The address of what was really searched for: a word half typed is the beginning of one. */
function searchedFor() {
  return /** @type {HTMLInputElement | null} */ (document.querySelector("#list [name=back]"))?.value;
}

/** Write that into the field as well, when the person has left it. */
function settle() {
  settled = true;
  const query = new URL(searchedFor() ?? shown, location.origin).searchParams.get("q") ?? "";
  if (query !== `${field.value.trim()}*`) return;
  field.value = query;
  shown = asked();
}

field.addEventListener("input", () => {
  clearTimeout(typing);
  typing = window.setTimeout(find, TYPING_PAUSE_MS);
});
field.addEventListener("change", settle);
search.addEventListener("submit", (event) => {
  event.preventDefault();
  find();
  settled = true;
});
document.addEventListener("change", (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  if (target.id === "sort") {
    settled = true;
    find();
    settled = true;
  }
  if (target.matches(".pick input, .every input")) countChosen();
});
window.addEventListener("popstate", () => {
  shown = location.pathname + location.search;
  settled = true;
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  follow(shown);
});

// Acting on articles

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (!form.matches("#list, #undo")) return; // form.id would be its fields of that name
  event.preventDefault();
  const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
  const values = [...new FormData(form, button)].map(([name, value]) => [name, String(value)]);
  const act = button?.value.split("-")[0] ?? "";
  load(form.getAttribute("action") ?? "", (page, url) => acted(page, url, act), new URLSearchParams(values));
});

/**
 * Show what became of an act.
 * @param {Document} page
 * @param {string} url
 * @param {string} act
 */
function acted(page, url, act) {
  const at = new URL(url);
  for (const told of ["deleted", "changed", "act"]) at.searchParams.delete(told); // the offer to undo is for now, not for a reload
  shown = at.pathname + at.search;
  history.replaceState(history.state, "", shown);
  show(page);
  say(document.querySelector("#undo [role=status]")?.textContent ?? WORDS[act] ?? "");
}

function countChosen() {
  const count = document.querySelector("#chosen-count");
  const chosen = document.querySelectorAll(".pick :checked").length;
  const every = document.querySelector(".every:has(:checked)");
  if (count) count.textContent = (every ? WORDS.all : WORDS.selected?.replace("{number}", String(chosen))) ?? "";
  const all = /** @type {HTMLButtonElement | null} */ (document.querySelector("#choose-all"));
  if (all) all.hidden = chosen === rows().length;
}

document.addEventListener("click", (event) => {
  if (/** @type {Element} */ (event.target).id !== "choose-all") return;
  for (const box of document.querySelectorAll(".pick input")) /** @type {HTMLInputElement} */ (box).checked = true;
  document.getElementById("tags")?.focus();
  countChosen();
});

// Coming back from an article: to where one was

document.addEventListener("click", (event) => {
  const row = /** @type {Element} */ (event.target).closest(".hit h2 a")?.closest(".hit");
  if (row) history.replaceState({ row: row.id }, "");
});
const left = document.getElementById(history.state?.row ?? "");
if (left) parts(left)[1]?.focus({ preventScroll: true });
if (document.querySelector(".pick :checked")) countChosen();

watchKeys();
closeMenus();
if (location.hash === "#q") field.focus(); // as the reader's key for searching leads here
