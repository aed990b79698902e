"""Every command answers programs as well: with ``--json``, or there is a reason."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from commands import run
from test_cli import db

from quietpage.cli import main
from quietpage.library.library import Library
from quietpage.settings import TABLE

__all__ = ["db"]  # the library of the other tests of the command line: two articles

WITHOUT = {
    "serve": "runs until it is stopped, and prints its link for people; `open --json` gives one to programs",
    "completion": "prints what a shell reads",
    "manual": "prints what man reads",
    "clean": "--format json",
    "show": "--format json",
    "export": "--format json; what it says of a file goes to standard error",
    "highlights": "--format jsonld",
}


def commands(group: click.Group, path: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{path}{name} ")
        else:
            yield f"{path}{name}", command


def test_every_command_has_json_or_a_reason() -> None:
    lacking = {name for name, one in commands(main) if not any("--json" in option.opts for option in one.params)}
    assert lacking == set(WITHOUT)
    for name, reason in WITHOUT.items():
        if (option := reason.partition(";")[0]).startswith("--format"):
            assert f"{option.split()[1]}" in run(*name.split(), "--help").stdout


def told(*arguments: str | Path) -> dict[str, object]:
    result = run(*arguments, "--json")
    assert result.exit_code == 0
    answer: dict[str, object] = json.loads(result.stdout)
    return answer


def test_backups_and_what_is_restored(db: Path, tmp_path: Path) -> None:
    made = told("--db", db, "backup", tmp_path / "copy.db")
    assert made == {"path": str(tmp_path / "copy.db"), "articles": 2, "bytes": (tmp_path / "copy.db").stat().st_size}
    run("--db", db, "delete", "1")
    assert told("--db", db, "restore", "1") == {"restored": [1]}
    back = told("--db", db, "restore", tmp_path / "copy.db")
    assert back["articles"] == 2
    assert Path(str(back["replaced"])).exists()


def test_what_was_disconnected(db: Path) -> None:
    made = told("--db", db, "browsers", "add", "Mine")
    assert told("--db", db, "browsers", "revoke", str(made["id"])) == {"revoked": [made["id"]]}


def test_settings_as_they_are_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIETPAGE_SETTINGS", str(tmp_path / "settings.toml"))
    for row in TABLE.values():
        monkeypatch.delenv(row.variable, raising=False)
    assert told("config", "path") == {"path": str(tmp_path / "settings.toml")}
    assert told("config", "set", "open-browser", "no") == {"open_browser": False}
    assert told("config", "unset", "open-browser") == {"open_browser": True}


def test_what_became_of_articles_that_are_cleaned_anew(db: Path) -> None:
    with Library(db) as library:
        ids = library.ids()
    would = told("--db", db, "reclean", "--all", "--dry-run")
    assert (would["asked"], would["changed"]) == (len(ids), 0)
    assert isinstance(would["articles"], list)
    result = run("--db", db, "reclean", "99", "--yes", "--json")
    answer = json.loads(result.stdout)
    assert (result.exit_code, answer["problems"]) == (1, 1)
    assert answer["articles"][0]["outcome"] == "failed"
    assert "There is no article 99" in answer["articles"][0]["problem"]
