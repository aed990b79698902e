"""Read a page's body, in one pass, into elements and blocks of text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

UNREAD = frozenset(  # what a page never says in its text
    "audio video select option textarea map embed datalist progress meter math iframe head title".split()
)
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark math q rb rp rt ruby s samp "
    "small span strike strong sub sup time tt u var wbr img input nobr".split()
)
VOID = frozenset("area base br col embed hr img input link meta param source track wbr basefont bgsound frame".split())
PLACES = frozenset("article main nav header footer aside section figcaption h1".split())
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
CLASS_WORD = re.compile(r"[a-z]{3,19}|[A-Z][a-z]{2,18}|[A-Z]{3,19}")
ID_MAX_CHARS = 40  # longer ones are generated
# A tag as the parser writes it: attributes apart by one space, values in double quotes. Names may hold anything else
# that a broken page put there, quotes too.
TAG = re.compile(r"(<!--.*?-->|</?[^\s>]+(?: [^\s>]+?=\"[^\"]*+\")*+>|<[^>]*>)", re.DOTALL)
ATTRIBUTE = re.compile(r" (class|id|style|hidden|aria-hidden|role|itemprop|data-qp-hidden)=\"([^\"]*)\"")
NOTHING, OPENS_BLOCK, OPENS_INLINE, CLOSES, LINE_BREAK, PICTURE, BREAK, UNREAD_OPENS = range(8)
KINDS = {  # what a start tag does; one that is not here opens a block
    **dict.fromkeys(UNREAD, UNREAD_OPENS),
    **dict.fromkeys(INLINE, OPENS_INLINE),
    **dict.fromkeys(VOID, BREAK),
    **dict.fromkeys(VOID & INLINE, NOTHING),
    "br": LINE_BREAK,
    "img": PICTURE,
}


@dataclass(slots=True, eq=False)
class Element:
    """A block-level element, or an inline one that opens a block: what its blocks say together.

    ``start`` and ``end`` are its place in the body's HTML, tags included. ``chars``, ``link_chars`` and ``blocks`` are
    sums over the blocks inside; ``places`` holds the landmarks it stands in, itself included; ``words`` are those of
    its class, id, role and itemprop. ``at`` is its number in page order, parents before children.
    """

    at: int
    tag: str
    class_name: str
    words: tuple[str, ...]
    parent: Element | None
    start: int
    places: frozenset[str]
    hidden: bool  # by an attribute or inline style, here or above
    not_displayed: bool  # the browser said so when the page was captured
    end: int = 0
    chars: int = 0
    link_chars: int = 0
    blocks: int = 0
    children: int = 0


@dataclass(slots=True, eq=False)
class Block:
    """A run of text between two breaks: a paragraph, a heading, a menu item.

    ``spans`` are the places of its pieces of text in the body's HTML; ``start`` and ``end`` of all between the breaks.
    """

    element: Element
    text: str
    chars: int
    link_chars: int
    links: int
    spans: list[tuple[int, int]]
    start: int
    end: int


@dataclass(slots=True, eq=False)
class Picture:
    """An image's place in the body's HTML, and the element it stands in."""

    element: Element
    start: int
    end: int


@dataclass(slots=True)
class Tag:
    """A tag as written, understood once however often it stands in the page."""

    kind: int
    name: str
    class_name: str = ""
    words: tuple[str, ...] = ()
    described: bool = False  # has a class, an id or a style
    hidden: bool = False
    not_displayed: bool = False


def read_blocks(body: str) -> tuple[list[Element], list[Block], list[Picture]]:
    """Read the body's HTML into its elements, its blocks and its pictures, all in page order."""
    reading = Reading(body)
    reading.run()
    add_up(reading.elements, reading.blocks)
    return reading.elements, reading.blocks, reading.pictures


