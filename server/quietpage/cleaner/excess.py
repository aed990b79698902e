"""Leave out of a page, before it is parsed, what nobody reads and the parser takes quadratic time for.

Measured with lexbor 2.x: 100,000 attributes on one tag take 22 s, 100,000 options in a list 45 s. One linear pass each,
and only where a fast count says that there may be so many.
"""

from __future__ import annotations

import re

from quietpage.cleaner.page_tags import start_tags

MAX_ATTRIBUTES = 1000  # on one tag; the richest tag of 2,000 real pages has 77
MAX_OPTIONS = 2000  # on one page: a list of all countries has 250
LONG_TAG_CHARS = 8192
# A tag up to its end, or to a "<" in it: so no match runs on into what follows, whatever quotes are left open.
TAG = re.compile(r"<[a-zA-Z](?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+")
LONG = re.compile(rf"<[a-zA-Z][^<]{{{LONG_TAG_CHARS},}}")  # what begins with a tag, maybe a long one
# Its name, which may begin with "=", and its value, as the parser reads them, with or without spaces before
ATTRIBUTE = re.compile(r"[^\s/>][^\s=/>]*+(?:\s*+=\s*+(?:\"[^\"]*\"|'[^']*'|[^\s>]*+))?")
FOREIGN = re.compile(r"<(?:svg|math)\b", re.IGNORECASE)
OPTION = re.compile(r"</?(?:option|optgroup)\b[^<>]*>", re.IGNORECASE)


def leave_out_excess(html: str) -> str:
    """Return ``html`` without a tag's attributes past the thousandth, and without the tags of endless options."""
    if may_hold_a_long_tag(html):
        html = without_excess_attributes(html)
    if html.count("option") + html.count("OPTION") > MAX_OPTIONS:
        html = OPTION.sub(" ", html)  # what a choice offers is no text of the page
    return html


def may_hold_a_long_tag(html: str) -> bool:
    """Whether there is a stretch without any "<", as a very long tag has."""
    half = LONG_TAG_CHARS // 2
    return any(html.find("<", begin, begin + half) < 0 for begin in range(0, len(html) - half, half))


def without_excess_attributes(html: str) -> str:
    """Shorten the tags that have too many attributes."""
    if all(shortened(long) == long[0] for long in LONG.finditer(html)):
        return html
    if FOREIGN.search(html):  # in there, what looks like a script may be none
        return LONG.sub(shortened, html)
    real = {tag.start() for tag in start_tags(html)}
    return LONG.sub(lambda long: shortened(long) if long.start() in real else long[0], html)


def shortened(long: re.Match[str]) -> str:
    """A long stretch with the attributes of the tag it begins with up to the thousandth."""
    tag = TAG.match(long[0])
    if tag is None or len(tag[0]) <= LONG_TAG_CHARS:
        return long[0]
    return first_attributes(tag[0]) + long[0][tag.end() :]


def first_attributes(tag: str) -> str:
    """A tag, open at its end, up to its thousandth attribute."""
    end = 0
    for number, attribute in enumerate(ATTRIBUTE.finditer(tag)):  # the tag's own name comes first
        if number > MAX_ATTRIBUTES:
            return tag[:end]
        end = attribute.end()
    return tag
