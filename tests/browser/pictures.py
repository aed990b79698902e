"""Pictures of pages that are kept in the repository: made in fixed fonts, small, and compared by what people see.

A picture carries the words that it shows and the colors that the page names for them, and these must be the same. Its
pixels are compared a cell of 8 × 8 at a time: how a browser smooths and places its letters nearly disappears in that,
and what moves does not. Measured in November 2026: without subpixel positioning 0 to 1.4 % of the cells differ, after a
page's header moved by 4 pixels 8 to 19 %.
"""

from __future__ import annotations

import json
import struct
import zlib
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

from browser.chromium import Chromium
from images import chunk

STATIC = Path(__file__).parent.parent.parent / "server" / "quietpage" / "web" / "static"
PICTURES = STATIC / "guide"
FAMILIES = ("serif", "sans", "mono")
CELL = 8  # pixels of the page, at each side
TOLERANCE = 24  # of 255, in any channel of a cell: the smoothing of letters moves it by less than 10
MOST_DIFFERING = 0.03  # share of the cells

# Each page has its text in fonts of ours, whatever the machine has; from their bytes, which no page's policy refuses
FONTS = """await (async () => {
  for (const [name, data] of Object.entries(args)) {
    const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
    document.fonts.add(await new FontFace(`Picture ${name}`, bytes, { weight: "400 700" }).load());
  }
  const style = new CSSStyleSheet();
  style.replaceSync(`
    :root { --serif: "Picture serif" !important; --sans: "Picture sans" !important; --mono: "Picture mono" !important }
    :root, .reader, .body { --face: "Picture serif" !important }
    :host * { font-family: "Picture sans" !important }
    :host .title { font-family: "Picture serif" !important }
    * { caret-color: transparent !important }`);
  const within = [...document.querySelectorAll("*")].flatMap((one) => one.shadowRoot ?? []);
  for (const tree of [document, ...within]) tree.adoptedStyleSheets = [...tree.adoptedStyleSheets, style];
  for (const image of document.images) await image.decode().catch(() => {});
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return true;
})()"""
# What is read in the picture, in the order of the page, and in which colors
SEEN = """(() => {
  const words = [];
  const colors = new Set();
  const range = document.createRange();
  const within = [...document.querySelectorAll("*")].flatMap((one) => one.shadowRoot ?? []);
  const walks = [document.body, ...within].map((tree) => document.createTreeWalker(tree, NodeFilter.SHOW_TEXT));
  for (const walk of walks) while (walk.nextNode()) {
    const text = walk.currentNode.data.replace(/\\s+/g, " ").trim();
    if (!text || /^(STYLE|SCRIPT)$/.test(walk.currentNode.parentElement.tagName)) continue;
    if (!walk.currentNode.parentElement.checkVisibility({ visibilityProperty: true })) continue;
    range.selectNodeContents(walk.currentNode);
    const box = range.getBoundingClientRect();
    const middle = (box.top + box.bottom) / 2;
    if (box.width <= 1 || box.height <= 1 || middle <= 0 || middle >= innerHeight || box.right <= 0) continue;
    words.push(text);
    for (let one = walk.currentNode.parentElement; one; one = one.parentElement) {
      const { color, backgroundColor, borderTopColor } = getComputedStyle(one);
      for (const named of [color, backgroundColor, borderTopColor]) colors.add(named);
    }
  }
  return { words, colors: [...colors].sort() };
})()"""
# A picture in at most 64 colors: the commonest ones, and for each other the nearest of them
REDUCE = """await (async () => {
  const image = new Image();
  image.src = args;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const paper = canvas.getContext("2d");
  paper.drawImage(image, 0, 0);
  const pixels = new Uint32Array(paper.getImageData(0, 0, image.width, image.height).data.buffer);
  const counts = new Map();
  for (const one of pixels) counts.set(one, (counts.get(one) ?? 0) + 1);
  const palette = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 64).map(([color]) => color);
  const far = (a, b) => [0, 8, 16].reduce((sum, bit) => sum + (((a >> bit) & 255) - ((b >> bit) & 255)) ** 2, 0);
  const place = new Map(palette.map((color, index) => [color, index]));
  for (const color of counts.keys()) {
    if (place.has(color)) continue;
    let best = 0;
    for (const index of palette.keys()) if (far(color, palette[index]) < far(color, palette[best])) best = index;
    place.set(color, best);
  }
  let bytes = "";
  for (const one of pixels) bytes += String.fromCharCode(place.get(one));
  return { width: image.width, height: image.height, palette, pixels: btoa(bytes) };
})()"""
DIFFERING = """await (async () => {
  const small = [];
  for (const url of args.pictures) {
    const image = new Image();
    image.src = url;
    await image.decode();
    const [width, height] = [image.width, image.height].map((one) => Math.floor(one / args.cell));
    const paper = new OffscreenCanvas(width, height).getContext("2d");
    paper.imageSmoothingQuality = "high";
    paper.drawImage(image, 0, 0, width, height);
    small.push({ size: `${image.width} × ${image.height}`, data: paper.getImageData(0, 0, width, height).data });
  }
  const [a, b] = small;
  if (a.size !== b.size) return 1;
  const cells = a.data.length / 4;
  const apart = (at) => Math.abs(a.data[at] - b.data[at]) > args.tolerance;
  const far = (at) => apart(at) || apart(at + 1) || apart(at + 2);
  return Array.from({ length: cells }, (_, cell) => far(4 * cell)).filter(Boolean).length / cells;
})()"""


