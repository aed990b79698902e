"""Settings: one table, one file, the environment before it, flags before both."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import cast

import pytest
from click.testing import CliRunner, Result

from quietpage import settings
from quietpage.cli import main
from quietpage.settings import TABLE, BadSetting, Settings
from quietpage.web import serve

README = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "config" / "settings.toml"
    monkeypatch.setenv("QUIETPAGE_SETTINGS", str(place))
    for row in TABLE.values():
        monkeypatch.delenv(row.variable, raising=False)
    return place


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def write(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_the_readme_has_the_table_as_the_code_has_it() -> None:
    rows = re.findall(r"^\| `(\w+)` \| `(QUIETPAGE_\w+)` \| (.+?) \| (.+?) \|$", README, re.M)
    assert rows == [(row.name, row.variable, row.meaning, row.usual) for row in TABLE.values()]


def test_the_environment_goes_before_the_file_and_the_file_before_the_default(file: Path) -> None:
    write(file, "port = 9000\nbackups = false\n")
    found = settings.read({"QUIETPAGE_PORT": "9001"}, file)
    assert (found["port"].value, found["port"].source) == (9001, "environment")
    assert (found["backups"].value, found["backups"].source) == (False, "file")
    assert (found["host"].value, found["host"].source) == ("127.0.0.1", "default")
    assert settings.settled(found) == Settings(port=9001, backups=False)


def test_serve_takes_flags_before_all_of_them(file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: dict[str, object] = {}
    monkeypatch.setattr(serve, "run", lambda db, host, port, **more: asked.update(more, db=db, host=host, port=port))
    write(file, f"port = 9000\nopen_browser = false\nbackups = false\ndb = '{tmp_path / 'of-file.db'}'\n")
    assert run("serve").exit_code == 0
    assert (asked["port"], asked["open_browser"]) == (9000, False)
    assert asked["db"] == tmp_path / "of-file.db"
    run("--db", tmp_path / "flag.db", "serve", "--port", "9002", "--browser", "--host", "localhost")
    assert (asked["port"], asked["open_browser"], asked["host"]) == (9002, True, "localhost")
    assert asked["db"] == tmp_path / "flag.db"
    found = cast(dict[str, settings.Set], asked["found"])
    assert {name for name, one in found.items() if one.source == "command line"} == {
        "db",
        "host",
        "port",
        "open_browser",
    }
    assert found["backups"] == settings.Set(False, "file")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("port = 'x'", "number from 0 to 65535"),
        ("port = true", "number from 0 to 65535"),
        ("port = 70000", "number from 0 to 65535"),
        ("backups = 'yes'", "true or false"),
        ("log_level = 'loud'", "one of error, warning, info, debug"),
        ("db = 'library.db'", "whole path"),
        ("host = ''", "a text"),
        ("colour = 1", "no setting “colour”"),
        ("port = ", "is no TOML"),
        ("port = [1", "is no TOML"),
    ],
)
def test_what_is_wrong_in_the_file_is_said_with_its_name_and_nothing_else_happens(
    file: Path, text: str, said: str
) -> None:
    write(file, text)
    result = run("list")
    assert result.exit_code == 1
    assert said in result.stderr and str(file) in result.stderr
    assert "Traceback" not in result.stderr
    assert run("config", "path").stdout.strip() == str(file)


def test_a_file_that_is_no_text_is_refused(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"\xff\xfe\x00")
    assert "is no TOML" in run("list").stderr
    file.unlink()
    file.mkdir()
    assert "cannot be read" in run("list").stderr


def test_what_is_wrong_in_the_environment_names_the_variable(file: Path) -> None:
    with pytest.raises(BadSetting, match="QUIETPAGE_BACKUPS is to be true or false"):
        settings.read({"QUIETPAGE_BACKUPS": "perhaps"}, file)


@pytest.mark.parametrize(("text", "value"), [("0", False), ("OFF", False), ("no", False), ("1", True), ("True", True)])
def test_yes_and_no_are_read_as_people_write_them(file: Path, text: str, value: bool) -> None:
    assert settings.read({"QUIETPAGE_BACKUPS": text}, file)["backups"].value is value


def test_setting_one_keeps_the_comments_and_the_rest_of_the_file(file: Path) -> None:
    write(file, "# mine\nport = 9000  # as the proxy has it\n\n# off at night\nbackups = false\n")
    assert run("config", "set", "port", "9001").stdout == "port = 9001\n"
    assert run("config", "unset", "backups").exit_code == 0
    text = file.read_text(encoding="utf-8")
    assert "# mine\nport = 9001  # as the proxy has it\n" in text
    assert "# off at night" in text and "backups" not in text
    assert [one.name for one in file.parent.iterdir()] == [file.name]


def test_the_first_setting_makes_the_file_and_a_path_becomes_whole(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(file.parent.parent)
    run("config", "set", "db", "some.db")
    assert run("config", "get", "db").stdout.strip() == str(file.parent.parent / "some.db")


def test_a_wrong_value_or_name_changes_nothing(file: Path) -> None:
    assert "There are: db, host" in run("config", "set", "colour", "1").stderr
    assert run("config", "set", "port", "many").exit_code == 1
    assert not file.exists()
    write(file, "port = ")
    assert run("config", "set", "port", "1").exit_code == 1
    assert file.read_text(encoding="utf-8") == "port = "


def test_the_list_says_where_each_was_said(file: Path) -> None:
    write(file, "port = 9000\n")
    told = json.loads(run("config", "list", "--json").stdout)
    assert told["port"] == {"value": 9000, "source": "file"}
    assert set(told) == set(TABLE)
    assert "port = 9000" in run("config").stdout
    assert json.loads(run("config", "get", "port", "--json").stdout) == told["port"]
