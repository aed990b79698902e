"""Correcting an article: a part that does not belong there is hidden, a piece that was removed is put back.

Each correction holds for this article or for its whole site. All of it is plain forms.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from quietpage.article import Removed
from quietpage.cleaner.locate import Located, Wanted
from quietpage.cleaner.sanitize import sanitize
from quietpage.cleaner.text import count_words, plain_text
from quietpage.library.corrections import Correction, Kind
from quietpage.library.library import KeptArticle
from quietpage.web.apart import locate_bounded
from quietpage.web.blocks import Block, blocks_of, stamp, with_controls
from quietpage.web.cleaning import begins_like, clean_version, reclean, show, version_page
from quietpage.web.guard import own_path
from quietpage.web.language import later
from quietpage.web.reading import for_reading
from quietpage.web.row_number import row_number
from quietpage.web.state import here

repair = Blueprint("repair", __name__)
TELLING_WORDS, PROSE_WORDS = 15, 8  # of a piece that may be missed: so many in all, and so many outside of its links
PREVIEW_CHARS = 400
ANEW_AT_ONCE = 50  # articles, in the time of one answer: some seconds
TOLD = {  # what became of it, where it did not simply happen
    "no-place": later("This part is not found in the page as it was captured, so it cannot be changed by itself."),
    "no-site": later(
        "Nothing tells this part from others in the site's pages; it can be changed in this article only."
    ),
    "nothing": later("That would leave nothing of the article, so it was left as it is."),
    "no-effect": later("That changed nothing: the page holds no text there that can be shown."),
    "changed": later("The article has changed meanwhile. Choose again."),
    "undone": later("Undone."),
    "back": later("Put back."),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One removed piece as it is shown: why it was, its text, its sanitized HTML, and whether it can be put back."""

    reason: str
    step: str
    stamp: str
    text: str
    html: str
    here: bool
    site: bool


# Hiding


@repair.get("/read/<int:article_id>/repair")
def article(article_id: int) -> str:
    """The article, with a control beside each of its blocks that hides it."""
    kept = here().library.get(article_id)
    html = with_controls(kept.article.html, lambda block: control(block, kept))
    return render_template(
        "repair.html",
        kept=kept,
        article=kept.article,
        body=for_reading(html, here().library.images.of(article_id)),
        **told(kept),
    )


def control(block: Block, kept: KeptArticle) -> str:
    """What hides a block here or on its site."""
    return render_template("repair_control.html", block=block, article=kept.article)


@repair.post("/read/<int:article_id>/repair")
def hide(article_id: int) -> AnyResponse:
    """Hide a block."""
    kept = here().library.get(article_id)
    everywhere, chosen = choice()
    block = next((one for one in blocks_of(kept.article.html) if one.stamp == chosen), None)
    if block is None:
        return answer("repair.article", kept, {"told": "changed"})
    wanted = Wanted(block.text, block.nth, picture=block.tag == "figure", html=block.html)
    (located,) = locate_bounded(version_page(here().library, article_id, kept.shown), [wanted])
    done = correct(kept, "drop", located, everywhere=everywhere, example=block.text)
    return answer("repair.article", kept, done, f"hide-{max(0, block.number - 1)}")


# Putting back


@repair.get("/read/<int:article_id>/removed")
def removed(article_id: int) -> str:
    """What the cleaner struck from this page and why, what may be missed first."""
    kept = here().library.get(article_id)
    struck = here().library.removed(article_id)
    with_html = [piece for piece in struck if piece.html]
    page = version_page(here().library, article_id, kept.shown)
    places = locate_bounded(page, [Wanted(html=piece.html) for piece in with_html])
    pieces = [shown_piece(piece, located) for piece, located in zip(with_html, places, strict=True)]
    apart = [piece for piece in pieces if not may_be_missed(piece)]
    left_aside = [piece.reason for piece in struck if not piece.html]
    return render_template(
        "removed.html",
        kept=kept,
        article=kept.article,
        pieces=[piece for piece in pieces if may_be_missed(piece)],
        apart=apart,
        left_aside=left_aside,
        **told(kept),
    )


def shown_piece(piece: Removed, located: Located | None) -> Piece:
    """A removed piece with nothing in it that runs or loads."""
    html = sanitize(piece.html)
    text = plain_text(html)
    preview = text if len(text) <= PREVIEW_CHARS else f"{text[:PREVIEW_CHARS].rsplit(None, 1)[0]} …"
    quiet = for_reading(html).html if len(text) > PREVIEW_CHARS or "<img" in html or "<table" in html else ""
    site = located is not None and (located.site is not None or piece.step == "correction")
    return Piece(piece.reason, piece.step, stamp(piece.html), preview, quiet, located is not None, site)


def may_be_missed(piece: Piece) -> bool:
    """Whether a removed piece reads like more than a menu, a button or a label."""
    longest = max((count_words(line) for line in piece.text.splitlines()), default=0)
    return piece.step == "correction" or (count_words(piece.text) >= TELLING_WORDS and longest >= PROSE_WORDS)


