"""Cap the nesting depth of a page before it is parsed.

The HTML parser and the sanitiser are quadratic in depth (100,000 nested <div>: 41 s and 69 s, measured), and browsers
cap it as well (512 in Chromium and WebKit). One linear pass leaves out the tags that go deeper; every word stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

MAX_DEPTH = 512
CHUNK_CHARS = 4096
MANY_TAGS = 10_000  # so many nested ones cost half a second; they stand on one page in fifty (2,000 of 2026-11)
EMPTY_STARTS = ("<br>", "<br ", "<br/", "<img ", "<input ", "<link ", "<meta ", "<source ", "<!--")
VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr !doctype".split()  # no end tag, no depth
)
CLOSED_BY_THEMSELVES = frozenset("p li dt dd tr td th option optgroup thead tbody tfoot rb rt rp".split())
RAW = frozenset("script style textarea title xmp iframe noembed noframes plaintext".split())
TAG = re.compile(r"<!--.*?(?:-->|\Z)|<(/?)([a-zA-Z][^\s/>]*)(?:[^>\"']|\"[^\"]*\"|'[^']*')*>", re.DOTALL)


def cap_depth(html: str) -> str:
    """Return ``html`` with no element deeper than 512, in linear time; most pages come back as they are."""
    if not may_be_deep(html):
        return html
    pieces: list[str] = []
    open_tags: list[tuple[str, bool]] = []  # name, and whether its tag was kept
    counts: dict[str, int] = {}
    at, depth, raw_until = 0, 0, -1
    for tag in TAG.finditer(html):
        if tag.start() < raw_until or not tag[2]:
            continue
        name = tag[2].lower()
        if name in VOID:
            continue
        if not tag[1]:
            if name in CLOSED_BY_THEMSELVES and open_tags and open_tags[-1][0] == name:
                depth -= open_tags.pop()[1]
                counts[name] -= 1
            keep = depth < MAX_DEPTH
            open_tags.append((name, keep))
            counts[name] = counts.get(name, 0) + 1
            depth += keep
            if name in RAW:
                raw_until = end_of_raw(html, name, tag.end())
        elif counts.get(name):
            keep = False
            while True:
                closed, keep = open_tags.pop()
                counts[closed] -= 1
                depth -= keep
                if closed == name:
                    break
        else:
            keep = True  # an end tag of nothing: the parser knows what to do
        if not keep:
            pieces.append(html[at : tag.start()] + " ")
            at = tag.end()
    pieces.append(html[at:])
    return "".join(pieces)


def may_be_deep(html: str) -> bool:
    """Whether start tags may outnumber end tags somewhere by the depth allowed: a bound, in a few fast counts.

    What looks like an end tag in a comment or an attribute can deceive it, but not by enough to cost a second: a page
    of very many tags is always looked at closely.
    """
    tags = html.count("<")
    if tags < MAX_DEPTH or tags > MANY_TAGS:
        return tags > MANY_TAGS
    return surplus_reaches(html, ()) and surplus_reaches(html.lower(), EMPTY_STARTS)


def surplus_reaches(html: str, empty: Sequence[str]) -> bool:
    """Whether start tags outnumber end tags somewhere by the depth allowed; what is in ``empty`` does not count."""
    surplus = 0
    for begin in range(0, len(html), CHUNK_CHARS):
        end = begin + CHUNK_CHARS
        ends = html.count("</", begin, end)
        starts = html.count("<", begin, end) - ends - sum(html.count(start, begin, end) for start in empty)
        if surplus + starts >= MAX_DEPTH:
            return True
        surplus = max(0, surplus + starts - ends)
    return False


def end_of_raw(html: str, name: str, begin: int) -> int:
    """Where the text of a raw element (script, style …) ends: tags in it are no tags."""
    found = re.compile(f"</{name}", re.IGNORECASE).search(html, begin)
    return found.start() if found else len(html)
