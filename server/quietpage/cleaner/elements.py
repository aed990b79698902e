"""What a page is read into: elements, blocks of text, pictures."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from quietpage.cleaner.written_tags import NOTHING, PLACES, Tag

N = TypeVar("N", int, float)


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

    def nearest(self, names: Collection[str]) -> Element | None:
        """The innermost element of one of these names that this one stands in, itself included."""
        element: Element | None = self
        while element is not None and element.written.name not in names:
            element = element.parent
        return element

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


def held_by(elements: Sequence[Element], own: Iterable[tuple[Element, N]], nothing: N) -> list[N]:
    """What every element holds, by its number: its own amounts, and those of the elements inside it.

    Children stand after their parents, so it is added up from the end.
    """
    held = [nothing] * len(elements)
    for element, amount in own:
        held[element.at] += amount
    for element in reversed(elements):
        if element.parent is not None:
            held[element.parent.at] += held[element.at]
    return held


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
