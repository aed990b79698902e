"""What is measured of every block of a page before it is judged: its text, place, neighbours and containers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import log1p

from quietpage.cleaner.document import Document
from quietpage.cleaner.elements import Block, Element

# In the order of a block's row: what is the same for the whole page, for an element, for its parent, for blocks of one
# shape, and the block's own. Characters are counted as log(1 + n). Container 0 is the block's own element, 1 its
# parent, and so on. "described as" and "says" sum the weights of words (see weights.py).
OF_PAGE = (
    "blocks of page", "characters of page", "link density of page", "share of paragraphs in page",
    "long blocks of page", "articles in page", "page is an article", "page is a thread", "headline is the title",
)  # fmt: skip
OF_ELEMENT = (
    "described as", "kind of element", "depth", "hidden", "in comments", "in another article",
    "container 0 link density", "container 0 characters a block",
)  # fmt: skip
OF_PARENT = (
    "container 1 characters", "container 1 link density", "container 1 share of page", "container 1 characters a block",
    "container 1 children",
    "container 2 characters", "container 2 link density", "container 2 share of page", "container 2 characters a block",
    "container 3 characters", "container 3 link density", "container 3 share of page", "container 3 characters a block",
)  # fmt: skip
OF_SHAPE = ("blocks shaped alike", "characters of each block shaped alike", "share of blocks shaped alike")
OF_TEXT = (
    "characters", "link density", "ends like a sentence", "words", "says", "share of numbers", "an address in it",
    "words of the title", "likeness to the excerpt",
)  # fmt: skip
OF_PLACE = (
    "place in page", "place in text", "repeats",
    "link density before", "characters after", "link density after", "ends like a sentence after",
    "long blocks around", "long blocks before", "blocks since headline", "blocks since title",
)  # fmt: skip
MEASURES = OF_PAGE + OF_ELEMENT + OF_PARENT + OF_SHAPE + OF_TEXT + OF_PLACE

LONG_CHARS, LONG_LINK_DENSITY = 80, 0.3  # a block that looks like prose, at a glance
AROUND = 5  # blocks on either side
FAR = 999.0
SENTENCE_ENDS, UNFINISHED = frozenset(".!?。！？…:;؟"), ("...", "…")
CLOSING = '"”’»)]'
WORD = re.compile(r"\w+")
SAID_MAX_CHARS, READ_MAX_CHARS = 200, 600  # longer texts are prose, and their words say little of what they are for
LABEL_WORDS = 3  # so few words are also looked up as one
TITLE_MAX_CHARS, TITLE_WITHIN_BLOCKS, TITLE_LIKENESS = 300, 400, 0.5  # where a page's own title can stand
KINDS = {
    "p": 1.0, **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), 2.0), **dict.fromkeys(("li", "dd", "dt"), 3.0),
    **dict.fromkeys(("td", "th"), 4.0), "a": 5.0, "span": 6.0, "pre": 7.0, "blockquote": 8.0,
}  # fmt: skip
NO_CONTAINER = (-1.0, -1.0, -1.0, -1.0)
Row = tuple[float, ...]
Shape = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class About:
    """What a page says of itself, and its blocks are compared with."""

    title: str
    excerpt: str
    is_article: bool
    is_thread: bool


@dataclass(frozen=True, slots=True)
class TitlePlace:
    """Which block is most like the title, how much (Jaccard), and the share of each block's words that are its."""

    at: int | None
    likeness: float
    shares: Sequence[float]


