// Clicks that nothing has come of yet. A background may be stopped before the page is read; the next one takes them up.

/** @typedef {import("./saving.js").Wish} Wish */
/** @typedef {{ tabId: number, url: string, wish: Wish, capture_id: string, time: number, isTakenUp?: boolean }} Click `time` in ms since 1970 */

const FIRST_MS = 2000; // Chrome makes it 30 seconds for all but unpacked extensions
const PERIOD_MINUTES = 0.5;
const PREFIX = "click "; // and the tab: names the note, the lock and the alarm

/**
 * Does what a click asks for. Its note outlives this background, the lock does not: so a note that nobody works on is
 * that of a click which was lost.
 * @param {import("./saving.js").Tab} tab @param {Wish} wish @param {(click: Click) => Promise<unknown>} work
 */
export async function attend({ id: tabId, url = "" }, wish, work) {
  const click = { tabId, url, wish, capture_id: crypto.randomUUID(), time: Date.now() };
  const name = PREFIX + tabId;
  const alarm = { when: Date.now() + FIRST_MS, periodInMinutes: PERIOD_MINUTES }; // starts another background
  const noted = Promise.all([chrome.storage.session.set({ [name]: click }), chrome.alarms.create(name, alarm)]); // first of all
  await navigator.locks.request(name, { mode: "shared" }, async () => {
    await work(click);
    await noted;
    await settled(click);
  });
}

/** Nothing can be lost any more: the outbox has the page, or the person was told. @param {Click} click */
export async function settled({ tabId, capture_id }) {
  if ((await noteOf(PREFIX + tabId))?.capture_id === capture_id) await forget(PREFIX + tabId);
}

/** @param {string} name of an alarm */
export const isReminder = (name) => name.startsWith(PREFIX);

/**
 * Takes up what a stopped background has left.
 * @param {(click: Click) => Promise<unknown>} work @param {string} [reminder] the alarm that rang, if one did
 */
export async function takeUp(work, reminder = "") {
  const names = Object.keys(await chrome.storage.session.get(null)).filter(isReminder);
  if (reminder && !names.includes(reminder)) await forget(reminder);
  for (const name of names)
    await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
      const click = lock && (await noteOf(name)); // another may be at it, or have done it
      if (!click) return;
      await work({ ...click, isTakenUp: true });
      await settled(click);
    });
}

/** @param {string} name */
async function forget(name) {
  await Promise.all([chrome.storage.session.remove(name), chrome.alarms.clear(name)]);
}

/** @param {string} name @returns {Promise<Click | undefined>} */
async function noteOf(name) {
  return /** @type {any} */ (await chrome.storage.session.get(name))[name];
}
