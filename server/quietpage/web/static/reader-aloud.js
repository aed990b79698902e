// Reading aloud, by the browser's own voices: sentence by sentence, the spoken one marked, the page scrolling along.
import { blocks, body, firstAhead, view } from "./reader-place.js";
import { button, make, say, sheet } from "./reader-words.js";
import { sentences } from "./sentences.js";

const KEPT = "quietpage-aloud";
const VOICES_WAIT_MS = 1500; // some browsers look for their voices when they are first asked
const SILENT = "pre, math, .code";
const SPEEDS = [0.7, 0.85, 1, 1.15, 1.3, 1.5, 1.75, 2, 2.5];
const PLAY = "M6 3.5v13l10.5-6.5z";
const PAUSE = "M6.5 4v12M13.5 4v12";
await sheet("reader-aloud");

/** @typedef {import("./sentences.js").Sentence} Sentence */
/** @type {{ speed?: number, voices?: Record<string, string> }} */
const kept = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
const article = /** @type {HTMLElement} */ (body.closest("article"));
/** @type {SpeechSynthesisVoice[]} */
let voices = [];
let at = { block: -1, sentence: 0 };
let turn = 0; // counts what is said: the end of an older one is no end
let speaking = false;
/** @type {Sentence[]} */
let spoken = [];
/** @type {HTMLElement | undefined} */
let tool;

const play = button(say("play"), PLAY, () => (speaking ? pause() : go()));
const speed = /** @type {HTMLSelectElement} */ (make("select", { "aria-label": say("speed"), class: "aloud-choice" }));
const voice = /** @type {HTMLSelectElement} */ (make("select", { "aria-label": say("voice"), class: "aloud-choice aloud-voice" }));
const told = make("p", { class: "aloud-told", role: "status" });
const bar = make(
  "section",
  { class: "aloud", "aria-label": say("aloud") },
  button(say("sentence-before"), "M14.5 4.5v11l-8-5.5zM5 4.5v11", () => move(-1)),
  play,
  button(say("sentence-next"), "M5.5 4.5v11l8-5.5zM15 4.5v11", () => move(1)),
  speed,
  voice,
  told,
  button(say("close"), "m5 5 10 10M15 5 5 15", close),
);
for (const one of SPEEDS) speed.append(make("option", { value: String(one) }, `${one.toLocaleString(document.documentElement.lang)} ×`));
speed.value = String(kept.speed ?? 1);
speed.addEventListener("change", () => keep({ speed: Number(speed.value) }));
voice.addEventListener("change", () => keep({ voices: { ...kept.voices, [language().split("-")[0] ?? ""]: voice.value } }));
addEventListener("pagehide", () => speechSynthesis.cancel());

/** Begin, or, once it is there, pause and go on. @param {HTMLElement} pressed the tool in the header */
export async function press(pressed) {
  tool = pressed;
  if (bar.isConnected && voices.length) return speaking ? pause() : go();
  document.querySelector("main")?.append(bar);
  pressed.setAttribute("aria-pressed", "true");
  voices = await findVoices();
  bar.classList.toggle("mute", !voices.length);
  told.textContent = voices.length ? "" : say("no-voices");
  if (!voices.length) return;
  offerVoices();
  go();
}

/** The language of the article, or of a part of it. @param {Element} [part] */
function language(part = body) {
  return part.closest("[lang]:not([lang=''])")?.getAttribute("lang") ?? document.documentElement.lang;
}

/** The browser's voices, those of the article's language first. @returns {Promise<SpeechSynthesisVoice[]>} */
async function findVoices() {
  if (!("speechSynthesis" in globalThis)) return [];
  if (!speechSynthesis.getVoices().length)
    await new Promise((done) => {
      speechSynthesis.addEventListener("voiceschanged", done, { once: true });
      setTimeout(done, VOICES_WAIT_MS);
    });
  const own = language().toLowerCase().split("-")[0] ?? "";
  /** @param {SpeechSynthesisVoice} one */
  const isOwn = (one) => Number(one.lang.toLowerCase().replace("_", "-").split("-")[0] === own);
  return [...speechSynthesis.getVoices()].sort((one, other) => isOwn(other) - isOwn(one) || one.name.localeCompare(other.name));
}

