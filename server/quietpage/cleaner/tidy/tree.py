"""The found content as a BeautifulSoup tree, built and searched faster than its general parser and search can.

The content comes from the page's parser, well formed: every attribute quoted, every tag closed. So it is read from "<"
to "<", each tag is understood once however often it stands there, and what no later step asks for (inline styles, event
handlers, data of scripts) never enters the tree.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from bs4 import Tag
from bs4.element import NavigableString, PageElement, RubyParenthesisString, RubyTextString

from quietpage.cleaner.entities import unescaped
from quietpage.cleaner.tidy.node import Node

TOKEN = re.compile(  # a tag's attributes as the parser writes them, else anything up to its end
    r"<(?:!--.*?-->|!?(/)?([a-zA-Z][^\s/>]*)((?: [^\s>]+?=\"[^\"]*+\")*+|[^>]*+)>)|<", re.DOTALL
)
NAME = re.compile(r"/?[a-zA-Z][^\s/>\"]*")
ATTRIBUTE = re.compile(r"([^\s=>\"'/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
ATTRIBUTE_NAME = re.compile(r"[^\s=>\"'/]+")
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
NOT_READ = re.compile(r"<(script|style|svg|template)\b(?![^>]*math/)[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
LOST = frozenset("doctype html head body".split())  # tags that hold no place inside content
UNUSED = frozenset("rel target tabindex align valign border cellpadding cellspacing bgcolor loading".split())
ROOT = "[document]"
NOT_SAID = {"rt": RubyTextString, "rp": RubyParenthesisString}  # not among the words of a text
BLANKS, BLANK = " \n\t\f\r", frozenset({" ", "\n"})
NOTHING, OPENS, STANDS, CLOSES, UNCLEAR = range(5)  # what a tag does; one that stands holds nothing
STARTS = frozenset({OPENS, STANDS})
Written = tuple[int, str, dict[str, str]]  # what a tag does, its name, its attributes


def parse(html: str) -> list[Node]:
    """Return the elements of well-formed content in page order, first their root, of no name of its own.

    Each has counted the characters of the texts right in it. Never recursive, never raises.
    """
    root = parent = Node(ROOT, {})
    last: PageElement = root
    nodes, has_code = [root], "<pre" in html
    texts: list[str] = []  # read, but not placed yet
    for (kind, name, attributes), text in tags_in(html):
        if texts and kind != NOTHING:
            last = place(text_node(texts, parent, has_code), parent, last)
            texts = []
        if kind in STARTS:
            node = Node(name, attributes.copy())
            nodes.append(node)
            last = place(node, parent, last)
            if kind == OPENS:
                parent = node
        elif kind == CLOSES:
            parent = closed(parent, name)
        if text:
            texts.append(unescaped(text))
    if texts:
        place(text_node(texts, parent, has_code), parent, last)
    return nodes


def tags_in(html: str) -> Iterator[tuple[Written, str]]:
    """Each tag with the text behind it; before the first one, a tag that does nothing."""
    known: dict[str, Written] = {}
    if any(begin in html for begin in ("<script", "<style", "<svg", "<template")):
        html = NOT_READ.sub("", html)
    pieces = iter(html.split("<"))
    text = next(pieces)
    yield (NOTHING, "", {}), text
    end, read = len(text), 0  # of the piece; of what was read ahead
    for piece in pieces:
        begin, end = end, end + 1 + len(piece)
        if begin < read:
            continue
        written, is_closed, text = piece.partition(">")
        tag = known.get(written)
        if tag is None:
            tag = known[written] = understand(written)
        if tag[0] == UNCLEAR or not is_closed:
            tag, text, read = read_unclear(html, begin)
        yield tag, text


def understand(written: str) -> Written:
    """What is written between "<" and the next ">", where that surely is a whole tag as the parser writes it."""
    name, _, attributes = written.partition(" ")
    quotes = written.count('"')
    if quotes != 2 * written.count('="') or (attributes and attributes[-1] != '"') or not NAME.fullmatch(name):
        return UNCLEAR, "", {}
    if name[0] == "/":
        return as_end_tag(name[1:])
    return as_start_tag(name, read_attributes(attributes) if attributes else {})


def as_start_tag(name: str, attributes: dict[str, str]) -> Written:
    name = name.lower()
    return NOTHING if name in LOST else STANDS if name in VOID else OPENS, name, attributes


def as_end_tag(name: str) -> Written:
    name = name.lower()
    return NOTHING if name in LOST else CLOSES, name, {}


def read_unclear(html: str, begin: int) -> tuple[Written, str, int]:
    """The tag, comment or mere "<" that begins here, the text behind it, and where that ends."""
    found = TOKEN.match(html, begin)
    tag: Written = (NOTHING, "", {})
    at = begin  # a mere "<" is text
    if found is not None and found.end() > begin + 1:
        at = found.end()
        if found[2]:
            tag = as_end_tag(found[2]) if found[1] else as_start_tag(found[2], read_odd_attributes(found[3]))
    following = html.find("<", max(at, begin + 1))
    end = following if following >= 0 else len(html)
    return tag, html[at:end], end


def read_attributes(text: str) -> dict[str, str]:
    """The attributes of one tag that some step asks for."""
    found: dict[str, str] = {}
    for written in text[:-1].split('" '):
        name, _, value = written.partition('="')
        used = use_of(name)
        if used is None or '"' in value:
            return read_odd_attributes(text)
        if used and (used != "style" or "url(" in value):  # of styles, only those that show a picture
            found.setdefault(used, unescaped(value))
    return found


@lru_cache(maxsize=1024)
def use_of(name: str) -> str | None:
    """An attribute's name where some step asks for it, "" where none does; None where it is no name."""
    if not ATTRIBUTE_NAME.fullmatch(name):
        return None
    name = name.lower()
    return "" if name in UNUSED or name.startswith("on") else name


