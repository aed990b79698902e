"""The API's calls for entries that are not captured yet: an extension asks what to capture, and says what failed."""

from __future__ import annotations

from flask import Response

from quietpage.web.api import WRONG_BODY, answer, api
from quietpage.web.decode import read_body, read_query
from quietpage.web.openapi import Operation, operation
from quietpage.web.state import here
from quietpage.web.uncaptured_schemas import NewFailure, UncapturedAnswer, UncapturedQuery, uncaptured_answer


@api.get("/uncaptured")
@operation(Operation(query=UncapturedQuery, answers={200: UncapturedAnswer}, problems=("validation",)))
def list_uncaptured() -> Response:
    """Entries whose pages are not captured yet: the newest first, without those that failed, or those alone.

    Save a page with the entry's number as ``entry``, and it fills the entry.
    """
    asked = read_query(UncapturedQuery)
    found = here().library.uncaptured.entries(failed=asked.failed, limit=asked.limit, cursor=asked.cursor)
    return answer(uncaptured_answer(found))


@api.put("/uncaptured/<int:article_id>/failure")
@operation(Operation(body=NewFailure, answers={204: None}, problems=(*WRONG_BODY, "not-found")))
def note_failure(article_id: int) -> Response:
    """Say why the page of an entry could not be captured: it rests until somebody asks for it again."""
    failure = read_body(NewFailure)
    here().library.uncaptured.note_failure(article_id, failure.why, failure.status)
    return Response(status=204)


@api.delete("/uncaptured/<int:article_id>/failure")
@operation(Operation(answers={204: None}, problems=("foreign-origin", "not-found")))
def forget_failure(article_id: int) -> Response:
    """Have an entry tried again."""
    here().library.uncaptured.try_again(article_id)
    return Response(status=204)


@api.delete("/uncaptured/failures")
@operation(Operation(answers={204: None}, problems=("foreign-origin",)))
def forget_failures() -> Response:
    """Have all entries tried again that failed."""
    here().library.uncaptured.try_again()
    return Response(status=204)