def measure(document: Document, about: About, described: Sequence[float], said: Mapping[str, float]) -> Iterator[Row]:
    """Yield a row of measures for every block, in MEASURES' order: one at a time, for all take 500 times the page.

    ``described`` has the summed weights of the words that describe each element, ``said`` the weights of words in
    short texts.
    """
    blocks = document.blocks
    if not blocks:
        return
    words = [words_of(block) for block in blocks]
    title = find_title(document, words, about.title)
    texts = measure_texts(blocks, words, title, about, said)
    long = [block.chars > LONG_CHARS and text[1] < LONG_LINK_DENSITY for block, text in zip(blocks, texts, strict=True)]
    total = sum(block.chars for block in blocks)
    of_page = measure_page(document, about, title, total, sum(long))
    own = None if about.is_thread else article_of_headline(document, title)  # a thread's posts are articles
    of_element: dict[int, Row] = {}
    of_parent: dict[int, Row] = {}
    of_shape, shapes = measure_shapes(blocks, total)
    places = measure_places(blocks, texts, long, title, total)
    for block, shape, text, place in zip(blocks, shapes, texts, places, strict=True):
        element = block.element
        if element.at not in of_element:
            of_element[element.at] = measure_element(element, own, described[element.at])
        parent = element.parent or element
        if parent.at not in of_parent:
            of_parent[parent.at] = measure_containers(parent, total)
        yield (*of_page, *of_element[element.at], *of_parent[parent.at], *of_shape[shape], *text, *place)


def measure_page(document: Document, about: About, title: TitlePlace, total: int, long: int) -> Row:
    """OF_PAGE."""
    blocks = document.blocks
    return (
        log1p(len(blocks)),
        log1p(total),
        sum(block.link_chars for block in blocks) / total,
        sum(block.chars for block in blocks if block.element.tag == "p") / total,
        float(long),
        float(sum(element.tag == "article" for element in document.elements)),
        float(about.is_article),
        float(about.is_thread),
        title.likeness,
    )


def measure_element(element: Element, own: Element | None, described: float) -> Row:
    """OF_ELEMENT; ``own`` is the <article> that holds the page's headline."""
    return (
        described,
        KINDS.get(element.tag, 0.0),
        float(element.depth),
        1.0 if element.place.hidden else 0.0,
        1.0 if element.place.in_comments else 0.0,
        1.0 if own is not None and element.article is not own else 0.0,
        element.link_chars / (element.chars or 1),
        log1p(element.chars / (element.blocks or 1)),
    )


def measure_containers(parent: Element, total: int) -> Row:
    """OF_PARENT: the three containers around an element, from its parent outwards."""
    row: Row = ()
    current: Element | None = parent
    for level in (1, 2, 3):
        if current is None:
            row += NO_CONTAINER
            continue
        chars = current.chars
        row += (
            log1p(chars),
            current.link_chars / (chars or 1),
            chars / total,
            log1p(chars / (current.blocks or 1)),
        )
        if level == 1:
            row += (float(current.children),)
        current = current.parent
    return row


def measure_shapes(blocks: Sequence[Block], total: int) -> tuple[dict[Shape, Row], list[Shape]]:
    """OF_SHAPE by shape, and each block's shape: the tag and class of its element and its parent."""
    counts: dict[Shape, list[int]] = {}
    shapes = []
    for block in blocks:
        one = shape(block)
        shapes.append(one)
        sums = counts.setdefault(one, [0, 0])
        sums[0] += 1
        sums[1] += block.chars
    return {one: (log1p(n), chars / n, chars / total) for one, (n, chars) in counts.items()}, shapes


def shape(block: Block) -> Shape:
    """What a block looks like from outside."""
    element, parent = block.element, block.element.parent
    if parent is None:
        return (element.tag, element.class_name, "", "")
    return (element.tag, element.class_name, parent.tag, parent.class_name)


def measure_texts(
    blocks: Sequence[Block],
    words: Sequence[frozenset[str]],
    title: TitlePlace,
    about: About,
    said: Mapping[str, float],
) -> list[Row]:
    """OF_TEXT, for every block."""
    excerpt = frozenset(WORD.findall(about.excerpt.lower()))
    rows: list[Row] = []
    for at, block in enumerate(blocks):
        text, chars, own = block.text, block.chars, words[at]
        says = numbers = likeness = 0.0
        if own:
            if chars <= SAID_MAX_CHARS:
                says, numbers = weigh_sayings(text, said)
            if excerpt:
                common = len(own & excerpt)
                likeness = common / (len(own) + len(excerpt) - common)
        rows.append(
            (
                log1p(chars),
                block.link_chars / chars,
                ending(text),
                text.count(" ") + 1.0,
                says,
                numbers,
                1.0 if "@" in text or "http" in text else 0.0,
                title.shares[at],
                likeness,
            )
        )
    return rows


