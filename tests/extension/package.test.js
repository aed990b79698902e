// The extension as a whole: what it may do, how large it is, that its words are there, that no page can inject into it.

import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { test } from "node:test";

const FOLDER = new URL("../../extension/", import.meta.url);
const files = readdirSync(FOLDER, { recursive: true }).filter((name) => statSync(new URL(name, FOLDER)).isFile());
const content = (name) => readFileSync(new URL(name, FOLDER), "utf8");
const scripts = files.filter((name) => name.endsWith(".js"));
const manifest = JSON.parse(content("manifest.json"));
const messages = JSON.parse(content("_locales/en/messages.json"));

test("it asks for no more power than the click needs", () => {
  assert.deepEqual(manifest.permissions.toSorted(), ["activeTab", "alarms", "contextMenus", "scripting", "storage"]);
  assert.deepEqual(manifest.host_permissions, ["http://127.0.0.1/*"]);
  assert.deepEqual(manifest.optional_host_permissions, ["http://*/*", "https://*/*"], "asked for only when a link, many tabs or imported addresses are to be saved");
  assert.deepEqual(manifest.content_scripts.map((one) => one.matches), [["http://127.0.0.1/connect/*"]]);
});

test("its pages load nothing from elsewhere and speak to this machine only", () => {
  const policy = manifest.content_security_policy.extension_pages;
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /connect-src http: https:;/); // the background reads pictures; the pages may not, by their own policy
  assert.doesNotMatch(policy.replace("connect-src http: https:", ""), /unsafe|https:|data:/);
  for (const page of files.filter((name) => name.endsWith(".html")))
    assert.match(content(page), /<meta http-equiv="Content-Security-Policy" content="connect-src http:\/\/127\.0\.0\.1:\*">/, page);
});

test("it stays small: less than 185 KiB beside its icons and languages", () => {
  const bytes = files.filter((name) => !/^(icons|_locales)/.test(name)).reduce((sum, name) => sum + statSync(new URL(name, FOLDER)).size, 0);
  assert.ok(bytes < 185 * 1024, `${bytes} bytes`);
});

test("every file the manifest names is there", () => {
  const named = [...JSON.stringify(manifest).matchAll(/"([\w/-]+\.(?:js|html|png|svg))"/g)].map((match) => match[1]);
  for (const name of named) assert.ok(files.includes(name), name);
});

test("no script makes HTML of text", () => {
  for (const name of scripts)
    assert.doesNotMatch(content(name), /innerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/, name);
});

test("three files fetch: from the server, pictures, and a PDF in its tab; two store, settings and clicks; one opens databases", () => {
  const users = (/** @type {RegExp} */ pattern) => scripts.filter((name) => pattern.test(content(name))).toSorted();
  assert.deepEqual(users(/\bfetch\(/), ["api.js", "page/pdf.js", "pictures.js"]);
  assert.deepEqual(users(/chrome\.storage/), ["clicks.js", "settings.js"]);
  assert.deepEqual(users(/indexedDB/), ["database.js"]);
});

test("every file says first what it is for", () => {
  for (const name of scripts) assert.match(content(name), /^\/\/ [A-Z].+/, name);
});

/** The keys of all messages that the code asks for. A key with a hole in it stands for all that fit. */
function used() {
  const all = files.filter((name) => /\.(js|html|json)$/.test(name) && !name.startsWith("_locales")).map(content).join("\n");
  const keys = [...all.matchAll(/\btext\("(\w+)"|data-text="(\w+)"|__MSG_(\w+)__/g)].map((match) => match[1] ?? match[2] ?? match[3]);
  const conditional = [...all.matchAll(/\btext\(.*? \? "(\w+)" : "(\w+)"\)/g)].flatMap((match) => [match[1], match[2]]);
  const holes = [...all.matchAll(/\btext\(`([^`]+)`/g)].map((match) => new RegExp(`^${match[1].replace(/\$\{.*?\}/g, "\\w+")}$`));
  return { keys: new Set([...keys, ...conditional]), holes };
}

test("every word that is asked for is there", () => {
  for (const key of used().keys) assert.ok(key in messages, key);
});

test("every word that is there is asked for", () => {
  const { keys, holes } = used();
  for (const key of Object.keys(messages)) assert.ok(keys.has(key) || holes.some((hole) => hole.test(key)), key);
});

test("every reason and every state has its words", () => {
  const reasons = [...content("capture.js").match(/@typedef \{("browser_page".*?)\} Reason/)[1].matchAll(/"(\w+)"/g)].map((match) => match[1]);
  for (const reason of [...reasons, "own_page", "not_kept", "not_allowed", "asleep", "no_answer", "closed", "click_lost"]) assert.ok(`notice_${reason}` in messages, reason);
  for (const state of ["ready", "unconnected", "pairing", "revoked", "down", "stranger", "blocked", "old_server", "old_extension"])
    assert.ok(`state_${state}` in messages && `state_${state}_text` in messages, state);
  for (const [, trouble] of content("articles.js").match(/@typedef \{("down".*?)\} Trouble/s)[1].matchAll(/"(\w+)"/g))
    assert.ok(`trouble_${trouble}` in messages, trouble);
});
