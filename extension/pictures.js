// Pictures, after the text is safe: each is read where the browser may read it, and sent to the server, which judges it.
//
// Who may read what with activeTab alone, tried in Chromium 156 and Firefox 153:
// - The background of Chromium reads pictures of the tab's site until the tab goes on, with their cookies; what has
//   begun by then is not cut off. It has a cache of its own. The background of Firefox may not.
// - In the page, a fetch reads pictures of the page's site from the page's cache, until the tab goes on. In Firefox the
//   page's own policy (connect-src) may forbid it. It is used in Firefox alone, since the reader has to wait for it.
// - The background of both reads at any time what its site offers to everybody (Access-Control-Allow-Origin: *), and
//   everything once the person has allowed all sites.

import * as api from "./api.js";
import { EVERYWHERE } from "./every-site.js";
import * as settings from "./settings.js";
import * as wanted from "./wanted-pictures.js";

/** @typedef {{ url: string, connection?: settings.Connection }} Server one that has proved itself */
/** @typedef {"kept" | "later" | "hopeless" | "full" | "gone"} Fate */

export const RESUME = "pictures";
const RESUME_MINUTES = 1;
const MOST_IMAGE_BYTES = 8 * 1024 * 1024; // as the server has it
const MOST_ARTICLE_BYTES = 40 * 1024 * 1024; // as well
const PAGE_MS = 100; // how long the reader may wait for the page's cache, which answers in some 10
const READER_MS = 1500; // the reader is shown by then: it goes before the pictures
const FETCH_MS = 20_000; // browsers stop a background after 30 seconds
const THUMBNAIL = { width: 240, height: 180, type: "image/webp", quality: 0.8 }; // two pixels for each that a list shows
const THUMBNAIL_OF_PIXELS = 100; // on either side at least: smaller ones say nothing of an article
/** What the server's answers mean for a picture; any other is worth another try. @type {Record<number, Fate>} */
const FATES = { 200: "kept", 201: "kept", 400: "hopeless", 404: "gone", 409: "full", 413: "hopeless", 422: "hopeless" };
const OWN_MACHINE = /^(localhost|.*\.localhost|127\..*|0\.0\.0\.0|\[::1?\])$/; // no page may have us ask around here

/**
 * Begins to bring an article's pictures. It returns when the tab may go on to the reader: what only the page can read
 * is read by then, and what only the click's permission reads has begun.
 * @param {{ id: number, pictures: string[] }} article @param {Server} server @param {chrome.tabs.Tab} [tab]
 */
export async function begin(article, server, tab) {
  if (article.pictures.length) await start(article, server, tab).catch(() => {}); // the text is safe: nothing may stop it
}

/** @param {{ id: number, pictures: string[] }} article @param {Server} server @param {chrome.tabs.Tab} [tab] */
async function start({ id, pictures }, server, tab) {
  const noted = Promise.all([wanted.put(id, pictures), resumeLater()]);
  const [isAllowed, seen] = await Promise.all([chrome.permissions.contains(EVERYWHERE), readInPage(tab, pictures), noted]);
  const reading = readAll(pictures, isAllowed, seen);
  void hasGoneOn(tab).then(() => bring({ id, pictures, tries: 0 }, server, () => reading));
}

/** Goes on with what a stopped background, or a site that did not answer, left undone. */
export async function resume() {
  const waiting = await wanted.waiting();
  if (!waiting.length) return void (await chrome.alarms.clear(RESUME));
  await resumeLater();
  const connection = await settings.get("connection");
  const found = connection && (await api.find(connection));
  if (found?.state !== "ready") return;
  const isAllowed = await chrome.permissions.contains(EVERYWHERE);
  for (const entry of waiting)
    await bring(entry, { url: found.url, connection }, () => readAll(entry.pictures, isAllowed, new Map()));
}

/** The person has allowed more: all that rests is tried again. */
export async function wake() {
  await wanted.wakeAll();
  await resume();
}

/** Waits until the tab shows another page, as long as that may take. @param {chrome.tabs.Tab} [tab] @returns {Promise<void>} */
function hasGoneOn(tab) {
  return new Promise((resolve) => {
    /** @type {Parameters<typeof chrome.tabs.onUpdated.addListener>[0]} */
    const look = (id, { status }) => void (id === tab?.id && status === "complete" && done());
    const done = () => {
      chrome.tabs.onUpdated.removeListener(look);
      resolve();
    };
    chrome.tabs.onUpdated.addListener(look);
    setTimeout(done, tab ? READER_MS : 0);
  });
}

async function resumeLater() {
  if (!(await chrome.alarms.get(RESUME))) await chrome.alarms.create(RESUME, { periodInMinutes: RESUME_MINUTES });
}

/**
 * Brings the pictures of one article, and the thumbnail made of the first that can stand for it.
 * @param {wanted.Entry} entry @param {Server} server @param {() => Promise<Blob | Fate>[]} read
 */
function bring({ id, pictures, tries }, server, read) {
  return navigator.locks.request(`pictures ${id}`, { ifAvailable: true }, async (lock) => {
    if (!lock) return; // under way
    /** @type {Fate | undefined} */
    let end;
    const fates = await Promise.all(
      read().map(async (reading, place) => {
        const picture = await reading;
        if (end || !(picture instanceof Blob)) return picture;
        const fate = await send(`${id}/images`, picture, server, pictures[place]);
        if (fate === "full" || fate === "gone") end = fate;
        return fate === "kept" ? picture : fate;
      }),
    );
    await sendThumbnail(id, fates, server);
    await wanted.settle(id, end ? [] : pictures.filter((_, place) => fates[place] === "later"), tries + 1);
  });
}

