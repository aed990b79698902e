// A browser's extension interfaces, as small as the tests need them. Importing it puts `chrome` in place.

/** An event whose listeners a test calls with `fire`. */
function event() {
  const listeners = [];
  return {
    addListener: (listener) => listeners.push(listener),
    removeListener: (listener) => listeners.splice(listeners.indexOf(listener), 1),
    fire: (...values) => [...listeners].map((listener) => listener(...values)),
  };
}

const stored = new Map();
export const session = new Map(); // outlives a stopped background, not the browser
const changed = event();
const copy = (value) => JSON.parse(JSON.stringify(value)); // storage keeps copies, never the objects

export const badge = { text: {}, title: {} };
export const alarms = new Map();
export const tabs = new Map();
export const menus = [];
export const scripts = []; // that run on every page
export const cards = []; // what was shown in the corner of pages
export const asked = []; // sites for which leave was asked
export const opened = []; // addresses of new tabs, and "options"
export const granted = { loopback: true, everySite: false };
export const page = { read: () => undefined }; // what executeScript answers

export function reset() {
  stored.clear();
  session.clear();
  alarms.clear();
  tabs.clear();
  opened.length = 0;
  asked.length = 0;
  cards.length = 0;
  scripts.length = 0;
  badge.text = {};
  badge.title = {};
  Object.assign(granted, { loopback: true, everySite: false });
}

globalThis.BroadcastChannel = class {
  postMessage() {}
};

globalThis.chrome = {
  storage: {
    local: {
      get: async (name) => (stored.has(name) ? { [name]: copy(stored.get(name)) } : {}),
      set: async (values) => {
        for (const [name, value] of Object.entries(values)) stored.set(name, copy(value));
        changed.fire();
      },
      remove: async (name) => {
        stored.delete(name);
        changed.fire();
      },
      onChanged: changed,
    },
    session: {
      get: async (name) => (name === null ? Object.fromEntries(session) : session.has(name) ? { [name]: copy(session.get(name)) } : {}),
      set: async (values) => Object.entries(values).forEach(([name, value]) => session.set(name, copy(value))),
      remove: async (name) => void session.delete(name),
    },
  },
  permissions: {
    contains: async ({ origins }) => (origins[0].includes("//*/") ? granted.everySite : granted.loopback),
    request: async ({ origins }) => !asked.push(...origins),
    getAll: async () => ({ origins: granted.loopback ? ["http://127.0.0.1/connect/*"] : [] }),
    onAdded: event(),
  },
  alarms: {
    onAlarm: event(),
    get: async (name) => alarms.get(name),
    create: async (name, info) => void alarms.set(name, { name, scheduledTime: info.when, ...info }),
    clear: async (name) => alarms.delete(name),
  },
  action: {
    onClicked: event(),
    setBadgeText: async ({ text, tabId = "all" }) => void (badge.text[tabId] = text),
    setTitle: async ({ title, tabId = "all" }) => void (badge.title[tabId] = title),
    getTitle: async ({ tabId = "all" }) => badge.title[tabId] ?? "",
    setBadgeBackgroundColor: async () => {},
    setBadgeTextColor: async () => {},
  },
  tabs: {
    onUpdated: event(),
    get: async (id) => tabs.get(id),
    query: async ({ url = "" } = {}) => [...tabs.values()].filter((tab) => String(tab.url).replace(/:\d+(?=\/)/, "").startsWith(url.replace(/\*$/, ""))),
    update: async (id, { url } = {}) => (typeof id === "object" ? void opened.push(id.url) : url) && tabs.set(id, { ...tabs.get(id), url }),
    create: async ({ url }) => void opened.push(url),
  },
  scripting: {
    getRegisteredContentScripts: async () => scripts.slice(),
    registerContentScripts: async (added) => void scripts.push(...added),
    unregisterContentScripts: async () => void (scripts.length = 0),
    executeScript: async ({ func, args = [] }) => {
      if (!func) return [{}]; // files: what they hold is called by another
      if (func.name === "showCard") return [{ result: void cards.push(args[0]) }];
      if (func.name === "focusCard") return [{ result: page.hasCard }];
      return [{ result: page.read(args[0]?.part) }];
    },
  },
  omnibox: { onInputStarted: event(), onInputChanged: event(), onInputEntered: event(), setDefaultSuggestion: () => {} },
  commands: { onCommand: event() },
  contextMenus: { onClicked: event(), removeAll: (done) => done((menus.length = 0)), create: (item) => void menus.push(item) },
  runtime: {
    onStartup: event(),
    onInstalled: event(),
    onMessage: event(),
    id: "us",
    getManifest: () => ({ version: "0.1.0" }),
    getURL: (path) => `chrome-extension://us/${path}`,
    openOptionsPage: async () => void opened.push("options"),
  },
  i18n: { getMessage: (key, values = []) => [key, ...values].join(" "), getUILanguage: () => "en" },
};
