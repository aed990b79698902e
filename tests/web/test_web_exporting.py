"""Exports over HTTP: who may have them, what they are called, and that they are sent while they are written."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

from quietpage.article import Article, Page
from quietpage.formats.exports import FORMATS
from quietpage.library.incoming import Captured, Incoming
from quietpage.library.library import Library

from .conftest import Extension


@pytest.fixture
def kept(library: Library) -> Library:
    for number, title in enumerate(("Ebb & Flöd", "Spring"), start=1):
        url = f"https://tide.example/{number}"
        library.save(Article(url, title, "<p>The tide</p>", "The tide"), Page(url, "<p>x"))
    return library


@pytest.mark.parametrize("form", FORMATS)
def test_a_token_has_every_format(form: str, kept: Library, extension: Extension) -> None:
    for address in (f"/api/articles/1/export?format={form}", f"/api/export?q=Spring&format={form}"):
        answer = extension.client.get(address, headers=extension.headers)
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.mimetype in (FORMATS[form].media_type, "application/zip")
        assert answer.data


def test_nobody_else_has_one(kept: Library, stranger: FlaskClient) -> None:
    for address in ("/api/articles/1/export", "/api/export", "/export", "/read/1/export"):
        assert stranger.get(f"{address}?format=json").status_code == 401


def test_a_file_is_called_as_its_article(kept: Library, me: FlaskClient) -> None:
    told = me.get("/read/1/export?format=epub").headers["Content-Disposition"]
    assert told == "attachment; filename=\"Ebb & Fld.epub\"; filename*=UTF-8''Ebb%20%26%20Fl%C3%B6d.epub"


def test_a_search_chooses_what_goes_out(kept: Library, me: FlaskClient) -> None:
    lines = [json.loads(line) for line in me.get("/export?q=Spring&format=json").data.splitlines()]
    assert [line["title"] for line in lines if line["kind"] == "article"] == ["Spring"]


def test_what_is_not_captured_is_counted_and_left_out_of_what_is_to_be_read(
    kept: Library, me: FlaskClient, extension: Extension
) -> None:
    assert "of the library is not captured yet" not in me.get("/").text
    kept.imports.take("pocket", [Captured(Incoming("row 2", "https://pocket.test/", title="Only an address"))])
    assert "1 article of the library is not captured yet." in me.get("/?q=tide").text
    for form, has in (("text", False), ("json", True)):
        answer = extension.client.get(f"/api/export?format={form}", headers=extension.headers)
        assert ("Only an address" in answer.text, answer.headers["Quietpage-Without-Text"]) == (has, "1")
    nothing = me.get("/export?q=Spring&format=text")
    assert nothing.headers["Quietpage-Without-Text"] == "0"
    kept.delete(3)
    assert "of the library is not captured yet" not in me.get("/").text


def test_what_cannot_be_is_refused(kept: Library, me: FlaskClient) -> None:
    assert me.get("/api/articles/9/export?format=json").status_code == 404
    assert me.get("/api/articles/1/export?format=docx").status_code == 400
    assert me.get("/api/export").status_code == 400


def test_an_export_is_written_while_it_is_sent(kept: Library, me: FlaskClient) -> None:
    answer = me.get("/export?format=json", buffered=False)
    pieces = answer.iter_encoded()
    assert json.loads(next(pieces))["kind"] == "header"
    kept.delete(1)  # it is left out when its turn comes, unless it is in the trash that goes along
    assert json.loads(list(pieces)[-1])["articles"] == 2


def test_the_pages_lead_there(kept: Library, me: FlaskClient) -> None:
    library, reader = me.get("/?q=spring").text, me.get("/read/1").text
    for form in FORMATS:
        assert f'href="/export?format={form}&amp;q=spring" download' in library
        assert f'href="/read/1/export?format={form}" download' in reader
