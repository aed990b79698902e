"""The JSON API: what the extension and programs of one's own call. Each view asks, calls and answers."""

from __future__ import annotations

import re
from dataclasses import replace

import msgspec
from flask import Blueprint, Flask, Response, current_app, render_template, request

from quietpage.article import Article, NotAnArticle, Page
from quietpage.library.library import BadCursor, KeptArticle, NoSuchArticle, Saved
from quietpage.web import openapi as described
from quietpage.web.apart import seen_bounded
from quietpage.web.cleaning import clean_for, one_of
from quietpage.web.decode import field_problem, page_of, read_body, read_query, web_address
from quietpage.web.openapi import Operation, operation
from quietpage.web.packed import keep_pictures, save
from quietpage.web.problems import Problem
from quietpage.web.problems import answer as answer_problem
from quietpage.web.reached import reached
from quietpage.web.schemas import (
    ArticleAnswer,
    ArticleQuery,
    Capture,
    HitsAnswer,
    Kept,
    Links,
    Marks,
    Receipt,
    TagsAnswer,
    TagsQuery,
    UrlQuery,
    article_answer,
    hits_answer,
    reader_url,
    receipt_answer,
)
from quietpage.web.state import here
from quietpage.web.whether_meant import check

api = Blueprint("api", __name__, url_prefix="/api")
OLDEST_EXTENSION = (0, 1, 0)  # what it sends, and what it asks for, is understood
WRONG_BODY = ("validation", "invalid-json", "unsupported-media-type", "body-too-large", "foreign-origin")


def register(app: Flask) -> None:
    """Add the API to ``app``."""
    app.register_blueprint(api)


@api.before_request
def check_extension() -> None:
    """Refuse an extension that is too old, and say which side to update. Programs of one's own name no version."""
    version = request.headers.get("X-Quietpage-Extension", "")
    if re.fullmatch(r"\d{1,5}(\.\d{1,5}){0,3}", version) and tuple(map(int, version.split("."))) < OLDEST_EXTENSION:
        raise Problem(
            "extension-too-old", f"The extension is version {version}: load it again from Quietpage's folder."
        )


def answer(body: msgspec.Struct, status: int = 200) -> Response:
    """A JSON answer."""
    return Response(msgspec.json.encode(body), status, mimetype="application/json")


# Articles


@api.post("/articles")
@operation(
    Operation(
        body=Capture,
        answers={201: ArticleAnswer, 200: ArticleAnswer},
        problems=(
            *WRONG_BODY,
            "not-found",
            "not-an-article",
            "not-the-page",
            "unreadable-pdf",
            "library-unavailable",
            "disk-full",
        ),
    )
)
def create_article() -> Response:
    """Save a page: clean it and keep it.

    201: it is new. 200: it was known; ``outcome`` says whether its content had changed (a new version) or not.
    """
    capture = read_body(Capture)
    page = page_of(capture)
    if (earlier := here().library.deliveries.earlier(capture.capture_id)) is not None:
        return answered_again(earlier, page, receipt=capture.receipt)
    try:
        article = clean_for(here().library, page)
    except NotAnArticle as nothing:
        raise keep_remains(nothing, page, receipt=capture.receipt, entry=capture.entry) from None
    saved = keep(article, page, capture.entry)
    share = reached(article.text, capture.passage or "") if saved.outcome == "created" else None
    if share is not None:
        here().library.shelf.mark([saved.id], progress=share)  # and still unread: nothing was read here
    return saved_answer(saved, receipt_of(saved, page) if capture.receipt else None)


def answered_again(saved: Saved, page: Page, *, receipt: bool) -> Response:
    """Answer for a capture that was kept before, without cleaning it again: that may be why nobody heard the answer."""
    keep_pictures(here().library, saved.id, here().library.get(saved.id).article, page)
    told = receipt_of(saved, page) if receipt else None
    if warning := one_of(here().library.versions(saved.id), saved.version).warning:
        raise Problem("not-an-article", warning, kept=Kept(saved.id, reader_links(saved.id), told))
    return saved_answer(saved, told)


def keep(article: Article, page: Page, entry: int | None) -> Saved:
    """Keep an article; that of an entry only where its page is the one that was meant. Raises Problem."""
    if entry is not None:
        check(entry, page, article)
    return save(here().library, article, page, entry)


def keep_remains(nothing: NotAnArticle, page: Page, *, receipt: bool, entry: int | None = None) -> Problem:
    """Keep what text a page without an article has, with the reason for its reader, and say where."""
    saved = keep(replace(nothing.remains, warning=nothing.reason), page, entry)
    told = receipt_of(saved, page) if receipt else None
    return Problem("not-an-article", nothing.reason, kept=Kept(saved.id, reader_links(saved.id), told))


