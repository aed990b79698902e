"""Read a page's body, in one pass, into elements and blocks of text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from quietpage.cleaner.words.chrome import CHROME_NAMES, COMMENT_NAMES

UNREAD = frozenset(  # what a page never says in its text
    "audio video select option textarea map embed datalist progress meter math math-script mjx-container iframe head "
    "title".split()
)
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q rb rp rt ruby s samp "
    "small span strike strong sub sup time tt u var wbr img input nobr".split()
)
VOID = frozenset("area base br col embed hr img input link meta param source track wbr basefont bgsound frame".split())
PLACES = frozenset("article main nav header footer aside section figcaption h1".split())
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
CLASS_WORD = re.compile(r"[a-z]{3,19}|[A-Z][a-z]{2,18}|[A-Z]{3,19}")
# What is passed over unread: see end_of_chrome()
CHROME_MAX_CHARS, CHROME_MAX_PARAGRAPHS, CHROME_MIN_LINKS, CHROME_LINKS_A_TEXT = 60_000, 5, 3, 0.5
NEVER_IN_CHROME = ("<h1", "<article", "<main")
BEGINS_TEXT = re.compile(r">\s*[^<\s]")
ID_MAX_CHARS = 40  # longer ones are generated
# A tag as the parser writes it: attributes apart by one space, values in double quotes. Names may hold anything else
# that a broken page put there, quotes too.
TAG = re.compile(r"<!--.*?-->|</?[^\s>]+(?: [^\s>]+?=\"[^\"]*+\")*+>|<[^>]*>", re.DOTALL)
RARE = (" id=", " style=", " hidden=", " aria-hidden=", " role=", " itemprop=", " data-qp-hidden=")
NOTHING, OPENS_BLOCK, OPENS_INLINE, OPENS_LINK, CLOSES, LINE_BREAK, PICTURE, BREAK, UNREAD_OPENS = range(9)
KINDS = {  # what a start tag does; one that is not here opens a block
    **dict.fromkeys(UNREAD, UNREAD_OPENS),
    **dict.fromkeys(INLINE, OPENS_INLINE),
    **dict.fromkeys(VOID, BREAK),
    **dict.fromkeys(VOID & INLINE, NOTHING),
    "br": LINE_BREAK,
    "img": PICTURE,
    "a": OPENS_LINK,
}


OPENS_WITHIN = frozenset({OPENS_INLINE, OPENS_LINK})  # a block
DESCRIBED = OPENS_WITHIN | {OPENS_BLOCK}
PARTS_BLOCKS = frozenset({OPENS_BLOCK, BREAK})


@dataclass(slots=True)
class Tag:
    """A tag as written, understood once however often it stands in the page."""

    kind: int
    name: str
    class_name: str = ""
    description: tuple[str, ...] = ()
    described: bool = False  # has a class, an id or a style
    hidden: bool = False
    not_displayed: bool = False
    names_comments: bool = field(init=False)
    names_chrome: bool = field(init=False)
    is_place: bool = field(init=False)  # whether what stands in it stands elsewhere than the element itself

    def __post_init__(self) -> None:
        self.names_comments = not COMMENT_NAMES.isdisjoint(self.description)
        self.names_chrome = self.kind == OPENS_BLOCK and not CHROME_NAMES.isdisjoint(self.description)
        self.is_place = self.names_comments or self.hidden or self.not_displayed or self.name in PLACES


@dataclass(slots=True, eq=False)
class Place:
    """Where elements stand, shared by all that stand in the same.

    ``landmarks`` are the names of those around, ``article`` is the innermost <article>; ``hidden`` is by an attribute
    or inline style, ``not_displayed`` by what the browser said when the page was captured.
    """

    landmarks: frozenset[str] = frozenset()
    article: Element | None = None
    in_comments: bool = False
    hidden: bool = False
    not_displayed: bool = False

    def inside(self, tag: Tag) -> Place:
        """The place that an element in this one makes."""
        return Place(
            self.landmarks | {tag.name} if tag.name in PLACES else self.landmarks,
            self.article,
            self.in_comments or tag.names_comments,
            self.hidden or tag.hidden,
            self.not_displayed or tag.not_displayed,
        )


@dataclass(slots=True, eq=False)
class Element:
    """A block-level element, or an inline one that opens a block: what its blocks say together.

    ``start`` and ``end`` are its place in the body's HTML, tags included. ``chars``, ``link_chars`` and ``blocks`` are
    sums over the blocks inside; ``place`` is where what it holds stands; ``description`` has its tag and the words of
    its class, id, role and itemprop. ``at`` is its number in page order, parents before children.
    """

    at: int
    written: Tag
    parent: Element | None
    depth: int
    place: Place
    start: int
    end: int = 0
    chars: int = 0
    link_chars: int = 0
    blocks: int = 0
    children: int = 0

    @property
    def tag(self) -> str:
        return self.written.name

    @property
    def class_name(self) -> str:
        return self.written.class_name

    @property
    def description(self) -> tuple[str, ...]:
        return self.written.description

    @property
    def article(self) -> Element | None:
        """The innermost <article> around, itself included."""
        return self.place.article

    def is_named(self, pattern: re.Pattern[str], levels: int) -> bool:
        """Whether this element or one around it, of so many in all, has a class in which the pattern is found."""
        element: Element | None = self
        for _ in range(levels):
            if element is None:
                return False
            if pattern.search(element.class_name):
                return True
            element = element.parent
        return False


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


AFTER_TAG = Tag(NOTHING, "")
OUTSIDE = Element(-1, AFTER_TAG, None, -1, Place(), 0)  # of the body


def read_blocks(body: str, *, all_of_it: bool = False) -> Reading:
    """Read the body's HTML into its elements, its blocks and its pictures, all in page order.

    What calls itself the site's chrome and holds little but links gives an element without blocks, unless ``all_of_it``
    is asked for.
    """
    reading = Reading(body, all_of_it)
    reading.run()
    add_up(reading.elements, reading.blocks)
    return reading


class Reading:
    """One pass over the body, without recursion: text gathers into a block until a break ends it.

    ``chrome`` has the elements that were not read.
    """

    def __init__(self, body: str, all_of_it: bool) -> None:
        self.body = body
        self.all_of_it = all_of_it
        self.elements: list[Element] = []
        self.blocks: list[Block] = []
        self.pictures: list[Picture] = []
        self.chrome: list[Element] = []

    def run(self) -> None:
        """Fill elements, blocks and pictures: piece by piece, each a tag and the text behind it.

        One long loop, for it runs some 2,000 times a page, and every call in it would cost as much as itself.
        """
        body, known = self.body, dict[str, Tag]()
        stack: list[tuple[Element, int]] = []  # what was around, and what the start tag did
        element = opened_in = OUTSIDE
        texts: list[str] = []
        spans: list[tuple[int, int]] = []
        link_chars = links = in_links = begun = unread = next_start = tag_end = 0
        breaks = False  # a line break stood here, with no text since
        for piece in body.split("<")[1:]:  # a body begins with its tag
            start = next_start
            next_start = start + len(piece) + 1
            if start >= tag_end:
                markup, closed, text = piece.partition(">")
                tag = known.get(markup)
                place = next_start - len(text)
                if tag is None:
                    tag_end = place if closed and is_whole(markup) else end_of_tag(body, start)
                    if tag_end == place:
                        tag = known[markup] = understand(markup)
                    else:
                        tag, text, place = understand(body[start + 1 : tag_end - 1]), body[tag_end:next_start], tag_end
            elif next_start > tag_end:  # the rest of a piece in which a long tag ended
                tag, text, place = AFTER_TAG, body[tag_end:next_start], tag_end
            else:
                continue
            kind = tag.kind
            if unread:
                unread += (kind != CLOSES and tag.name not in VOID and kind != NOTHING) - (kind == CLOSES)
                if unread:
                    continue
                kind = NOTHING  # this end tag belongs to what was not read
            if kind == CLOSES:
                if stack:
                    around, opened = stack.pop()
                    if opened == OPENS_BLOCK:
                        if texts:  # what has gathered is a block
                            self.add_block(opened_in, texts, spans, link_chars, links, begun, start)
                            texts, spans = [], []
                        begun, breaks = place, False
                        link_chars = links = 0
                    elif opened == OPENS_LINK:
                        in_links -= 1
                    if element is not around:
                        element.end = place
                        element = around
            elif kind in PARTS_BLOCKS or (kind == LINE_BREAK and breaks):
                if texts:
                    self.add_block(opened_in, texts, spans, link_chars, links, begun, start)
                    texts, spans = [], []
                begun, breaks = place, False
                link_chars = links = 0
                if kind == OPENS_BLOCK:
                    inner = self.open(tag, element, start)
                    if tag.names_chrome and not self.all_of_it and (end := end_of_chrome(body, start, tag.name)):
                        self.chrome.append(inner)
                        inner.end = tag_end = begun = end
                        continue
                    stack.append((element if element is not OUTSIDE else inner, OPENS_BLOCK))
                    element = inner
            elif kind in OPENS_WITHIN:
                if kind == OPENS_LINK:
                    in_links += 1
                    links += 1
                stack.append((element, kind))
                if tag.described and not texts:
                    element = self.open(tag, element, start)
            elif kind == LINE_BREAK:
                if texts:
                    texts.append(" ")
                    breaks = True
            elif kind == PICTURE:
                self.pictures.append(Picture(element, start, place))
            elif kind == UNREAD_OPENS:
                unread = 1
                continue
            if not text or ((not texts or breaks) and text.isspace()):
                continue
            if not texts:
                opened_in = element
            breaks = False
            texts.append(text)
            spans.append((place, next_start))
            if in_links:
                link_chars += len(text.strip())
        if texts:
            self.add_block(opened_in, texts, spans, link_chars, links, begun, len(body))
        for one in self.elements:  # what was not closed ends where its parent does
            if not one.end:
                one.end = one.parent.end if one.parent is not None else len(body)

    def open(self, tag: Tag, parent: Element, start: int) -> Element:
        """Begin an element inside ``parent``."""
        parent.children += 1
        place = parent.place.inside(tag) if tag.is_place else parent.place
        outer = None if parent is OUTSIDE else parent
        element = Element(len(self.elements), tag, outer, parent.depth + 1, place, start)
        if tag.name == "article":
            place.article = element
        self.elements.append(element)
        return element

    def add_block(
        self,
        element: Element,
        texts: list[str],
        spans: list[tuple[int, int]],
        link_chars: int,
        links: int,
        start: int,
        end: int,
    ) -> None:
        """What has gathered between two breaks is a block."""
        text = texts[0] if len(texts) == 1 else "".join(texts)
        if "&" in text:  # the parser writes no other entities
            text = text.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        text = " ".join(text.split())
        if text and element is not OUTSIDE:
            chars = len(text)
            self.blocks.append(Block(element, text, chars, min(link_chars, chars), links, spans, start, end))


def end_of_chrome(body: str, start: int, name: str) -> int:
    """Where an element that calls itself the site's chrome ends, if it holds little but links; else 0.

    A quarter of all blocks stand in such elements, and 0.1 % of the content that would be found in them (2,000 pages
    of 2026-11).
    """
    end = end_of_element(body, start, name)
    if not end or any(body.find(tag, start + 1, end) > 0 for tag in NEVER_IN_CHROME):
        return 0
    links = body.count("<a ", start, end)
    paragraphs = body.count("<p>", start, end) + body.count("<p ", start, end)
    if links < CHROME_MIN_LINKS or paragraphs > CHROME_MAX_PARAGRAPHS:
        return 0
    texts = len(BEGINS_TEXT.findall(body, start, end))
    return end if links >= CHROME_LINKS_A_TEXT * texts else 0


def end_of_element(body: str, start: int, name: str) -> int:
    """Where the element that begins at ``start`` ends; 0 where that is too far."""
    opener, closer = f"<{name}", f"</{name}>"
    most = start + CHROME_MAX_CHARS
    end = body.find(closer, start, most)
    inner = start
    while end > 0 and (inner := body.find(opener, inner + len(opener), end)) > 0:
        end = body.find(closer, end + len(closer), most)
    return end + len(closer) if end > 0 else 0


def is_whole(markup: str) -> bool:
    """Whether a tag ends at its first ">": that stands neither in a comment nor in quotes, so they are in pairs."""
    return not markup.count('"') & 1 and not markup.startswith("!--")


def end_of_tag(body: str, start: int) -> int:
    """Where the tag or comment that begins at ``start`` ends."""
    found = TAG.match(body, start)
    return found.end() if found else len(body)


def understand(tag: str) -> Tag:
    """Read one tag as it is written between its brackets."""
    name = tag.partition(" ")[0]
    if name[:1] == "/":
        return closing(name[1:])
    if '="' not in tag or (kind := kind_of(name)) not in DESCRIBED:
        return tag_of(name, None)
    class_name = value_of(tag, ' class="')
    attributes = {rare: value for rare in RARE if rare in tag and (value := value_of(tag, rare + '"')) is not None}
    if not attributes:
        return tag_of(name, class_name)
    style = attributes.get(" style=")
    hidden = bool(style and HIDDEN_STYLE.search(style)) or " hidden=" in attributes
    hidden = hidden or attributes.get(" aria-hidden=") == "true"
    words = attribute_words(class_name or "", attributes)
    described = class_name is not None or style is not None or " id=" in attributes
    return Tag(
        kind,
        name,
        class_name or "",
        (f"<{name}>", *words),
        described,
        hidden=hidden,
        not_displayed=" data-qp-hidden=" in attributes,
    )


@lru_cache(maxsize=512)
def closing(name: str) -> Tag:
    """An end tag."""
    return Tag(CLOSES, name)


def kind_of(name: str) -> int:
    """What a start tag does."""
    return KINDS.get(name, NOTHING if name[:1] in "!?" else OPENS_BLOCK)


@lru_cache(maxsize=4096)
def tag_of(name: str, class_name: str | None) -> Tag:
    """A start tag of which nothing but its class says anything."""
    words = class_words(class_name) if class_name else ()
    return Tag(kind_of(name), name, class_name or "", (f"<{name}>", *words), class_name is not None)


def value_of(tag: str, attribute: str) -> str | None:
    """An attribute's value, where it stands; ``attribute`` as written, with the quote that begins it."""
    at = tag.find(attribute)
    return None if at < 0 else tag[at + len(attribute) : tag.find('"', at + len(attribute))]


def attribute_words(class_name: str, attributes: dict[str, str]) -> tuple[str, ...]:
    """The words an element's author describes it by; those of its id carry a "#", roles and properties a name."""
    words = class_words(class_name) if class_name else ()
    identifier = attributes.get(" id=")
    if identifier and len(identifier) < ID_MAX_CHARS:
        words += tuple(["#" + word for word in class_words(identifier)])
    if role := attributes.get(" role="):
        words += ("role:" + role,)
    if itemprop := attributes.get(" itemprop="):
        words += ("itemprop:" + itemprop,)
    return words


@lru_cache(maxsize=4096)
def class_words(name: str) -> tuple[str, ...]:
    """The different words in a class attribute: ``postMeta related-posts`` has post, meta, related, posts."""
    return tuple(dict.fromkeys(map(str.lower, CLASS_WORD.findall(name))))


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
