"""Recover what is whole of a hurt library into a new file. The hurt one is only read, and nothing of it is changed."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from sqlite_utils import Database

from quietpage.library import backups, checksums, database, schema
from quietpage.library.backups import BackupFailed
from quietpage.library.btree import Pages, Value
from quietpage.library.rows import indexed, words_of_row
from quietpage.library.salvage import PAGE_SIZE, Named, Table, copy_of, leaves, roots, table_of
from quietpage.library.vocabulary import add_words

# The tables that hold what cannot be made anew, each after those that it refers to
KEPT = (
    "articles",
    "checksums",
    "tags",
    "article_tags",
    "versions",
    "captures",
    "removed",
    "images",
    "article_images",
    "thumbnails",
    "highlights",
    "article_notes",
    "corrections",
    "corrected",
    "browsers",
    "secrets",
    "searches",
    "recleanings",
    "imported",
    "tries",
    "led_here",
    "feeds",
    "reading_settings",
)
# The others: what is made anew of the articles, now or while the server runs, and what a person does not miss
LEFT = ("words", "tallies", "sketches", "sketch_keys", "links", "linking", "one_time_links", "acts", "befores")
STEPS_TABLE = "_sqlite_migrations"
SEARCHED = ("title", "byline", "headings", "text", "notes")


@dataclass(frozen=True, slots=True)
class Orphan:
    """A captured page whose article is lost: it can be cleaned anew."""

    article_id: int
    url: str
    captured_at: str | None
    page: bytes


@dataclass(frozen=True, slots=True)
class Recovery:
    """What a recovery came to: rows saved of each table, the ids known to be lost, and articles that read otherwise.

    ``changed`` are articles whose text is not, letter by letter, what was saved; they are kept all the same.
    """

    path: Path
    saved: dict[str, int]
    lost: dict[str, tuple[int, ...]]
    changed: tuple[int, ...]
    orphans: tuple[Orphan, ...] = ()


@dataclass
class Found:
    """What was found on the way."""

    saved: Counter[str] = field(default_factory=Counter)
    lost: dict[str, set[int]] = field(default_factory=dict)
    ids: dict[str, set[int]] = field(default_factory=dict)
    changed: set[int] = field(default_factory=set)
    orphans: dict[tuple[int, int], Orphan] = field(default_factory=dict)


def recover(hurt: Path, to: Path) -> Recovery:
    """Write what is whole of the library at ``hurt`` to a new library at ``to``, row by row, and build its index anew.

    Nobody may be using the library. Raises BackupFailed where ``to`` is there already or cannot be written, or where
    nothing is found.
    """
    if to.exists():
        raise BackupFailed(f"{to} is there already, and is left as it is. Choose another name.")
    if not hurt.is_file():
        raise BackupFailed(f"There is no file {hurt}.")
    work, part = (to.with_name(f"{to.name}.{end}") for end in ("hurt", "part"))
    try:
        copy_of(hurt, work)
        pages = Pages(work, PAGE_SIZE)
        try:
            found = rebuild(pages, part)
        finally:
            pages.close()
        if not found.saved:
            raise BackupFailed(f"Nothing of a Quietpage library was found in {hurt}.")
        os.replace(part, to)
    except OSError as error:
        raise BackupFailed(f"{to} could not be written: {error.strerror}.") from error
    finally:
        backups.remove(work)
        backups.remove(part)
    lost = {name: tuple(sorted(ids)) for name, ids in found.lost.items() if ids}
    return Recovery(to, dict(found.saved), lost, tuple(sorted(found.changed)), tuple(found.orphans.values()))


def rebuild(pages: Pages, part: Path) -> Found:
    """Fill a new library with all that is found."""
    backups.remove(part)
    database.create_private(part)
    found = Found()
    known = roots(pages)
    with backups.opened(part) as connection:
        connection.row_factory = sqlite3.Row
        db = Database(connection)
        start_at(db, steps_done(pages, known))
        connection.execute("PRAGMA foreign_keys = on")
        tables = {name: table_of(db, name) for name in KEPT if name in db.table_names()}
        connection.execute("BEGIN")
        for name, places in leaves(pages, known, tables).items():
            fill(db, pages, tables[name], places, found)
        count_vocabulary(db)
        connection.execute("COMMIT")
        with database.writing(db):
            schema.migrations.apply(db)
            checksums.remember_missing(db)
        found.changed.update(checksums.changed_since(db))
        db.execute("insert into articles_fts (articles_fts) values ('rebuild')")
        connection.execute("PRAGMA journal_mode = DELETE")
    lost_ids(pages, known, found)
    return found


def steps_done(pages: Pages, known: Iterable[Named]) -> set[str]:
    """The names of the schema's steps that the hurt library had taken; all, where that cannot be read."""
    done = set()
    for kind, name, _, root in known:
        if (kind, name) == ("table", STEPS_TABLE):
            for page in pages.tree(root, set()):
                done |= {str(row.values[2]) for row in pages.rows(page) if len(row.values) == 4}
    names = {step.__name__ for step in schema.STEPS}
    return done & names or names


