"""Secrets stand where they have to and nowhere else: not in what is printed, in an address, an error or a file.

Everything is recorded that the server says while a browser is let in and connected, works, and meets every kind of
error; then it is searched for each secret that was in use.
"""

from __future__ import annotations

import base64
import hashlib
import logging
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quietpage.library.library import Library

from .conftest import CHALLENGE, ORIGIN, STORY, VERIFIER, Extension, new_client
from .served import Served


class Recorder:
    """Everything that an application answers: the headers of each answer, and its body."""

    def __init__(self, app: Flask) -> None:
        self.answers: list[tuple[str, str]] = []  # the address asked for without its query, and the answer
        self.inner = app.wsgi_app
        app.wsgi_app = self  # type: ignore[method-assign, assignment]

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        said: list[str] = []

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            said.extend([status, *(f"{name}: {value}" for name, value in headers)])
            return start_response(status, headers, *more)

        body = b"".join(self.inner(environ, start))
        self.answers.append((environ["PATH_INFO"], "\n".join([*said, body.decode("utf-8", "replace")])))
        return [body]

    def with_secret(self, secret: str) -> set[str]:
        """The addresses whose answers hold a secret."""
        return {path for path, answer in self.answers if secret in answer}


@contextmanager
def failing(app: Flask, endpoint: str, error: Exception) -> Iterator[None]:
    """An endpoint with a defect."""

    def fail(**_: Any) -> None:
        raise error

    whole, app.view_functions[endpoint] = app.view_functions[endpoint], fail
    yield
    app.view_functions[endpoint] = whole


