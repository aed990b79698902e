"""`quietpage backup` and `quietpage restore`: what they say and leave behind; and the server's backup of every day."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from test_cli import db, run

from quietpage.library import backups as kept
from quietpage.library.library import Library
from quietpage.web import backups
from quietpage.web.instance import Instance

__all__ = ["db"]  # the library of the other tests of the command line: two articles


def test_backup_says_where_it_is_and_that_it_was_checked(db: Path) -> None:
    said = run("--db", db, "backup")
    assert said.exit_code == 0
    assert "2 articles" in said.stdout
    assert "checked" in said.stdout
    (made,) = kept.all_backups(db)
    assert str(made) in said.stdout
    assert made.parent == db.parent / "backups"


def test_backup_goes_to_a_file_or_into_a_folder(db: Path, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    assert run("--db", db, "backup", tmp_path / "copy.db").exit_code == 0
    assert run("--db", db, "backup", tmp_path / "disk").exit_code == 0
    assert (tmp_path / "copy.db").exists()
    assert len(list((tmp_path / "disk").glob("library-*.db"))) == 1
    again = run("--db", db, "backup", tmp_path / "copy.db")
    assert (again.exit_code, "there already" in again.stderr) == (1, True)


def test_without_a_library_nothing_is_backed_up_and_none_is_made(tmp_path: Path) -> None:
    said = run("--db", tmp_path / "none.db", "backup")
    assert (said.exit_code, "no library" in said.stderr) == (1, True)
    assert not list(tmp_path.iterdir())


def test_restore_takes_a_backup_by_its_name_and_says_where_the_other_is(db: Path) -> None:
    run("--db", db, "backup")
    run("--db", db, "delete", "1")
    said = run("--db", db, "restore", kept.all_backups(db)[0].name)
    assert said.exit_code == 0
    assert "2 articles" in said.stdout
    with Library(db) as library:
        assert library.recent().total == 2
    (before,) = db.parent.glob("library.db.replaced-*")
    assert str(before) in said.stdout


def test_restore_refuses_while_a_server_runs(db: Path, tmp_path: Path) -> None:
    run("--db", db, "backup", tmp_path / "copy.db")
    instance = Instance(db)
    instance.says("http://127.0.0.1:8766")
    said = run("--db", db, "restore", tmp_path / "copy.db")
    instance.close()
    assert (said.exit_code, "running at http://127.0.0.1:8766" in said.stderr) == (1, True)
    assert not list(db.parent.glob("*.replaced-*"))


def test_restore_says_what_is_wrong_with_a_file(db: Path, tmp_path: Path) -> None:
    assert "no file" in run("--db", db, "restore", "nowhere.db").stderr
    (tmp_path / "letter.txt").write_text("Dear reader" * 500)
    assert "letter.txt" in run("--db", db, "restore", tmp_path / "letter.txt").stderr


# Every day


def test_the_server_makes_the_backup_of_the_day_and_stops_at_once(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = threading.Event()

    def seen(*asked: object) -> kept.Backup | None:
        made = kept.back_up_today(*asked)  # type: ignore[arg-type]
        looked.set()
        return made

    monkeypatch.setattr(backups, "back_up_today", seen)
    daily = backups.DailyBackups(db, first_after=0)
    assert looked.wait(30)
    daily.stop()
    assert len(kept.days_of(db)) == 1


def test_no_backup_is_made_while_none_is_wanted(db: Path) -> None:
    asked = threading.Semaphore(0)

    def wanted() -> bool:
        asked.release()
        return False

    daily = backups.DailyBackups(db, first_after=0, look_every=0.001, wanted=wanted)
    assert all(asked.acquire(timeout=30) for _ in range(2))
    daily.stop()
    assert kept.days_of(db) == []


def test_a_backup_that_fails_is_told_once_and_tried_again(
    db: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tried = threading.Semaphore(0)

    def fails(*asked: object) -> None:
        tried.release()
        raise kept.BackupFailed("the disk is full")

    monkeypatch.setattr(backups, "back_up_today", fails)
    daily = backups.DailyBackups(db, first_after=0, look_every=0.001)
    assert all(tried.acquire(timeout=30) for _ in range(3))
    daily.stop()
    assert capsys.readouterr().err.count("the disk is full") == 1
