"""Feeds for a person's own reader app, and plain pages for e-readers: read alone, by a token in the address.

Neither is a session, and neither leads to one: what such an address shows is the articles of its feed and their
pictures. It changes nothing. A wrong token is answered a few times a minute (guard.py), a right one always.
"""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Flask, Response, abort, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from quietpage.formats import atom
from quietpage.formats.elements import parse
from quietpage.formats.html_page import inner
from quietpage.formats.pictures import Picture, place_pictures
from quietpage.formats.taking import Taken, of_article
from quietpage.library.feeds import Feed
from quietpage.library.library import Hits, NoSuchArticle
from quietpage.web import guard
from quietpage.web.exporting import TOOLS
from quietpage.web.problems import Problem
from quietpage.web.state import here

feeds = Blueprint("feeds", __name__)
MOST_ENTRIES = 50
ON_A_PAGE = 20


def register(app: Flask) -> None:
    """Add feeds to ``app``."""
    app.register_blueprint(feeds)


# What a token shows


def feed_of(token: str) -> Feed:
    """The feed of an address. Raises Problem for a wrong one."""
    feed = here().library.feeds.by_token(token)
    if feed is None:
        guard.refuse_guessing()
        raise Problem("token-unknown", "This address is not a feed's, or was revoked.")
    here().library.feeds.seen(feed)
    return feed


def listed(feed: Feed, limit: int, cursor: str | None = None) -> Hits:
    """The articles of a feed, last saved first; only those that have all of its query."""
    hits = here().library.search(feed.query, limit=limit, cursor=cursor, sort="saved")
    return replace(hits, hits=(), next_cursor=None) if hits.partial or hits.corrected else hits


def taken(feed: Feed, article_id: int) -> Taken:
    """An article of a feed. Raises NoSuchArticle for one that is not in it."""
    if feed.query and article_id not in here().library.ids(feed.query):
        raise NoSuchArticle(f"There is no article {article_id} in this feed.")
    return next(of_article(here().library, article_id, TOOLS).articles())


def picture_at(token: str, number: int, *, whole: bool) -> str:
    """Where the picture of an article is, for whoever has the token."""
    path = url_for("feeds.picture", token=token, article_id=number, name="-").removesuffix("-")
    return f"{here().config.url if whole else ''}{path}"


@feeds.get("/feed/<token>/atom.xml")
def atom_feed(token: str) -> Response:
    """The last saved articles, with their whole text."""
    feed = feed_of(token)
    hits = listed(feed, MOST_ENTRIES).hits
    address = here().config.url + url_for("feeds.atom_feed", token=token)
    updated = max((here().library.get(hit.id).updated_at for hit in hits), default=feed.created_at)

    channel = atom.Channel(
        f"Quietpage: {feed.name}",
        address,
        updated,
        lambda one, shown: picture_at(token, one.kept.id, whole=True) + shown.name,
    )
    articles = (next(of_article(here().library, hit.id, TOOLS).articles()) for hit in hits)
    response = Response("".join(atom.write(channel, articles)), mimetype="application/atom+xml")
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]  # it answers itself


@feeds.get("/feed/<token>/<int:article_id>/<name>")
def picture(token: str, article_id: int, name: str) -> Response:
    """A picture of an article, by the name that formats/pictures.py gives it."""
    one = taken(feed_of(token), article_id)
    found: dict[str, Picture] = {}
    place_pictures(parse(one.kept.article.html), one, lambda shown: found.setdefault(shown.name, shown).name)
    if name not in found:
        abort(404)
    return Response(found[name].data, mimetype=found[name].type)


@feeds.get("/e/<token>/")
def plain_list(token: str) -> str:
    """The articles of a feed as a page that the oldest browsers show."""
    feed = feed_of(token)
    hits = listed(feed, ON_A_PAGE, request.args.get("cursor"))
    return render_template("plain_list.html", feed=feed, hits=hits, token=token)


@feeds.get("/e/<token>/<int:article_id>")
def plain_article(token: str, article_id: int) -> str:
    """One of them."""
    one = taken(feed_of(token), article_id)
    body = parse(one.kept.article.html)
    base = picture_at(token, article_id, whole=False)
    place_pictures(body, one, lambda shown: base + shown.name)
    html = Markup(inner(body))
    return render_template("plain_article.html", kept=one.kept, article=one.kept.article, html=html, token=token)


# Making and revoking them


@feeds.post("/settings/feeds")
def make() -> AnyResponse:
    """Make a feed, and show its addresses this once."""
    name = request.form.get("name", "").strip() or "Reader"
    token = here().library.feeds.add(name, request.form.get("q", ""))
    return Response(render_template("feed_made.html", name=name, token=token, config=here().config), 201)


@feeds.post("/settings/feeds/<int:feed_id>/revoke")
def revoke(feed_id: int) -> AnyResponse:
    """Make a feed's address worthless."""
    here().library.feeds.revoke(feed_id)
    return redirect(url_for("pages.settings", _anchor="feeds"), 303)
