"""What is measured of every block of a page before it is judged: its text, place, neighbours and containers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from math import log1p

from quietpage.cleaner.blocks import Block, Element
from quietpage.cleaner.document import Document

# In the order of a block's row. "described as" sums the weights of the words around it (see weights.py);
# container 0 is the block's own element, 1 its parent, and so on. Characters are counted as log(1 + n).
MEASURES = (
    "described as",
    "characters", "link density", "ends like a sentence", "words",
    "place in page", "place in text", "blocks of page", "characters of page", "link density of page",
    "share of paragraphs in page", "long blocks of page",
    "blocks shaped alike", "characters of each block shaped alike", "share of blocks shaped alike",
    "words of the title", "hidden",
    "container 0 link density", "container 0 characters a block",
    "container 1 characters", "container 1 link density", "container 1 share of page", "container 1 characters a block",
    "container 1 children",
    "container 2 characters", "container 2 link density", "container 2 share of page", "container 2 characters a block",
    "container 3 characters", "container 3 link density", "container 3 share of page", "container 3 characters a block",
    "link density before", "characters after", "link density after", "ends like a sentence after",
    "long blocks around", "long blocks before", "blocks since headline", "blocks since title", "headline is the title",
)  # fmt: skip
LONG_CHARS, LONG_LINK_DENSITY = 80, 0.3  # a block that looks like prose, at a glance
AROUND = 5  # blocks on either side
FAR = 999.0
SENTENCE_END = re.compile(r"[.!?。！？…:;][\"”’»)\]]*$")
WORD = re.compile(r"\w+")
TITLE_MAX_CHARS, TITLE_WITHIN_BLOCKS = 300, 400  # where a page's own title can stand

NO_CONTAINERS = (-1.0,) * 13
Row = list[float]


def measure(document: Document, title: str, described: Sequence[float]) -> list[Row]:
    """Return a row of measures for every block, in MEASURES' order.

    ``title`` is the page's title, ``described`` has the summed weights of the words that describe each element.
    """
    blocks = document.blocks
    if not blocks:
        return []
    texts = [measure_text(block) for block in blocks]
    page = measure_page(blocks, texts)
    shapes, shape_of = measure_shapes(blocks)
    title_words, title_at, likeness = find_title(blocks, title)
    headline_at = next((at for at, block in enumerate(blocks) if "h1" in block.element.places), None)
    long_before = [
        0,
        *accumulate(
            block.chars > LONG_CHARS and text[1] < LONG_LINK_DENSITY for block, text in zip(blocks, texts, strict=True)
        ),
    ]
    total = page_chars(blocks)
    count, seen = len(blocks), 0
    beyond = (-1.0, -1.0, -1.0, -1.0)
    known: dict[int, tuple[float, ...]] = {}
    rows = []
    for at, block in enumerate(blocks):
        alike, chars_alike = shapes[shape_of[at]]
        before = texts[at - 1] if at else beyond
        after = texts[at + 1] if at + 1 < count else beyond
        first, last = max(0, at - AROUND), min(count, at + AROUND + 1)
        row = [
            described[block.element.at],
            *texts[at],
            at / count,
            seen / total,
            *page,
            log1p(alike),
            chars_alike / alike,
            chars_alike / total,
            title_words[at],
            1.0 if block.element.hidden else 0.0,
        ]
        row += containers(block.element, total, known)
        row += (
            before[1],
            after[0],
            after[1],
            after[2],
            (long_before[last] - long_before[first]) / (last - first),
            long_before[at] / (long_before[-1] or 1),
            FAR if headline_at is None else at - headline_at,
            FAR if title_at is None else at - title_at,
            likeness,
        )
        rows.append(row)
        seen += block.chars
    return rows


def measure_text(block: Block) -> tuple[float, float, float, float]:
    """Characters, link density, whether it ends like a sentence, words."""
    text = block.text
    return (
        log1p(len(text)),
        block.link_chars / len(text),
        1.0 if SENTENCE_END.search(text[-6:]) else 0.0,
        float(text.count(" ") + 1),
    )


def page_chars(blocks: Sequence[Block]) -> int:
    return sum(block.chars for block in blocks) or 1


def measure_page(blocks: Sequence[Block], texts: Sequence[tuple[float, ...]]) -> tuple[float, ...]:
    """What is the same for every block of a page."""
    total = page_chars(blocks)
    return (
        log1p(len(blocks)),
        log1p(total),
        sum(block.link_chars for block in blocks) / total,
        sum(block.chars for block in blocks if block.element.tag == "p") / total,
        float(sum(b.chars > LONG_CHARS and t[1] < LONG_LINK_DENSITY for b, t in zip(blocks, texts, strict=True))),
    )


def measure_shapes(blocks: Sequence[Block]) -> tuple[dict[object, tuple[int, int]], list[object]]:
    """Blocks whose element and parent have the same tag and class are of one shape: how many, and their characters."""
    shapes: dict[object, tuple[int, int]] = {}
    shape_of: list[object] = []
    for block in blocks:
        element, parent = block.element, block.element.parent
        shape = (element.tag, element.class_name, parent and parent.tag, parent and parent.class_name)
        shape_of.append(shape)
        count, chars = shapes.get(shape, (0, 0))
        shapes[shape] = (count + 1, chars + block.chars)
    return shapes, shape_of


def find_title(blocks: Sequence[Block], title: str) -> tuple[list[float], int | None, float]:
    """The share of each block's words that are the title's, which block is most like it (Jaccard), and how much."""
    wanted = set(WORD.findall(title.lower()))
    shares, best_at, best = [0.0] * len(blocks), None, 0.0
    for at, block in enumerate(blocks[:TITLE_WITHIN_BLOCKS] if wanted else ()):
        words = set(WORD.findall(block.text.lower())) if block.chars < TITLE_MAX_CHARS else set()
        if words:
            common = len(words & wanted)
            shares[at] = common / len(words)
            likeness = common / (len(words) + len(wanted) - common)
            if likeness > best:
                best_at, best = at, likeness
    return shares, best_at, best


def containers(element: Element, total: int, known: dict[int, tuple[float, ...]]) -> tuple[float, ...]:
    """The measures of the four innermost containers, -1 where there are fewer; ``known`` remembers outer ones."""
    parent = element.parent
    if parent is None:
        return (*container(element, total)[1:4:2], *NO_CONTAINERS)
    if parent.at not in known:
        measures: tuple[float, ...] = ()
        current: Element | None = parent
        for level in (1, 2, 3):
            chars, density, share, each, children = container(current, total)
            measures += (chars, density, share, each) if level > 1 else (chars, density, share, each, children)
            current = current.parent if current is not None else None
        known[parent.at] = measures
    return (element.link_chars / (element.chars or 1), log1p(element.chars / (element.blocks or 1)), *known[parent.at])


def container(element: Element | None, total: int) -> tuple[float, ...]:
    """Characters, link density, share of the page, characters a block, children of one container."""
    if element is None:
        return (-1.0, -1.0, -1.0, -1.0, -1.0)
    return (
        log1p(element.chars),
        element.link_chars / (element.chars or 1),
        element.chars / total,
        log1p(element.chars / (element.blocks or 1)),
        float(element.children),
    )
