"""Found content to a BeautifulSoup tree and back, faster than its general parser and printer can.

The content comes from the page's parser, well formed: every attribute quoted, every tag closed. So one pattern reads
it, and what no later step asks for (inline styles, event handlers, data of scripts) never enters the tree.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable, Sequence
from typing import Any

from bs4 import BeautifulSoup, Comment, Tag
from bs4.builder import HTMLTreeBuilder
from bs4.element import NavigableString, PageElement

TOKEN = re.compile(  # a tag's attributes as the parser writes them, else anything up to its end
    r"<(?:!--.*?-->|!?(/)?([a-zA-Z][^\s/>]*)((?: [^\s>]+?=\"[^\"]*+\")*+|[^>]*+)>)|([^<]+|<)", re.DOTALL
)
ATTRIBUTE = re.compile(r"([^\s=>\"'/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
NOT_READ = re.compile(r"<(script|style|svg|template)\b(?![^>]*math/)[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
LOST = frozenset("doctype html head body".split())  # tags that hold no place inside content
UNUSED = frozenset("style rel target role tabindex align valign border cellpadding cellspacing bgcolor loading".split())
WRAPPERS = frozenset(
    "div section article main aside header footer nav hgroup center span font address fieldset label form button "
    "noscript picture big tt nobr legend menu dir".split()
)
MEANT = ("lang", "dir")  # attributes that make even a wrapper worth keeping


class ContentBuilder(HTMLTreeBuilder):
    """Feeds well-formed HTML into BeautifulSoup. Never recursive, never raises."""

    def feed(self, markup: Any) -> None:
        """Read the markup; see the module's text for what is left out."""
        soup = self.soup
        assert soup is not None and isinstance(markup, str)
        start, end, data = soup.handle_starttag, soup.handle_endtag, soup.handle_data
        for closing, name, attributes, text in TOKEN.findall(NOT_READ.sub("", markup)):
            if text:
                data(entities.unescape(text) if "&" in text else text)
            elif not name or (tag := name.lower()) in LOST:
                continue
            elif closing:
                end(tag)
            else:
                start(tag, None, None, read_attributes(attributes) if attributes else {})
                if tag in VOID:
                    end(tag)
        soup.endData()


def read_attributes(text: str) -> dict[str, str]:
    """The attributes of one tag that some step asks for."""
    found: dict[str, str] = {}
    for name, double, single, bare in ATTRIBUTE.findall(text):
        name, value = name.lower(), double or single or bare
        if name not in UNUSED and not name.startswith("on"):
            found.setdefault(name, entities.unescape(value) if "&" in value else value)
    return found


def parse(html: str) -> BeautifulSoup:
    """Return the tree of well-formed content."""
    builder = ContentBuilder(multi_valued_attributes={})
    return BeautifulSoup(html, builder=builder)


def serialize(root: Tag, targets: frozenset[str] = frozenset()) -> str:
    """Return what stands in a tree as HTML, without needless wrappers; ``targets`` are ids that links point to."""
    return write(root.contents, lambda tag: tags_of(tag, targets))


def source_of(tag: Tag) -> str:
    """An element's HTML as it stands, for the record."""
    return write([tag], whole_tags_of)


def write(nodes: Sequence[PageElement], tags: Callable[[Tag], tuple[str, str]]) -> str:
    """Write nodes as HTML, iteratively, so that no depth is too deep."""
    parts: list[str] = []
    stack = [iter(nodes)]
    closers = [""]
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
            parts.append(closers.pop())
        elif isinstance(node, Tag):
            opener, closer = tags(node)
            parts.append(opener)
            if node.name not in VOID:
                stack.append(iter(node.contents))
                closers.append(closer)
        elif isinstance(node, NavigableString) and not isinstance(node, Comment):
            parts.append(escape(node))
    return "".join(parts)


def whole_tags_of(tag: Tag) -> tuple[str, str]:
    return f"<{tag.name}{print_attributes(tag.attrs)}>", f"</{tag.name}>"


def tags_of(tag: Tag, targets: frozenset[str]) -> tuple[str, str]:
    """The start and end tag, both empty for a wrapper that says nothing."""
    attributes = tag.attrs
    if tag.name in WRAPPERS:
        if not attributes:
            return "", ""
        kept = {name: attributes[name] for name in MEANT if name in attributes}
        if attributes.get("id") in targets:
            kept["id"] = attributes["id"]
        if not kept:
            return "", ""
        name, attributes = ("span" if tag.name not in ("div", "section") else "div"), kept
        if tag.name in ("article", "main", "aside", "header", "footer", "nav"):
            name = "div"
        return f"<{name}{print_attributes(attributes)}>", f"</{name}>"
    return whole_tags_of(tag) if attributes else (f"<{tag.name}>", f"</{tag.name}>")


def print_attributes(attributes: Any) -> str:
    return "".join(
        f' {name}="{str(value).replace("&", "&amp;").replace(chr(34), "&quot;")}"' for name, value in attributes.items()
    )


def escape(text: NavigableString | str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
