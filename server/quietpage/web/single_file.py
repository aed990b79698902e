"""The call by which SingleFile, the extension that packs a page into one file, saves here: a form with two fields."""

from __future__ import annotations

import hashlib

from flask import Response, request

from quietpage.article import NotAnArticle, Page
from quietpage.cleaner.decode import decode
from quietpage.web.api import api, keep, keep_remains, saved_answer
from quietpage.web.cleaning import clean_for
from quietpage.web.decode import field_problem, web_address
from quietpage.web.openapi import Operation, operation
from quietpage.web.problems import Problem
from quietpage.web.schemas import MOST_HTML_CHARS, ArticleAnswer
from quietpage.web.state import here

FORM = "multipart/form-data"


@api.post("/articles/single-file")
@operation(
    Operation(
        body=FORM,
        answers={201: ArticleAnswer, 200: ArticleAnswer},
        problems=(
            *("validation", "unsupported-media-type", "body-too-large", "foreign-origin"),
            *("not-an-article", "library-unavailable", "disk-full"),
        ),
    )
)
def create_article_of_file() -> Response:
    """Save a page that is one HTML file, as SingleFile sends it: a form with ``file`` and its address, ``url``.

    201: it is new. 200: it was known. The same file again is nothing new.
    """
    page = page_of_form()
    try:
        article = clean_for(here().library, page)
    except NotAnArticle as nothing:
        raise keep_remains(nothing, page, receipt=False) from None
    return saved_answer(keep(article, page, None), None)


def page_of_form() -> Page:
    """The page of the form; raises Problem."""
    if request.mimetype != FORM:
        raise Problem("unsupported-media-type", f"The body came as “{request.mimetype or 'nothing'}”.")
    file, url = request.files.get("file"), request.form.get("url")
    if file is None:
        raise field_problem("file", "This field is required.")
    if url is None:
        raise field_problem("url", "This field is required.")
    content = file.read()
    if len(content) > MOST_HTML_CHARS:
        raise Problem("body-too-large", "The page's HTML is longer than 20 MiB.")
    if not content.strip():
        raise field_problem("file", "Expected a page of HTML.")
    address = web_address(url)
    capture = hashlib.sha256(address.encode("utf-8", "surrogatepass") + b"\n" + content).hexdigest()
    return Page(url=address, html=decode(content), capture_id=f"single-file-{capture}")
