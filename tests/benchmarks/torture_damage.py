"""Hurt libraries: one flipped bit each, torn pages, files cut short. Is it seen, and does what is whole come out?"""

from __future__ import annotations

import contextlib
import os
import random
import sqlite3
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.torture_server import Figure, capture

from quietpage.article import Page
from quietpage.library import backups, checksums, recovery
from quietpage.library.checkup import look_over
from quietpage.library.library import Library
from quietpage.web.cleaning import clean_for

ARTICLES = 150
PAGE = 4096
TORN, CUT = 20, 10
OF_THE_FILE = ("library", "structure", "references", "index", "articles", "pages", "images")  # of the doctor's findings
READ = {  # what is read, and has a checksum; marks, and where and when a page was captured, have none
    "articles": f"select id, {checksums.COVERED} from articles",
    "versions": "select id, article_id, number, page from versions",
}
Rows = dict[str, set[tuple[Any, ...]]]


@dataclass
class Outcome:
    """What became of one hurt library."""

    seen: bool  # by SQLite when it is opened, or by the doctor
    differing: dict[str, int] = field(default_factory=dict)  # rows that are not as they were, after recovery
    unnamed: dict[str, int] = field(default_factory=dict)  # those of them that recovery did not name
    texts: int = 0  # articles and captured pages that read otherwise, or are lost
    articles: int = 0
    original_same: bool = True
    whole: bool = True  # what came out of it
    note: str = ""


def sample(path: Path) -> None:
    """A library of real articles, cleaned from their pages, with marks."""
    with Library(path) as library:
        for number in range(1, ARTICLES + 1):
            page = Page(**capture(number, 80 + number * 7 % 900))
            library.save(clean_for(library, page), page)
        library.shelf.tag(list(range(1, 40)), add=["sea", "tide"])
        for number in range(1, 30):
            library.marks.set_note(number, f"a note about {number}")


def rows(path: Path) -> Rows:
    with closing(sqlite3.connect(path)) as connection:
        return {name: set(connection.execute(f"select * from {name}").fetchall()) for name in recovery.KEPT}


def texts(path: Path) -> Rows:
    """What is read, by its id."""
    with closing(sqlite3.connect(path)) as connection:
        return {name: set(connection.execute(question).fetchall()) for name, question in READ.items()}


def examine(original: Path, hurt: Path, new: Path) -> Outcome:
    """Look a hurt library over, recover it, and compare what came out with what was in."""
    before = hurt.read_bytes()
    whole = rows(original)
    found = look_over(hurt, datetime.now())
    outcome = Outcome(seen=any(finding.level == "bad" and finding.name in OF_THE_FILE for finding in found))
    try:
        done = recovery.recover(hurt, new)
    except backups.BackupFailed as error:
        return Outcome(outcome.seen, {"everything": 1}, note=str(error), whole=False)
    got = rows(new)
    outcome.differing = {name: len(whole[name] - got[name]) for name in recovery.KEPT if whole[name] - got[name]}
    named = {"articles": {*done.lost.get("articles", ()), *done.changed}, "versions": {*done.lost.get("versions", ())}}
    read, reads = texts(original), texts(new)
    for name in READ:
        changed = {row[0] for row in read[name] - reads[name]}
        outcome.texts += len(changed)
        if missing := changed - named[name]:
            outcome.unnamed[name] = len(missing)
    outcome.articles = len({row[0] for row in got["articles"]})
    outcome.original_same = hurt.read_bytes() == before
    with closing(sqlite3.connect(new)) as connection:
        outcome.whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.execute("insert into articles_fts (articles_fts, rank) values ('integrity-check', 1)")
    return outcome


def one(original: Path, folder: Path, kind: str, seed: int) -> Outcome:
    """Hurt a copy in one way, and examine it."""
    chance, data = random.Random(f"{kind} {seed}"), bytearray(original.read_bytes())
    if kind == "flip":
        place = chance.randrange(len(data))
        data[place] ^= 1 << chance.randrange(8)
    elif kind == "torn":  # half of a page was written, the other half is that of another one
        page, other = (chance.randrange(len(data) // PAGE) * PAGE for _ in range(2))
        half = PAGE // 2
        data[page + half : page + PAGE] = data[other + half : other + PAGE]
    else:
        del data[chance.randrange(len(data) // 4, len(data)) :]
    hurt, new = folder / f"{kind}-{seed}.db", folder / f"{kind}-{seed}-new.db"
    hurt.write_bytes(data)
    try:
        return examine(original, hurt, new)
    finally:
        for path in (hurt, new):
            with contextlib.suppress(OSError):
                os.unlink(path)


def damage(folder: Path, seed: int, flips: int) -> list[Figure]:
    """So many libraries with one flipped bit each, some with a torn page, some cut short."""
    original = folder / "original.db"
    sample(original)
    figures = []
    for kind, number, called in (
        ("flip", flips, "one flipped bit"),
        ("torn", TORN, "a torn page"),
        ("cut", CUT, "an end cut off"),
    ):
        with ProcessPoolExecutor(os.cpu_count() or 1) as pool:
            tasks = [pool.submit(one, original, folder, kind, seed * 10_000 + at) for at in range(number)]
            outcomes = [task.result() for task in tasks]
        figures += summed(called, outcomes)
    return figures


def summed(called: str, outcomes: list[Outcome]) -> list[Figure]:
    """The lines of one kind of damage."""
    harmful = [one for one in outcomes if one.differing]
    unseen = [one for one in harmful if not one.seen]
    rows_lost, unnamed = Counter[str](), Counter[str]()
    for outcome in outcomes:
        rows_lost.update(outcome.differing)
        unnamed.update(outcome.unnamed)
    kept = sorted(one.articles for one in outcomes)
    lost = ", ".join(f"{count} of {name}" for name, count in rows_lost.most_common()) or "none"
    clean = all(one.original_same and one.whole for one in outcomes)
    return [
        Figure(
            f"{len(outcomes)} libraries with {called}",
            f"{sum(one.seen for one in outcomes)} seen; {len(outcomes) - len(harmful)} cost nothing; "
            f"unseen and harmful: {[one.differing for one in unseen] or 'none'}",
            not any(one.texts for one in unseen),
        ),
        Figure(
            "… recovered articles of a library, at least and in the middle",
            f"{kept[0]} and {kept[len(kept) // 2]} of {ARTICLES}; rows lost or changed in all: {lost}",
            called == "an end cut off" or kept[0] >= ARTICLES - 8,
        ),
        Figure("… lost or changed, but not named", str(dict(unnamed) or "none"), not unnamed),
        Figure("… the hurt file as it was, the new one whole", "yes" if clean else "no", clean),
    ]