function offerVoices() {
  voice.replaceChildren(...voices.map((one) => make("option", { value: one.voiceURI, lang: "" }, `${one.name} (${one.lang})`)));
  const wanted = kept.voices?.[language().split("-")[0] ?? ""];
  voice.value = voices.some((one) => one.voiceURI === wanted) ? String(wanted) : (voices[0]?.voiceURI ?? "");
}

/** Remember a choice in this browser, and say the sentence anew with it. @param {Partial<typeof kept>} choice */
function keep(choice) {
  Object.assign(kept, choice);
  localStorage.setItem(KEPT, JSON.stringify(kept));
  if (speaking) go();
}

/** Say the present sentence and all that follow; at first, from where one reads. */
function go() {
  if (at.block < 0) at = { block: firstAhead(1 / 8), sentence: 0 };
  const sentence = found(0);
  if (!sentence) return close();
  const mine = ++turn;
  speaking = true;
  shows();
  speechSynthesis.cancel();
  const words = new SpeechSynthesisUtterance(sentence.text);
  const chosen = voices.find((one) => one.voiceURI === voice.value);
  words.lang = language(blocks[at.block]) || chosen?.lang || "";
  if (chosen) words.voice = chosen;
  words.rate = Number(speed.value);
  words.onend = () => {
    if (mine !== turn || !speaking) return;
    at.sentence += 1;
    go();
  };
  words.onerror = ({ error }) => {
    if (mine !== turn || error === "canceled" || error === "interrupted") return;
    pause();
    told.textContent = say("voice-fails");
  };
  told.textContent = "";
  mark(sentence.range);
  speechSynthesis.speak(words);
}

/** The sentence so many from the present one, which becomes the present one. @param {number} by @returns {Sentence | undefined} */
function found(by) {
  at.sentence += by;
  for (;;) {
    const block = blocks[at.block];
    if (!block) return undefined;
    spoken = block.closest(SILENT) ? [] : sentences(block, language(block));
    if (at.sentence === -Infinity) at.sentence = spoken.length - 1;
    if (at.sentence >= 0 && at.sentence < spoken.length) return spoken[at.sentence];
    const back = at.sentence < 0;
    at = { block: at.block + (back ? -1 : 1), sentence: back ? -Infinity : 0 };
    if (at.block < 0) at = { block: 0, sentence: 0 };
  }
}

/** @param {number} by */
function move(by) {
  if (at.block < 0) at = { block: firstAhead(1 / 8), sentence: 0 };
  const sentence = found(by);
  if (!sentence) return close();
  if (speaking) go();
  else mark(sentence.range);
}

function pause() {
  turn += 1;
  speaking = false;
  speechSynthesis.cancel(); // and not pause(): some browsers lose what is paused for long
  shows();
}

function close() {
  pause();
  mark(undefined);
  at = { block: -1, sentence: 0 };
  bar.remove();
  tool?.setAttribute("aria-pressed", "false");
  if (document.activeElement === document.body) tool?.focus({ preventScroll: true });
}

function shows() {
  play.setAttribute("aria-label", say(speaking ? "pause" : "play"));
  play.title = say(speaking ? "pause" : "play");
  play.querySelector("path")?.setAttribute("d", speaking ? PAUSE : PLAY);
}

/** Mark what is spoken, without a change of the page where the browser can, and keep it in the window. @param {Range | undefined} range */
function mark(range) {
  if ("highlights" in CSS) {
    if (range) CSS.highlights.set("spoken", new Highlight(range));
    else CSS.highlights.delete("spoken");
  } else {
    article.querySelector(".spoken")?.classList.remove("spoken");
    if (range) blocks[at.block]?.classList.add("spoken");
  }
  const block = blocks[at.block];
  if (!range || !block) return;
  const box = range.getBoundingClientRect();
  const isSeen = box.top >= 0 && box.bottom <= innerHeight - bar.offsetHeight - 16 && box.left >= 0 && box.right <= innerWidth;
  if (isSeen) return;
  if (document.documentElement.classList.contains("pages")) view.show(block, (at.sentence + 0.5) / spoken.length);
  else scrollBy({ top: box.top - innerHeight / 4, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}