@repair.post("/read/<int:article_id>/removed")
def put_back(article_id: int) -> AnyResponse:
    """Put a removed piece back."""
    library = here().library
    kept = library.get(article_id)
    everywhere, chosen = choice()
    piece = next((one for one in library.removed(article_id) if stamp(one.html) == chosen), None)
    if piece is None:
        return answer("repair.removed", kept, {"told": "changed"})
    if (mine := by_which(piece, kept)) is not None and (everywhere or mine.article_id is not None):
        take_back(mine, article_id)
        return answer("repair.removed", kept, {"told": "back"})
    page = version_page(library, article_id, kept.shown)
    located = Located(mine.selector) if mine else locate_bounded(page, [Wanted(html=piece.html)])[0]
    done = correct(kept, "keep", located, everywhere=everywhere, example=plain_text(sanitize(piece.html)))
    return answer("repair.removed", kept, done)


def by_which(piece: Removed, kept: KeptArticle) -> Correction | None:
    """The correction by which a person had a piece left out; their article's own before their site's."""
    if piece.step != "correction":
        return None
    dropping = [one for one in here().library.corrections.of_page(kept.article.url) if one.kind == "drop"]
    found = [one for one in dropping if f"“{one.selector}”" in piece.reason or begins_like(piece, one)]
    return min(found, key=lambda one: one.article_id is None, default=None)


# Doing it


def choice() -> tuple[bool, str]:
    """Whether what was chosen in the form is meant for the whole site, and its stamp."""
    stamps = [request.form.get(name, "") for name in ("here", "site")]
    if not any(stamps):
        abort(400)
    return bool(stamps[1]), stamps[1] or stamps[0]


def correct(
    kept: KeptArticle, kind: Kind, located: Located | None, *, everywhere: bool, example: str
) -> dict[str, str | int]:
    """Clean an article anew with one correction more, which is kept where it does what it should.

    Answers what to tell: the new correction's number, or why there is none.
    """
    if located is None:
        return {"told": "no-place"}
    selector = located.site if everywhere else located.here
    if selector is None:
        return {"told": "no-site"}
    library, url = here().library, kept.article.url
    article_id = None if everywhere else kept.id
    tried = Correction(0, kind, selector, "", article_id, example, datetime.now(UTC))
    anew = clean_version(library, kept.id, kept.shown, [tried])
    if anew.warning or any(one.step == "correction" and not one.html for one in anew.removed):
        return {"told": "nothing"}
    if anew.html == kept.article.html:
        return {"told": "no-effect"}
    number = library.corrections.add(kind, selector, url, article_id=article_id, example=example)
    show(library, kept.id, anew, kept.shown)
    return {"done": number}


def take_back(correction: Correction, *article_ids: int) -> int:
    """Keep a correction no longer, and clean anew where it had found something; how many articles."""
    library = here().library
    touched = {*library.corrections.touched(correction.id), *article_ids}
    library.corrections.drop(correction.id)
    return clean_anew(sorted(touched, key=lambda one: one not in article_ids))


def clean_anew(article_ids: Iterable[int]) -> int:
    """Clean articles anew, as many as may be at once; how many read differently now."""
    chosen = list(article_ids)[:ANEW_AT_ONCE]
    return sum(reclean(here().library, one).outcome == "changed" for one in chosen)


@repair.post("/read/<int:article_id>/undo")
def undo(article_id: int) -> AnyResponse:
    """Take a correction back."""
    kept = here().library.get(article_id)
    correction = asked_correction(request.form.get("correction", ""))
    if correction is None:
        abort(404)
    take_back(correction, article_id)
    page = "repair.removed" if correction.kind == "keep" else "repair.article"
    return answer(page, kept, {"told": "undone"})


@repair.post("/read/<int:article_id>/others")
def others(article_id: int) -> AnyResponse:
    """Clean the site's other articles anew, so that a correction made here holds there too."""
    kept = here().library.get(article_id)
    correction = asked_correction(request.form.get("correction", ""))
    if correction is None:
        abort(404)
    changed = clean_anew(of_site(correction.site, kept.id))
    page = "repair.removed" if correction.kind == "keep" else "repair.article"
    return answer(page, kept, {"done": correction.id, "others": changed})


def of_site(site: str, but: int) -> Sequence[int]:
    """The site's other articles, the newest first."""
    return [one for one in reversed(here().library.ids(f'site:"{site}"')) if one != but]


def asked_correction(number: str) -> Correction | None:
    """The correction of this number."""
    known = row_number(number)
    return None if known is None else here().library.corrections.get(known)


# Telling


def answer(page: str, kept: KeptArticle, said: Mapping[str, str | int], anchor: str | None = None) -> AnyResponse:
    """Back to a page, which says what was done."""
    place = url_for(page, article_id=kept.id, _anchor=anchor)
    path, _, fragment = place.partition("#")
    return redirect(f"{path}?{urlencode(said)}{'#' if fragment else ''}{fragment}", 303)


def told(kept: KeptArticle) -> dict[str, object]:
    """What a page says of what was done just now."""
    done = asked_correction(request.args.get("done", ""))
    if done is not None and (done.article_id or kept.id) != kept.id:
        done = None
    return {
        "done": done,
        "told": TOLD.get(request.args.get("told", "")),
        "others": len(of_site(done.site, kept.id)) if done and done.article_id is None else 0,
        "changed": row_number(request.args.get("others", "")),
    }


# In the settings


@repair.post("/settings/corrections/<int:correction_id>/drop")
def drop(correction_id: int) -> AnyResponse:
    """Keep a correction no longer."""
    correction = here().library.corrections.get(correction_id)
    if correction is None:
        abort(404)
    take_back(correction)
    return redirect(own_path(request.form.get("back")) if "back" in request.form else url_for("pages.settings"), 303)
