"""What a person does in the library: mark, tag, throw away, take back; the trash, the tags, kept searches, statistics.

All of it is plain forms. Where scripts run, static/library.js sends the same forms without leaving the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from quietpage.library.acts import DOINGS, NoSuchAct
from quietpage.library.filters import STATES
from quietpage.library.listing import SORTS
from quietpage.library.tags import NoSuchTag
from quietpage.web.charts import charts
from quietpage.web.guard import own_path
from quietpage.web.row_number import row_number
from quietpage.web.state import here

shelf = Blueprint("shelf", __name__)
MOST_CHOSEN = 1000
ACTS = (*STATES, "favorite", "unfavorite", "tag", "untag", "delete", "restore", "purge")


@shelf.post("/articles")
def act() -> AnyResponse:
    """Do something with the articles that were chosen, with the one whose button was pressed, or with all that a search
    finds (``all`` is the search); ``undo`` takes the last of these back."""
    if "undo" in request.form:
        return undo()
    if "all" in request.form and "one" not in request.form:
        return act_on_all()
    doing, ids = chosen_act()
    if ids:
        do(doing, ids)
    return redirect(back([("deleted", ",".join(map(str, ids)))] if ids and doing == "delete" else []), 303)


def act_on_all() -> AnyResponse:
    """Do something with all that a search finds; the list that is shown next can say how many, and offer to undo it."""
    doing = next((one for one in DOINGS if one == request.form.get("do")), None)
    if doing is None:
        abort(400)
    done = here().library.acts.on_all(request.form["all"], doing, tags=request.form.get("tags", "").split(","))
    return redirect(back([("changed", str(done.articles)), *([("act", str(done.act))] if done.act else [])]), 303)


def undo() -> AnyResponse:
    """Take back what was done with all that a search found."""
    number = row_number(request.form["undo"])
    if number is None:
        abort(404)
    try:
        here().library.acts.undo(number)
    except NoSuchAct:
        abort(404)
    return redirect(back(), 303)


def chosen_act() -> tuple[str, list[int]]:
    """What the form asks for, and of which articles: ``one=read-12``, or ``do=read`` with any number of ``id``."""
    doing, dash, only = request.form.get("one", "").partition("-")
    texts = [only]
    if not dash:
        doing, texts = request.form.get("do", ""), request.form.getlist("id")
    if doing not in ACTS or len(texts) > MOST_CHOSEN:
        abort(400)
    ids = dict.fromkeys(map(row_number, texts))
    if None in ids:
        abort(404)
    return doing, [number for number in ids if number is not None]


def do(doing: str, ids: list[int]) -> None:
    """Act on these articles. Raises NoSuchArticle."""
    kept = here().library.shelf
    names = request.form.get("tags", "").split(",")
    if doing in STATES:
        kept.mark(ids, state=doing)
    elif doing in ("favorite", "unfavorite"):
        kept.mark(ids, favorite=doing == "favorite")
    elif doing in ("tag", "untag"):
        kept.tag(ids, **{"add" if doing == "tag" else "drop": names})
    elif doing == "delete":
        kept.delete(ids)
    elif doing == "restore":
        kept.restore(ids)
    else:
        kept.purge(ids)


def back(told: Sequence[tuple[str, str]] = ()) -> str:
    """The page the form was sent from, or the list, in place of a deleted article's page; it is told what was done just
    now: ``deleted`` ids, or how many were ``changed`` by which ``act``, to be taken back."""
    path = urlsplit(own_path(request.form.get("back")))
    if told and path.path.startswith("/read/"):
        path = urlsplit(url_for("pages.library"))
    query = [(name, value) for name, value in parse_qsl(path.query) if name not in ("deleted", "changed", "act")]
    if path.path in (url_for("pages.library"), url_for("shelf.trash")):
        query += told
    return path.path + (f"?{urlencode(query)}" if query else "")


@shelf.post("/read/<int:article_id>/tags")
def tag(article_id: int) -> AnyResponse:
    """Give an article tags, or take one from it, where it is read."""
    dropped = request.form.get("drop")
    added = request.form.get("add", "").split(",") if dropped is None else ()
    here().library.shelf.tag([article_id], add=added, drop=() if dropped is None else (dropped,))
    return redirect(url_for("pages.read", article_id=article_id, _anchor="shelving"), 303)


@shelf.post("/read/<int:article_id>/progress")
def progress(article_id: int) -> tuple[str, int]:
    """Note how far the person has read. The reader sends it while they scroll, and when they leave."""
    share = request.form.get("share", "")
    if not re.fullmatch(r"0|1|0\.[0-9]{1,6}", share):
        abort(400)
    here().library.shelf.read_to(article_id, float(share))
    return "", 204


# The trash


@shelf.get("/trash")
def trash() -> str:
    """What was thrown away, and when it goes for good."""
    cursor = request.args.get("cursor")
    return render_template("trash.html", trash=here().library.shelf.trash(cursor=cursor), cursor=cursor)


# Tags


@shelf.get("/tags")
def tags() -> str:
    """Every tag, to be renamed, merged and dropped."""
    return render_template("tags.html", tags=here().library.tags.all(), problem=None)


@shelf.post("/tags")
def change_tag() -> AnyResponse | tuple[str, int]:
    """Rename a tag, which merges it where another has the name, or take it from every article."""
    name, every = request.form.get("name", ""), here().library.tags
    try:
        if request.form.get("do") == "drop":
            every.drop(name)
        else:
            every.rename(name, request.form.get("new", ""))
    except NoSuchTag:
        abort(404)
    except ValueError as problem:
        return render_template("tags.html", tags=every.all(), problem=str(problem)), 422
    return redirect(url_for("shelf.tags"), 303)


# Kept searches


@shelf.post("/searches")
def keep_search() -> AnyResponse:
    """Keep the present search by a name, or keep one no longer."""
    kept, query = here().library.searches, request.form.get("q", "")
    sort = request.form.get("sort", "")
    if request.form.get("do") == "drop":
        kept.drop(request.form.get("name", ""))
    else:
        try:
            kept.keep(request.form.get("name", "") or query, query, sort if sort in SORTS else "")
        except ValueError:
            abort(400)
    return redirect(back(), 303)


# Statistics


@shelf.get("/statistics")
def statistics() -> str:
    """The library as pictures."""
    kept = here().library.statistics()
    drawn = charts(kept, datetime.now(UTC).date()) if kept.total else ()
    return render_template("statistics.html", total=kept.total, charts=drawn)
