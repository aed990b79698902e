// The rendered page, as the person sees it: has the files of page/ read it in the tab, and says why where they cannot.

/** @typedef {{ url: string, title: string, html?: string, pdf?: string, captured_at: string, passage?: string }} PageRead html or pdf, in base64; `passage` was being read */
/** @typedef {"browser_page" | "web_store" | "file" | "pdf" | "pdf_too_large" | "not_html" | "error_page" | "too_large" | "no_selection" | "unreadable"} Reason */
/** @typedef {"page" | "selection" | "image"} Part only what is selected, or one picture, is an article of its own */

const MOST_HTML_BYTES = 20 * 1024 * 1024;
const WEB_STORES = [
  "chromewebstore.google.com/",
  "chrome.google.com/webstore",
  "microsoftedge.microsoft.com/addons",
  "addons.mozilla.org/",
];
// In this order: what stands at the top of a file is made when it is injected.
const PAGE_SCRIPTS = ["dom", "pace", "shown", "pictures", "left-out", "copy", "selection", "image", "lighten", "pdf", "read"].map(
  (name) => `/page/${name}.js`,
);
const WAITS_MS = [20, 40, 60, 80]; // the click's permission reaches the page's process a moment after the click

/** A page that no extension can read, or that is no page. `reason` names a message. */
export class CannotCapture extends Error {
  /** @param {Reason} reason */
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/**
 * Reads the page in a tab, or what is selected there, or the picture from the address `image`. Raises CannotCapture.
 * @param {chrome.tabs.Tab} tab
 * @param {{ part?: Part, image?: string }} [asked]
 * @returns {Promise<PageRead>}
 */
export async function capture(tab, { part = "page", image = "" } = {}) {
  const read = await inject(Number(tab.id), { part, image }).catch((error) => {
    throw new CannotCapture(whyUnreadable(tab.url ?? "", String(error)));
  });
  if (!read) throw new CannotCapture(whyUnreadable(tab.url ?? "", "")); // Firefox's own pages give nothing, and no error
  if (typeof read === "string") throw new CannotCapture(read);
  return read;
}

/** @param {number} tabId @param {{ part: Part, image: string }} wanted @returns {Promise<PageRead | Reason | undefined>} */
async function inject(tabId, wanted) {
  const target = { tabId };
  await withPermission(() => chrome.scripting.executeScript({ target, files: PAGE_SCRIPTS }));
  const [frame] = await chrome.scripting.executeScript({
    target,
    func: (asked) => /** @type {any} */ (globalThis).readPage(asked),
    args: [{ ...wanted, mostBytes: MOST_HTML_BYTES }],
  });
  return frame?.result;
}

/** Tries again where the permission comes a moment late. @param {() => Promise<unknown>} act */
async function withPermission(act) {
  for (const wait of [...WAITS_MS, 0]) {
    try {
      return await act();
    } catch (error) {
      if (!wait || !/cannot access contents/i.test(String(error))) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

/** Why the browser let no extension in. @param {string} url @param {string} error @returns {Reason} */
export function whyUnreadable(url, error) {
  if (/showing error page/i.test(error)) return "error_page";
  if (WEB_STORES.some((store) => url.startsWith(`https://${store}`))) return "web_store";
  if (url.startsWith("file:")) return "file";
  if (/^https?:[^?#]*\.pdf([?#]|$)/i.test(url)) return "pdf";
  return /^https?:/.test(url) ? "unreadable" : "browser_page";
}
