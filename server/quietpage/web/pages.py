"""The pages a person reads: library and search, reader, connecting, first steps, getting in."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from flask import Blueprint, Flask, Response, abort, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from quietpage.library.listing import SORTS
from quietpage.web import guard, present
from quietpage.web.assets import extension_folder
from quietpage.web.beside import around, beside
from quietpage.web.connecting_calls import current_progress
from quietpage.web.guard import SessionNeeded, own_path
from quietpage.web.language import gettext, later
from quietpage.web.marked_passages import highlighted
from quietpage.web.marking import marked
from quietpage.web.narrowing import groups
from quietpage.web.notes import deleted_highlight
from quietpage.web.pairing import NoSuchPairing, State
from quietpage.web.problems import TYPES
from quietpage.web.reading import for_reading, kept_picture
from quietpage.web.repair import repair
from quietpage.web.row_number import row_number
from quietpage.web.shelf import shelf
from quietpage.web.state import here
from quietpage.web.versions import versions

pages = Blueprint("pages", __name__)
HITS_A_PAGE = 20
EMPTY_STATES = {  # what an empty list says, and how something comes into it
    "is:unread": (
        later("All read"),
        later("Nothing is waiting. What you save next appears here until you mark it as read."),
    ),
    "is:reading": (later("Nothing begun"), later("An article that you have begun to read appears here.")),
    "is:read": (
        later("Nothing read yet"),
        later("“Read” beside an article says that you are done with it; it then appears here."),
    ),
    "is:archived": (
        later("The archive is empty"),
        later("“Archive” beside an article, or the key e, puts away what you want to keep."),
    ),
    "is:favorite": (
        later("No favorites yet"),
        later("“Favorite” beside an article, or the key f, keeps the ones you love at hand."),
    ),
}
ENDS_IN_WORD = re.compile(r"(?:^|[\s(-])[^\W_]{2,}$")  # and not in a filter's value
HEADING = re.compile("<h[1-6]")
MOST_DELETED = 100  # at once, from a page
TAGS_OFFERED = 100  # while one is typed
PICTURES_ARRIVE = timedelta(minutes=2)  # after the text: by then an extension has brought them, or cannot


def register(app: Flask, db: Path) -> None:
    """Add the pages, and what their templates need, to ``app``."""
    app.register_blueprint(pages)
    app.register_blueprint(shelf)
    app.register_blueprint(beside)
    app.register_blueprint(repair)
    app.register_blueprint(versions)
    app.register_error_handler(SessionNeeded, answer_session_needed)
    app.jinja_options["trim_blocks"] = app.jinja_options["lstrip_blocks"] = True
    present.register(app, db)


# The library


@pages.get("/")
def library() -> str:
    """Everything kept, newest first, or what a search finds, and what to narrow it down by.

    While somebody is typing, a last word that is not found may be the beginning of one.
    """
    query, cursor = request.args.get("q", "").strip(), request.args.get("cursor")
    sort = next((sort for sort in SORTS if sort == request.args.get("sort")), None)
    searched = query
    hits, facets = here().library.look(query, limit=HITS_A_PAGE, cursor=cursor, sort=sort)
    if "typing" in request.args and (hits.partial or hits.corrected or not hits.hits) and ENDS_IN_WORD.search(query):
        begun = here().library.look(f"{query}*", limit=HITS_A_PAGE, cursor=cursor, sort=sort)
        if begun[0].hits and not (begun[0].partial or begun[0].corrected):
            searched, (hits, facets) = f"{query}*", begun
    return render_template(
        "library.html",
        query=query,
        searched=hits.corrected or searched,
        here=url_for("pages.library", q=searched or None, sort=sort, cursor=cursor),
        sort=sort,
        orders=orders(searched=bool(query)),
        hits=hits,
        thumbnails=here().library.images.thumbnails(hit.id for hit in hits.hits),
        cursor=cursor,
        groups=groups(searched, facets),
        counts_capped=facets.capped,
        searches=here().library.searches.all(),
        tags=here().library.tags.beginning("", TAGS_OFFERED),
        deleted=deleted_articles(),
        changed=changed_articles(),
        teaching=EMPTY_STATES,
    )


def orders(*, searched: bool) -> tuple[tuple[str, str], ...]:
    """The orders a list may have, each with its name; the first is the usual one."""
    first = (
        (("", gettext("Best match")), ("saved", gettext("Newest saved")))
        if searched
        else (("", gettext("Newest saved")),)
    )
    return (
        *first,
        ("published", gettext("Newest published")),
        ("longest", gettext("Longest first")),
        ("shortest", gettext("Shortest first")),
    )


def deleted_articles() -> tuple[int, ...]:
    """The articles that were deleted a moment ago, as long as all are in the trash: the page offers to undo it."""
    asked = [row_number(text) for text in request.args.get("deleted", "").split(",", MOST_DELETED)]
    ids = tuple(number for number in asked if number is not None)
    return ids if len(ids) == len(asked) and here().library.shelf.thrown(ids) else ()


def changed_articles() -> tuple[int, int] | None:
    """How many articles an act on all of a search changed a moment ago, and the act's number, 0 where it has none."""
    changed, act = (row_number(request.args.get(name, usual)) for name, usual in (("changed", ""), ("act", "0")))
    return None if changed is None or act is None else (changed, act)


