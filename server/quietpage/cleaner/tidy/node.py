"""The elements of the content: BeautifulSoup's own to every caller, but made, moved and walked far faster.

Making one of BeautifulSoup's elements works out a dozen facts about its parser, and moving one asks for its place among
its siblings from the first on; a content has hundreds of elements, a long one a hundred thousand.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self

from bs4 import Tag
from bs4.element import NavigableString, PageElement

BLOCKS = frozenset(
    "p div section article main aside header footer nav h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table thead tbody tfoot tr "
    "td th caption blockquote pre figure figcaption form fieldset details summary hr center address hgroup menu".split()
)
PICTURES = frozenset("img picture video amp-img math svg canvas iframe object embed".split())


class Weight:
    """What an element holds: characters of text, of them in links; blocks; pictures and the like.

    The element itself is its weight: one object less for each, which the garbage collector need not look through.
    """

    chars = link_chars = blocks = pictures = 0  # on the class: most hold one or two of them

    def add(self, inner: Weight, name: str) -> None:
        """Add what an element of this name inside holds, itself included."""
        self.chars += inner.chars
        self.link_chars += inner.link_chars
        self.blocks += inner.blocks + (name in BLOCKS)
        self.pictures += inner.pictures + (name in PICTURES)

    def subtract(self, inner: Weight, name: str) -> None:
        """Take that away again."""
        self.chars -= inner.chars
        self.link_chars -= inner.link_chars
        self.blocks -= inner.blocks + (name in BLOCKS)
        self.pictures -= inner.pictures + (name in PICTURES)

    @property
    def link_density(self) -> float:
        return self.link_chars / self.chars if self.chars else 0.0


class Node(Weight, Tag):
    """An element, which knows what it holds. ``gone`` means dropped; ``at`` is its number in page order."""

    parser_class = None
    namespace = None
    prefix = None
    sourceline = None
    sourcepos = None
    known_xml = False
    hidden = False
    can_be_empty_element = False
    cdata_list_attributes = None
    preserve_whitespace_tags = None
    interesting_string_types = Tag.MAIN_CONTENT_STRING_TYPES
    _decomposed = False
    parent: Node | None = None  # nodes stand in nodes alone
    next_element = previous_element = next_sibling = previous_sibling = None  # until it has a place
    gone = False
    at = 0
    found_at = 0  # where a child was last found
    named: tuple[object, str, str] | None = None  # see content.names_of()

    def __init__(self, name: str, attrs: dict[str, str]) -> None:  # in place of the parent's, see above
        self.name = name
        self.attrs = attrs  # type: ignore[assignment]  # a plain dict is all that the parser's own class is
        self.contents: list[PageElement] = []

    __eq__ = object.__eq__  # one element is another only where it is the same: the parent's compares all they hold
    __ne__ = object.__ne__
    __hash__ = object.__hash__

    @property
    def descendants(self) -> Iterator[PageElement]:
        """All nodes inside, in page order; the one just given may be taken out."""
        node, end = self.contents[0] if self.contents else None, None
        if node is not None:
            end = after(self)
        while node is not end and node is not None:
            following = node.next_element
            yield node
            node = following

    @property
    def parents(self) -> Iterator[Tag]:
        """The elements around, from the inside out."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    def get_text(self, separator: str = "", strip: bool = False, types: Any = PageElement.default) -> str:
        """All text inside but readings above the words (ruby)."""
        if strip or types is not PageElement.default:
            return super().get_text(separator, strip, types)
        contents = self.contents
        if len(contents) == 1 and type(contents[0]) is NavigableString:
            return str(contents[0])
        return separator.join([node for node in self.descendants if type(node) is NavigableString])

    def index(self, element: PageElement) -> int:
        """The place of a child, looked for outward from the last one found: the next mostly stands nearby.

        BeautifulSoup looks from the first child on, which is quadratic over a page of 100,000 line breaks. Raises
        ValueError where there is no such child.
        """
        children = self.contents
        above = min(self.found_at, len(children))
        below = above - 1
        while below >= 0 or above < len(children):
            if above < len(children):
                if children[above] is element:
                    self.found_at = above
                    return above
                above += 1
            if below >= 0:
                if children[below] is element:
                    self.found_at = below
                    return below
                below -= 1
        raise ValueError("Tag.index: element not in tag")

    def extract(self, _self_index: int | None = None) -> Self:
        """Take the element out of its tree, with all in it."""
        parent = self.parent
        if parent is not None:
            del parent.contents[parent.index(self) if _self_index is None else _self_index]
            unlink(self)
        return self

    def append(self, child: Any) -> PageElement:
        """Put a node, or a text, behind all that is inside."""
        node = child if isinstance(child, PageElement) else NavigableString(child)
        if node.parent is not None:
            node.extract()
        link(node, self, self.contents[-1] if self.contents else None, None)
        self.contents.append(node)
        return node

    def insert(self, position: int, *children: Any) -> list[PageElement]:
        """Put nodes, or texts, before the child at a position."""
        nodes = [child if isinstance(child, PageElement) else NavigableString(child) for child in children]
        for node in nodes:
            if node.parent is self and self.index(node) < position:
                position -= 1
            node.extract()
            position = min(position, len(self.contents))
            before = self.contents[position - 1] if position else None
            following = self.contents[position] if position < len(self.contents) else None
            link(node, self, before, following)
            self.contents.insert(position, node)
            position += 1
        return nodes

    def unwrap(self) -> Self:
        """Put what is inside in the element's place."""
        parent, inner = self.parent, self.contents
        if parent is None or not inner:
            return self.extract()
        at = parent.index(self)
        parent.contents[at : at + 1] = inner
        for child in inner:
            child.parent = parent
        first, last = inner[0], inner[-1]
        first.previous_element, first.previous_sibling = self.previous_element, self.previous_sibling
        last.next_sibling = self.next_sibling
        if self.previous_element is not None:
            self.previous_element.next_element = first
        if self.previous_sibling is not None:
            self.previous_sibling.next_sibling = first
        if self.next_sibling is not None:
            self.next_sibling.previous_sibling = last
        self.contents = []
        self.parent = self.next_element = self.previous_element = self.next_sibling = self.previous_sibling = None
        return self

    def clear(self, decompose: bool = False) -> None:
        """Take out all that is inside."""
        children, self.contents = self.contents, []
        following = after(self)
        for child in children:
            last_in(child).next_element = None
            child.parent = child.previous_element = child.next_sibling = child.previous_sibling = None
        self.next_element = following
        if following is not None:
            following.previous_element = self
        for child in children if decompose else ():
            child.decompose()


