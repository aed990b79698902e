"""The API's call for an article's versions: the newest one can be taken back."""

from __future__ import annotations

from flask import Response

from quietpage.library.saving import NotTheNewest
from quietpage.web.api import api
from quietpage.web.cleaning import clean_version, one_of
from quietpage.web.openapi import Operation, operation
from quietpage.web.problems import Problem
from quietpage.web.state import here


@api.delete("/articles/<int:article_id>/versions/<int:number>")
@operation(Operation(answers={204: None}, problems=("not-found", "foreign-origin")))
def take_back_version(article_id: int, number: int) -> Response:
    """Take the newest version of an article back: the one before is shown again, and this page is kept no longer.

    Only the newest of several can be; the only one goes with its article.
    """
    library = here().library
    one_of(library.versions(article_id), number)
    try:
        library.take_back(article_id, number, clean_version(library, article_id, max(1, number - 1)))
    except NotTheNewest as error:
        raise Problem("not-found", str(error)) from None
    return Response(status=204)
