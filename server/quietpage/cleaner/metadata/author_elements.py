"""The page's elements that say of themselves, by class, link or microdata, that they name an author."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quietpage.cleaner.metadata.markup import Markup, Tag, text_of
from quietpage.cleaner.metadata.said import Said
from quietpage.cleaner.words.bylines import AND

MOST_AUTHORS = 10  # of one byline
MAX_VISIBLE_WORDS = 6  # of a name that only an element's class speaks for
BESIDE = re.compile(rf"(?:</?(?:a|span|b|i|em|strong|li|img)\b[^>]*>|[\s,;&·|/]|{AND})*")  # between authors


def author_tags(said: Said) -> list[Tag]:
    """The tags that speak of an author or a byline, in page order; none that stands among comments."""
    tags = [tag for word in ("uthor", "yline") for tag in said.body.tags_with(word)]
    unique = sorted({tag.start: tag for tag in tags}.items())
    return [tag for start, tag in unique if not among_comments(said, start)]


def among_comments(said: Said, place: int) -> bool:
    """Whether a place in the page lies among its comments."""
    element = said.document.element_around(place)
    return element is not None and element.place.in_comments


def together(said: Said, tags: Sequence[Tag]) -> list[str]:
    """The texts of the first of some elements and of those right beside it.

    What stands elsewhere in the page belongs to another post or story.
    """
    texts: list[str] = []
    end = None
    for tag in tags:
        inner = said.body.inner(tag)
        if len(texts) == MOST_AUTHORS or (end is not None and not BESIDE.fullmatch(said.body.html, end, tag.start)):
            break
        if text := text_of(inner):
            texts.append(text)
            end = tag.end + len(inner) + len(f"</{tag.name}>")
    return texts


def named(said: Said, tag: Tag) -> list[str]:
    """The names that an author's microdata state."""
    inner = Markup(said.body.inner(tag))
    names = (one.get("content") or inner.text(one) for one in inner.tags_with('itemprop="name"'))
    return [name for name in names if name][:MOST_AUTHORS]


def visible(texts: list[str]) -> list[str]:
    """Those short enough to be a name and little else."""
    return [text for text in texts if len(text.split()) <= MAX_VISIBLE_WORDS]
