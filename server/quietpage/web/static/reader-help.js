// The list of keys: those of the page's own controls, and what the browser and the paragraphs have.
import { make, say, sheet } from "./reader-words.js";
import { offerSwitch } from "./single-keys.js";

const GOING = [
  ["j", "paragraph-next"],
  ["k", "paragraph-before"],
  [say("space"), "screen-next"],
];

await sheet("reader-help");

/** Show it. */
export function showKeys() {
  document.querySelector("#reader-keys")?.remove();
  const on = make("input", { type: "checkbox" });
  offerSwitch(on);
  const controls = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-key][data-key-name]")]);
  const own = controls.map((one) => /** @type {const} */ ([one.dataset.key ?? "", one.dataset.keyName ?? ""]));
  const known = [...GOING.map(([key, name]) => /** @type {const} */ ([key ?? "", say(name ?? "")])), ...own];
  const rows = [...new Map(known)].map(([key, name]) => make("div", {}, make("dt", {}, make("kbd", {}, key)), make("dd", {}, name)));
  const form = make(
    "form",
    { method: "dialog" },
    make("h2", { id: "reader-keys-title" }, say("keys")),
    make("dl", {}, ...rows),
    make("label", { class: "switch" }, on, ` ${say("single-keys")}`),
    make("button", { class: "button" }, say("close")),
  );
  const dialog = make("dialog", { id: "reader-keys", class: "keys", "aria-labelledby": "reader-keys-title" }, form);
  document.body.append(dialog);
  dialog.showModal();
}
