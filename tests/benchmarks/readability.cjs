// Mozilla's Readability.js as a process that answers a line of JSON for each line: see extractors.py.
"use strict";
const readline = require("node:readline");

const dom = process.argv[2];
const say = (value) => process.stdout.write(JSON.stringify(value) + "\n");
const peakBytes = () => process.resourceUsage().maxRSS * 1024;

/** Give the function that makes a document of HTML, by the library asked for. */
function documentMaker() {
  if (dom === "linkedom") {
    const { parseHTML } = require("linkedom");
    return (html) => parseHTML(html).document;
  }
  const { JSDOM, VirtualConsole } = require("jsdom");
  const silent = new VirtualConsole(); // broken style sheets are no news
  return (html, url) => new JSDOM(html, { url, virtualConsole: silent }).window.document;
}

/** An absolute address: some sets name pages by file. */
const address = (url) => (URL.canParse(url) ? url : "http://page.invalid/");

function serve() {
  const { Readability } = require("@mozilla/readability");
  const makeDocument = documentMaker();
  const version = require("@mozilla/readability/package.json").version;
  say({ ready: `${version} on ${dom}`, peak_bytes: peakBytes() });
  readline.createInterface({ input: process.stdin }).on("line", (line) => {
    const { html, url } = JSON.parse(line);
    const page = Buffer.from(html, "base64").toString("utf8");
    const answer = {};
    const begun = process.cpuUsage();
    try {
      const found = new Readability(makeDocument(page, address(url))).parse();
      answer.html = found?.content ?? "";
      answer.facts = { title: found?.title, author: found?.byline, date: found?.publishedTime };
    } catch (error) {
      answer.error = String(error).slice(0, 200);
    }
    const used = process.cpuUsage(begun);
    say({ ...answer, cpu_ms: (used.user + used.system) / 1000, peak_bytes: peakBytes() });
  });
}

try {
  serve();
} catch (error) {
  say({ missing: String(error.message).split("\n")[0] });
}
