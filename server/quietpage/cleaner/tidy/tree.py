"""The found content as a BeautifulSoup tree, built and searched faster than its general parser and search can.

The content comes from the page's parser, well formed: every attribute quoted, every tag closed. So one pattern reads
it, and what no later step asks for (inline styles, event handlers, data of scripts) never enters the tree.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Collection, Iterator, Sequence

from bs4 import Tag
from bs4.element import NavigableString, PageElement, RubyParenthesisString, RubyTextString

TOKEN = re.compile(  # a tag's attributes as the parser writes them, else anything up to its end
    r"<(?:!--.*?-->|!?(/)?([a-zA-Z][^\s/>]*)((?: [^\s>]+?=\"[^\"]*+\")*+|[^>]*+)>)|([^<]+|<)", re.DOTALL
)
ATTRIBUTE = re.compile(r"([^\s=>\"'/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
NOT_READ = re.compile(r"<(script|style|svg|template)\b(?![^>]*math/)[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
LOST = frozenset("doctype html head body".split())  # tags that hold no place inside content
UNUSED = frozenset("style rel target role tabindex align valign border cellpadding cellspacing bgcolor loading".split())
ROOT = "[document]"
NOT_SAID = {"rt": RubyTextString, "rp": RubyParenthesisString}  # not among the words of a text
BLANKS = " \n\t\f\r"


class Node(Tag):
    """An element that answers as any BeautifulSoup element does, without the dozen facts about its parser that
    making one else works out: a content has hundreds."""

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

    def __init__(self, name: str, attrs: dict[str, str]) -> None:  # in place of the parent's, see above
        self.name = name
        self.attrs = attrs  # type: ignore[assignment]  # a plain dict is all that the parser's own class is
        self.contents: list[PageElement] = []
        self.found_at = 0  # where a child was last found
        self.parent = self.next_element = self.previous_element = self.next_sibling = self.previous_sibling = None

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


def parse(html: str) -> Node:
    """Return the tree of well-formed content, under a root of no name of its own. Never recursive, never raises."""
    root = parent = Node(ROOT, {})
    last: PageElement = root
    around: list[Node] = []
    texts: list[str] = []
    for closing, name, attributes, text in TOKEN.findall(NOT_READ.sub("", html)):
        if text:
            texts.append(entities.unescape(text) if "&" in text else text)
            continue
        if not name or (tag := name.lower()) in LOST:
            continue
        if texts:
            last = place(text_node(texts, around, parent), parent, last)
            texts = []
        if not closing:
            node = Node(tag, read_attributes(attributes) if attributes else {})
            last = place(node, parent, last)
            if tag not in VOID:
                around.append(parent)
                parent = node
        elif parent.name == tag and around:
            parent = around.pop()
        elif any(node.name == tag for node in around):  # a cut took an end tag with it
            while parent.name != tag:
                parent = around.pop()
            parent = around.pop()
    if texts:
        place(text_node(texts, around, parent), parent, last)
    return root


def text_node(texts: Sequence[str], around: Sequence[Node], parent: Node) -> NavigableString:
    """A text of its pieces; one of blanks alone becomes one blank, where it is not preformatted."""
    text = texts[0] if len(texts) == 1 else "".join(texts)
    if not text.strip(BLANKS) and not any(node.name == "pre" for node in (*around, parent)):
        text = "\n" if "\n" in text else " "
    return NOT_SAID.get(parent.name, NavigableString)(text)


def place(node: PageElement, parent: Node, last: PageElement) -> PageElement:
    """Put a new node behind all that is in ``parent``; ``last`` was read before it. Returns the node."""
    siblings = parent.contents
    node.parent = parent
    node.previous_element = last
    last.next_element = node
    if siblings:
        node.previous_sibling = siblings[-1]
        siblings[-1].next_sibling = node
    siblings.append(node)
    return node


def read_attributes(text: str) -> dict[str, str]:
    """The attributes of one tag that some step asks for."""
    found: dict[str, str] = {}
    for name, double, single, bare in ATTRIBUTE.findall(text):
        name, value = name.lower(), double or single or bare
        if name not in UNUSED and not name.startswith("on"):
            found.setdefault(name, entities.unescape(value) if "&" in value else value)
    return found


# Search: as BeautifulSoup's own, for names alone, without making a filter each time.


def inside(tag: Tag, names: Collection[str]) -> Iterator[Tag]:
    """The elements of these names in an element, in page order."""
    return (node for node in tag.descendants if isinstance(node, Tag) and node.name in names)


def first_inside(tag: Tag, names: Collection[str]) -> Tag | None:
    """The first of them; None where there is none."""
    return next(inside(tag, names), None)


def holder_of(tag: Tag, names: Collection[str]) -> Tag | None:
    """The innermost element of one of these names around an element."""
    return next((above for above in tag.parents if above.name in names), None)


def pieces_of(tag: Tag) -> Iterator[str]:
    """An element's pieces of text, blanks around them cut, those of blanks alone left out."""
    return (text for node in tag.descendants if type(node) is NavigableString and (text := node.strip()))
