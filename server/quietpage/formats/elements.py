"""Sanitized HTML as a tree, to be changed and written out again, well formed whatever it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from xml.etree.ElementTree import Element

# As the sanitiser writes it: a "<" in a text is an entity, and so is a quotation mark in a value.
TOKEN = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^>\"]++|\"[^\"]*+\")*+)>|([^<]++|<)")
ATTRIBUTE = re.compile(r'([a-z][a-z-]*)="([^"]*)"')
VOID = frozenset({"br", "hr", "img", "col", "wbr"})
# What XML 1.0 has no place for (§2.2), as characters of their own
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def parse(html: str) -> Element:
    """The content of sanitized HTML as a ``div``; what is not closed closes at the end. Linear in its length."""
    root = Element("div")
    around = [root]
    for closing, name, attributes, text in TOKEN.findall(html):
        tag = name.lower()
        if text:
            add_text(around[-1], NOT_IN_XML.sub("\ufffd", unescape(text)))
        elif closing:
            close(around, tag)
        else:
            made = Element(tag, attributes_of(attributes))
            around[-1].append(made)
            if tag not in VOID:
                around.append(made)
    return root


def close(around: list[Element], tag: str) -> None:
    """Close the innermost open element of a name, with those in it; without one, nothing."""
    for at in range(len(around) - 1, 0, -1):
        if around[at].tag == tag:
            del around[at:]
            return


def attributes_of(written: str) -> dict[str, str]:
    """An element's attributes, the first of each name."""
    found: dict[str, str] = {}
    for name, value in ATTRIBUTE.findall(written):
        found.setdefault(name, NOT_IN_XML.sub("\ufffd", unescape(value)))
    return found


def add_text(parent: Element, text: str) -> None:
    """Put a text behind all that is in an element."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def replace(parent: Element, at: int, new: list[Element], text: str = "") -> None:
    """Put a text and elements in the place of one; what stood behind it stays behind them."""
    tail = parent[at].tail or ""
    del parent[at]
    if at:
        parent[at - 1].tail = (parent[at - 1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
    for step, one in enumerate(new):
        parent.insert(at + step, one)
    if new:
        new[-1].tail = (new[-1].tail or "") + tail
    elif at:
        parent[at - 1].tail = (parent[at - 1].tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail


def unwrap(parent: Element, at: int) -> None:
    """Put what is in an element in its place."""
    replace(parent, at, list(parent[at]), parent[at].text or "")


def places(root: Element) -> Iterator[tuple[Element, int]]:
    """Each element below a root by its parent and its place there, the last of a parent first.

    So one that is taken away moves none that is still to come.
    """
    for parent in list(root.iter()):
        for at in reversed(range(len(parent))):
            yield parent, at


def text_of(element: Element) -> str:
    """All that an element says."""
    return "".join(element.itertext())
