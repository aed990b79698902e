"""Understand a tag as the parser writes it: what it does, how its author describes the element."""

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
