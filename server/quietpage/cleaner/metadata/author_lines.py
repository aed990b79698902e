"""Who wrote it, as lines of the page say: "by" and a name, or a name near the headline linked as an author's."""

from __future__ import annotations

import re

from quietpage.cleaner.metadata.names import clean_name, is_full_name, is_login, reads_like_names
from quietpage.cleaner.metadata.near_headline import LINE_MAX_CHARS, Lines
from quietpage.cleaner.metadata.said import Said
from quietpage.cleaner.words.bylines import BY_LINE, BYLINE_END, BYLINE_LINE, SIGNED_LINE

BY_LINE_MAX_CHARS = 45
NAME_HTML_MAX_CHARS = 2000  # of the element that a name stands in, markup included
PERSON_CUE = re.compile(
    r"class=\"[^\"]*(?:author|byline|writer|contributor|avatar|user-?name|profile|creator)|"
    r"href=\"[^\"]*/(?:@|(?:authors?|people|contributors?|teams?|writers?|staff|autor(?:en|es)?|redaktion|profiles?|users?|members?|experts?)/)",
    re.IGNORECASE,
)


def written(near: Lines) -> list[str]:
    """The names in a line near the headline that says "by"."""
    for line in near.lines:
        if found := BYLINE_LINE.search(line):
            name = clean_name(BYLINE_END.sub("", found["names"]))
            if name and (reads_like_names(name) or (found.start() == 0 and is_login(name))):
                return [name]
    return []


def alone(said: Said, near: Lines) -> list[str]:
    """The name that is a line of its own near the headline, where its element or its link is an author's."""
    for block in near.blocks:
        if not (2 <= len(block.text.split()) <= 4 and reads_like_names(block.text)):
            continue
        html = said.body.html[block.element.start : block.end]
        if len(html) < NAME_HTML_MAX_CHARS and PERSON_CUE.search(html):
            return [block.text]
    return []


def signed(said: Said) -> list[str]:
    """The names in a line anywhere that says nothing but who wrote it."""
    for block in said.document.blocks:
        if (
            block.chars <= LINE_MAX_CHARS
            and (found := SIGNED_LINE.search(block.text))
            and not block.element.place.in_comments
        ):
            name = clean_name(found["names"])
            if name and reads_like_names(name):
                return [name]
    return []


def only_one(near: Lines) -> list[str]:
    """The name in lines below the headline that say "by", where all have the same: else they are other stories'."""
    found = [BY_LINE.fullmatch(block.text) for block in near.below if block.chars <= BY_LINE_MAX_CHARS]
    names = {name for line in found if line and (name := clean_name(line["names"])) and is_full_name(name)}
    return list(names) if len(names) == 1 else []