def start_at(db: Database, done: set[str]) -> None:
    """Bring a new library to where the hurt one was: its rows then fit, and the later steps see to the rest."""
    missing = [step.__name__ for step in schema.STEPS if step.__name__ not in done]
    later = [name for name in missing if not done & set(names_after(name))]
    if later:
        schema.migrations.apply(db, stop_before=later[0])
    else:  # a name between others is only unreadable
        schema.migrations.apply(db)


def names_after(name: str) -> list[str]:
    """The steps that follow one."""
    names = [step.__name__ for step in schema.STEPS]
    return names[names.index(name) + 1 :]


def fill(db: Database, pages: Pages, table: Table, places: Iterable[int], found: Found) -> None:
    """Put a table's rows into the new library, those that are whole and whose article is there."""
    ids = found.ids.setdefault(table.name, set())
    for page in places:
        for row in pages.rows(page):
            if not table.fits(row):
                continue
            named = table.named(row)
            if not is_whole(table.name, named):
                continue
            if table.name == "articles" and "salient" in named:
                named |= indexed(*(str(named.get(name) or "") for name in SEARCHED))  # may be hurt as well
            if table.name == "tags" and "articles" in named:
                named["articles"] = 0  # counted anew as the tags are given
            try:
                db.table(table.name).insert(named, ignore=True)
            except sqlite3.IntegrityError:
                note_orphan(table.name, named, found)
                continue
            ids.add(row.rowid)
            found.saved[table.name] = db.table(table.name).count if table.without_rowid else len(ids)


def is_whole(table: str, row: dict[str, Value]) -> bool:
    """Whether a row's bytes are those whose hash it has."""
    if table == "versions":
        page = unpacked(row["page"])
        return page is not None and row.get("page_sha256") in (None, hashlib.sha256(page).hexdigest())
    if table == "images":
        data = row["bytes"]
        return isinstance(data, bytes) and hashlib.sha256(data).hexdigest() == row["sha256"]
    return True


def unpacked(page: Value) -> bytes | None:
    """A captured page as it came; None for one that is not whole."""
    try:
        return zlib.decompress(page) if isinstance(page, bytes) else None
    except zlib.error:
        return None


def note_orphan(table: str, row: dict[str, Value], found: Found) -> None:
    """Of what belongs to a lost article, its captured pages can bring it back."""
    article = row.get("article_id")
    if not isinstance(article, int):
        return
    found.lost.setdefault("articles", set()).add(article)
    page = unpacked(row["page"]) if table == "versions" else None
    if page is not None:
        number, time = row["number"], row["captured_at"]
        orphan = Orphan(article, str(row["url"] or ""), time if isinstance(time, str) else None, page)
        found.orphans[article, number if isinstance(number, int) else 0] = orphan


def count_vocabulary(db: Database) -> None:
    """Count the words of all articles anew."""
    if "words" not in db.table_names():
        return
    notes = "notes" if "notes" in db.table("articles").columns_dict else "'' as notes"
    counts = Counter[str]()
    for row in db.execute(f"select title, byline, text, {notes} from articles"):
        counts.update(words_of_row(row))
    add_words(db, counts)


def lost_ids(pages: Pages, known: Iterable[Named], found: Found) -> None:
    """Which rows are missing, by what the indexes name: an index's last value is the id of its row."""
    named: dict[str, Counter[int]] = {}
    for kind, _, table, root in known:
        if kind == "index" and table in ("articles", "versions"):
            of_index = {row.values[-1] for page in pages.tree(root, set()) for row in pages.rows(page) if row.values}
            named.setdefault(table, Counter()).update(one for one in of_index if isinstance(one, int))
    for table, counts in named.items():
        least = 2 if table == "articles" else 1  # by two of its indexes: one of them may be hurt itself
        missing = {one for one, times in counts.items() if times >= least} - found.ids.get(table, set())
        found.lost.setdefault(table, set()).update(missing)
