"""A hurt library: the doctor sees it, and what is whole of it comes out again; the hurt file is left as it was."""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from quietpage.article import Article, Page, Removed
from quietpage.library import backups, recovery
from quietpage.library.anchoring import Selector
from quietpage.library.backups import BackupFailed
from quietpage.library.checkup import Finding, look_over
from quietpage.library.library import Library, LibraryUnreadable

ARTICLES = 24
PAGE = 4096
TIME = datetime(2026, 11, 28)
Rows = dict[str, set[tuple[Any, ...]]]


def filled(path: Path) -> None:
    """A library with something in every table that recovery keeps."""
    chance = random.Random(7)
    words = [f"word{number}" for number in range(500)]
    with Library(path) as library:
        for number in range(1, ARTICLES + 1):
            text = f"harbor {number} " + " ".join(chance.choices(words, k=chance.randrange(20, 500)))
            url, gone = f"https://site{number % 5}.test/{number}", (Removed("related", "a link", "<p>gone</p>"),)
            article = Article(url, f"Title {number}", f"<p>{text}</p>", text, byline="Lin", removed=gone)
            library.save(article, Page(url, f"<html>{text}" * 3, capture_id=f"c{number}"))
        library.shelf.tag([1, 2, 3], add=["sea", "tide"])
        library.marks.set_note(5, "a note about zebras")
        library.marks.add(6, Selector(0, 6, "harbor"), "green", "")
        library.corrections.add("drop", ".promo", "https://site1.test/1")
        library.delete(9)
        library.secret()
        library.browsers.add(name="x", origin="moz-extension://x", token_hash=b"h" * 32, proof_key=b"k" * 32)
        library._database().execute("insert into reading_settings values ('theme', 'dark')")
        library._database().execute("insert into searches values ('mine', 'tag:sea', null)")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "library.db"
    filled(path)
    return path


@pytest.fixture
def hurt(sample: Path, tmp_path: Path) -> Callable[[Callable[[bytearray], None]], Path]:
    def hurt(how: Callable[[bytearray], None]) -> Path:
        data = bytearray(sample.read_bytes())
        how(data)
        path = tmp_path / "hurt.db"
        path.write_bytes(data)
        return path

    return hurt


def rows(path: Path) -> Rows:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.execute("insert into articles_fts (articles_fts, rank) values ('integrity-check', 1)")
        return {name: set(connection.execute(f"select * from {name}").fetchall()) for name in recovery.KEPT}


