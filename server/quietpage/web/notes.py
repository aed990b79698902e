"""Highlights and notes on pages: those of the article that is read, all of them, and the forms that change them.

All of it is plain forms, but for making a highlight, which takes a selection: static/highlights.js makes them.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Blueprint, Flask, Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from quietpage.formats.highlights import FORMATS
from quietpage.library.highlight_rows import COLORS, Color
from quietpage.library.marks import ORDERS, Order
from quietpage.web import mark_calls
from quietpage.web.decode import read_query
from quietpage.web.guard import own_path
from quietpage.web.language import gettext
from quietpage.web.marked_passages import COLOR_NAMES
from quietpage.web.row_number import row_number
from quietpage.web.state import here

notes = Blueprint("notes", __name__)
MARKS_A_PAGE = 30


def register(app: Flask) -> None:
    """Add these pages to ``app``."""
    app.register_blueprint(notes)
    app.jinja_env.globals.update(color_name=color_name, colors=COLORS, highlight_formats=FORMATS)


def color_name(color: str) -> str:
    """What a color is called."""
    return gettext(COLOR_NAMES[color])


# In the reader


@notes.get("/read/<int:article_id>/notes")
def of_article(article_id: int) -> str:
    """What is marked in an article: the section at its end, by itself."""
    kept = here().library.get(article_id)
    return render_template("notes.html", kept=kept, article=kept.article, marked=here().library.marks.of(article_id))


@notes.post("/read/<int:article_id>/note")
def write_note(article_id: int) -> AnyResponse:
    """Write the note on an article."""
    here().library.marks.set_note(article_id, request.form.get("note", ""))
    return redirect(url_for("pages.read", article_id=article_id, _anchor="notes"), 303)


@notes.post("/highlights/<int:highlight_id>")
def change(highlight_id: int) -> AnyResponse:
    """Change a highlight's note or color, delete it, or take that back."""
    marks, doing = here().library.marks, request.form.get("do", "save")
    if doing == "delete":
        marks.delete(highlight_id)
        return redirect(back(undo=highlight_id), 303)
    if doing == "restore":
        marks.restore(highlight_id)
    elif doing == "save":
        color = request.form.get("color")
        if color is not None and color not in COLORS:
            abort(400)
        marks.change(highlight_id, color=color, note=request.form.get("note"))
    else:
        abort(400)
    return redirect(back(), 303)


def back(undo: int | None = None) -> str:
    """The page that the form was sent from; it may offer to take a deletion back."""
    path = urlsplit(own_path(request.form.get("back")))
    query = [(name, value) for name, value in parse_qsl(path.query) if name != "undo"]
    if undo is not None:
        query.append(("undo", str(undo)))
    fragment = "#notes" if path.path.startswith("/read/") else ""
    return path.path + (f"?{urlencode(query)}" if query else "") + fragment


def deleted_highlight() -> int | None:
    """The highlight that was deleted a moment ago, as long as it can be taken back."""
    asked = row_number(request.args.get("undo", ""))
    return None if asked is None or not here().library.marks.is_deleted(asked) else asked


# All of them


@notes.get("/highlights")
def highlights() -> str:
    """All highlights and notes, the last made first or from article to article."""
    query, cursor = request.args.get("q", "").strip(), request.args.get("cursor")
    color: Color | None = next((one for one in COLORS if one == request.args.get("color")), None)
    order: Order = next((one for one in ORDERS if one == request.args.get("sort")), "newest")
    page = here().library.marks.page(query, color=color, order=order, limit=MARKS_A_PAGE, cursor=cursor)
    return render_template(
        "highlights.html",
        query=query,
        color=color,
        order=order,
        cursor=cursor,
        page=page,
        deleted=deleted_highlight(),
        here=url_for("notes.highlights", q=query or None, color=color, sort=request.args.get("sort"), cursor=cursor),
    )


@notes.get("/highlights/export")
def export() -> Response:
    """The same as one file."""
    return mark_calls.exported(read_query(mark_calls.ExportQuery))
