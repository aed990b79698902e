"""Leave out of a page, before it is parsed, what nobody reads and the parser takes quadratic time for.

Measured with lexbor 2.x: 100,000 attributes on one tag take 22 s, 100,000 options in a list 45 s. One linear pass each,
and only where a fast count says that there may be so many.
"""

from __future__ import annotations

import re

MAX_ATTRIBUTES = 1000  # on one tag; the richest tag of 2,000 real pages has 77
MAX_OPTIONS = 2000  # on one page: a list of all countries has 250
LONG_TAG_CHARS = 8192
# A tag up to its end, or to a "<" in it: so no match runs on into what follows, whatever quotes are left open.
TAG = re.compile(r"<[a-zA-Z](?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+")
ATTRIBUTE = re.compile(r"[\s/]+[^\s=/>]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]*))?")
OPTION = re.compile(r"</?(?:option|optgroup)\b[^<>]*>", re.IGNORECASE)


def leave_out_excess(html: str) -> str:
    """Return ``html`` without a tag's attributes past the thousandth, and without the tags of endless options."""
    if may_hold_a_long_tag(html):
        html = TAG.sub(lambda tag: first_attributes(tag[0]) if is_long(tag) else tag[0], html)
    if html.count("option") + html.count("OPTION") > MAX_OPTIONS:
        html = OPTION.sub(" ", html)  # what a choice offers is no text of the page
    return html


def may_hold_a_long_tag(html: str) -> bool:
    """Whether there is a stretch without any "<", as a very long tag has."""
    half = LONG_TAG_CHARS // 2
    return any(html.find("<", begin, begin + half) < 0 for begin in range(0, len(html) - half, half))


def is_long(tag: re.Match[str]) -> bool:
    """Whether a tag may have too many attributes, and stands in no script, whose text only looks like tags."""
    if len(tag[0]) <= LONG_TAG_CHARS:
        return False
    return tag.string.rfind("<script", 0, tag.start()) <= tag.string.rfind("</script", 0, tag.start())


def first_attributes(tag: str) -> str:
    """A tag, open at its end, up to its thousandth attribute."""
    end = 0
    for number, attribute in enumerate(ATTRIBUTE.finditer(tag)):
        if number == MAX_ATTRIBUTES:
            return tag[:end]
        end = attribute.end()
    return tag