def receipt_of(saved: Saved, page: Page) -> Receipt:
    """What a save came to beside the page it came from."""
    kept = here().library.get(saved.id)
    return receipt_answer(saved, kept, seen_bounded(page, kept.article))


def saved_answer(saved: Saved, receipt: Receipt | None) -> Response:
    """The whole article as it is now kept, with a link that opens it at once."""
    article = described_article(here().library.get(saved.id), saved.outcome)
    article.links = reader_links(saved.id)
    article.receipt = receipt
    article.missing_images = here().library.images.missing(saved.id)
    return answer(article, 201 if saved.outcome == "created" else 200)


def described_article(kept: KeptArticle, outcome: str | None = None) -> ArticleAnswer:
    """An article with what is known of it: whether its content is kept from elsewhere too."""
    return article_answer(kept, here().library.same_elsewhere(kept.id), here().config, outcome)


def reader_links(article_id: int) -> Links:
    """The reader page, and a one-time link there that lets the browser in, if it was not, on the way."""
    code = here().reader_links.mint()
    url = here().config.url
    return Links(reader=reader_url(article_id, here().config), open=f"{url}/open?code={code}&next=/read/{article_id}")


@api.get("/articles")
@operation(Operation(query=ArticleQuery, answers={200: HitsAnswer}, problems=("validation",)))
def list_articles() -> Response:
    """Search the library, or list it, newest first."""
    query = read_query(ArticleQuery)
    hits = here().library.search(query.q, limit=query.limit, cursor=query.cursor, sort=query.sort)
    return answer(hits_answer(hits, here().config))


@api.get("/articles/lookup")
@operation(Operation(query=UrlQuery, answers={200: ArticleAnswer}, problems=("validation", "not-found")))
def lookup_article() -> Response:
    """Is this address saved? Different spellings of one address count as the same."""
    kept = here().library.lookup(web_address(read_query(UrlQuery).url))
    if kept is None:
        raise Problem("not-found", "This address is not in the library.")
    return answer(described_article(kept))


@api.get("/articles/<int:article_id>")
@operation(Operation(answers={200: ArticleAnswer}, problems=("not-found",)))
def get_article(article_id: int) -> Response:
    """One whole article."""
    return answer(described_article(here().library.get(article_id)))


@api.patch("/articles/<int:article_id>")
@operation(Operation(body=Marks, answers={200: ArticleAnswer}, problems=(*WRONG_BODY, "not-found")))
def mark_article(article_id: int) -> Response:
    """Mark an article: its state, whether it is a favorite, how far it is read, its tags."""
    marks = read_body(Marks)
    shelf = here().library.shelf
    shelf.mark([article_id], state=marks.state, favorite=marks.favorite, progress=marks.progress)
    if marks.tags is not None:
        shelf.set_tags(article_id, marks.tags)
    return answer(described_article(here().library.get(article_id)))


@api.delete("/articles/<int:article_id>")
@operation(Operation(answers={204: None}, problems=("not-found", "foreign-origin")))
def delete_article(article_id: int) -> Response:
    """Move an article to the trash, where it stays for 30 days."""
    here().library.delete(article_id)
    return Response(status=204)


@api.post("/articles/<int:article_id>/restore")
@operation(Operation(answers={200: ArticleAnswer}, problems=("not-found", "foreign-origin")))
def restore_article(article_id: int) -> Response:
    """Take an article out of the trash."""
    here().library.restore(article_id)
    return answer(described_article(here().library.get(article_id)))


@api.get("/tags")
@operation(Operation(query=TagsQuery, answers={200: TagsAnswer}, problems=("validation",)))
def list_tags() -> Response:
    """The commonest tags, of those that begin so."""
    return answer(TagsAnswer(here().library.tags.beginning(read_query(TagsQuery).begins)))


# The description of all this


@api.get("/openapi.json")
def openapi() -> Response:
    """This API as an OpenAPI 3.1 document."""
    return Response(msgspec.json.encode(described.document(current_app)), mimetype="application/json")


@api.get("/docs")
def docs() -> str:
    """The same as a page."""
    return render_template("docs.html", document=described.document(current_app))


# Errors of the rooms below, as problems


@api.app_errorhandler(NoSuchArticle)
def answer_no_such_article(_: NoSuchArticle) -> Response:
    return answer_problem(Problem("not-found", "There is no such article; it may have been deleted."))


@api.app_errorhandler(BadCursor)
def answer_bad_cursor(_: BadCursor) -> Response:
    return answer_problem(field_problem("cursor", "Expected the next_cursor of an earlier answer."))
