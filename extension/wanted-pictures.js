// Which pictures of which articles are still to be brought, in IndexedDB. Only articles that the server has stand here:
// losing any of it loses no text.

import { database } from "./database.js";

/**
 * @typedef {{ id: number, pictures: string[], tries: number }} Entry
 *   An article and the addresses of its pictures that are not kept yet.
 */

const transact = database("quietpage-pictures", { articles: { keyPath: "id" } });
const MOST_TRIES = 3; // afterwards an article's pictures rest until the person allows more
const MOST_ARTICLES = 200; // that rest or wait; the oldest go first

/** Notes what to bring. It is on disk when this returns. @param {number} id @param {string[]} pictures */
export async function put(id, pictures) {
  await transact("readwrite", (articles) => articles.put({ id, pictures, tries: 0 }));
  await forgetOldest();
}

/** The articles whose pictures are to be tried again. @returns {Promise<Entry[]>} */
export async function waiting() {
  return (await all()).filter((entry) => entry.tries < MOST_TRIES);
}

/** Notes what is left of an article's pictures. @param {number} id @param {string[]} left @param {number} tries */
export async function settle(id, left, tries) {
  await transact("readwrite", (articles) => (left.length ? articles.put({ id, pictures: left, tries }) : articles.delete(id)));
}

/** Lets all be tried again: something that stood in the way is gone. */
export async function wakeAll() {
  for (const { id, pictures } of await all()) await settle(id, pictures, 0);
}

/** @returns {Promise<Entry[]>} by id, which is by age */
async function all() {
  return transact("readonly", (articles) => articles.getAll());
}

async function forgetOldest() {
  const entries = await all();
  for (const { id } of entries.slice(0, Math.max(0, entries.length - MOST_ARTICLES))) await settle(id, [], 0);
}
