"""The found content while it is tidied: its tree, what each element holds, and the record of what was struck."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import cast

from bs4 import Comment, Tag
from bs4.element import NavigableString, PageElement

from quietpage.article import REMOVED_MAX_CHARS, Removed
from quietpage.cleaner.corrections import KEPT
from quietpage.cleaner.metadata import Metadata
from quietpage.cleaner.tidy.markup import WRAPPERS, serialize, source_of
from quietpage.cleaner.tidy.node import BLOCKS as BLOCKS  # as steps ask for them
from quietpage.cleaner.tidy.node import PICTURES, Node, Weight
from quietpage.cleaner.tidy.tree import parse
from quietpage.cleaner.words.patterns import AnyCase

HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
NAMES = ("class", "id", "data-component", "data-module", "data-testid")
# "sign-up-for-an-account" is a section's title, not its kind. A part of a name goes up to the next joint, and can be
# read in one way only: else names of many joints would take forever.
PART = r"\w[^\W_]*+(?:_(?!\w))?+"
IS_SENTENCE = re.compile(rf"{PART}(?:[-_]{PART}){{3,}}+$")
PAGE_ORDER = attrgetter("at")
TABLE_PART = re.compile(r"\s*<(?:tbody|thead|tfoot|tr|td|th)\b")


@dataclass(slots=True)
class Content:
    """One tree, parsed once. ``tags`` are in page order; those made later stand at the end."""

    root: Node
    metadata: Metadata
    url: str
    removed: list[Removed]
    tags: list[Node]
    named: defaultdict[str, list[Node]] = field(default_factory=lambda: defaultdict(list))  # the same by their names,
    unsorted: set[str] = field(default_factory=set)  # of which these are not in order: some were renamed
    texts: dict[Tag, str] = field(default_factory=dict)
    source: str = ""  # what it was read from: a step looks here first whether it is needed at all
    corrected: bool = False  # whether a person wants parts of it kept

    @classmethod
    def read(cls, html: str, metadata: Metadata, url: str, removed: list[Removed]) -> Content:
        if TABLE_PART.match(html):  # the content was found in a part of a table
            html = f"<table>{html}</table>"
        root, *tags = parse(html)
        content = cls(root, metadata, url, removed, tags, source=html, corrected=f' {KEPT}="' in html)
        content.weigh()
        return content

    def weigh(self) -> None:
        """Add up what every element holds, last ones first: the parser has counted the texts right in each."""
        for tag in reversed(self.tags):
            name, around = tag.name, tag.parent
            assert around is not None
            if tag.chars:
                around.chars += tag.chars
                if name == "a":
                    tag.link_chars = tag.chars
                around.link_chars += tag.link_chars
            around.blocks += tag.blocks + (name in BLOCKS)
            around.pictures += tag.pictures + (name in PICTURES)
        self.register()

    def register(self) -> None:
        """Note which elements have which name."""
        self.named = named = defaultdict[str, list[Node]](list)
        self.unsorted.clear()
        for at, tag in enumerate(self.tags):
            tag.at = at
            named[tag.name].append(tag)

    def reorder(self) -> None:
        """Bring ``tags`` into page order again, after a step has made many new ones."""
        self.tags = [node for node in self.root.descendants if isinstance(node, Node)]
        self.register()

    def weight(self, tag: Tag) -> Weight:
        """What an element holds."""
        return tag  # type: ignore[return-value]  # every element here is a Node, which is its own weight

    @property
    def chars(self) -> int:
        return self.root.chars

    def all(self, names: Collection[str]) -> list[Tag]:
        """The elements of these names that still stand."""
        for name in self.unsorted.intersection(names):
            self.named[name] = list(dict.fromkeys(sorted(self.named[name], key=PAGE_ORDER)))
            self.unsorted.discard(name)
        found = [self.named[name] for name in self.named.keys() & names]
        if len(found) == 1:
            tags = found[0]
        elif sum(map(len, found)) * 8 < len(self.tags):
            tags = sorted(chain.from_iterable(found), key=PAGE_ORDER)
        elif found:
            tags = self.tags
        else:
            return []
        return [tag for tag in tags if tag.name in names and not tag.gone and tag.parent is not None]

    def stands(self, tag: Tag) -> bool:
        """Whether an element is still in the tree."""
        return tag.parent is not None and not tag.gone

    def lines(self) -> Iterator[tuple[Tag, str]]:
        """The innermost blocks that hold text, with it, spaces folded; those struck meanwhile are passed over."""
        for tag in self.all(BLOCKS):
            node = cast(Node, tag)
            if node.chars and not node.blocks and not node.gone and node.parent is not None:
                yield tag, self.text(tag)

    def text(self, tag: Tag) -> str:
        """An element's text on one line, remembered until something in it is dropped."""
        text = self.texts.get(tag)
        if text is None:
            text = self.texts[tag] = text_of(tag)
        return text

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
        node = cast(Node, tag)
        name, above = node.name, node.parent
        while above is not None:
            self.texts.pop(above, None)
            above.subtract(node, name)
            above = above.parent
        node.gone = True
        self.forget(node)
        if parts_words(node):
            node.insert_before(" ")
        node.extract()

    def replace(self, tag: Tag, new: Tag) -> None:
        """Put a new element, weighed already, in the place of another, which is gone for good."""
        tag.insert_before(new.extract())
        self.drop(tag)
        for above in new.parents:
            cast(Node, above).add(cast(Node, new), new.name)

    def forget(self, tag: Tag) -> None:
        """Let no step find what is inside an element."""
        for node in tag.descendants:
            if isinstance(node, Node):
                node.gone = True

    def new(self, name: str, **attributes: str) -> Node:
        """A new element that later steps will find. It is not in the tree yet."""
        tag = Node(name, attributes)
        tag.at = len(self.tags)
        self.tags.append(tag)
        self.named[name].append(tag)
        return tag

    def rename(self, tag: Tag, name: str) -> None:
        """Give an element another name, by which later steps will find it."""
        tag.name = name
        self.named[name].append(cast(Node, tag))
        self.unsorted.add(name)

    def html(self) -> str:
        """The content as it now stands."""
        targets = frozenset(str(a["href"])[1:] for a in self.all({"a"}) if str(a.get("href", "")).startswith("#"))
        return serialize(self.root, targets)

    def close(self) -> None:
        """Let go of every node; left to the garbage collector, a large tree costs half as much as its making."""
        node: PageElement | None = self.root
        while node is not None:
            following = node.next_element
            node.parent = node.previous_element = node.next_element = node.previous_sibling = node.next_sibling = None
            node = following


