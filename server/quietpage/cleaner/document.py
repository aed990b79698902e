"""The whole page, parsed (lexbor through selectolax): the only file that knows the fast parser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from quietpage.cleaner.blocks import Block, Element, Picture, read_blocks
from quietpage.cleaner.depth import cap_depth

# What is gone before the body is read: nothing in these is the page's text, and most of it is markup of its own.
STRUCK = ["script", "style", "template", "svg", "noembed", "noframes", "object", "canvas"]
RAW = ["xmp", "plaintext"]  # shown as they are: their text would pass for tags when it is written out again


@dataclass(slots=True)
class Document:
    """A parsed page. ``elements``, ``blocks`` and ``pictures`` are in page order; see :func:`parse`.

    ``body`` is the body as the parser understood it: well formed, attributes in double quotes, nothing struck in it.
    """

    url: str
    tree: LexborHTMLParser
    scripts: list[str] = field(default_factory=list)  # JSON-LD
    body: str = ""
    elements: list[Element] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)

    @property
    def base_url(self) -> str:
        """Against which the page's links are resolved: <base href>, or the page's own URL."""
        base = self.tree.css_first("base[href]")
        if base is None:
            return self.url
        try:
            return urljoin(self.url, (base.attributes.get("href") or "").strip())
        except ValueError:
            return self.url

    def attribute(self, css: str, name: str) -> str | None:
        """An attribute of the first element that matches, stripped; None where there is none, or it is empty."""
        node = self.tree.css_first(css)
        return ((node.attributes.get(name) or "").strip() or None) if node else None

    def texts(self, css: str, limit: int = 20) -> list[str]:
        """The texts of the elements that match, in page order, spaces folded, empty ones left out."""
        texts = (" ".join((node.text() or "").split()) for node in self.tree.css(css)[:limit])
        return [text for text in texts if text]

    def attributes(self, css: str, name: str) -> list[str]:
        """The same attribute of all elements that match, empty ones left out."""
        values = (node.attributes.get(name) for node in self.tree.css(css))
        return [value.strip() for value in values if value and value.strip()]

    def metas(self) -> dict[str, str]:
        """The page's <meta> facts by lower-case name, property or itemprop; the first of each name counts."""
        facts: dict[str, str] = {}
        for node in self.tree.css("meta[content]"):
            attributes = node.attributes
            content = (attributes.get("content") or "").strip()
            for key in ("property", "name", "itemprop"):
                name = attributes.get(key)
                if name and content:
                    facts.setdefault(name.strip().lower(), content)
        return facts

    def json_ld(self) -> Iterator[str]:
        """The texts of the page's JSON-LD scripts."""
        yield from self.scripts

    def html(self, element: Element) -> str:
        """An element as it stands in the page."""
        return self.body[element.start : element.end]


def parse(html: str, url: str) -> Document:
    """Parse a page, however deep, and read it into elements and blocks. Linear in its size; never raises."""
    tree = LexborHTMLParser(cap_depth(html))
    scripts = [node.text() or "" for node in tree.css('script[type="application/ld+json"]')]
    document = Document(url, tree, scripts)
    if tree.body is not None:
        document.body = strike(tree)
        document.elements, document.blocks, document.pictures = read_blocks(document.body)
    return document


def strike(tree: LexborHTMLParser) -> str:
    """Strike from the tree what holds no text of the page, and return its body as HTML."""
    tree.strip_tags(STRUCK)
    tree.unwrap_tags(RAW)
    for frame in tree.css("iframe"):  # what stands between its tags is for browsers without frames
        while (child := frame.first_child) is not None:
            child.decompose()
    return (tree.body.html or "") if tree.body is not None else ""
