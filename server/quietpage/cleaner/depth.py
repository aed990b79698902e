"""Cap the nesting depth of a page before it is parsed.

The HTML parser and the sanitiser are quadratic in depth (100,000 nested <div>: 41 s and 69 s, measured), and browsers
cap it as well (512 in Chromium and WebKit). The parser also opens formatting again that was left open, in each element
that follows: 10,000 × <p><font a=N></p> take 55 s. One linear pass leaves out the tags that go deeper; every word
stays.
"""

from __future__ import annotations

from collections.abc import Sequence

from quietpage.cleaner.open_elements import FOREIGN, VOID, Open, OpenElements, left_open
from quietpage.cleaner.page_tags import RAW, TAG, ascii_lower, end_of_raw, end_of_tag

MAX_DEPTH = 512
MAX_LEFT_OPEN = 16  # formatting that its parent's end tag leaves open; after so much of it, it is ended there
MAX_FRAME_TAGS = 16  # a repeated <html> or <body> only adds attributes, in quadratic time
CHUNK_CHARS = 4096
MANY_TAGS = 5000  # so many nested ones cost a tenth of a second; they stand on one page in thirteen (2,000 of 2026-11)
EMPTY_STARTS = ("<br>", "<br ", "<br/", "<img ", "<input ", "<link ", "<meta ", "<source ", "<!--")
FRAME = frozenset(("html", "head", "body", "frameset"))


def cap_depth(html: str) -> str:
    """Return ``html`` with no element deeper than 512, in linear time; most pages come back as they are."""
    return html if not may_be_deep(html) or nests_well(html) else capped(html)


def nests_well(html: str) -> bool:
    """Whether each element is ended by its own tag and none stands too deep, as on every page that a browser wrote.

    A few times faster than following a parser through what people write.
    """
    names: list[str] = []
    foreign, after = 0, 0
    while (tag := TAG.search(html, after)) is not None:
        after = tag.end()
        name = tag["name"]
        if name is None:
            if tag["cdata"] and foreign:
                return False
            continue
        name = ascii_lower(name)
        if tag["end"]:
            if not names or names.pop() != name:
                return False
            foreign -= name in FOREIGN
        elif name in RAW:
            if foreign:
                return False
            names.append(name)
            after = end_of_raw(html, name, after)
        elif name not in VOID or foreign:
            if foreign and tag["slash"]:
                continue
            names.append(name)
            foreign += name in FOREIGN
            if len(names) > MAX_DEPTH:
                return False
    return True


def capped(html: str) -> str:
    """Leave out the tags that go deeper, and end formatting that is left open again and again."""
    pieces: list[str] = []
    elements = OpenElements()
    frame_tags = reopened = at = 0
    tag = TAG.search(html)
    while tag is not None:
        start, after = tag.span()
        name, kept = ascii_lower(tag["name"] or ""), True
        closed: list[Open] = []
        if not name:
            if tag["cdata"] and elements.foreign:  # text, or a comment, as the parser sees it: so neither
                kept, after = False, tag.end("cdata")
        elif tag["end"]:
            closed = elements.close(name)
            kept = not closed or closed[-1].kept
        elif name in RAW:
            after = end_of_raw(html, name, after)
            if elements.foreign:  # text, or markup, as the parser sees it: so neither
                kept, after = False, end_of_tag(html, after)
        elif name in FRAME:
            frame_tags += 1
            elements.make_room(name)
            kept = frame_tags <= MAX_FRAME_TAGS and name != "frameset"
        elif name not in VOID or elements.foreign:
            closed = elements.make_room(name)
            kept = elements.depth < MAX_DEPTH
            elements.open(name, kept=kept, closed_at_once=bool(tag["slash"]))
        unclosed = left_open(closed)
        if not kept:
            pieces += html[at:start], " "
            at = after
        elif reopened + len(unclosed) > MAX_LEFT_OPEN:
            pieces += html[at:start], *(f"</{formatting}>" for formatting in unclosed)
            at = start
        reopened = min(MAX_LEFT_OPEN, reopened + len(unclosed))
        tag = TAG.search(html, after)
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
