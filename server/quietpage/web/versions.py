"""The pages an article was captured from: one as it was captured, all of them, what differs, and which one is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from markupsafe import escape
from werkzeug.wrappers import Response as AnyResponse

from quietpage.article import Article
from quietpage.cleaner.pipeline import read
from quietpage.cleaner.sanitize import as_captured
from quietpage.library.changes import changed_paragraphs
from quietpage.library.differences import Paragraph, differences
from quietpage.library.kept import KeptArticle, NoSuchArticle, Version
from quietpage.web.cleaning import clean_version, one_of, reclean, version_page
from quietpage.web.language import gettext
from quietpage.web.reading import for_reading
from quietpage.web.row_number import row_number
from quietpage.web.state import here

versions = Blueprint("versions", __name__)
LISTED = 10  # versions at once: each is cleaned to be counted
CLEANED_KEPT = 64  # texts of versions in memory, so that what was listed can be compared at once
CONTEXT = 1  # unchanged paragraphs shown before and after a changed one
# Quiet, for a page whose own styles are not kept. It is shown in a frame of its own, which no other sheet reaches.
CAPTURED_STYLE = """
:root { color-scheme: light dark }
body { max-width: 46rem; margin: 0 auto; padding: 1.25rem; font: 1rem/1.55 system-ui, sans-serif }
body { overflow-wrap: anywhere }
[data-qp-hidden] { display: none !important }
h1, h2, h3, h4 { line-height: 1.25 }
img { max-width: 100%; height: auto }
img:not([src]) { color: GrayText; font-size: .85em }
nav ul, header ul, footer ul { padding: 0; list-style: none }
nav li, header li, footer li { display: inline-block; margin-inline-end: 1em }
a { color: LinkText }
button { font: inherit; border: 1px solid GrayText; background: none; border-radius: .3em }
table { border-collapse: collapse; display: block; overflow-x: auto }
pre { white-space: pre-wrap }
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """A version with what it holds: so many words, and so many paragraphs that are others than in the one before."""

    version: Version
    words: int
    changed: int | None
    shown: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """Paragraphs of a comparison in a row; those of a folded one are unchanged."""

    paragraphs: tuple[Paragraph, ...]
    folded: bool = False


# As captured


@versions.get("/read/<int:article_id>/captured")
def captured(article_id: int) -> str:
    """A captured page beside the clean article."""
    kept = here().library.get(article_id)
    number = asked("version", kept.shown)
    version = one_of(here().library.versions(article_id), number)
    return render_template(
        "captured.html",
        kept=kept,
        article=kept.article,
        version=version,
        body=for_reading(kept.article.html, here().library.images.of(article_id)),
    )


@versions.get("/read/<int:article_id>/captured/page")
def captured_page(article_id: int) -> Response:
    """The page itself, inert: see guard.py for what its frame forbids beside."""
    kept = here().library.get(article_id)
    page = version_page(here().library, article_id, asked("version", kept.shown))
    language, direction = kept.article.language or "", kept.article.direction
    title = gettext("As captured")
    return Response(
        f'<!doctype html><html lang="{escape(language)}" dir="{escape(direction)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
        f"<style>{CAPTURED_STYLE}</style></head><body>{as_captured(read(page))}</body></html>"
    )


# All of them


@versions.get("/read/<int:article_id>/versions")
def listed(article_id: int) -> str:
    """Every version: when, how long, what changed."""
    kept = here().library.get(article_id)
    every = here().library.versions(article_id)
    if not every:
        raise NoSuchArticle("No page of this article is captured yet.")
    first = asked("before", every[0].number + 1)
    some = [version for version in every if version.number < first]
    rows = [row(kept, one, some[at + 1 : at + 2]) for at, one in enumerate(some[:LISTED])]
    return render_template(
        "versions.html",
        kept=kept,
        article=kept.article,
        rows=rows,
        numbers=[version.number for version in every],
        older=some[LISTED - 1].number if len(some) > LISTED else None,
        outcome=request.args.get("outcome", ""),
        paragraphs=asked("paragraphs", 0),
    )


def row(kept: KeptArticle, version: Version, earlier: Iterable[Version]) -> Listed:
    """A version as it is listed; ``earlier`` is the one before, where there is one."""
    article = cleaned(kept, version.number)
    changed = [changed_paragraphs(cleaned(kept, one.number).text, article.text) for one in earlier]
    return Listed(version, article.word_count, changed[0] if changed else None, version.number == kept.shown)


def cleaned(kept: KeptArticle, number: int) -> Article:
    """A version, cleaned as it would be now; remembered as long as no correction is other."""
    library = here().library
    known = tuple(one.id for one in library.corrections.of_page(kept.article.url))
    return _cleaned(str(library.path), kept.id, number, known)


@lru_cache(maxsize=CLEANED_KEPT)
def _cleaned(_path: str, article_id: int, number: int, _corrections: tuple[int, ...]) -> Article:
    return clean_version(here().library, article_id, number)


@versions.get("/read/<int:article_id>/versions/compare")
def compare(article_id: int) -> str:
    """What differs between two versions."""
    kept = here().library.get(article_id)
    every = here().library.versions(article_id)
    newest = every[0].number
    before, after = asked("from", max(1, newest - 1)), asked("to", newest)
    texts = [cleaned(kept, one_of(every, number).number).text for number in (before, after)]
    found = differences(*texts)
    return render_template(
        "compare.html",
        kept=kept,
        article=kept.article,
        before=one_of(every, before),
        after=one_of(every, after),
        stretches=list(stretches(found)),
        count={kind: sum(one.kind == kind for one in found) for kind in ("added", "removed", "changed")},
    )


def stretches(paragraphs: tuple[Paragraph, ...]) -> Iterator[Stretch]:
    """The paragraphs of a comparison with what is unchanged and far from any change folded."""
    changed = [at for at, one in enumerate(paragraphs) if one.kind != "same"]
    near = {at + step for at in changed for step in range(-CONTEXT, CONTEXT + 1)}
    at = 0
    while at < len(paragraphs):
        end = at
        while end < len(paragraphs) and (end in near) == (at in near):
            end += 1
        yield Stretch(paragraphs[at:end], folded=at not in near and end - at > 1)
        at = end


# Which one is shown


@versions.post("/read/<int:article_id>/versions")
def show(article_id: int) -> AnyResponse:
    """Show another version, or clean the one that is shown anew."""
    here().library.get(article_id)
    number = row_number(request.form.get("show", ""))
    if number is None and request.form.get("do") != "reclean":
        abort(400)
    done = reclean(here().library, article_id, version=number)
    said = "shown" if number is not None and done.outcome != "kept" else done.outcome
    place = url_for("versions.listed", article_id=article_id, outcome=said, paragraphs=done.paragraphs)
    return redirect(place, 303)


def asked(name: str, usual: int) -> int:
    """A number of the address."""
    number = row_number(request.args.get(name, ""))
    return usual if number is None else number