def test_no_answer_and_no_line_in_the_terminal_holds_a_secret(
    app: Flask,
    library: Library,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    recorder = Recorder(app)
    me, client = new_client(app), new_client(app)
    link_code = library.links.mint()
    me.get(f"/open?code={link_code}&next=/settings")
    me.get(f"/open?code={link_code}&next=/settings", headers={"Sec-Fetch-Site": "none"})  # used already
    cookie = me.get_cookie("quietpage-8765", domain="127.0.0.1")
    assert cookie

    asked = client.post("/api/pairings", json={"name": "x", "challenge": CHALLENGE}, headers={"Origin": ORIGIN}).json
    place = f"/connect/{asked['id']}"
    me.post(place, data={"decision": "allow"})
    grant = re.search('quietpage-pairing-code" content="([^"]+)"', me.get(place).text)
    assert grant
    exchange = f"/api/pairings/{asked['id']}/token"
    for body in ({"verifier": VERIFIER, "code": "wrong"}, {"verifier": VERIFIER, "code": grant[1]}):
        got = client.post(exchange, json=body, headers={"Origin": ORIGIN}).json
    token = got["token"]
    use_everything(app, me, client, token)

    said = capfd.readouterr()
    terminal = said.out + said.err + caplog.text
    secrets = {
        token: {exchange},  # given to whoever asked, once
        grant[1]: {place},  # shown to the extension, once
        VERIFIER: set(),
        link_code: set(),
        library.secret().hex(): set(),
        base64.b64encode(library.secret()).decode(): set(),
        hashlib.sha256(b"quietpage-proof-key-v1:" + token.encode()).hexdigest(): set(),
    }
    for secret, known_to in secrets.items():
        assert secret not in terminal
        assert recorder.with_secret(secret) == known_to
    assert cookie.value not in terminal
    with_cookie = [answer for _, answer in recorder.answers if cookie.value in answer]
    assert [answer.count(cookie.value) for answer in with_cookie] == [1]  # in the Set-Cookie that began it
    assert f"Set-Cookie: quietpage-8765={cookie.value}; " in with_cookie[0]


def use_everything(app: Flask, me: FlaskClient, client: FlaskClient, token: str) -> None:
    """Meet every kind of answer with the token: what is good, and what goes wrong, on the way or inside."""
    headers = {"Origin": ORIGIN, "Authorization": f"Bearer {token}"}
    body = {"url": "https://harbor.example/", "html": STORY, "capture_id": "1"}
    assert client.post("/api/articles", json=body, headers=headers).status_code == 201
    for path in ("/api/articles", "/api/articles/1", "/api/articles/999", "/api/nothing", "/", "/api/browsers"):
        client.get(path, headers=headers)
        me.get(path)
    client.post("/api/articles", data="{", content_type="application/json", headers=headers)
    client.post("/api/articles", json={"url": 1}, headers=headers)
    client.get("/api/articles?cursor=wrong", headers=headers)
    client.get("/api/articles", headers={**headers, "Authorization": f"Bearer x{token}"})
    client.get("/api/articles", headers={**headers, "Authorization": f"Basic {token}"})
    client.get("/api/articles", headers={**headers, "Host": "evil.example"})
    client.put("/api/articles", headers=headers)
    for error in (ValueError(f"Bearer {token}"), sqlite3.OperationalError("disk I/O error"), KeyError(token)):
        with failing(app, "api.list_articles", error), failing(app, "pages.library", error):
            assert client.get("/api/articles", headers=headers).status_code >= 500
            assert me.get("/").status_code >= 500


def test_no_file_holds_a_token_or_a_code(extension: Extension, me: FlaskClient, library: Library) -> None:
    """Nor its log, nor its index, while the server runs: what is kept of them cannot be turned back."""
    code, verifier = library.links.mint(), VERIFIER
    cookie = me.get_cookie("quietpage-8765", domain="127.0.0.1")
    assert cookie
    for file in library.path.parent.iterdir():
        content = file.read_bytes()
        for secret in (extension.token, code, verifier, cookie.value):
            assert secret.encode() not in content, file


def test_no_address_takes_a_token(extension: Extension, stranger: FlaskClient) -> None:
    """An address ends up in histories and logs, so a token in one is worth nothing; nor in a cookie or a form."""
    for name in ("token", "access_token", "key", "auth", "authorization", "bearer"):
        assert stranger.get(f"/api/articles?{name}={extension.token}").status_code == 401
        stranger.set_cookie(name, extension.token, domain="127.0.0.1")
    assert stranger.get("/api/articles").status_code == 401
    assert stranger.get(f"/api/articles#{extension.token}").status_code == 401
    with_password = stranger.get("/api/articles", headers={"Authorization": "Basic " + basic(extension.token)})
    assert with_password.status_code == 401


def basic(password: str) -> str:
    return base64.b64encode(f"token:{password}".encode()).decode()


def test_no_page_tells_where_a_reader_came_from(app: Flask, me: FlaskClient, extension: Extension) -> None:
    """No Referer leaves, so no site that an article links to learns of the library, or of a code in an address."""
    extension.save()
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods:
            path = re.sub("<int:[a-z_]+>", "1", re.sub(r"<any\((\w+).*?>", r"\1", rule.rule))
            assert me.get(re.sub("<[^>]*>", "x", path)).headers["Referrer-Policy"] == "no-referrer", path


def test_a_one_time_code_leaves_the_address_at_once(library: Library, stranger: FlaskClient) -> None:
    for headers in ({"Sec-Fetch-Site": "none"}, {"Sec-Fetch-Site": "cross-site"}):
        code = library.links.mint()
        answer = stranger.get(f"/open?code={code}&next=/settings", headers=headers)
        assert code not in answer.text + str(answer.headers)
        assert answer.headers["Cache-Control"] == "no-store"


def test_the_real_server_prints_no_request(served: Served, capfd: pytest.CaptureFixture[str]) -> None:
    """There is no log of who asked for what, with which header; nor of what could not be read as a request."""
    secret = "s" * 43
    for line, header in (
        (f"GET /open?code={secret} HTTP/1.1", "X: y"),
        ("GET /api/articles HTTP/1.1", f"Authorization: Bearer {secret}"),
        ("GET /api/articles HTTP/1.1", f"Authorization : Bearer {secret}"),
        (f"get /{secret} HTTP/1.1", f"Cookie: quietpage-8765={secret}"),
        ("POST /sign-in HTTP/1.1", f"Content-Length: {secret}"),
    ):
        _, headers, body = served.send(served.request(line, header))
        assert secret not in str(headers) + body.decode()
    said = capfd.readouterr()
    assert secret not in said.out + said.err


def test_an_address_cannot_write_into_the_terminal(
    app: Flask, me: FlaskClient, capfd: pytest.CaptureFixture[str]
) -> None:
    with failing(app, "pages.problem_type", ValueError()):
        me.get("/problems/%1b[2J%1b]0;owned%07%0aQuietpage: enter your password")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]|^Quietpage:", capfd.readouterr().err, re.MULTILINE)
