"""A server on an empty library, a person's browser that was let in, and a connected extension."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from quietpage.library.library import Library
from quietpage.web.app import Config, create_app

from .served import Served

BASE = "http://127.0.0.1:8765"
ORIGIN = "chrome-extension://abcdefghijklmnopabcdefghijklmnop"
SENTENCE = "The ferry left the harbor before sunrise, and the whole town came down to the pier to watch it go. "
STORY = f"""<!doctype html><html lang="en"><head><title>The last ferry – The Harbor Post</title></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>The last ferry</h1>{"".join(f"<p>{number}. {SENTENCE * 4}</p>" for number in range(8))}</article>
<footer>Copyright</footer></body></html>"""
VERIFIER = "v" * 43


def b64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


CHALLENGE = b64url(hashlib.sha256(VERIFIER.encode()).digest())


@dataclass
class Extension:
    """A connected extension, as seen from outside."""

    client: FlaskClient
    token: str
    id: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Origin": ORIGIN, "Authorization": f"Bearer {self.token}"}

    def save(self, **changed: Any) -> TestResponse:
        capture = {"url": "https://harbor.example/ferry", "html": STORY, "capture_id": "c-1"} | changed
        body = {name: value for name, value in capture.items() if value is not None}
        return self.client.post("/api/articles", json=body, headers=self.headers)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    app = create_app(Config(tmp_path / "library.db"))
    yield app
    app.extensions["quietpage"].library.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    served = Served(tmp_path / "library.db")
    yield served
    served.stop()


@pytest.fixture
def library(app: Flask) -> Library:
    return app.extensions["quietpage"].library


@pytest.fixture
def stranger(app: Flask) -> FlaskClient:
    """A browser or a program that was not let in."""
    return new_client(app)


@pytest.fixture
def me(app: Flask, library: Library) -> FlaskClient:
    """A browser that was let in by a one-time link."""
    client = new_client(app)
    assert client.get(f"/open?code={library.links.mint()}").status_code == 200
    return client


@pytest.fixture
def extension(app: Flask, me: FlaskClient) -> Extension:
    client = new_client(app)
    asked = client.post("/api/pairings", json={"name": "Firefox", "challenge": CHALLENGE}, headers={"Origin": ORIGIN})
    place = asked.json["id"]
    me.post(f"/connect/{place}", data={"decision": "allow"})
    got = client.post(f"/api/pairings/{place}/token", json={"verifier": VERIFIER}, headers={"Origin": ORIGIN}).json
    return Extension(client, got["token"], got["browser"]["id"])


class Browser(FlaskClient):
    """A client at the server's real address."""

    def open(self, *args: Any, **more: Any) -> TestResponse:
        return super().open(*args, **{"base_url": BASE, "buffered": True, **more})


def new_client(app: Flask) -> FlaskClient:
    return Browser(app, app.response_class)
