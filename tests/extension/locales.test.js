// The words of the extension, in every language: all of them are there, with the same values in them.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const FOLDER = new URL("../../extension/_locales/", import.meta.url);
const read = (/** @type {string} */ language) => JSON.parse(readFileSync(new URL(`${language}/messages.json`, FOLDER), "utf8"));
const english = read("en");
const values = (/** @type {string} */ message) => [...message.matchAll(/\$\w+\$/g)].map(String).toSorted();

for (const language of readdirSync(FOLDER).filter((name) => name !== "en")) {
  const words = read(language);

  test(`${language} has every word, and no other`, () => {
    assert.deepEqual(Object.keys(words).toSorted(), Object.keys(english).toSorted());
  });

  test(`${language} says the same values`, () => {
    for (const [key, { message, placeholders }] of Object.entries(words)) {
      assert.ok(message.trim(), key);
      assert.deepEqual(values(message), values(english[key].message), key);
      assert.deepEqual(placeholders, english[key].placeholders, key);
    }
  });

  test(`${language} is short enough for the stores`, () => {
    assert.ok(words.description.message.length <= 132, words.description.message);
  });
}
