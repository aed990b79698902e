"""What stands beside an article: its copies, what is related, what cites it, and its neighbours in the list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from quietpage.library.kept import Beside, Related, SameContent
from quietpage.library.listing import SORTS, Sort
from quietpage.library.neighbours import Neighbour
from quietpage.web.state import here

beside = Blueprint("beside", __name__)


@dataclass(frozen=True, slots=True)
class Way:
    """A link to a neighbour in the list, and its title where that is known without searching."""

    href: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """All that the reader shows beside an article, but for what is related: that costs more, and comes after."""

    elsewhere: tuple[SameContent, ...]
    cited_by: tuple[Beside, ...]
    above: Way | None
    below: Way | None


def around(article_id: int) -> Around:
    """What stands beside an article, opened from the list that the present request names."""
    library = here().library
    elsewhere, cited_by = library.same_elsewhere(article_id), library.cited_by(article_id)
    if searched() or sort():  # who is next costs a search: it is made by whoever goes there
        above, below = (
            Way(url_for("beside.step", article_id=article_id, way=way, **opened_from())) for way in ("above", "below")
        )
        return Around(elsewhere, cited_by, above, below)
    neighbours = library.neighbours(article_id)
    return Around(elsewhere, cited_by, way_to(neighbours.above), way_to(neighbours.below))


def way_to(neighbour: Neighbour | None) -> Way | None:
    """A link to a neighbour in the list of all."""
    return Way(url_for("pages.read", article_id=neighbour.id), neighbour.title) if neighbour else None


@beside.get("/read/<int:article_id>/related")
def related(article_id: int) -> str:
    """What is related to an article, as a page of its own. The reader takes its list when its reader nears the end."""
    library = here().library
    kept = library.get(article_id)
    return render_template("related.html", kept=kept, article=kept.article, related=not_citing(article_id))


def not_citing(article_id: int) -> tuple[Related, ...]:
    """What is related to an article, without what the reader lists already: those that link to it."""
    citing = {one.id for one in here().library.cited_by(article_id)}
    return tuple(one for one in here().library.related(article_id) if one.id not in citing)


@beside.get("/read/<int:article_id>/<any(above, below):way>")
def step(article_id: int, way: str) -> AnyResponse:
    """The neighbour of an article in the list that it was opened from; at either end, the list."""
    here().library.get(article_id)
    neighbours = here().library.neighbours(article_id, searched(), sort())
    neighbour = neighbours.above if way == "above" else neighbours.below
    if neighbour is None:
        return redirect(url_for("pages.library", q=searched() or None, sort=sort()), 303)
    return redirect(url_for("pages.read", article_id=neighbour.id, **opened_from()), 303)


def searched() -> str:
    """The search whose hits the article was opened from; blank for the list of all."""
    return request.args.get("q", request.args.get("list", "")).strip()


def sort() -> Sort | None:
    """The order of that list, where it was chosen."""
    return next((sort for sort in SORTS if sort == request.args.get("sort")), None)


def opened_from() -> dict[str, Any]:
    """The list that an article was opened from, as a query of an address."""
    names = ("q", "list", "sort")
    return {name: request.args[name] for name in names if request.args.get(name)}
