"""The API's calls for highlights and notes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from flask import Response
from msgspec import Meta

from quietpage.formats.highlights import FORMATS
from quietpage.library.anchoring import Selector
from quietpage.library.marks import NoSuchHighlight, NoSuchPassage, TooManyHighlights
from quietpage.web.api import WRONG_BODY, answer, api
from quietpage.web.decode import field_problem, read_body, read_query
from quietpage.web.mark_schemas import (
    HighlightAnswer,
    HighlightChange,
    MarkedAnswer,
    MarkedQuery,
    MarksAnswer,
    MarksQuery,
    NewHighlight,
    NoteChange,
    highlight_answer,
    marked_answer,
    marks_answer,
)
from quietpage.web.openapi import Operation, operation
from quietpage.web.problems import Problem
from quietpage.web.problems import answer as answer_problem
from quietpage.web.state import here


class ExportQuery(MarkedQuery, kw_only=True):
    """The same, and in which format."""

    format: Annotated[Literal["markdown", "csv", "jsonld"], Meta(description="csv has the columns of Readwise.")]


@api.get("/articles/<int:article_id>/highlights")
@operation(Operation(answers={200: MarkedAnswer}, problems=("not-found",)))
def list_highlights(article_id: int) -> Response:
    """What is marked in an article."""
    here().library.get(article_id)  # raises NoSuchArticle for one in the trash
    return answer(marked_answer(here().library.marks.of(article_id), here().config))


@api.post("/articles/<int:article_id>/highlights")
@operation(Operation(body=NewHighlight, answers={201: HighlightAnswer}, problems=(*WRONG_BODY, "not-found")))
def create_highlight(article_id: int) -> Response:
    """Highlight a passage of an article.

    Its text is what its HTML says, with all white space, and every tag that begins or ends a block, as one space.
    """
    new = read_body(NewHighlight)
    start, end = (new.position.start, new.position.end) if new.position else (0, len(new.quote.exact))
    passage = Selector(start, end, new.quote.exact, new.quote.prefix, new.quote.suffix)
    made = here().library.marks.add(article_id, passage, new.color, new.note)
    return answer(highlight_answer(made, here().config), 201)


@api.put("/articles/<int:article_id>/note")
@operation(Operation(body=NoteChange, answers={200: MarkedAnswer}, problems=(*WRONG_BODY, "not-found")))
def write_note(article_id: int) -> Response:
    """Write the note on an article."""
    here().library.marks.set_note(article_id, read_body(NoteChange).note)
    return list_highlights(article_id)


@api.get("/highlights")
@operation(Operation(query=MarksQuery, answers={200: MarksAnswer}, problems=("validation",)))
def list_marks() -> Response:
    """All highlights and notes, the last made first, or from article to article."""
    asked = read_query(MarksQuery)
    page = here().library.marks.page(
        asked.q,
        color=asked.color,
        article_id=asked.article,
        order=asked.sort,
        limit=asked.limit,
        cursor=asked.cursor,
    )
    return answer(marks_answer(page, here().config))


@api.get("/highlights/export")
@operation(Operation(query=ExportQuery, answers={200: None}, problems=("validation",)))
def export_highlights() -> Response:
    """All highlights and notes as one file: Markdown, CSV, or Web Annotations in JSON-LD."""
    return exported(read_query(ExportQuery))


@api.get("/highlights/<int:highlight_id>")
@operation(Operation(answers={200: HighlightAnswer}, problems=("not-found",)))
def get_highlight(highlight_id: int) -> Response:
    """One highlight."""
    return answer(highlight_answer(here().library.marks.get(highlight_id), here().config))


@api.patch("/highlights/<int:highlight_id>")
@operation(Operation(body=HighlightChange, answers={200: HighlightAnswer}, problems=(*WRONG_BODY, "not-found")))
def change_highlight(highlight_id: int) -> Response:
    """Change a highlight's color or its note."""
    change = read_body(HighlightChange)
    changed = here().library.marks.change(highlight_id, color=change.color, note=change.note)
    return answer(highlight_answer(changed, here().config))


@api.delete("/highlights/<int:highlight_id>")
@operation(Operation(answers={204: None}, problems=("not-found", "foreign-origin")))
def delete_highlight(highlight_id: int) -> Response:
    """Delete a highlight and its note; for a day that can be taken back."""
    here().library.marks.delete(highlight_id)
    return Response(status=204)


@api.post("/highlights/<int:highlight_id>/restore")
@operation(Operation(answers={200: HighlightAnswer}, problems=("not-found", "foreign-origin")))
def restore_highlight(highlight_id: int) -> Response:
    """Take the deletion of a highlight back."""
    return answer(highlight_answer(here().library.marks.restore(highlight_id), here().config))


def exported(asked: ExportQuery) -> Response:
    """A file to keep, written while it is sent."""
    kind = FORMATS[asked.format]
    marks = here().library.marks.every(asked.q, color=asked.color, article_id=asked.article)
    response = Response((piece.encode() for piece in kind.write(marks)), mimetype=kind.media_type)
    name = f"highlights-{datetime.now(UTC).date().isoformat()}.{kind.ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


# Errors of the library, as problems


@api.app_errorhandler(NoSuchHighlight)
def answer_no_such_highlight(_: NoSuchHighlight) -> Response:
    return answer_problem(Problem("not-found", "There is no such highlight; it may have been deleted."))


@api.app_errorhandler(NoSuchPassage)
def answer_no_such_passage(_: NoSuchPassage) -> Response:
    return answer_problem(field_problem("quote", "Expected words that stand in the article."))


@api.app_errorhandler(TooManyHighlights)
def answer_too_many(error: TooManyHighlights) -> Response:
    return answer_problem(field_problem("quote", str(error)))
