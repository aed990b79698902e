"""What comes from elsewhere is cleaned and kept: where the formats, the cleaner and the library meet.

Nothing here knows HTTP; the command line uses it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Literal

from quietpage.article import Article, NotAnArticle, Page
from quietpage.cleaner.sanitize import sanitize
from quietpage.formats.imports.recognition import Found, entries
from quietpage.formats.imports.source import BadFile, Skipped
from quietpage.formats.library_lines import BadLibraryFile, is_library, read
from quietpage.library.database import DatabaseError
from quietpage.library.incoming import Arrival, Beside, Captured, Incoming
from quietpage.library.library import Library
from quietpage.library.records import AnyRecord
from quietpage.library.records import Article as ExportedArticle
from quietpage.web.cleaning import clean_for
from quietpage.web.packed import beside_addressed, keep_pictures

BEGINNING_BYTES = 1024
BATCH = 200  # entries a transaction: a commit takes as long as some twenty of them
BATCH_BYTES = 16 * 1024 * 1024  # or as many of them: all of a batch is in memory

Became = Literal["new", "merged", "same", "skipped"]


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one row: ``same`` where the library had all of it already.

    ``why`` it was skipped, or which of its pictures were left out.
    """

    row: str
    url: str
    became: Became
    article_id: int = 0
    why: str = ""


def amount(path: Path) -> int:
    """How many entries a file or a folder has. Reads all of it, so that a broken one is refused before any is kept.

    Raises BadFile.
    """
    with library_lines_of(path) as records:
        if records is not None:
            return sum(isinstance(record, ExportedArticle) for record in records)
    return sum(1 for _ in entries(path))


def take_in(library: Library, path: Path, *, dry_run: bool = False) -> Iterator[Imported]:
    """Keep what a file or a folder holds, some hundred entries a transaction; answers row by row.

    Once more is no harm: what the library has already stays as it is, so a run that was broken off is begun anew.
    Raises BadFile.
    """
    with library_lines_of(path) as records:
        if records is not None:
            yield from restored(library, records, dry_run=dry_run)
            return
    for batch in batches(entries(path)):
        yield from take_batch(library, batch, dry_run=dry_run)


def batches(found: Iterable[Found]) -> Iterator[list[Found]]:
    """Entries, as many as stand in a transaction.

    One with pictures beside it is the last of its batch: they are read while the archive that holds them is open.
    """
    batch, weight = list[Found](), 0
    for one in found:
        batch.append(one)
        entry = one.entry if isinstance(one.entry, Incoming) else None
        weight += len(entry.html or "") if entry else 0
        if len(batch) >= BATCH or weight >= BATCH_BYTES or (entry and entry.pictures):
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


@contextmanager
def library_lines_of(path: Path) -> Iterator[Iterator[AnyRecord] | None]:
    """The records of a library that Quietpage itself exported; None for any other file. Raises BadFile."""
    if path.is_dir():
        yield None
        return
    with path.open("rb") as file:
        if not is_library(file.read(BEGINNING_BYTES)):
            yield None
            return
        file.seek(0)
        try:
            yield read(file)
        except BadLibraryFile as error:
            raise BadFile(f"{path.name} is not a whole library. {error}") from None


def restored(library: Library, records: Iterable[AnyRecord], *, dry_run: bool) -> list[Imported]:
    """Bring back what an export of a library took out. What is kept here already stays as it is."""
    articles: list[Imported] = []

    def noted() -> Iterator[AnyRecord]:
        for number, record in enumerate(records, start=1):
            if isinstance(record, ExportedArticle):
                known = library.imports.known(record.url)
                articles.append(Imported(f"line {number}", record.url, "same" if known else "new", known or 0))
            yield record

    if dry_run:
        for _ in noted():
            pass
    else:
        library.restoring.all(noted(), sanitize)
    return articles


def take_batch(library: Library, batch: Iterable[Found], *, dry_run: bool) -> Iterator[Imported]:
    """Some entries, those of one format together."""
    for form, found in groupby(batch, lambda one: one.format):
        rows = [prepared(library, one.entry, dry_run=dry_run) for one in found]
        captured = [row.captured for row in rows if isinstance(row, Prepared)]
        kept = iter(library.imports.would_take(captured) if dry_run else library.imports.take(form, captured))
        for row in rows:
            yield row if isinstance(row, Imported) else with_pictures(library, row, next(kept))


@dataclass(frozen=True, slots=True)
class Prepared:
    """An entry as the library takes it in, and the pictures that came beside its page, by their addresses there."""

    captured: Captured
    beside: Beside | None = None


def prepared(library: Library, entry: Incoming | Skipped, *, dry_run: bool) -> Prepared | Imported:
    """An entry as the library takes it in, cleaned; what cannot be taken in is skipped."""
    if isinstance(entry, Skipped):
        return Imported(entry.row, "", "skipped", why=entry.why)
    try:
        return Prepared(Captured(entry)) if dry_run else with_article(library, entry)
    except DatabaseError:
        raise
    except Exception as defect:  # of the cleaner, on this page alone
        return Imported(entry.row, entry.url, "skipped", why=f"{type(defect).__name__} while cleaning it")


def with_pictures(library: Library, row: Prepared, one: Arrival) -> Imported:
    """What the library answered, as a row, when it has the pictures too. ``why`` says which of them were left out."""
    article, page = row.captured.article, row.captured.page
    if article is None or page is None:
        return Imported(one.row, one.url, one.came, one.id)
    brought = keep_pictures(library, one.id, article, page, row.beside)
    came = "merged" if one.came == "same" and brought.kept else one.came
    return Imported(one.row, one.url, came, one.id, str(brought))


def with_article(library: Library, entry: Incoming) -> Prepared:
    """An entry with the article that its page holds. A page without one gives what text it has, with a warning."""
    if entry.html is None:
        return Prepared(Captured(entry))
    html = whole_page(entry) if entry.is_body else entry.html
    page = Page(entry.url, html, title=entry.title or None, captured_at=entry.saved_at)
    beside = None
    if entry.pictures:
        page, beside = beside_addressed(page, entry.pictures)
    try:
        article = clean_for(library, page)
    except NotAnArticle as nothing:
        article = replace(nothing.remains, warning=nothing.reason)
    return Prepared(Captured(entry, completed(article, entry), page), beside)


def whole_page(entry: Incoming) -> str:
    """An article's body as the page that it once stood in."""
    html = entry.html if isinstance(entry.html, str) else (entry.html or b"").decode("utf-8", "replace")
    title, language = escape(entry.title), escape(entry.language or "")
    named = f' lang="{language}"' if language else ""
    return (
        f'<!doctype html><html{named}><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><article><h1>{title}</h1>{html}</article></body></html>"
    )


def completed(article: Article, entry: Incoming) -> Article:
    """An article with the facts that its export knows: they were read from the page itself, or by the person."""
    return replace(
        article,
        title=entry.title or article.title,
        byline=entry.byline or article.byline,
        language=article.language or entry.language,
        published_at=article.published_at or entry.published_at,
        excerpt=article.excerpt or entry.excerpt,
    )
