"""Another person of the same machine reads nothing: not the library, not what stands beside it, not an older copy."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from quietpage.article import Article, Page
from quietpage.library import private
from quietpage.library.library import Library, LibraryUnreadable
from quietpage.library.schema import STEPS, migrations
from quietpage.web.instance import Instance

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a person's files by the folder")


@pytest.fixture(autouse=True)
def careless() -> Iterator[None]:
    """A person whose new files are readable by all."""
    before = os.umask(0o000)
    yield
    os.umask(before)


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_everything_that_is_made_is_for_its_owner_alone(tmp_path: Path) -> None:
    """The file, its log and its index while it is written, the lock that says where the server is, and the folder."""
    db = tmp_path / "new" / "library.db"
    instance = Instance(db)
    instance.says("http://127.0.0.1:8765")
    with Library(db) as library:
        library.save(Article("https://site.test/", "T", "<p>t</p>", "t"), Page("https://site.test/", "t"))
        library.links.mint()
        assert {file.name for file in db.parent.iterdir()} == {
            "library.db",
            "library.db-wal",
            "library.db-shm",
            "library.db.serving",
        }
        for file in db.parent.iterdir():
            assert rights(file) == 0o600, file
    assert rights(db.parent) == 0o700
    instance.close()


def test_a_backup_is_as_private_as_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = tmp_path / "library.db"
    Library(db).close()

    def another_change(database: object) -> None:
        pass

    monkeypatch.setattr(migrations, "_migrations", [*migrations._migrations])
    migrations()(another_change)
    monkeypatch.setattr("quietpage.library.database.STEPS", (*STEPS, another_change))
    Library(db).close()
    backups = [file for file in tmp_path.iterdir() if ".before-" in file.name]
    assert backups
    assert {rights(file) for file in backups} == {0o600}


def test_a_copy_that_all_could_read_is_closed_when_it_is_opened(tmp_path: Path) -> None:
    db = tmp_path / "library.db"
    with Library(db) as first:  # open meanwhile: its log and its index are there
        for file in tmp_path.iterdir():
            file.chmod(0o644)
        Library(db).close()
        assert {rights(file) for file in tmp_path.iterdir()} == {0o600}
        assert first.recent().total == 0


def test_the_file_of_another_program_keeps_its_rights(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear reader, this is no database at all. " * 100)
    letter.chmod(0o644)
    with pytest.raises(LibraryUnreadable):
        Library(letter)
    assert rights(letter) == 0o644


def test_the_folder_of_an_older_version_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "quietpage"
    own.mkdir(mode=0o755)
    monkeypatch.setattr(private, "default_db", lambda: own / "library.db")
    Library(own / "library.db").close()
    assert rights(own) == 0o700


def test_a_folder_that_the_person_chose_stays_as_it_is(tmp_path: Path) -> None:
    chosen = tmp_path / "shared"
    chosen.mkdir(mode=0o775)
    Library(chosen / "library.db").close()
    assert rights(chosen) == 0o775
