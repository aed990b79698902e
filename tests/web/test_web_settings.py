"""How Quietpage runs, on the page of settings: the same file as `quietpage config`, and what is said before it."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quietpage import settings
from quietpage.settings import TABLE
from quietpage.web.app import create_app
from quietpage.web.serve import KNOWN_PORTS
from quietpage.web.settings_page import CHANGED_HERE
from quietpage.web.state import Config

from .conftest import new_client


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "config" / "settings.toml"
    place.parent.mkdir()
    monkeypatch.setenv("QUIETPAGE_SETTINGS", str(place))
    for row in TABLE.values():
        monkeypatch.delenv(row.variable, raising=False)
    return place


def change(me: FlaskClient, **values: str) -> tuple[int, str]:
    answer = me.post("/settings/running", data=values)
    return answer.status_code, answer.text


def words(page: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", page).split())


def fields(page: str) -> set[str]:
    return set(re.findall(r'id="setting-(\w+)"', page))


def test_every_setting_is_there_by_its_name_with_where_it_was_said(me: FlaskClient, file: Path) -> None:
    file.write_text("backups = false\n")
    page = me.get("/settings").text
    assert sorted(re.findall(r"<code>(\w+)</code> ·", page)) == sorted(TABLE)
    assert "backups · set in your file" in words(page)
    assert "host · as it comes" in words(page)
    assert '<option value="false" selected>' in page
    assert fields(page) == set(CHANGED_HERE)
    assert str(file) in page.replace("<wbr>", "")


def test_a_change_is_written_into_the_same_file_and_leaves_the_rest(me: FlaskClient, file: Path) -> None:
    file.write_text("# mine\nbackups = true  # daily\nhost = 'localhost'\n")
    status, _ = change(me, backups="false", log_level="info", open_browser="true", port="")
    assert status == 303
    assert file.read_text() == "# mine\nbackups = false  # daily\nhost = 'localhost'\n"
    assert "Your settings are kept." in me.get("/settings?kept=yes").text
    change(me, port="8766")
    assert "port = 8766" in file.read_text()
    change(me, port="")
    assert "port" not in file.read_text()


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("port", "many", "8765 to 8769"),
        ("port", "80", "8765 to 8769"),
        ("port", "0", "8765 to 8769"),
        ("port", "<b>", "8765 to 8769"),
        ("backups", "perhaps", "cannot have this value"),
        ("log_level", "", "cannot have this value"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_changed(
    name: str, text: str, said: str, me: FlaskClient, file: Path
) -> None:
    status, page = change(me, **({"open_browser": "false", "port": "8766"} | {name: text}))
    assert status == 422
    assert re.search(rf'id="wrong-{name}">[^<]*{said}', page)
    assert f'wrong-{name}" aria-invalid="true" autofocus>' in page
    assert not file.exists()
    if name == "port":
        assert f'value="{text.replace("<", "&lt;").replace(">", "&gt;")}"' in page
    assert re.search(r'<option value="false" selected>', page), "what else was chosen stays"


def test_a_port_that_another_program_has_is_refused(me: FlaskClient) -> None:
    with socket.socket() as other:
        port = next(one for one in KNOWN_PORTS[1:] if other.connect_ex(("127.0.0.1", one)))
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        assert "Another program has this port" in change(me, port=str(port))[1]


def test_files_and_addresses_are_not_changed_by_this_page(me: FlaskClient, file: Path, tmp_path: Path) -> None:
    for name in TABLE.keys() - set(CHANGED_HERE):
        assert change(me, **{name: str(tmp_path / "other")})[0] == 303
    assert not file.exists() or file.read_text().count("=") == 0


def test_what_the_environment_says_is_shown_and_not_changed(
    me: FlaskClient, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIETPAGE_BACKUPS", "no")
    page = me.get("/settings").text
    assert "set by QUIETPAGE_BACKUPS in the environment" in page
    assert "backups" not in fields(page)
    change(me, backups="true")
    assert "backups" not in (file.read_text() if file.exists() else "")


def test_a_broken_file_is_named_and_left_as_it_is(me: FlaskClient, file: Path) -> None:
    file.write_text("port = ")
    page = me.get("/settings").text
    assert "is no TOML" in page
    assert fields(page) == set()
    assert change(me, backups="false")[0] == 409
    assert file.read_text() == "port = "


def test_a_file_that_cannot_be_written_is_said(me: FlaskClient, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(settings, "put", full)
    status, page = change(me, backups="false")
    assert status == 500
    assert "No space left on device" in page


def test_other_sites_and_strangers_change_nothing(me: FlaskClient, stranger: FlaskClient, file: Path) -> None:
    elsewhere = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    assert me.post("/settings/running", data={"backups": "false"}, headers=elsewhere).status_code == 403
    assert stranger.post("/settings/running", data={"backups": "false"}).status_code == 401
    assert not file.exists()


# A server that was started with flags


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Flask]:
    found = settings.read() | settings.given({"open_browser": False, "port": None})
    app = create_app(Config(tmp_path / "library.db", settings=found))
    yield app
    app.extensions["quietpage"].library.close()


def let_in(app: Flask) -> FlaskClient:
    client = new_client(app)
    assert client.get(f"/open?code={app.extensions['quietpage'].library.links.mint()}").status_code == 200
    return client


def test_a_flag_goes_before_the_file_as_long_as_the_server_runs(started: Flask, file: Path) -> None:
    file.write_text("open_browser = true\n")
    page = let_in(started).get("/settings").text
    assert "open_browser · set by the command that started the server" in words(page)
    assert "open_browser" not in fields(page)


def test_what_waits_for_the_next_start_is_said_and_backups_do_not(started: Flask, file: Path) -> None:
    me, config = let_in(started), started.extensions["quietpage"].config
    assert config.wants_backups()
    change(me, log_level="debug", backups="false")
    page = words(me.get("/settings").text)
    assert page.count("The server has this until its next start: info") == 1
    assert page.count("until its next start") == 1
    assert not config.wants_backups()
    file.write_text("port = ")
    assert config.wants_backups(), "as at the start, while the file cannot be read"


def test_behind_a_proxy_the_port_is_the_proxy_s(tmp_path: Path) -> None:
    app = create_app(Config(tmp_path / "library.db", public="https://read.example"))
    assert fields(let_in(app).get("/settings").text) == set(CHANGED_HERE) - {"port"}
    app.extensions["quietpage"].library.close()


def test_all_other_browsers_are_signed_out(app: Flask, me: FlaskClient) -> None:
    other = new_client(app)
    other.get(f"/open?code={app.extensions['quietpage'].library.links.mint()}")
    assert other.get("/settings").status_code == 200
    assert "No other browser" in me.post("/settings/sessions/end", follow_redirects=True).text
    assert me.get("/settings").status_code == 200
    assert other.get("/settings").status_code == 401
    again = create_app(app.extensions["quietpage"].config)
    assert new_client(again).get("/settings").status_code == 401
