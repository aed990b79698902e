"""The server as a process of its own sees it: ports, the lock, refusals from the headers alone, what is printed."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from quietpage.library.library import Library
from quietpage.web import serve
from quietpage.web.app import Config, create_app
from quietpage.web.instance import AlreadyServed, Instance, running_at

from .served import Served


def test_a_huge_body_is_refused_before_any_of_it_is_sent(served: Served) -> None:
    request = served.request(
        "POST /api/articles HTTP/1.1", "Content-Type: application/json", "Content-Length: 62914560"
    )
    status, headers, body = served.send(request)
    assert status == 413
    assert headers["Content-Type"] == "application/problem+json"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert json.loads(body)["type"] == "/problems/body-too-large"


def test_a_huge_body_that_is_sent_all_the_same_gets_its_answer(served: Served) -> None:
    request = served.request("POST /api/articles HTTP/1.1", "Content-Length: 62914560")
    status, _, body = served.send(request, *[b"a" * 1024 * 1024] * 60)
    assert (status, json.loads(body)["type"]) == (413, "/problems/body-too-large")
    assert served.send(served.request("GET /api/ping HTTP/1.1"))[0] == 200


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "gzip, gzip", "identity, gzip", "unknown"])
def test_a_compressed_body_is_refused_before_it_is_read(served: Served, coding: str) -> None:
    """What a kilobyte unpacks to may be a gigabyte (a bomb); nothing is unpacked, and none is waited for."""
    headers = ("Content-Type: application/json", f"Content-Encoding: {coding}", "Content-Length: 1000")
    status, _, body = served.send(served.request("POST /api/articles HTTP/1.1", *headers))
    assert (status, json.loads(body)["type"]) == (415, "/problems/unsupported-media-type")


def test_whoever_asks_before_sending_a_huge_body_is_not_invited_to(served: Served) -> None:
    headers = ("Content-Length: 62914560", "Expect: 100-continue")
    assert served.send(served.request("POST /api/articles HTTP/1.1", *headers))[0] == 413


@pytest.mark.parametrize("length", ["-1", "many", "1, 2"])
def test_a_senseless_length_is_a_bad_request(served: Served, length: str) -> None:
    status, _, body = served.send(served.request("POST /api/articles HTTP/1.1", f"Content-Length: {length}"))
    assert (status, json.loads(body)["type"]) == (400, "/problems/bad-request")


def test_endless_headers_are_refused(served: Served) -> None:
    status, _, body = served.send(served.request("GET / HTTP/1.1", "X-Long: " + "a" * 300_000))
    assert (status, json.loads(body)["type"]) == (431, "/problems/header-too-large")


def test_the_server_does_not_say_what_it_runs_on(served: Served) -> None:
    status, headers, body = served.send(served.request("GET /api/ping HTTP/1.1"))
    assert (status, json.loads(body)["app"]) == (200, "quietpage")
    assert "Server" not in headers


def test_a_request_without_a_host_is_refused(served: Served) -> None:
    assert served.send(b"GET /api/ping HTTP/1.0\r\n\r\n")[0] == 400


def test_the_proof_names_the_port_it_is_bound_to(served: Served) -> None:
    from quietpage.web.pairing import b64url, proof

    challenge = b64url(bytes(32))
    added = served.app.extensions["quietpage"].library.browsers.add(
        name="x", origin="moz-extension://x", token_hash=b"h" * 32, proof_key=b"k" * 32
    )
    request = served.request(f"GET /api/ping?browser={added.id}&challenge={challenge} HTTP/1.1")
    assert json.loads(served.send(request)[2])["proof"] == proof(b"k" * 32, port=served.port, challenge=challenge)


# Ports and the lock


def test_the_first_free_of_the_known_ports_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    with serve.bind("127.0.0.1", 0) as taken, serve.bind("127.0.0.1", 0) as freed:
        first, second = taken.getsockname()[1], freed.getsockname()[1]
        freed.close()
        monkeypatch.setattr(serve, "KNOWN_PORTS", (first, second))
        with serve.bind("127.0.0.1", None) as found:
            assert found.getsockname()[1] == second
            with pytest.raises(serve.NoPort, match="all taken"):
                serve.bind("127.0.0.1", None)


def test_a_taken_port_says_what_to_do() -> None:
    with serve.bind("127.0.0.1", 0) as taken, pytest.raises(serve.NoPort, match="Leave --port out"):
        serve.bind("127.0.0.1", taken.getsockname()[1])


def test_one_library_is_served_once(tmp_path: Path) -> None:
    db = tmp_path / "new" / "library.db"
    assert running_at(db) is None
    instance = Instance(db)
    instance.says("http://127.0.0.1:8766")
    with pytest.raises(AlreadyServed) as other:
        Instance(db)
    assert other.value.url == "http://127.0.0.1:8766"
    assert running_at(db) == "http://127.0.0.1:8766"
    instance.close()
    assert running_at(db) is None


def test_a_second_start_leads_to_the_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    db = tmp_path / "library.db"
    shown: list[str] = []
    monkeypatch.setattr(serve, "show", shown.append)
    instance = Instance(db)
    instance.says("http://127.0.0.1:8767")
    serve.run(db, "127.0.0.1", None, True)
    instance.close()
    assert "already running at http://127.0.0.1:8767" in capsys.readouterr().out
    code = shown[0].partition("code=")[2].partition("&")[0]
    with Library(db) as library:
        assert library.links.redeem(code)


# What is said


def test_without_a_screen_no_browser_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve.sys, "platform", "linux")
    for name in serve.SCREENS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(serve.webbrowser, "open", lambda link: pytest.fail("a browser was started"))
    serve.show("http://127.0.0.1:8765/")
    monkeypatch.setenv("DISPLAY", ":0")
    opened = threading.Event()
    monkeypatch.setattr(serve.webbrowser, "open", lambda link: opened.set())
    serve.show("http://127.0.0.1:8765/")
    assert opened.wait(10)


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8765"),
        ("localhost", "http://127.0.0.1:8765"),
        ("0.0.0.0", "http://127.0.0.1:8765"),
        ("::1", "http://[::1]:8765"),
        ("192.168.1.7", "http://192.168.1.7:8765"),
    ],
)
def test_the_address_is_one_that_answers(tmp_path: Path, host: str, url: str) -> None:
    assert Config(tmp_path, host).url == url


def test_the_first_start_opens_the_first_steps_and_a_later_one_the_library(tmp_path: Path) -> None:
    app = create_app(Config(tmp_path / "library.db"))
    quietpage = app.extensions["quietpage"]
    assert serve.first_path(app) == "/welcome"
    quietpage.library.browsers.add(name="x", origin="moz-extension://x", token_hash=b"h" * 32, proof_key=b"k" * 32)
    assert serve.first_path(app) == "/"
    quietpage.library.close()


def test_what_is_printed_leads_to_the_library(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = Config(tmp_path / "library.db")
    app = create_app(config)
    serve.greet(app, config, open_browser=False)
    said = capsys.readouterr().out
    assert "http://127.0.0.1:8765/open?code=" in said
    assert "proxy" not in said
    app.extensions["quietpage"].library.close()
