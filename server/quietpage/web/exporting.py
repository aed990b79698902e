"""What goes out over HTTP: one article or all that a search finds, in any format, written while it is sent."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import quote

from flask import Blueprint, Flask, Response
from msgspec import Meta, Struct

from quietpage import __version__
from quietpage.cleaner.markdown import markdown
from quietpage.formats.exports import FORMATS, name_of
from quietpage.formats.taking import Selection, Tools, of_article, of_query
from quietpage.web.api import api
from quietpage.web.decode import read_query
from quietpage.web.language import later
from quietpage.web.marked_passages import highlighted
from quietpage.web.openapi import Operation, operation
from quietpage.web.state import here

exporting = Blueprint("exporting", __name__)
TOOLS = Tools(markdown, highlighted, f"Quietpage {__version__}")
WORDS = (  # of formats/exports.py, for the catalogues
    later("Plain text"),
    later("Bookmarks"),
    later("Notes with pictures, as for Obsidian"),
    later("A page each that opens anywhere"),
    later("A book for an e-reader"),
    later("Only the words"),
    later("Everything, to be imported again"),
    later("A table, without the texts"),
    later("For a browser or a bookmark service"),
)
FormatName = Literal["markdown", "html", "epub", "text", "json", "csv", "bookmarks"]


class ArticleExportQuery(Struct, kw_only=True):
    """In which format."""

    format: Annotated[FormatName, Meta(description="json is JSON Lines with everything; markdown with pictures a ZIP.")]


class LibraryExportQuery(ArticleExportQuery, kw_only=True):
    """Which articles, and in which format."""

    q: Annotated[str, Meta(max_length=1000, description="As in a search; blank for the whole library.")] = ""


def register(app: Flask) -> None:
    """Add the pages' addresses to ``app``; the calls are the API's."""
    app.register_blueprint(exporting)
    app.jinja_env.globals.update(export_formats=FORMATS)


@api.get("/articles/<int:article_id>/export")
@operation(Operation(query=ArticleExportQuery, answers={200: None}, problems=("validation", "not-found")))
def export_article(article_id: int) -> Response:
    """One article as a file: Markdown, HTML, EPUB, plain text, JSON Lines, CSV or a bookmark."""
    return exported(of_article(here().library, article_id, TOOLS), read_query(ArticleExportQuery).format)


@api.get("/export")
@operation(Operation(query=LibraryExportQuery, answers={200: None}, problems=("validation",)))
def export_articles() -> Response:
    """All articles that a search finds, or the whole library, as one file.

    HTML and Markdown come as a ZIP with a file for each article. JSON Lines hold everything, and make the same library
    again where they are imported. Articles that are not captured yet have no text: JSON Lines, CSV and bookmarks have
    them, the others leave them out, and the header Quietpage-Without-Text counts them.
    """
    asked = read_query(LibraryExportQuery)
    selection = of_query(here().library, asked.q, TOOLS, texts_only=FORMATS[asked.format].texts)
    response = exported(selection, asked.format)
    response.headers["Quietpage-Without-Text"] = str(selection.without_text)
    return response


@exporting.get("/read/<int:article_id>/export")
def article(article_id: int) -> Response:
    """The same for the reader's page."""
    return export_article(article_id)


@exporting.get("/export")
def articles() -> Response:
    """The same for the library's page."""
    return export_articles()


def exported(selection: Selection, name: FormatName) -> Response:
    """A file to keep."""
    form = FORMATS[name]
    media_type, _ = form.kind(selection)
    response = Response(form.write(selection), mimetype=media_type)
    called = name_of(selection, form)
    plain = called.encode("ascii", "ignore").decode().replace('"', "").replace("\\", "")
    told = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(called, safe='')}"
    response.headers["Content-Disposition"] = told
    return response