Seen = dict[str, list[str]]


def take(browser: Chromium, scale: float) -> tuple[bytes, Seen]:
    """The page as it stands, in fixed fonts, and its words and colors."""
    fonts = {name: b64encode((STATIC / "fonts" / f"{name}-latin.woff2").read_bytes()).decode() for name in FAMILIES}
    browser.js(FONTS, fonts)
    seen: Seen = browser.js(SEEN)
    session = browser.context.new_cdp_session(browser.page)
    try:
        size = browser.page.viewport_size
        assert size
        clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": scale}
        clip["y"] = browser.js("scrollY")
        shot = session.send("Page.captureScreenshot", {"format": "png", "clip": clip})
    finally:
        session.detach()
    return b64decode(shot["data"]), seen


def url_of(png: bytes) -> str:
    return f"data:image/png;base64,{b64encode(png).decode()}"


def reduced(browser: Chromium, png: bytes, seen: Seen) -> bytes:
    """The same as a small file that says what is seen in it. The browser goes to an empty page for that."""
    browser.goto("about:blank")
    made: dict[str, Any] = browser.js(REDUCE, url_of(png))
    width, height, pixels = made["width"], made["height"], b64decode(made["pixels"])
    rows = b"".join(b"\0" + pixels[at : at + width] for at in range(0, len(pixels), width))
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    palette = b"".join(bytes((one & 255, one >> 8 & 255, one >> 16 & 255)) for one in made["palette"])
    said = b"Description\0\0\0\0\0" + json.dumps(seen, ensure_ascii=False).encode()
    parts = (b"IHDR", header), (b"PLTE", palette), (b"iTXt", said), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(name, data) for name, data in parts)


def seen_in(png: bytes) -> Seen:
    """The words and colors that a picture says it shows."""
    at = 8
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        if png[at + 4 : at + 8] == b"iTXt":
            said: Seen = json.loads(png[at + 8 : at + 8 + length].split(b"\0\0\0\0\0", 1)[1])
            return said
        at += 12 + length
    return {}


def differing(browser: Chromium, one: bytes, other: bytes, scale: float) -> float:
    """The share of two pictures that a person would see to differ. The browser goes to an empty page for that."""
    browser.goto("about:blank")
    pictures = [url_of(one), url_of(other)]
    return float(browser.js(DIFFERING, {"pictures": pictures, "cell": CELL * scale, "tolerance": TOLERANCE}))
