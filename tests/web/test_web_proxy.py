"""Other machines: only by a reverse proxy with TLS, which has to be named, and by the address of that proxy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from quietpage.article import Article, Page
from quietpage.cli import main as cli
from quietpage.library.library import Library
from quietpage.web import serve
from quietpage.web.app import Config, create_app
from quietpage.web.serve import NotPrivate, public_address
from quietpage.web.state import is_loopback

from .conftest import CHALLENGE, ORIGIN, new_client

PUBLIC = "https://read.example.org"
FROM_PROXY = {"Host": "read.example.org"}


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """A server behind a proxy."""
    app = create_app(Config(tmp_path / "library.db", public=PUBLIC))
    yield app
    app.extensions["quietpage"].library.close()


# What is listened to


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", "example.org", "", "localhost.example.org"])
def test_no_other_machine_is_listened_to_without_a_proxy(tmp_path: Path, host: str) -> None:
    db = tmp_path / "library.db"
    with pytest.raises(NotPrivate, match="--behind-proxy"):
        serve.run(db, host, 0, open_browser=False)
    assert not db.exists()


def test_the_command_says_what_is_missing(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["--db", str(tmp_path / "library.db"), "serve", "--host", "0.0.0.0"])
    assert done.exit_code == 1
    assert "unencrypted" in done.output
    assert "--behind-proxy https://read.example.org" in done.output


@pytest.mark.parametrize(
    "address",
    [
        "http://read.example.org",
        "read.example.org",
        "https://",
        "https://read.example.org/quietpage",
        "https://me@read.example.org",
        "https://read.example.org:port",
        "https://read.example.org?x",
        "https://read.example.org\nx",
        "",
    ],
)
def test_the_proxy_s_address_has_tls_and_nothing_else(address: str) -> None:
    with pytest.raises(NotPrivate):
        public_address(address)


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://read.example.org/", PUBLIC),
        ("https://Read.Example.org:443", PUBLIC),
        ("https://read.example.org:8443", f"{PUBLIC}:8443"),
    ],
)
def test_the_proxy_s_address_is_written_one_way(address: str, kept: str) -> None:
    assert public_address(address) == kept


def test_an_address_of_this_machine_is_private() -> None:
    assert all(map(is_loopback, ("127.0.0.1", "127.0.0.2", "::1", "localhost")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "10.0.0.1", "::ffff:10.0.0.1", "2130706433", "evil.example")))


def test_what_is_printed_leads_through_the_proxy(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    serve.greet(app, app.extensions["quietpage"].config, open_browser=False)
    said = capsys.readouterr().out
    assert f"{PUBLIC}/open?code=" in said
    assert "http://127.0.0.1:8765" in said


# Who is answered


def test_the_proxy_and_this_machine_are_answered_and_nobody_else(stranger: FlaskClient, tmp_path: Path) -> None:
    for host in ("read.example.org", "Read.Example.org", "127.0.0.1:8765"):
        assert stranger.get("/api/ping", headers={"Host": host}).status_code == 200
    for host in ("read.example.org:8765", "read.example.org.", "evil.read.example.org", "192.168.1.7:8765"):
        assert stranger.get("/api/ping", headers={"Host": host}).status_code == 400
    wide = Config(tmp_path / "x.db", host="0.0.0.0", public=PUBLIC)
    assert "192.168.1.7:8765" not in wide.own_hosts  # without TLS the network gets no page


def test_the_session_travels_by_tls_alone(stranger: FlaskClient, library: Library) -> None:
    cookie = stranger.get(f"/open?code={library.links.mint()}", headers=FROM_PROXY).headers["Set-Cookie"]
    assert cookie.startswith("__Host-quietpage-8765=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert stranger.get("/", headers=FROM_PROXY, base_url=PUBLIC).status_code == 200


def test_the_cookie_of_this_machine_is_worth_nothing_through_the_proxy(me: FlaskClient) -> None:
    cookie = me.get_cookie("quietpage-8765", domain="127.0.0.1")
    assert cookie
    assert me.get("/", headers={**FROM_PROXY, "Cookie": f"quietpage-8765={cookie.value}"}).status_code == 401


def test_the_proxy_s_own_pages_may_change_something_and_no_others(app: Flask, library: Library) -> None:
    client = new_client(app)
    client.get(f"/open?code={library.links.mint()}", headers=FROM_PROXY, base_url=PUBLIC)
    for origin, status in {
        PUBLIC: 303,
        "http://read.example.org": 403,
        "https://evil.example.org": 403,
        "https://read.example.org.evil.example": 403,
        "http://127.0.0.1:8765": 403,
    }.items():
        headers = {**FROM_PROXY, "Origin": origin}
        changed = client.post("/searches", data={"name": "x", "q": "y"}, headers=headers, base_url=PUBLIC)
        assert changed.status_code == status, origin


def test_links_lead_where_the_request_came_from(app: Flask, library: Library) -> None:
    article = Article(url="https://site.test/", title="x", html="<p>x</p>", text="x")
    library.save(article, Page(article.url, ""))
    client = new_client(app)
    client.get(f"/open?code={library.links.mint()}", headers=FROM_PROXY, base_url=PUBLIC)
    seen = client.get("/api/articles/1", headers=FROM_PROXY, base_url=PUBLIC).json
    assert seen["links"]["reader"] == f"{PUBLIC}/read/1"


def test_no_browser_is_connected_through_the_proxy(stranger: FlaskClient) -> None:
    """An extension speaks to its own machine: who asks from elsewhere is none."""
    asked = {"name": "Firefox", "challenge": CHALLENGE}
    from_elsewhere = stranger.post("/api/pairings", json=asked, headers={**FROM_PROXY, "Origin": ORIGIN})
    assert (from_elsewhere.status_code, from_elsewhere.json["type"]) == (400, "/problems/foreign-host")
    assert stranger.post("/api/pairings", json=asked, headers={"Origin": ORIGIN}).status_code == 201


def test_browsers_are_told_to_stay_with_tls(stranger: FlaskClient) -> None:
    told = "Strict-Transport-Security"
    assert told in stranger.get("/", headers=FROM_PROXY).headers
    assert told not in stranger.get("/").headers
