"""SingleFile saves here: its form, its headers, with a token that was made by hand."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from images import png
from werkzeug.test import TestResponse

from quietpage.article import content_address
from quietpage.library.library import Library
from quietpage.web.pairing import new_token, proof_key, token_hash

from .conftest import ORIGIN, STORY, Extension, new_client

OTHER = "moz-extension://0a1b2c3d-1111-2222-3333-444455556666"  # not the one that was connected


@pytest.fixture
def token(library: Library) -> str:
    token = new_token()
    library.browsers.add(name="SingleFile", origin="", token_hash=token_hash(token), proof_key=proof_key(token))
    return token


def send(client: FlaskClient, token: str, content: bytes = STORY.encode(), **more: Any) -> TestResponse:
    """As src/lib/rest-form-api of SingleFile does in November 2026: two fields, a bearer token, its own origin."""
    data = {"file": (BytesIO(content), "SingleFile.html", "text/html"), "url": "https://harbor.example/ferry"}
    headers = {"Authorization": f"Bearer {token}", "Accept": "multipart/form-data", "Origin": OTHER}
    data = {name: value for name, value in (data | more.pop("data", {})).items() if value is not None}
    return client.post(
        "/api/articles/single-file", data=data, headers=headers | more, content_type="multipart/form-data"
    )


def test_a_page_of_single_file_is_kept_once(app: Flask, token: str, library: Library) -> None:
    client = new_client(app)
    saved = send(client, token)
    assert (saved.status_code, saved.json["title"]) == (201, "The last ferry")
    assert send(client, token).status_code == 200
    assert library.get(saved.json["id"]).versions == 1


def test_its_characters_are_those_that_the_page_declares(app: Flask, token: str) -> None:
    page = STORY.replace("<title>", "<meta charset=windows-1251><title>").replace("The last ferry", "Последний паром")
    assert send(new_client(app), token, page.encode("windows-1251", "replace")).json["title"] == "Последний паром"


@pytest.mark.parametrize("data", [{"url": None}, {"file": None}, {"url": "file:///etc/passwd"}, {"url": "ferry"}])
def test_what_is_missing_or_no_address_is_said(app: Flask, token: str, data: dict[str, Any]) -> None:
    answer = send(new_client(app), token, data=data)
    assert answer.status_code == 400
    assert answer.json["errors"]


def test_a_wrong_token_a_revoked_one_or_none_is_refused(app: Flask, token: str, library: Library) -> None:
    assert send(new_client(app), "x" * 43).status_code == 401
    assert send(new_client(app), "").status_code == 403  # nothing says who asks: another extension
    library.browsers.revoke(library.browsers.all()[0].id)
    assert send(new_client(app), token).status_code == 401
    assert library.statistics().total == 0


def test_a_connected_browser_s_token_is_of_no_use_to_another_extension(app: Flask, extension: Extension) -> None:
    assert send(new_client(app), extension.token).status_code == 403
    assert send(new_client(app), extension.token, Origin=ORIGIN).status_code == 201


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:3000"])
def test_a_site_cannot_use_it_even_with_a_token(app: Flask, token: str, origin: str) -> None:
    assert send(new_client(app), token, Origin=origin).status_code == 403


def test_a_token_made_by_hand_reads_no_answer_from_elsewhere(app: Flask, token: str) -> None:
    assert "Access-Control-Allow-Origin" not in send(new_client(app), token).headers
    asked = new_client(app).options("/api/articles/single-file", headers={"Origin": OTHER})
    assert asked.status_code == 403


def test_the_pictures_within_it_become_pictures_of_the_article(app: Flask, token: str, library: Library) -> None:
    picture = png(300, 200) + bytes(400)
    shown = f'<p><img alt="A pier" src="data:image/png;base64,{b64encode(picture).decode()}"></p></article>'
    answer = send(new_client(app), token, STORY.replace("</article>", shown).encode())
    assert answer.status_code == 201 and "missing_images" not in answer.json
    assert f'src="{content_address(picture)}"' in answer.json["html"] and "data:" not in answer.json["html"]
    (kept,) = library.images.of(answer.json["id"]).values()
    assert library.images.read(kept.sha256) == ("image/png", picture)


def test_what_is_no_picture_there_leaves_out_nothing_else(app: Flask, token: str, library: Library) -> None:
    shown = f'<p><img alt="A pier" src="data:image/png;base64,{b64encode(bytes(900)).decode()}"></p></article>'
    answer = send(new_client(app), token, STORY.replace("</article>", shown).encode())
    assert (answer.status_code, library.images.of(answer.json["id"])) == (201, {})
    assert "missing_images" not in answer.json  # no browser could bring it
