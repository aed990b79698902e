"""The found content while it is tidied: its tree, what each element holds, and the record of what was struck."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from bs4 import Comment, Tag
from bs4.element import NavigableString

from quietpage.article import REMOVED_MAX_CHARS, Removed
from quietpage.cleaner.corrections import KEPT
from quietpage.cleaner.metadata import Metadata
from quietpage.cleaner.tidy.markup import WRAPPERS, serialize, source_of
from quietpage.cleaner.tidy.tree import Node, parse

BLOCKS = frozenset(
    "p div section article main aside header footer nav h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table thead tbody tfoot tr "
    "td th caption blockquote pre figure figcaption form fieldset details summary hr center address hgroup menu".split()
)
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
PICTURES = frozenset("img picture video amp-img math svg canvas iframe object embed".split())
IS_SENTENCE = re.compile(r"\w+(?:[-_]\w+){3,}$")  # "sign-up-for-an-account" is a section's title, not its kind
TABLE_PART = re.compile(r"\s*<(?:tbody|thead|tfoot|tr|td|th)\b")


@dataclass(slots=True)
class Weight:
    """What an element holds: characters of text, of them in links; blocks; pictures and the like."""

    chars: int = 0
    link_chars: int = 0
    blocks: int = 0
    pictures: int = 0

    def add(self, inner: Weight, name: str) -> None:
        """Add what an element of this name inside holds, itself included."""
        self.chars += inner.chars
        self.link_chars += inner.link_chars
        self.blocks += inner.blocks + (name in BLOCKS)
        self.pictures += inner.pictures + (name in PICTURES)

    @property
    def link_density(self) -> float:
        return self.link_chars / self.chars if self.chars else 0.0


@dataclass(slots=True)
class Content:
    """One tree, parsed once. ``tags`` are in page order; those made later stand at the end."""

    root: Node
    metadata: Metadata
    url: str
    removed: list[Removed]
    tags: list[Tag] = field(default_factory=list)
    weights: dict[int, Weight] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)  # ids of dropped elements,
    dropped: list[Tag] = field(default_factory=list)  # which are kept here or in ``tags``, so that no id comes twice
    texts: dict[int, str] = field(default_factory=dict)
    corrected: bool = False  # whether a person wants parts of it kept

    @classmethod
    def read(cls, html: str, metadata: Metadata, url: str, removed: list[Removed]) -> Content:
        if TABLE_PART.match(html):  # the content was found in a part of a table
            html = f"<table>{html}</table>"
        content = cls(parse(html), metadata, url, removed, corrected=f' {KEPT}="' in html)
        content.weigh()
        return content

    def weigh(self) -> None:
        """Weigh every element: text into its parent, then each element into its own parent, last ones first."""
        weights = self.weights
        weights[id(self.root)] = Weight()
        for node in self.root.descendants:
            if isinstance(node, Tag):
                self.tags.append(node)
                weights[id(node)] = Weight()
            elif isinstance(node, NavigableString) and not isinstance(node, Comment) and (text := node.strip()):
                weights[id(node.parent)].chars += len(text)
        for tag in reversed(self.tags):
            weight, name = weights[id(tag)], tag.name
            if name == "a":
                weight.link_chars = weight.chars
            weights[id(tag.parent)].add(weight, name)

    def reorder(self) -> None:
        """Bring ``tags`` into page order again, after a step has made many new ones."""
        self.dropped += self.tags
        self.tags = [node for node in self.root.descendants if isinstance(node, Tag)]

    def weight(self, tag: Tag) -> Weight:
        return self.weights.get(id(tag)) or Weight()

    @property
    def chars(self) -> int:
        return self.weights[id(self.root)].chars

    def all(self, names: Collection[str]) -> list[Tag]:
        """The elements of these names that still stand."""
        return [tag for tag in self.tags if tag.name in names and self.stands(tag)]

    def stands(self, tag: Tag) -> bool:
        """Whether an element is still in the tree."""
        return id(tag) not in self.gone and tag.parent is not None

    def lines(self) -> Iterator[tuple[Tag, str]]:
        """The innermost blocks that hold text, with it, spaces folded; those struck meanwhile are passed over."""
        for tag in self.tags:
            if tag.name in BLOCKS and self.stands(tag):
                weight = self.weights[id(tag)]
                if weight.chars and not weight.blocks:
                    yield tag, self.text(tag)

    def text(self, tag: Tag) -> str:
        """An element's text on one line, remembered until something in it is dropped."""
        key = id(tag)
        if key not in self.texts:
            self.texts[key] = text_of(tag)
        return self.texts[key]

    def strike(self, tag: Tag, step: str, reason: str) -> None:
        """Take an element out for good, and say so. ``reason`` is read by a person.

        What a person wants kept, and what holds such an element, stays.
        """
        if self.corrected and (
            tag.has_attr(KEPT) or any(KEPT in inner.attrs for inner in tag.descendants if isinstance(inner, Tag))
        ):
            return
        self.removed.append(Removed(step, reason, source_of(tag)[:REMOVED_MAX_CHARS]))
        self.drop(tag)

    def drop(self, tag: Tag) -> None:
        """Take an element out whose text, if any, lives on elsewhere."""
        weight = self.weight(tag)
        self.gone.add(id(tag))
        self.gone.update(id(inner) for inner in tag.descendants)
        for above in tag.parents:
            self.texts.pop(id(above), None)
            left = self.weights.get(id(above))
            if left is not None:
                left.chars -= weight.chars
                left.link_chars -= weight.link_chars
                left.blocks -= weight.blocks + (tag.name in BLOCKS)
                left.pictures -= weight.pictures + (tag.name in PICTURES)
        if parts_words(tag):
            tag.insert_before(" ")
        tag.decompose()

    def new(self, name: str, **attributes: str) -> Tag:
        """A new element that later steps will find. It is not in the tree yet."""
        tag = Node(name, dict(attributes))
        self.tags.append(tag)
        self.weights[id(tag)] = Weight()
        return tag

    def html(self) -> str:
        """The content as it now stands."""
        targets = frozenset(str(a["href"])[1:] for a in self.all({"a"}) if str(a.get("href", "")).startswith("#"))
        return serialize(self.root, targets)