# The reader


@pages.get("/read/<int:article_id>")
def read(article_id: int) -> str:
    """One article, to be read in peace."""
    library = here().library
    kept = library.get(article_id)
    sought = request.args.get("q", "").strip()
    own = library.marks.of(article_id)
    html = highlighted(kept.article.html, own.highlights)
    found = marked(html, library.spotter(sought)) if sought else None
    images = library.images.of(article_id)
    arriving = datetime.now(UTC) - kept.updated_at < PICTURES_ARRIVE
    saved = library.saved_among_links(kept)
    body = for_reading(found.html if found else html, images, saved, arriving=arriving)
    lead = None if body.pictures else images.get(kept.article.lead_image or "")
    return render_template(
        "reader.html",
        kept=kept,
        article=kept.article,
        body=body,
        sought=sought,
        found=found,
        marked=own,
        deleted=deleted_highlight(),
        tags=library.tags.beginning("", TAGS_OFFERED),
        lead=Markup(kept_picture(lead)) if lead else None,
        arriving=arriving and (body.missing or (not body.pictures and not lead and kept.article.lead_image)),
        around=around(article_id),
        outlined=len(HEADING.findall(kept.article.html)) > 1,
    )


# Connecting a browser


@pages.get("/connect/<pairing_id>")
def connect(pairing_id: str) -> tuple[str, int]:
    """Ask the person whether this browser may save pages here; afterwards hand the one-time code over, once."""
    try:
        pairing = here().pairings.get(pairing_id)
    except NoSuchPairing:
        return render_template("connect_expired.html"), 404
    return render_template(
        "connect.html", pairing=pairing, grant=here().pairings.show_grant(pairing_id), State=State
    ), 200


@pages.post("/connect/<pairing_id>")
def decide(pairing_id: str) -> AnyResponse:
    """Allow or refuse."""
    decision = request.form.get("decision")
    if decision not in ("allow", "refuse"):
        abort(400)
    here().pairings.decide(pairing_id, allow=decision == "allow")
    return redirect(url_for("pages.connect", pairing_id=pairing_id), 303)


# First steps


@pages.get("/welcome")
def welcome() -> str:
    """The three steps from here to the first saved page."""
    return render_template("welcome.html", folder=extension_folder(), progress=current_progress())


# Getting in


@pages.get("/open")
def open_link() -> AnyResponse:
    """Let this browser in by a one-time link, then move on without the code in the address or the history.

    A visit that a site or an extension began counts as theirs to the end of its redirects, and a SameSite=Strict
    cookie would not be sent: there, a page of ours moves on. One that the person began (``Sec-Fetch-Site: none``)
    is redirected, which is quicker.
    """
    if request.method == "GET":  # a HEAD must not use the link up
        guard.redeem(request.args.get("code", ""))
    following = own_path(request.args.get("next"))
    if request.headers.get("Sec-Fetch-Site") == "none":
        return redirect(following, 303)
    return Response(render_template("open.html", next=following))


def answer_session_needed(needed: SessionNeeded) -> Response:
    """The sign-in page in place of the one asked for.

    Whoever typed ``localhost`` may have been let in at 127.0.0.1, where the cookie is: they are led there.
    """
    if request.method == "GET" and request.host.startswith(("localhost:", "[::1]:")):
        return Response(status=302, headers={"Location": here().config.url + needed.next})
    return sign_in_page(needed.next, 401)


@pages.get("/sign-in")
def sign_in() -> Response:
    """How to get in."""
    return sign_in_page(own_path(request.args.get("next")), 200)


@pages.post("/sign-in")
def sign_in_with_link() -> AnyResponse:
    """Let this browser in by a link that was pasted."""
    following = own_path(request.form.get("next"))
    if guard.redeem(code_in(request.form.get("link", ""))):
        return redirect(following, 303)
    return sign_in_page(following, 403, wrong_link=True)


def sign_in_page(following: str, status: int, *, wrong_link: bool = False) -> Response:
    """The page that says how to get in. Whoever followed a link from another site is in already, one click away."""
    from_elsewhere = request.headers.get("Sec-Fetch-Site") == "cross-site" and request.method == "GET"
    page = render_template("sign_in.html", next=following, wrong_link=wrong_link, from_elsewhere=from_elsewhere)
    return Response(page, status)


def code_in(link: str) -> str:
    """The one-time code of a pasted link, or of a pasted code."""
    link = link.strip()
    try:
        codes = parse_qs(urlsplit(link).query).get("code", [])
    except ValueError:
        return ""
    return codes[0] if codes else link


# What went wrong, explained


@pages.get("/problems/<slug>")
def problem_type(slug: str) -> str:
    """What a problem of the API means."""
    if slug not in TYPES:
        abort(404)
    return render_template("problem_type.html", kind=TYPES[slug])
