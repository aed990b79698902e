"""The tree written as HTML again: whole for the record, without needless wrappers for the reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from bs4 import Comment, Tag
from bs4.element import NavigableString, PageElement

from quietpage.cleaner.sanitize import CONTENT_LOST, INLINE, MATH, STRUCTURE
from quietpage.cleaner.tidy.tree import VOID

WRAPPERS = frozenset(
    "div section article main aside header footer nav hgroup center span font address fieldset label form button "
    "noscript picture big tt nobr legend menu dir".split()
)
KNOWN = STRUCTURE | INLINE | MATH | CONTENT_LOST  # to the sanitiser, which leaves out the tags of all others
MEANT = ("lang", "dir")  # attributes that make even a wrapper worth keeping


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
    """The start and end tag, both empty for a wrapper that says nothing, and for what the sanitiser does not know."""
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
    if tag.name not in KNOWN:  # left to the sanitiser, it would let stand in each other what no parser reads so
        return "", ""
    return whole_tags_of(tag) if attributes else (f"<{tag.name}>", f"</{tag.name}>")


def print_attributes(attributes: Any) -> str:
    return "".join(
        f' {name}="{str(value).replace("&", "&amp;").replace(chr(34), "&quot;")}"' for name, value in attributes.items()
    )


def escape(text: NavigableString | str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