def text_of(tag: Tag) -> str:
    """An element's text on one line."""
    return " ".join(tag.get_text().split())


def attribute(tag: Tag, name: str) -> str:
    """An attribute's text, stripped; "" where there is none."""
    value = tag.get(name)
    return value.strip() if isinstance(value, str) else ""


@lru_cache(maxsize=4096)  # the same classes come again and again, on a page and from page to page
def says(pattern: re.Pattern[str], names: str) -> bool:
    """Whether an element's names match."""
    return bool(pattern.search(names))


def parts_words(tag: Tag) -> bool:
    """Whether a block stands between words of one line, which would run together without it."""
    beside = (tag.previous_sibling, tag.next_sibling)
    return tag.name in BLOCKS and not any(
        node is None or (isinstance(node, Tag) and node.name in BLOCKS) for node in beside
    )


def names_of(tag: Tag) -> str:
    """What its author calls an element: class, id, data-component and the tag itself, in one text."""
    attributes = tag.attrs
    if not attributes:
        return tag.name
    found = (attributes.get(name) for name in ("class", "id", "data-component", "data-module", "data-testid"))
    names = [value for value in found if isinstance(value, str) and not IS_SENTENCE.match(value)]
    return " ".join([tag.name, *names])


def sibling(tag: Tag, *, after: bool) -> Tag | None:
    """The nearest element after or before, passing over blank text; None where text or nothing stands there."""
    node = tag.next_sibling if after else tag.previous_sibling
    while node is not None:
        if isinstance(node, Tag):
            return node
        if isinstance(node, NavigableString) and not isinstance(node, Comment) and node.strip():
            return None
        node = node.next_sibling if after else node.previous_sibling
    return None


def around(tag: Tag, *, after: bool) -> Tag | None:
    """The nearest element after or before, looking past wrappers that hold nothing else in that direction."""
    found = sibling(tag, after=after)
    while found is None and tag.parent is not None and tag.parent.name in WRAPPERS | {"figure"}:
        beside = tag.next_sibling if after else tag.previous_sibling
        if isinstance(beside, NavigableString) and beside.strip():
            return None
        tag = tag.parent
        found = sibling(tag, after=after)
    return found