def weigh_sayings(text: str, said: Mapping[str, float]) -> tuple[float, float]:
    """The summed weights of a short text's sayings, and the share of its words that are numbers."""
    words = WORD.findall(text.lower())
    if not words:
        return 0.0, 0.0
    found = set(words)
    numbers = sum(map(str.isdigit, words))
    if numbers:
        found.add("0")
    total = said.get("^" + words[0], 0.0)
    if len(words) <= LABEL_WORDS:
        total += said.get("=" + " ".join(words), 0.0)
    for word in found:
        if word in said:
            total += said[word]
    return total, numbers / len(words)


def sayings(text: str) -> set[str]:
    """What ``weigh_sayings`` looks up: each word, "0" for numbers, "^" and the first, "=" and all words of a label."""
    words = WORD.findall(text.lower()) if len(text) <= SAID_MAX_CHARS else []
    found = {"0" if word.isdigit() else word for word in words}
    if words:
        found.add("^" + words[0])
    if 0 < len(words) <= LABEL_WORDS:
        found.add("=" + " ".join(words))
    return found


def ending(text: str) -> float:
    """1 where a text ends like a sentence, 2 where it breaks off ("…"), else 0."""
    if text[-1] not in SENTENCE_ENDS:
        text = text.rstrip(CLOSING)
        return 1.0 if text and text[-1] in SENTENCE_ENDS else 0.0
    return 2.0 if text.endswith(UNFINISHED) else 1.0


def measure_places(
    blocks: Sequence[Block], texts: Sequence[Row], long: Sequence[bool], title: TitlePlace, total: int
) -> list[Row]:
    """OF_PLACE, for every block."""
    headline_at = next((at for at, block in enumerate(blocks) if "h1" in block.element.place.landmarks), None)
    long_before = [0, *accumulate(long)]
    all_long = long_before[-1] or 1
    beyond: Row = (-1.0, -1.0, -1.0)
    count, seen = len(blocks), 0
    said_before: dict[str, int] = {}
    rows: list[Row] = []
    for at, block in enumerate(blocks):
        after = texts[at + 1] if at + 1 < count else beyond
        first, last = max(0, at - AROUND), min(count, at + AROUND + 1)
        repeats = said_before[block.text] = said_before.get(block.text, -1) + 1
        rows.append(
            (
                at / count,
                seen / total,
                float(repeats),
                texts[at - 1][1] if at else -1.0,
                after[0],
                after[1],
                after[2],
                (long_before[last] - long_before[first]) / (last - first),
                long_before[at] / all_long,
                FAR if headline_at is None else float(at - headline_at),
                FAR if title.at is None else float(at - title.at),
            )
        )
        seen += block.chars
    return rows


def words_of(block: Block) -> frozenset[str]:
    """The words of a block that is short enough to be more than prose."""
    return frozenset(WORD.findall(block.text.lower())) if block.chars <= READ_MAX_CHARS else frozenset()


def find_title(document: Document, words: Sequence[frozenset[str]], title: str) -> TitlePlace:
    """Find the block that is most like the page's title, among those where it can stand."""
    wanted = frozenset(WORD.findall(title.lower()))
    shares, best_at, best = [0.0] * len(words), None, 0.0
    for at, block in enumerate(document.blocks[:TITLE_WITHIN_BLOCKS] if wanted else ()):
        own = words[at]
        if own and block.chars < TITLE_MAX_CHARS and (common := len(own & wanted)):
            shares[at] = common / len(own)
            likeness = common / (len(own) + len(wanted) - common)
            if likeness > best:
                best_at, best = at, likeness
    return TitlePlace(best_at, best, shares)


def article_of_headline(document: Document, title: TitlePlace) -> Element | None:
    """The <article> that holds the page's headline; None where there is no such headline, or it stands in none."""
    if title.at is None or title.likeness < TITLE_LIKENESS:
        return None
    return document.blocks[title.at].element.article
