"""A zoo of pages that are hard to capture, and what must be kept of each."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import Any

from browser.servers import PAGES, Answering
from pdf.document import column, document

LIGHT = document([column(["The keeper of the harbor light counts the ships every evening", "with a telescope."])])
KINDS = {".html": "text/html; charset=utf-8", ".xhtml": "application/xhtml+xml", ".js": "text/javascript"}
VECTOR = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200" width="300" height="200">'
    b'<rect width="300" height="200" fill="teal"/><text x="20" y="40">Drawn</text></svg>'
)
WATCH = b'<script src="/zoo/watch.js"></script>'


@dataclass(frozen=True)
class Kept:
    """What the article of a page must hold and must not hold: words of its text, pieces of its HTML.

    ``asked`` is what the capture is asked for, with ``%PORT%`` for the zoo's own; ``ready`` an expression that turns
    true when the page is.
    """

    words: tuple[str, ...] = ()
    never: tuple[str, ...] = ("octopus",)
    html: tuple[str, ...] = ()
    title: str = ""
    byline: str = ""
    asked: dict[str, str] | None = None
    ready: str = "document.readyState === 'complete' && document.documentElement.dataset.ready !== 'no'"


SELECT = """(getSelection().setBaseAndExtent(document.querySelector("#from").firstChild, 4,
  document.querySelector("#to").firstChild, 7), true)"""
SELECT_IN_SHADOW = """((text) => (getSelection().setBaseAndExtent(text, 8, text, 30), true))(
  document.querySelector("story-part").shadowRoot.querySelector("p").firstChild)"""

ZOO = {
    "shadow": Kept(("lantern", "compass", "This line stands between", "dusts them every spring")),
    "nested-slots": Kept(("anchor", "buoy", "dusts them every spring"), ("stowaway",)),
    "declarative": Kept(("mainsail", "blue book"), title="Declared in the markup"),
    "frames": Kept(("schooner", "blue book"), ("smuggler",), html=("/zoo/crew.html",)),
    "frameset": Kept(("capstan", "blue book"), ("too old",)),
    "cross-origin": Kept(("blue book", "dusts them"), ("schooner",), html=("site.test", "Notes from elsewhere")),
    "lazy": Kept(("Between two pictures",), ("larger.png", "small.png"), html=("/zoo/late.png", "/zoo/large.png")),
    "background": Kept(html=("/zoo/dusk.png", "from the roof")),
    "strict-csp": Kept(("jetty",)),
    "trusted-types": Kept(("bollard",)),
    "members": Kept(("harpoon",)),
    "route": Kept(("trawler",), ("dinghy",), title="Second route"),
    "endless": Kept(("barnacle", "barnacle number 3"), ("kraken",)),
    "xhtml.xhtml": Kept(("1 < 2 & galleon", "frigate"), title="A strict document"),
    "right-to-left": Kept(("שומרת המגדלור", "הספרים הישנים"), title="מגדלור"),
    "canvas": Kept(html=("data:image/png;base64,", "A chart of the tides", "The tides of one week")),
    "blob": Kept(never=("blob:",), html=("data:image/png;base64,", "Made on the spot")),
    "vector": Kept(never=(".svg",), html=("data:image/png;base64,", "Drawn in lines")),
    "tainted-canvas": Kept(("spinnaker",), ("data:image",)),
    "katex": Kept(("which every keeper knows",), ("drawn",), html=("<math", "msqrt")),
    "mathjax": Kept(("for those who listen",), ("drawn",), html=("a^2 + b^2", "<msup>")),
    "details": Kept(("paraffin", "tiller")),
    "content-visibility": Kept(("cormorant",), ("barracuda",)),
    "video": Kept(html=("/zoo/storm.mp4", "/zoo/large.png", "from the gallery")),
    "design-mode": Kept(("mizzen",)),
    "patched": Kept(("gunwale",)),
    "large": Kept(("ballast", "dusts them every spring")),
    "deep": Kept(("bathysphere",)),
    "selection": Kept(
        ("first selected paragraph begins", "ring(bell)\ncount(ships)", "A list item", "halfway"),
        ("The first", "blue book", "leftover", "octopus", "Copy", "dusts"),
        html=("<pre>", "<li>"),
        title="A passage",
        byline="Ada Quill",
        asked={"part": "selection"},
        ready=SELECT,
    ),
    "selection-shadow": Kept(
        ("shadow holds a lantern",),
        ("selected too", "Leftover", "blue book"),
        asked={"part": "selection"},
        ready=SELECT_IN_SHADOW,
    ),
    "image": Kept(
        ("The new light, seen from the pier",),
        ("blue book", "small.png", "octopus"),
        html=("/zoo/chosen.png", "A light at sea"),
        title="One picture of several",
        byline="Ada Quill",
        asked={"part": "image", "image": "http://127.0.0.1:%PORT%/zoo/chosen.png"},
    ),
    "picture.png": Kept(
        html=("/zoo/picture.png",), asked={"part": "image", "image": "http://127.0.0.1:%PORT%/zoo/picture.png"}
    ),
    "hidden": Kept(("coxswain", "lifebuoy")),
    "secrets": Kept(("pennant",)),
}

REFUSED = {  # what is no page, and why
    "picture.png": "not_html",
    "drawing.svg": "not_html",
    "feed.xml": "not_html",
}


class Zoo(Answering):
    """The pages of ``pages/zoo/``, each with a script that watches whether anybody changes it, and their pictures."""

    def __init__(self) -> None:
        super().__init__(self.page)

    def page(self, _method: str, path: str, _body: bytes) -> tuple[int, str, bytes]:
        name = path.removeprefix("/zoo/")
        if name.endswith(".png"):
            return 200, "image/png", picture(400, 300)
        if name == "light.pdf":
            return 200, "application/pdf", LIGHT
        if name == "drawing.svg":
            return 200, "image/svg+xml", VECTOR
        if name == "feed.xml":
            return 200, "application/xml", b"<list><item>No page</item></list>"
        if name == "for-members?member=yes":
            return 200, "text/plain", b"Only members are told of the harpoon above the door of the boat house."
        file = PAGES / "zoo" / name
        if not file.is_file():
            return 404, "text/plain", b"not here"
        content = file.read_bytes().replace(b"%PORT%", str(self.port).encode())
        content = content.replace(b"<head>", b"<head>" + WATCH, 1)
        return 200, KINDS[file.suffix], content

    def address(self, page: str) -> str:
        return f"http://127.0.0.1:{self.port}/zoo/{page if '.' in page else page + '.html'}"


def picture(width: int, height: int) -> bytes:
    """A grey PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\x80" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


CAPTURE = """await (async () => {
  const { capture } = await import("/capture.js");
  const tab = (await chrome.tabs.query({})).find((tab) => tab.url === args.url);
  return capture(tab, args.asked ?? undefined).catch((error) => ({ reason: error.reason ?? String(error) }));
})()"""


def captured(browser: Any, url: str, asked: dict[str, str] | None = None) -> dict[str, Any]:
    """What the extension reads of the tab with this address, or the ``reason`` why it does not."""
    return browser.in_extension(CAPTURE, {"url": url, "asked": asked})