// Reading

/**
 * Begins to read all pictures: when it returns, every request is on its way.
 * @param {string[]} sources @param {boolean} isAllowed whether the person has allowed all sites
 * @param {Map<string, Blob>} seen what the page has read already
 * @returns {Promise<Blob | Fate>[]}
 */
function readAll(sources, isAllowed, seen) {
  const budget = { bytes: MOST_ARTICLE_BYTES };
  return sources.map((source) => {
    const picture = seen.get(source);
    return picture ? Promise.resolve(picture) : read(source, isAllowed, budget);
  });
}

/** What Firefox's page can read of its own site's pictures, quickly. @param {chrome.tabs.Tab | undefined} tab @param {string[]} sources */
async function readInPage(tab, sources) {
  if (!tab?.id || !chrome.runtime.getURL("").startsWith("moz-extension:")) return new Map();
  /** @type {[string[], number, number]} */
  const args = [sources, PAGE_MS, MOST_IMAGE_BYTES];
  const injection = { target: { tabId: tab.id }, func: readFromCache, args };
  const [injected] = await chrome.scripting.executeScript(injection).catch(() => []);
  return new Map(injected?.result ?? []); // Firefox hands blobs over as they are
}

/**
 * Runs in the page, so nothing from outside it can be used here.
 * @param {string[]} sources @param {number} ms @param {number} most bytes of one
 * @returns {Promise<[string, Blob][]>} each source that was read in time
 */
async function readFromCache(sources, ms, most) {
  /** @type {[string, Blob][]} */
  const read = [];
  const signal = AbortSignal.timeout(ms);
  const own = sources.filter((source) => source.startsWith(`${location.origin}/`));
  await Promise.allSettled(
    own.map(async (source) => {
      const response = await fetch(source, { cache: "force-cache", signal });
      const picture = await response.blob();
      if (response.ok && picture.size <= most) read.push([source, picture]);
    }),
  );
  return read;
}

/**
 * Reads a picture from its site.
 * @param {string} source @param {boolean} isAllowed @param {{ bytes: number }} budget
 * @returns {Promise<Blob | Fate>} why not, where it cannot
 */
async function read(source, isAllowed, budget) {
  if (!URL.canParse(source) || isOwnMachine(source)) return "hopeless";
  const signal = AbortSignal.timeout(FETCH_MS);
  try {
    const response = await fetch(source, { cache: "force-cache", signal, ...(isAllowed && { credentials: "include" }) });
    if (isOwnMachine(response.url || source)) return "hopeless"; // where it was led to
    if (!response.ok) return response.status >= 500 || [408, 429].includes(response.status) ? "later" : "hopeless";
    return (await bodyOf(response, budget)) ?? "hopeless";
  } catch {
    return "later"; // no network, too slow, or not allowed yet
  }
}

/** @param {string} url */
export const isOwnMachine = (url) => OWN_MACHINE.test(new URL(url).hostname);

/** The body of an answer; undefined when it is larger than is kept. @param {Response} response @param {{ bytes: number }} budget */
async function bodyOf(response, budget) {
  /** @type {BlobPart[]} */
  const parts = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    size += next.value.length;
    budget.bytes -= next.value.length;
    if (size > MOST_IMAGE_BYTES || budget.bytes < 0) return void (await reader?.cancel());
    parts.push(next.value);
  }
  return new Blob(parts);
}

// Sending

/** @param {string} path under the articles @param {Blob} picture @param {Server} server @param {string} [source] @returns {Promise<Fate>} */
async function send(path, picture, { url, connection }, source) {
  const body = await picture.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const query = source ? `?${new URLSearchParams({ source })}` : "";
  /** @type {RequestInit} */
  const asked = { method: "PUT", body, credentials: "omit", redirect: "error", referrerPolicy: "no-referrer" };
  const headers = { Authorization: `Bearer ${connection?.token}` };
  const signal = AbortSignal.timeout(FETCH_MS);
  const status = await fetch(`${url}/api/articles/${path}/${sha256}${query}`, { ...asked, headers, signal }).then(
    (answer) => answer.status,
    () => 0,
  );
  return FATES[status] ?? "later";
}

/** Sends a small picture for the lists. @param {number} id @param {(Blob | Fate)[]} pictures in the article's order @param {Server} server */
async function sendThumbnail(id, pictures, server) {
  for (const picture of pictures) {
    const small = picture instanceof Blob && (await shrink(picture).catch(() => undefined));
    if (small) return void (await send(`${id}/thumbnail`, small, server));
  }
}

/**
 * A thumbnail of the middle of a picture; undefined where the picture is too small. It is made here and not by the server
 * because a browser decodes hostile images in a sandbox of its own.
 * @param {Blob} picture
 */
async function shrink(picture) {
  const image = await createImageBitmap(picture);
  try {
    if (Math.min(image.width, image.height) < THUMBNAIL_OF_PIXELS) return undefined;
    const canvas = new OffscreenCanvas(THUMBNAIL.width, THUMBNAIL.height);
    const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
    const scale = Math.max(canvas.width / image.width, canvas.height / image.height);
    const [width, height] = [image.width * scale, image.height * scale];
    context.imageSmoothingQuality = "high";
    context.drawImage(image, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
    return await canvas.convertToBlob({ type: THUMBNAIL.type, quality: THUMBNAIL.quality });
  } finally {
    image.close();
  }
}
