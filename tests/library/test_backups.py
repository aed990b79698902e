"""Backups: consistent while writes go on, checked, rotated by count; and restored only when they are whole."""

from __future__ import annotations

import os
import sqlite3
import sys
import threading
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from quietpage.article import Article, Page
from quietpage.library import backups
from quietpage.library.backups import BackupFailed, Stopped
from quietpage.library.library import Library, LibraryTooNew, LibraryUnreadable

from .conftest import Save

DAY = date(2026, 11, 28)
TIME = datetime(2026, 11, 28, 9, 30)


def hurt(path: Path) -> None:
    """Overwrite the middle of a database."""
    data = bytearray(path.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 8192] = b"\xaa" * 8192
    path.write_bytes(data)


def test_a_backup_is_a_library_of_its_own(library: Library, save: Save, tmp_path: Path) -> None:
    save("text")
    made = backups.back_up(library.path, tmp_path / "away" / "copy.db")
    assert (made.articles, made.size) == (1, made.path.stat().st_size)
    assert [path.name for path in made.path.parent.iterdir()] == ["copy.db"]  # one file, with nothing beside it
    with Library(made.path) as copy:
        assert copy.search("text").total == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
def test_a_backup_is_readable_by_this_person_alone(library: Library) -> None:
    made = backups.back_up_today(library.path, DAY)
    assert made
    assert (made.path.stat().st_mode & 0o777, made.path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_backup_made_while_writes_go_on_is_of_one_moment(library: Library, save: Save, tmp_path: Path) -> None:
    """Every save adds an article and a version in one transaction: a copy of two moments would show it."""
    over = threading.Event()

    def write() -> None:
        number = 0
        while not over.is_set():
            url, number = f"https://site.test/{number}", number + 1
            library.save(Article(url, "T", "<p>x</p>", f"text {number} " * 200), Page(url, "page"))

    save("the first")
    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    try:
        counts = [backups.back_up(library.path, tmp_path / f"{number}.db").articles for number in range(5)]
    finally:
        over.set()
        for writer in writers:
            writer.join()
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]
    for number, articles in enumerate(counts):
        with closing(sqlite3.connect(tmp_path / f"{number}.db")) as copy:
            assert copy.execute("select count(*) from versions").fetchone()[0] == articles
            assert copy.execute("select count(*) from articles_fts where articles_fts match 'text'").fetchone()[0] == (
                articles - 1
            )


def test_a_backup_takes_no_file_s_place(library: Library, tmp_path: Path) -> None:
    there = tmp_path / "letter.txt"
    there.write_text("Dear reader")
    with pytest.raises(BackupFailed, match="there already"):
        backups.back_up(library.path, there)
    assert there.read_text() == "Dear reader"


def test_a_damaged_library_gives_no_backup_and_removes_none(library: Library, save: Save) -> None:
    for number in range(30):
        save("word " * 500, url=f"https://site.test/{number}")
    for days in range(1, 3):
        backups.back_up_today(library.path, DAY - timedelta(days=days))
    before = backups.days_of(library.path)
    library.close()
    hurt(library.path)
    with pytest.raises(BackupFailed, match="doctor"):
        backups.back_up_today(library.path, DAY)
    assert backups.days_of(library.path) == before
    assert not list(backups.folder_of(library.path).glob("*.part*"))


def test_a_backup_can_be_broken_off_and_leaves_nothing(library: Library, save: Save, tmp_path: Path) -> None:
    save("text")
    with pytest.raises(Stopped):
        backups.back_up(library.path, tmp_path / "copy.db", stopped=lambda: True)
    assert not list(tmp_path.glob("copy.db*"))


def test_no_backup_takes_the_last_room_of_the_disk(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backups, "LEAST_FREE_BYTES", 1 << 60)
    with pytest.raises(BackupFailed, match="MB left"):
        backups.back_up_today(library.path, DAY)


def test_a_day_has_one_backup(library: Library) -> None:
    assert backups.back_up_today(library.path, DAY)
    assert backups.back_up_today(library.path, DAY) is None


def test_seven_days_and_four_weeks_are_kept(library: Library) -> None:
    folder = backups.folder_of(library.path)
    folder.mkdir()
    mine = backups.by_hand(library.path, folder, datetime(2020, 1, 1))
    mine.touch()
    for days in range(60, 0, -1):
        backups.daily(library.path, DAY - timedelta(days=days)).touch()
        for day in backups.expired(backups.days_of(library.path)):
            backups.daily(library.path, day).unlink()
    backups.back_up_today(library.path, DAY)
    week = [DAY - timedelta(days=days) for days in range(7)]
    sundays = [date(2026, 11, 15), date(2026, 11, 8)]  # that of 22 November is among the seven days
    assert backups.days_of(library.path) == week + sundays
    assert mine.exists()


