"""What the API takes and gives of highlights and notes, as msgspec structs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from quietpage.library.highlight_rows import Color, Highlight
from quietpage.library.marks import MOST_NOTE_CHARS, Mark, Marked, Order, Page
from quietpage.web.schemas import Limit, Links, reader_url
from quietpage.web.state import Config

Position = Annotated[int, Meta(ge=0, le=2**31)]
Note = Annotated[str, Meta(max_length=MOST_NOTE_CHARS)]
Context = Annotated[str, Meta(max_length=1000)]


class TextPositionSelector(Struct):
    """Where a passage begins and ends in the article's text, in Unicode code points."""

    start: Position
    end: Position


class TextQuoteSelector(Struct):
    """A passage's words, and what stands before and after them."""

    exact: Annotated[str, Meta(min_length=1, max_length=1_000_000)]
    prefix: Context = ""
    suffix: Context = ""


class NewHighlight(Struct, kw_only=True):
    """A passage to highlight. ``position`` may be left out, or be wrong: then the words are looked for."""

    quote: TextQuoteSelector
    position: TextPositionSelector | None = None
    color: Color = "yellow"
    note: Note = ""


class HighlightChange(Struct, kw_only=True):
    """What is to change; what is left out stays."""

    color: Color | None = None
    note: Note | None = None


class NoteChange(Struct):
    """The note on an article; a blank one takes it away."""

    note: Note


class HighlightAnswer(Struct, kw_only=True):
    """A highlight. ``found`` is false where its words are no longer in the article."""

    id: int
    article: int
    color: Color
    note: str
    found: bool
    position: TextPositionSelector
    quote: TextQuoteSelector
    created_at: datetime
    updated_at: datetime
    links: Links


class MarkedAnswer(Struct, kw_only=True):
    """What is marked in an article: its highlights in the order of its text, those no longer found in it, its note."""

    highlights: tuple[HighlightAnswer, ...]
    orphans: tuple[HighlightAnswer, ...]
    note: str


class MarkedQuery(Struct, kw_only=True):
    """What to list: those with all of the words ``q``, of one color, of one article."""

    q: str = ""
    color: Color | None = None
    article: Annotated[int, Meta(ge=0, le=2**63 - 1)] | None = None


class MarksQuery(MarkedQuery, kw_only=True):
    """The same, and in which order, and how many."""

    sort: Order = "newest"
    limit: Limit = 20
    cursor: str | None = None


class SourceAnswer(Struct, kw_only=True):
    """The article something is marked in."""

    id: int
    url: str
    title: str
    byline: str | None
    site: str | None
    links: Links


class MarkAnswer(Struct, kw_only=True):
    """A highlight with its article; a note on the whole article where ``highlight`` is null."""

    article: SourceAnswer
    highlight: HighlightAnswer | None
    note: str
    created_at: datetime
    updated_at: datetime


class MarksAnswer(Struct, kw_only=True):
    """A page of what was marked; give ``next_cursor`` as ``cursor`` to get the next."""

    marks: tuple[MarkAnswer, ...]
    total: int
    next_cursor: str | None


def highlight_answer(one: Highlight, config: Config) -> HighlightAnswer:
    """What the API says of a highlight."""
    passage = one.passage
    return HighlightAnswer(
        id=one.id,
        article=one.article_id,
        color=one.color,
        note=one.note,
        found=one.found,
        position=TextPositionSelector(passage.begins, passage.ends),
        quote=TextQuoteSelector(passage.exact, passage.prefix, passage.suffix),
        created_at=one.created_at,
        updated_at=one.updated_at,
        links=Links(reader=f"{reader_url(one.article_id, config)}#highlight-{one.id}"),
    )


def marked_answer(marked: Marked, config: Config) -> MarkedAnswer:
    """What the API says of all that is marked in an article."""
    return MarkedAnswer(
        highlights=tuple(highlight_answer(one, config) for one in marked.highlights),
        orphans=tuple(highlight_answer(one, config) for one in marked.orphans),
        note=marked.note,
    )


def marks_answer(page: Page, config: Config) -> MarksAnswer:
    """What the API says of a page of marks."""
    return MarksAnswer(
        marks=tuple(mark_answer(one, config) for one in page.marks), total=page.total, next_cursor=page.next_cursor
    )


def mark_answer(one: Mark, config: Config) -> MarkAnswer:
    """What the API says of a mark."""
    source = one.source
    links = Links(reader=reader_url(source.id, config))
    return MarkAnswer(
        article=SourceAnswer(
            id=source.id, url=source.url, title=source.title, byline=source.byline, site=source.site, links=links
        ),
        highlight=highlight_answer(one.highlight, config) if one.highlight else None,
        note=one.note,
        created_at=one.created_at,
        updated_at=one.updated_at,
    )
