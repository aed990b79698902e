"""Make HTML of the strings that were found in a page's data: paragraphs, or posts with who wrote each, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Any

from quietpage.cleaner.embedded.identity import plain_key
from quietpage.cleaner.embedded.prose import LINE_BREAK, as_html, is_markup, unescaped
from quietpage.cleaner.embedded.state import Group, Piece
from quietpage.cleaner.words.state import AUTHOR_KEYS, DATE_KEYS

NAME_MAX_CHARS = 80
MIDDLE = tuple(" ,.;:)")  # what a line does not begin with
NO_WORDS = re.compile(r"\s*|\S*[\d/_:{}]\S*")  # identifiers, addresses, dates
DAY_CHARS = 10  # of a date as ISO 8601 writes it


@dataclass(frozen=True, slots=True)
class Post:
    """What one person wrote, as HTML."""

    html: str
    author: str | None = None
    day: str | None = None


def html_of(text: str) -> str:
    """A string as HTML: itself where it is markup, its lines as paragraphs where it is plain text."""
    text = as_html(text)
    return text if is_markup(text) else "".join(f"<p>{escape(unescaped(line))}</p>" for line in LINE_BREAK.split(text))


def thread(posts: Sequence[Post]) -> str:
    """Posts as HTML, each under its author's name and its day where more than one has an author."""
    signed = sum(post.author is not None for post in posts) > 1
    return "".join(f"<section>{signature(post) if signed else ''}{post.html}</section>" for post in posts)


def signature(post: Post) -> str:
    """The line above a post."""
    author = f"<b>{escape(post.author)}</b>" if post.author else ""
    line = ", ".join(filter(None, (author, post.day)))
    return f"<p>{line}</p>" if line else ""


def author_of(item: dict[str, Any]) -> str | None:
    """Who wrote a post: a name, or one in the object that says who."""
    return first_of(item, AUTHOR_KEYS, NAME_MAX_CHARS)


def day_of(item: dict[str, Any]) -> str | None:
    """The day a post is of, where it is written as ISO 8601 does."""
    said = first_of(item, DATE_KEYS, NAME_MAX_CHARS)
    day = (said or "")[:DAY_CHARS]
    return day if len(day) == DAY_CHARS and day[4] == day[7] == "-" and day.replace("-", "").isdigit() else None


def first_of(item: dict[str, Any], keys: Sequence[str], most: int) -> str | None:
    """The first of these facts that an object states, in itself or in the object that stands there."""
    plain = {plain_key(key): value for key, value in item.items()}
    for key in keys:
        value = plain.get(key)
        value = value[0] if isinstance(value, list) and value else value
        if isinstance(value, dict):
            value = first_of({name: inner for name, inner in value.items() if isinstance(inner, str)}, keys, most)
        if isinstance(value, str) and 0 < len(value.strip()) <= most:
            return " ".join(value.split())
    return None


def posts_of(group: Group) -> list[Post]:
    """The strings of a group as posts; none where nothing says who wrote what, or when."""
    items = [(item, list(pieces)) for item, pieces in groupby(group.pieces, key=lambda piece: piece.number)]
    posts = []
    for _, pieces in items:
        item = pieces[0].item if isinstance(pieces[0].item, dict) else {}
        posts.append(Post("".join(paragraphs(pieces)), author_of(item), day_of(item)))
    if len({post.author for post in posts} - {None}) > 1 or len({post.day for post in posts} - {None}) > 1:
        return posts
    return []


def paragraphs(pieces: Sequence[Piece]) -> Iterator[str]:
    """Strings as HTML; those that are parts of one line are put together."""
    inline = inline_runs(pieces)
    line: list[Piece] = []
    for piece in pieces:
        if NO_WORDS.fullmatch(piece.text) and id(piece.run) not in inline:
            continue
        if line and not is_one_line(line[-1], piece, inline):
            yield paragraph(line)
            line = []
        line.append(piece)
    if line:
        yield paragraph(line)


def inline_runs(pieces: Sequence[Piece]) -> set[int]:
    """The lists whose strings are parts of a line: some begin or end with a space, or in the middle of a sentence."""
    return {
        id(piece.run)
        for piece in pieces
        if piece.run is not None
        and not is_markup(piece.text)
        and (piece.text[:1] in MIDDLE or piece.text[-1:] == " " or piece.text[:1].islower())
    }


def is_one_line(before: Piece, piece: Piece, inline: set[int]) -> bool:
    """Whether a string goes on where the one before it ended: in the same run of words, or in one in its middle."""
    one, other = before.run, piece.run
    if before.number != piece.number or one is None or other is None:
        return False
    if one is other:
        return id(one) in inline
    return (other.parent is one and id(one) in inline) or (one.parent is other and id(other) in inline)


def paragraph(pieces: Sequence[Piece]) -> str:
    """The parts of one line as HTML: a paragraph, or a heading where they say so."""
    if len(pieces) == 1 and not pieces[0].heading:
        return html_of(pieces[0].text)
    tag = f"h{pieces[0].heading}" if pieces[0].heading else "p"
    text = "".join(as_html(piece.text) if is_markup(piece.text) else escape(unescaped(piece.text)) for piece in pieces)
    return f"<{tag}>{text}</{tag}>"