def read_odd_attributes(text: str) -> dict[str, str]:
    """The same of attributes that are written as only people and broken pages do."""
    found: dict[str, str] = {}
    for name, double, single, bare in ATTRIBUTE.findall(text):
        value = double or single or bare
        if (used := use_of(name)) and (used != "style" or "url(" in value):
            found.setdefault(used, unescaped(value))
    return found


def closed(parent: Node, name: str) -> Node:
    """Where the next node stands after an end tag. A cut may have taken some end tags with it, or a start tag."""
    above: Tag | None = parent
    while above is not None and above.name != name:
        above = above.parent
    return parent if above is None else above.parent  # type: ignore[return-value]  # the root has no such name


def text_node(texts: Sequence[str], parent: Node, has_code: bool) -> NavigableString:
    """A text of its pieces; one of blanks alone becomes one blank, where it is not preformatted."""
    text = texts[0] if len(texts) == 1 else "".join(texts)
    if text not in BLANK and not text.strip(BLANKS) and not (has_code and is_code(parent)):
        text = "\n" if "\n" in text else " "
    parent.chars += len(text.strip())
    return str.__new__(NOT_SAID.get(parent.name, NavigableString), text)


def is_code(tag: Tag) -> bool:
    return tag.name == "pre" or holder_of(tag, {"pre"}) is not None


def place(node: PageElement, parent: Node, last: PageElement) -> PageElement:
    """Put a new node behind all that is in ``parent``; ``last`` was read before it. Returns the node."""
    siblings = parent.contents
    node.parent = parent
    node.previous_element = last
    last.next_element = node
    node.next_sibling = node.next_element = None
    if siblings:
        node.previous_sibling = siblings[-1]
        siblings[-1].next_sibling = node
    else:
        node.previous_sibling = None
    siblings.append(node)
    return node


# Search: as BeautifulSoup's own, for names alone, without making a filter each time.


def inside(tag: Tag, names: Collection[str]) -> Iterator[Tag]:
    """The elements of these names in an element, in page order."""
    return (node for node in tag.descendants if isinstance(node, Tag) and node.name in names)


def first_inside(tag: Tag, names: Collection[str]) -> Tag | None:
    """The first of them; None where there is none."""
    return next(inside(tag, names), None)


def holder_of(tag: Tag, names: Collection[str]) -> Tag | None:
    """The innermost element of one of these names around an element."""
    above = tag.parent
    while above is not None and above.name not in names:
        above = above.parent
    return above


def pieces_of(tag: Tag) -> Iterator[str]:
    """An element's pieces of text, blanks around them cut, those of blanks alone left out."""
    return (text for node in tag.descendants if type(node) is NavigableString and (text := node.strip()))
