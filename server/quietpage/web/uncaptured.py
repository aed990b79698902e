"""Entries that are not captured yet, on pages: why one failed, and forms to have it tried again."""

from __future__ import annotations

from flask import Blueprint, Flask, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from quietpage.library.uncaptured import Failure
from quietpage.web import uncaptured_calls
from quietpage.web.guard import own_path
from quietpage.web.language import gettext
from quietpage.web.state import here
from quietpage.web.whether_meant import WORDS

__all__ = ["register", "uncaptured_calls"]

uncaptured = Blueprint("uncaptured", __name__)


def register(app: Flask) -> None:
    """Add the forms, and what templates say of entries, to ``app``."""
    app.register_blueprint(uncaptured)
    app.jinja_env.globals.update(
        failure_of=lambda article_id: here().library.uncaptured.failure(article_id),
        failure_words=failure_words,
        uncaptured_counts=lambda: here().library.uncaptured.counts(),
    )


def failure_words(failure: Failure) -> str:
    """Why a page was not captured, as a sentence, and the site's own number for it."""
    return f"{gettext(WORDS[failure.why])} ({failure.status})" if failure.status else gettext(WORDS[failure.why])


@uncaptured.post("/uncaptured/again")
def again() -> AnyResponse:
    """Have one entry, or all that failed, tried again."""
    here().library.uncaptured.try_again(request.form.get("id", type=int))
    return redirect(own_path(request.form.get("back")), 303)