def fill(tag: Tag, nodes: list[PageElement]) -> None:
    """Let these nodes stand in an element in place of all that did, some of which they may be or hold."""
    following = after(tag)
    for node in tag.contents:
        if node.parent is tag:  # and not already in one of the new ones
            node.parent = node.next_sibling = None
    last: PageElement = tag
    left: PageElement | None = None
    for node in nodes:
        node.parent, node.previous_sibling, node.previous_element = tag, left, last
        last.next_element = node
        if left is not None:
            left.next_sibling = node
        left = last = node
        while isinstance(last, Node) and last.contents:
            last = last.contents[-1]
    if left is not None:
        left.next_sibling = None
    last.next_element = following
    if following is not None:
        following.previous_element = last
    tag.contents = nodes


def last_in(node: PageElement) -> PageElement:
    """The last node in an element, or itself."""
    if node.next_sibling is not None:
        return node.next_sibling.previous_element  # type: ignore[return-value]  # there is at least the node itself
    while isinstance(node, Tag) and node.contents:
        node = node.contents[-1]
    return node


def after(node: PageElement) -> PageElement | None:
    """The first node behind an element and all that is in it."""
    above: PageElement | None = node
    while above is not None:
        if above.next_sibling is not None:
            return above.next_sibling
        above = above.parent
    return None


def unlink(node: PageElement) -> None:
    """Let a node's neighbors know of it no longer, nor it of them; its parent's list is the caller's."""
    last = last_in(node)
    before, following = node.previous_element, last.next_element
    if before is not None:
        before.next_element = following
    if following is not None:
        following.previous_element = before
    left, right = node.previous_sibling, node.next_sibling
    if left is not None:
        left.next_sibling = right
    if right is not None:
        right.previous_sibling = left
    last.next_element = None
    node.parent = node.previous_element = node.next_sibling = node.previous_sibling = None


def link(node: PageElement, parent: Tag, left: PageElement | None, right: PageElement | None) -> None:
    """Let a node without a place stand between two children, either of which may be None."""
    before = parent if left is None else last_in(left)
    last = last_in(node)
    following = before.next_element
    node.parent, node.previous_sibling, node.next_sibling, node.previous_element = parent, left, right, before
    before.next_element = node
    last.next_element = following
    if following is not None:
        following.previous_element = last
    if left is not None:
        left.next_sibling = node
    if right is not None:
        right.previous_sibling = node
