// What is asked of a server that has proved itself: save a page, tag it, take it back, find it.

import { call, ownLink, SAVE_MS } from "./api.js";

/** @typedef {import("./outbox.js").Capture} Capture */
/** @typedef {{ url: string, connection?: import("./settings.js").Connection }} Place where, and as whom */
/**
 * @typedef {{ outcome: "created" | "updated" | "unchanged", title: string, kept_words: number, seen_words: number,
 *   pictures: number, asks_to_sign_in: boolean, versions: number, saved_at: string,
 *   change: { since: string, paragraphs: number } | null }} Receipt what a save came to, as the server says it
 * @typedef {{ id: number, tags: string[], warning: string, pictures: string[], receipt?: Receipt }} Kept
 *   `warning` says why what is kept may be no article; `pictures` are the addresses of those to bring
 * @typedef {"down" | "unconnected" | "revoked" | "stranger" | "blocked" | "old_server" | "old_extension" | "full" |
 *   "large" | "refused" | "defect"} Trouble the first ones are states of the server; the others are its answers
 * @typedef {{ kind: "later" | "refused", trouble: Trouble | "ready", reason: string }} Failure
 *   later: worth trying again as it is. refused: sending it again is no use. `reason` is the server's own words.
 * @typedef {{ kind: "saved", open: string, kept: Kept } | Failure} Delivery
 */

const ASK_MS = 5000;
/** What a status means for a page that was sent; any other from 500 up is a defect. @type {Record<number, Trouble>} */
const TROUBLES = { 401: "revoked", 413: "large", 426: "old_extension", 507: "full" };
const PASSING = [401, 408, 425, 426, 429];

/**
 * Sends a capture. The server knows a repeated `capture_id`, so sending again whatever was not answered doubles nothing.
 * @param {Capture & { receipt?: boolean }} capture @param {Place} place
 * @returns {Promise<Delivery>}
 */
export async function save(capture, { url, connection }) {
  let answer;
  try {
    answer = await call(`${url}/api/articles`, { ms: SAVE_MS, token: connection?.token, body: capture });
  } catch {
    return { kind: "later", trouble: "down", reason: "" };
  }
  const { status, body } = answer;
  const kept = status === 422 ? body?.kept : status < 300 ? body : undefined; // 422: no article, but what there was is kept
  if (kept?.links) return { kind: "saved", open: ownLink(kept.links.open ?? kept.links.reader, url), kept: keptAs(kept, body) };
  const later = status < 400 || status >= 500 || PASSING.includes(status);
  const trouble = TROUBLES[status] ?? (later ? "defect" : "refused");
  return { kind: later ? "later" : "refused", trouble, reason: body?.detail ?? body?.title ?? `HTTP ${status}` };
}

/** @param {any} kept @param {any} body @returns {Kept} */
function keptAs({ id, tags, receipt, missing_images }, { detail, warning }) {
  return { id, tags: tags ?? [], warning: detail ?? warning ?? "", pictures: missing_images ?? [], receipt };
}

/** Moves an article to the trash. @param {number} id @param {Place} place */
export const discard = (id, place) => ask(`/api/articles/${id}`, place, "DELETE");

/** Takes the newest version of an article back. @param {number} id @param {number} version @param {Place} place */
export const takeBack = (id, version, place) => ask(`/api/articles/${id}/versions/${version}`, place, "DELETE");

/** Takes an article out of the trash. @param {number} id @param {Place} place */
export const restore = (id, place) => ask(`/api/articles/${id}/restore`, place, "POST");

/** Gives an article these tags and no others. @param {number} id @param {string[]} tags @param {Place} place */
export const setTags = (id, tags, place) => ask(`/api/articles/${id}`, place, "PATCH", { tags });

/** The commonest tags that begin so. @param {string} begins @param {Place} place @returns {Promise<string[]>} */
export async function tags(begins, place) {
  return (await ask(`/api/tags?${new URLSearchParams({ begins })}`, place, "GET")).tags;
}

/** The article kept from an address; raises an Error when there is none. @param {string} url @param {Place} place @returns {Promise<{ saved_at: string }>} */
export const lookUp = (url, place) => ask(`/api/articles/lookup?${new URLSearchParams({ url })}`, place, "GET");

/** @typedef {{ id: number, title: string, site: string | null, url: string, links: { reader: string } }} Hit */

/** The best hits of a search. @param {string} q @param {number} limit @param {Place} place @returns {Promise<{ hits: Hit[] }>} */
export const search = (q, limit, place) => ask(`/api/articles?${new URLSearchParams({ q, limit: String(limit) })}`, place, "GET");

/** @typedef {{ id: number, url: string, title: string, failure: { why: string, status: number | null } | null }} Entry one that is not captured yet */

/** The next entries without their pages. @param {Record<string, string>} query @param {Place} place @returns {Promise<{ entries: Entry[], to_try: number, failed: number, next_cursor: string | null }>} */
export const uncaptured = (query, place) => ask(`/api/uncaptured?${new URLSearchParams(query)}`, place, "GET");

/** Says why the page of an entry could not be captured. @param {number} id @param {object} failure @param {Place} place */
export const noteFailure = (id, failure, place) => ask(`/api/uncaptured/${id}/failure`, place, "PUT", failure);

/** Has all that failed tried again. @param {Place} place */
export const tryAgain = (place) => ask("/api/uncaptured/failures", place, "DELETE");

/**
 * Raises an Error with the server's words where it does not do it, or does not answer.
 * @param {string} path @param {Place} place @param {string} method @param {object} [body]
 * @returns {Promise<any>}
 */
async function ask(path, { url, connection }, method, body) {
  const { status, body: answer } = await call(`${url}${path}`, { ms: ASK_MS, token: connection?.token, method, body });
  if (status >= 300) throw new Error(answer?.detail ?? `HTTP ${status}`);
  return answer;
}
