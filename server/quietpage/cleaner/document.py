"""The whole page, parsed and walked once (lexbor through selectolax): the only file that knows the fast parser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from quietpage.cleaner.depth import cap_depth

UNREAD = frozenset(  # what a page never says in its text
    "script style template svg head iframe object canvas audio video select option textarea map embed datalist "
    "progress meter math".split()
)
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark math q rb rp rt ruby s samp "
    "small span strike strong sub sup time tt u var wbr img input nobr".split()
)
PLACES = ("article", "main", "nav", "header", "footer", "aside", "section", "figcaption", "h1")
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
CLASS_WORD = re.compile(r"[a-z]{3,19}|[A-Z][a-z]{2,18}|[A-Z]{3,19}")


@dataclass(slots=True, eq=False)
class Element:
    """A block-level element, or an inline one that opens a block: what its blocks say together.

    ``chars``, ``link_chars`` and ``blocks`` are sums over the blocks inside; ``places`` holds the landmarks it
    stands in, itself included; ``words`` are those of its class, id, role and itemprop.
    """

    tag: str
    class_name: str
    words: tuple[str, ...]
    parent: Element | None
    node: LexborNode
    depth: int
    places: frozenset[str]
    hidden: bool  # by an attribute or inline style, here or above
    not_displayed: bool  # the browser said so when the page was captured
    chars: int = 0
    link_chars: int = 0
    blocks: int = 0
    children: int = 0
    measures: tuple[float, ...] | None = None  # what scoring has worked out of it already


@dataclass(slots=True, eq=False)
class Block:
    """A run of text between two breaks: a paragraph, a heading, a menu item."""

    element: Element
    text: str
    link_chars: int
    links: int
    nodes: list[LexborNode]

    @property
    def chars(self) -> int:
        return len(self.text)


@dataclass(slots=True)
class Document:
    """A parsed page. ``blocks`` and ``pictures`` are in page order; see :func:`parse`."""

    url: str
    tree: LexborHTMLParser
    blocks: list[Block] = field(default_factory=list)
    pictures: list[tuple[LexborNode, Element]] = field(default_factory=list)

    @property
    def base_url(self) -> str:
        """Against which the page's links are resolved: <base href>, or the page's own URL."""
        base = self.tree.css_first("base[href]")
        return urljoin(self.url, (base.attributes.get("href") or "").strip()) if base else self.url

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
        for node in self.tree.css('script[type="application/ld+json"]'):
            yield node.text() or ""

    def html(self, element: Element) -> str:
        """An element as it now stands."""
        return element.node.html or ""


def parse(html: str, url: str) -> Document:
    """Parse a page, however deep, and walk it into blocks. Linear in its size; never raises."""
    document = Document(url, LexborHTMLParser(cap_depth(html)))
    Walk(document).run()
    return document


class Walk:
    """One pass over the body, without recursion: text gathers into a block until a break ends it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.nodes: list[LexborNode] = []
        self.texts: list[str] = []
        self.opened_in: Element | None = None
        self.link_chars = self.links = self.in_links = 0

    def run(self) -> None:
        """Fill the document's blocks and pictures, then add every block up into its elements."""
        body = self.document.tree.body
        if body is None:
            return
        element = new_element(body, "body", None)
        stack: list[tuple[LexborNode, Element, bool, bool]] = []
        node = body.first_child
        while True:
            if node is None:
                if not stack:
                    break
                node, element, is_block, is_link = stack.pop()
                if is_block:
                    self.end_block()
                self.in_links -= is_link
                node = node.next
                continue
            tag = node.tag or "-"
            if tag == "-text":
                self.add_text(node, element)
            elif tag == "br":
                self.line_break(node)
            elif tag == "img":
                self.document.pictures.append((node, element))
            elif tag not in UNREAD and tag[0] not in "-!":
                is_block = tag not in INLINE
                if is_block:
                    self.end_block()
                child = node.first_child
                if child is not None:
                    is_link = tag == "a"
                    self.in_links += is_link
                    self.links += is_link
                    stack.append((node, element, is_block, is_link))
                    if is_block or (not self.texts and opens_an_element(node)):
                        element = new_element(node, tag, element)
                    node = child
                    continue
            node = node.next
        self.end_block()
        for block in self.document.blocks:
            add_up(block)

    def add_text(self, node: LexborNode, element: Element) -> None:
        text = node.text_content
        if not text or (not self.texts and text.isspace()):
            return
        if not self.texts:
            self.opened_in = element
        self.texts.append(text)
        self.nodes.append(node)
        if self.in_links:
            self.link_chars += len(text.strip())

    def line_break(self, node: LexborNode) -> None:
        """Two line breaks in a row end a paragraph, one is a space."""
        after = node.next
        while after is not None and after.tag == "-text" and (after.text_content or "").isspace():
            after = after.next
        if after is not None and after.tag == "br":
            self.end_block()
        elif self.texts:
            self.texts.append(" ")

    def end_block(self) -> None:
        if self.texts and self.opened_in is not None:
            text = " ".join("".join(self.texts).split())
            if text:
                link_chars = min(self.link_chars, len(text))
                self.document.blocks.append(Block(self.opened_in, text, link_chars, self.links, self.nodes))
            self.texts, self.nodes = [], []
        self.link_chars = self.links = 0


def opens_an_element(node: LexborNode) -> bool:
    """Whether an inline element says something about the block it opens."""
    attributes = node.attributes
    return bool(attributes) and ("class" in attributes or "id" in attributes or "style" in attributes)


def new_element(node: LexborNode, tag: str, parent: Element | None) -> Element:
    """Describe an element from its attributes and its parent."""
    attributes = node.attributes
    class_name = attributes.get("class") or ""
    style = attributes.get("style")
    hidden = bool(
        (style and HIDDEN_STYLE.search(style)) or "hidden" in attributes or attributes.get("aria-hidden") == "true"
    )
    not_displayed = "data-qp-hidden" in attributes
    words = attribute_words(class_name, attributes) if attributes else ()
    if parent is None:
        return Element(tag, class_name, words, None, node, 0, frozenset(), False, False)
    parent.children += 1
    places = parent.places | {tag} if tag in PLACES else parent.places
    return Element(
        tag,
        class_name,
        words,
        parent,
        node,
        parent.depth + 1,
        places,
        hidden or parent.hidden,
        not_displayed or parent.not_displayed,
    )


def attribute_words(class_name: str, attributes: dict[str, str | None]) -> tuple[str, ...]:
    """The words an element's author describes it by; those of its id carry a "#", roles and properties a name."""
    words = class_words(class_name) if class_name else ()
    identifier = attributes.get("id")
    if identifier and len(identifier) < 40:  # longer ones are generated
        words += tuple("#" + word for word in class_words(identifier))
    if role := attributes.get("role"):
        words += ("role:" + role,)
    if itemprop := attributes.get("itemprop"):
        words += ("itemprop:" + itemprop,)
    return words


def class_words(name: str) -> tuple[str, ...]:
    """The different words in a class attribute: ``postMeta related-posts`` has post, meta, related, posts."""
    return tuple({word.lower() for word in CLASS_WORD.findall(name)})


def add_up(block: Block) -> None:
    """Add a block's figures to every element around it."""
    chars, link_chars = len(block.text), block.link_chars
    element: Element | None = block.element
    while element is not None:
        element.chars += chars
        element.link_chars += link_chars
        element.blocks += 1
        element = element.parent