def parts_words(tag: Tag) -> bool:
    """Whether a block stands between words of one line, which would run together without it."""
    beside = (tag.previous_sibling, tag.next_sibling)
    return tag.name in BLOCKS and not any(
        node is None or (isinstance(node, Tag) and node.name in BLOCKS) for node in beside
    )


def text_of(tag: Tag) -> str:
    """An element's text on one line."""
    return " ".join(tag.get_text().split())


def attribute(tag: Tag, name: str) -> str:
    """An attribute's text, stripped; "" where there is none."""
    value = tag.get(name)
    return value.strip() if isinstance(value, str) else ""


@lru_cache(maxsize=4096)  # the same classes come again and again, on a page and from page to page
def says(pattern: AnyCase, names: str) -> bool:
    """Whether an element's names match."""
    return bool(pattern.search(names))


def names_of(tag: Tag) -> str:
    """What its author calls an element: class, id, data-component and the tag itself, in one text."""
    if not tag.attrs:
        return tag.name
    node: Node = tag  # type: ignore[assignment]  # every element here is one
    name, attributes, named = node.name, node.attrs, node.named
    if named is None or named[0] is not attributes or named[1] is not name:
        values = [str(attributes[key]) for key in NAMES if key in attributes]
        names = " ".join([name, *(value for value in values if not IS_SENTENCE.match(value))])
        node.named = named = attributes, name, names
    return named[2]


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