class Reading:
    """One pass over the body, without recursion: text gathers into a block until a break ends it."""

    def __init__(self, body: str) -> None:
        self.body = body
        self.elements: list[Element] = []
        self.blocks: list[Block] = []
        self.pictures: list[Picture] = []
        self.texts: list[str] = []
        self.spans: list[tuple[int, int]] = []
        self.opened_in: Element | None = None
        self.link_chars = self.links = self.begun = 0

    def run(self) -> None:
        """Fill elements, blocks and pictures."""
        known: dict[str, Tag] = {}
        stack: list[tuple[Element, bool, bool]] = []  # what was around, whether a block was opened, or a link
        element: Element | None = None
        place = in_links = unread = 0
        breaks = False  # a line break stood here, with no text since
        for at, piece in enumerate(TAG.split(self.body)):
            start, place = place, place + len(piece)
            if not at & 1:
                if unread or not piece or element is None or ((not self.texts or breaks) and piece.isspace()):
                    continue
                if not self.texts:
                    self.opened_in = element
                breaks = False
                self.texts.append(piece)
                self.spans.append((start, place))
                if in_links:
                    self.link_chars += len(piece.strip())
                continue
            tag = known.get(piece)
            if tag is None:
                tag = known[piece] = understand(piece)
            kind = tag.kind
            if unread:
                unread += (kind != CLOSES and tag.name not in VOID and kind != NOTHING) - (kind == CLOSES)
            elif kind == CLOSES:
                if not stack:
                    continue
                around, is_block, is_link = stack.pop()
                if is_block:
                    if self.texts:
                        self.end_block(start, place)
                    self.begun, self.links, breaks = place, 0, False
                elif is_link:
                    in_links -= 1
                if element is not around and element is not None:
                    element.end = place
                element = around
            elif kind == OPENS_INLINE:
                is_link = tag.name == "a"
                if is_link:
                    in_links += 1
                    self.links += 1
                assert element is not None
                stack.append((element, False, is_link))
                if tag.described and not self.texts:
                    element = self.open(tag, element, start)
            elif kind == OPENS_BLOCK:
                if self.texts:
                    self.end_block(start, place)
                self.begun, self.links, breaks = place, 0, False
                opened = self.open(tag, element, start)
                stack.append((element or opened, True, False))
                element = opened
            elif kind == LINE_BREAK:
                if breaks:
                    self.end_block(start, place)
                elif self.texts:
                    self.texts.append(" ")
                breaks = not breaks and bool(self.texts)
            elif kind == PICTURE and element is not None:
                self.pictures.append(Picture(element, start, place))
            elif kind == BREAK:
                self.end_block(start, place)
                breaks = False
            elif kind == UNREAD_OPENS:
                unread = 1
        self.end_block(place, place)
        for element in self.elements:  # what was not closed ends where its parent does
            element.end = element.end or (element.parent.end if element.parent is not None else place)

    def open(self, tag: Tag, parent: Element | None, start: int) -> Element:
        """Begin an element inside ``parent``."""
        if parent is None:
            element = Element(0, tag.name, tag.class_name, tag.words, None, start, frozenset(), False, False)
        else:
            parent.children += 1
            element = Element(
                len(self.elements),
                tag.name,
                tag.class_name,
                tag.words,
                parent,
                start,
                parent.places | {tag.name} if tag.name in PLACES else parent.places,
                tag.hidden or parent.hidden,
                tag.not_displayed or parent.not_displayed,
            )
        self.elements.append(element)
        return element

    def end_block(self, place: int, next_place: int) -> None:
        """A break at ``place``: what has gathered is a block."""
        if self.texts:
            text = "".join(self.texts)
            if "&" in text:  # the parser writes no other entities
                text = text.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
            text = " ".join(text.split())
            if text and self.opened_in is not None:
                chars = len(text)
                self.blocks.append(
                    Block(
                        self.opened_in,
                        text,
                        chars,
                        min(self.link_chars, chars),
                        self.links,
                        self.spans,
                        self.begun,
                        place,
                    )
                )
            self.texts, self.spans = [], []
        self.link_chars = self.links = 0
        self.begun = next_place


def understand(tag: str) -> Tag:
    """Read one tag as it is written."""
    if tag[1] == "/":
        return Tag(CLOSES, tag[2:-1])
    name = tag[1:-1].partition(" ")[0]
    kind = KINDS.get(name)
    if kind is None:
        kind = NOTHING if name[:1] in "!?" else OPENS_BLOCK
    if kind not in (OPENS_BLOCK, OPENS_INLINE) or '="' not in tag:
        return Tag(kind, name)
    attributes = dict(ATTRIBUTE.findall(tag))
    if not attributes:
        return Tag(kind, name)
    class_name, style = attributes.get("class", ""), attributes.get("style")
    described = bool(class_name) or style is not None or "class" in attributes or "id" in attributes
    if len(attributes) == 1 and class_name:
        return Tag(kind, name, class_name, class_words(class_name), True)
    hidden = bool(style and HIDDEN_STYLE.search(style)) or "hidden" in attributes
    hidden = hidden or attributes.get("aria-hidden") == "true"
    words = attribute_words(class_name, attributes)
    return Tag(kind, name, class_name, words, described, hidden, "data-qp-hidden" in attributes)


def attribute_words(class_name: str, attributes: dict[str, str]) -> tuple[str, ...]:
    """The words an element's author describes it by; those of its id carry a "#", roles and properties a name."""
    words = class_words(class_name) if class_name else ()
    identifier = attributes.get("id")
    if identifier and len(identifier) < ID_MAX_CHARS:
        words += tuple("#" + word for word in class_words(identifier))
    if role := attributes.get("role"):
        words += ("role:" + role,)
    if itemprop := attributes.get("itemprop"):
        words += ("itemprop:" + itemprop,)
    return words


@lru_cache(maxsize=4096)
def class_words(name: str) -> tuple[str, ...]:
    """The different words in a class attribute: ``postMeta related-posts`` has post, meta, related, posts."""
    return tuple(sorted({word.lower() for word in CLASS_WORD.findall(name)}))


def add_up(elements: list[Element], blocks: list[Block]) -> None:
    """Add the blocks' figures to the elements around them; children stand after their parents, so from the end."""
    for block in blocks:
        element = block.element
        element.chars += block.chars
        element.link_chars += block.link_chars
        element.blocks += 1
    for element in reversed(elements):
        parent = element.parent
        if parent is not None:
            parent.chars += element.chars
            parent.link_chars += element.link_chars
            parent.blocks += element.blocks