def test_a_clock_that_jumps_removes_nothing_good() -> None:
    days = [DAY - timedelta(days=number) for number in range(7)]
    assert backups.expired([*days, date(2099, 1, 1)]) == []  # the eighth is the last of its week
    assert backups.expired([date(2020, 1, 1), date(2099, 1, 1), DAY]) == []


# The way back


def test_a_restored_library_has_what_the_backup_had_and_the_present_one_is_kept(
    library: Library, save: Save, path: Path
) -> None:
    save("the first", url="https://site.test/1")
    made = backups.back_up_today(path, DAY)
    assert made
    bytes_of_it = made.path.read_bytes()
    save("the second", url="https://site.test/2")
    library.close()
    restored = backups.restore(made.path, path, TIME)
    assert restored == backups.Restored(1, path.with_name("library.db.replaced-2026-11-28-093000"))
    assert made.path.read_bytes() == bytes_of_it
    with Library(path) as now, Library(restored.replaced or "") as before:
        assert (now.search("first").total, now.recent().total) == (1, 1)
        assert before.recent().total == 2


def test_what_a_killed_server_left_in_its_log_is_kept_too(library: Library, save: Save, path: Path) -> None:
    made = backups.back_up_today(path, DAY)
    save("only in the log")  # the library stays open: as if its process had been killed
    assert path.with_name("library.db-wal").stat().st_size
    restored = backups.restore(made.path if made else Path(), path, TIME)
    assert restored.replaced
    library.close()
    with Library(restored.replaced) as before:
        assert before.search("log").total == 1
    with Library(path) as now:
        assert now.recent().total == 0


def test_a_damaged_library_can_be_replaced_and_is_kept_as_it_is(library: Library, save: Save, path: Path) -> None:
    save("text")
    made = backups.back_up_today(path, DAY)
    library.close()
    path.write_bytes(b"nothing of a database" * 1000)
    restored = backups.restore(made.path if made else Path(), path, TIME)
    assert restored.replaced
    assert restored.replaced.read_bytes().startswith(b"nothing of a database")
    with Library(path) as now:
        assert now.search("text").total == 1


@pytest.mark.parametrize("kind", ["damaged", "cut short", "empty", "foreign", "no database", "newer", "missing"])
def test_what_is_no_whole_backup_is_refused_and_changes_nothing(
    library: Library, save: Save, path: Path, tmp_path: Path, kind: str
) -> None:
    for number in range(20 if kind in ("damaged", "cut short") else 1):
        save("word " * 500, url=f"https://site.test/{number}")
    backup = backups.back_up(path, tmp_path / "backup.db").path
    library.close()
    if kind == "damaged":
        hurt(backup)
    elif kind == "cut short":
        os.truncate(backup, backup.stat().st_size // 2)
    elif kind == "no database":
        backup.write_bytes(b"Dear reader" * 1000)
    elif kind in ("empty", "missing", "foreign"):
        backup.unlink()
    if kind == "empty":
        backup.touch()
    if kind in ("foreign", "newer"):
        with closing(sqlite3.connect(backup)) as connection, connection:
            future = "insert into _sqlite_migrations (migration_set, name) values ('quietpage', 'from_the_future')"
            connection.execute("create table places (url)" if kind == "foreign" else future)
    before = path.read_bytes()
    with pytest.raises(LibraryTooNew if kind == "newer" else (BackupFailed, LibraryUnreadable)):
        backups.restore(backup, path, TIME)
    assert path.read_bytes() == before
    assert not list(path.parent.glob("*.re*"))


def test_a_browser_that_was_disconnected_since_is_not_let_back_in(library: Library, path: Path) -> None:
    one = library.browsers.add(name="x", origin="moz-extension://x", token_hash=b"h" * 32, proof_key=b"k" * 32)
    made = backups.back_up_today(path, DAY)
    library.browsers.revoke(one.id)
    library.close()
    backups.restore(made.path if made else Path(), path, TIME)
    with Library(path) as now:
        assert now.browsers.by_token_hash(b"h" * 32) is None


def test_a_feed_that_was_revoked_since_shows_nothing_again(library: Library, path: Path) -> None:
    token, other = library.feeds.add("Kindle"), library.feeds.add("Phone")
    made = backups.back_up_today(path, DAY)
    library.feeds.revoke(1)
    library.close()
    backups.restore(made.path if made else Path(), path, TIME)
    with Library(path) as now:
        assert now.feeds.by_token(token) is None
        assert now.feeds.by_token(other) is not None