def root_of(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("select rootpage from sqlite_schema where name = ?", (table,)).fetchone()
    return int(found[0])


def bad(path: Path) -> dict[str, Finding]:
    return {finding.name: finding for finding in look_over(path, TIME) if finding.level == "bad"}


def test_of_a_whole_library_everything_is_recovered(sample: Path, tmp_path: Path) -> None:
    before = sample.read_bytes()
    done = recovery.recover(sample, tmp_path / "new.db")
    assert rows(done.path) == rows(sample)
    assert (done.lost, done.changed, done.orphans) == ({}, (), ())
    assert done.saved["articles"] == ARTICLES
    assert sample.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["new.db"]
    with Library(done.path) as library:
        assert library.search("zebras").total == 1
        assert [(one.value, one.articles) for one in library.tags.all()] == [("sea", 3), ("tide", 3)]
        assert library.search("harbur").total == ARTICLES - 1  # corrected: the vocabulary is there
        assert not bad(done.path)


@pytest.mark.parametrize("what", ["articles", "versions", "the first page"])
def test_where_the_way_to_the_rows_is_hurt_they_are_found_all_the_same(
    hurt: Callable[[Callable[[bytearray], None]], Path], sample: Path, tmp_path: Path, what: str
) -> None:
    start = 0 if what == "the first page" else (root_of(sample, what) - 1) * PAGE

    def overwrite(data: bytearray) -> None:
        data[start : start + PAGE] = b"\xaa" * PAGE

    path = hurt(overwrite)
    with pytest.raises((LibraryUnreadable, sqlite3.DatabaseError)), Library(path) as library:
        library.ids()
        library._database().execute("select count(html), (select count(page) from versions) from articles").fetchone()
    assert set(bad(path)) & {"library", "structure"}
    done = recovery.recover(path, tmp_path / "new.db")
    assert {name: rows(done.path)[name] for name in ("articles", "versions")} == {
        name: rows(sample)[name] for name in ("articles", "versions")
    }
    assert done.lost == {}


def test_of_a_library_cut_short_what_is_left_is_recovered_and_the_rest_named(
    hurt: Callable[[Callable[[bytearray], None]], Path], sample: Path, tmp_path: Path
) -> None:
    path = hurt(lambda data: data.__delitem__(slice(len(data) * 2 // 3, None)))
    before = path.read_bytes()
    done = recovery.recover(path, tmp_path / "new.db")
    known = {row[0] for row in rows(sample)["articles"]}
    kept = {row[0] for row in rows(done.path)["articles"]}
    assert len(kept) >= 3
    assert kept | set(done.lost["articles"]) == known
    assert path.read_bytes() == before


def test_a_flipped_bit_is_seen_and_costs_one_row_at_most(
    hurt: Callable[[Callable[[bytearray], None]], Path], sample: Path, tmp_path: Path
) -> None:
    """The long run of 200 is ``make torture``'s."""
    whole = rows(sample)
    size = os.stat(sample).st_size
    for seed in range(2):
        place = random.Random(seed).randrange(PAGE, size)

        def flip(data: bytearray, place: int = place) -> None:
            data[place] ^= 1 << (place % 8)

        path = hurt(flip)
        done = recovery.recover(path, tmp_path / f"{seed}.db")
        got = rows(done.path)
        differing = {name: whole[name] - got[name] for name in recovery.KEPT if whole[name] - got[name]}
        assert sum(map(len, differing.values())) <= 1, (seed, place, list(differing))
        if differing:
            assert bad(path)


@pytest.mark.parametrize(
    ("change", "check", "named"),
    [
        ("update articles set html = replace(html, 'harbor', 'harbar') where id = 3", "articles", "3"),
        ("update versions set page = zeroblob(100) where article_id = 4", "pages", "4, version 1"),
        ("delete from articles_fts_data where id > 100", "index", "does not fit"),
        ("delete from tags where name = 'sea'", "references", "article_tags"),
    ],
)
def test_what_sqlite_s_own_check_does_not_see_is_found(
    sample: Path, tmp_path: Path, change: str, check: str, named: str
) -> None:
    path = tmp_path / "library.db"
    path.write_bytes(sample.read_bytes())
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(change)
    found = bad(path)
    assert check in found
    assert named in found[check].said
    assert found[check].remedy


def test_every_table_is_recovered_or_left_on_purpose(sample: Path) -> None:
    with closing(sqlite3.connect(sample)) as connection:
        names = {row[0] for row in connection.execute("select name from sqlite_schema where type = 'table'")}
    mine = {name for name in names if not name.startswith(("articles_fts", "sqlite_", "_sqlite"))}
    assert mine == {*recovery.KEPT, *recovery.LEFT}


def test_what_is_only_in_the_log_is_recovered_too(tmp_path: Path) -> None:
    with Library(tmp_path / "library.db") as library:  # stays open: as if its process had been killed
        library.save(Article("https://site.test/", "T", "<p>zebra</p>", "zebra"), Page("https://site.test/", "x"))
        done = recovery.recover(library.path, tmp_path / "new.db")
    assert done.saved["articles"] == 1


def test_a_lost_article_s_page_is_handed_over(sample: Path, tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    path.write_bytes(sample.read_bytes())
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("delete from articles where id = 7")
    done = recovery.recover(path, tmp_path / "new.db")
    assert [(one.article_id, one.url) for one in done.orphans] == [(7, "https://site2.test/7")]
    assert done.orphans[0].page.startswith(b"<html>harbor 7")


def test_recovery_takes_no_file_s_place_and_says_when_nothing_is_there(sample: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear reader " * 1000)
    with pytest.raises(BackupFailed, match="there already"):
        recovery.recover(sample, letter)
    with pytest.raises(BackupFailed, match="Nothing of a Quietpage library"):
        recovery.recover(letter, tmp_path / "new.db")
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_healthy_library_is_said_to_be_one(sample: Path) -> None:
    found = {finding.name: finding for finding in look_over(sample, TIME)}
    assert [name for name, finding in found.items() if finding.level == "bad"] == []
    assert f"{ARTICLES - 1} articles, 1 in the trash" in found["contents"].said
    assert "FTS5" in found["sqlite"].said


def test_others_rights_and_old_backups_are_noticed(sample: Path, tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    path.write_bytes(sample.read_bytes())
    path.chmod(0o644)
    made = backups.back_up_today(path, TIME.date())
    assert made
    os.utime(made.path, (TIME.timestamp() - 20 * 86400,) * 2)
    found = {finding.name: finding for finding in look_over(path, TIME)}
    assert (found["backups"].level, "20 days old" in found["backups"].said) == ("note", True)
    if os.name == "posix":
        assert (found["permissions"].level, "chmod 600" in found["permissions"].remedy) == ("bad", True)
