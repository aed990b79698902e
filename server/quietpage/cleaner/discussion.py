"""Readers' comments under an article are not the article; the posts of a thread are its content."""

from __future__ import annotations

import re

from quietpage.cleaner.document import Document
from quietpage.cleaner.elements import held_by
from quietpage.cleaner.measures import About
from quietpage.cleaner.words.chrome import COMMENT_NAMES
from quietpage.cleaner.words.threads import THREAD_ADDRESS, THREAD_SOFTWARE

STORY_MIN_CHARS = 1000  # what stands outside the comments must be a story
THREAD_TYPE = re.compile(r'"@type"\s*:\s*\[?\s*"(?:DiscussionForumPosting|QAPage)"')  # schema.org
LIVE_TYPE = re.compile(r'"@type"\s*:\s*\[?\s*"LiveBlogPosting"')


def without_comments(document: Document, chosen: frozenset[int], about: About) -> frozenset[int]:
    """Return ``chosen`` without the blocks in comment sections, where what is left is an article by itself.

    A comment section is the outermost element that is named so and leaves a story outside: the name also stands on
    whole pages ("comments-open").
    """
    chars = chosen_chars(document, chosen)
    total = chars[0] if chars else 0
    sections: set[int] = set()  # the numbers of comment sections and of all elements in them
    left = total
    for element in document.elements:
        if element.parent is not None and element.parent.at in sections:
            sections.add(element.at)
        elif (
            element.place.in_comments
            and not COMMENT_NAMES.isdisjoint(element.description)
            and chars[element.at] <= total - STORY_MIN_CHARS
        ):
            sections.add(element.at)
            left -= chars[element.at]
    if left < STORY_MIN_CHARS or not sections or about.is_thread:
        return chosen
    return frozenset(at for at in chosen if document.blocks[at].element.at not in sections)


def is_thread(document: Document) -> bool:
    """Whether the page says it is a discussion: by its address, the software that made it, or its structured data."""
    software = document.attribute('meta[name="generator"]', "content") or ""
    if THREAD_ADDRESS.search(document.url) or THREAD_SOFTWARE.search(software):
        return True
    return any(THREAD_TYPE.search(script) for script in document.json_ld())


def is_live(document: Document) -> bool:
    """Whether the page says that it reported, entry by entry, while something went on."""
    return any(LIVE_TYPE.search(script) for script in document.json_ld())


def chosen_chars(document: Document, chosen: frozenset[int]) -> list[int]:
    """How many characters of chosen blocks each element holds, by its number."""
    blocks = (document.blocks[at] for at in chosen)
    return held_by(document.elements, ((block.element, block.chars) for block in blocks), 0)
