"""Feeds and plain pages: a token in the address shows the articles of its feed, and does nothing else."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from harmless import harms
from images import png
from payloads import PAYLOADS

from quietpage.article import Article, Page
from quietpage.cleaner.sanitize import sanitize
from quietpage.library import records
from quietpage.library.library import Library

ATOM = "{http://www.w3.org/2005/Atom}"
PICTURE = "https://tide.example/a.png"


@pytest.fixture
def token(library: Library) -> str:
    for number, title in enumerate(("Ebb & “neap”", "Spring <b>"), start=1):
        url = f"https://tide.example/{number}"
        html = f'<p>The tide</p><p><img src="{PICTURE}" alt="A tide"></p><p><a href="https://else.example/">out</a></p>'
        library.save(Article(url, title, html, "The tide", site="The Tide"), Page(url, "<p>x"))
    library.images.keep(1, PICTURE, png())
    return library.feeds.add("My reader")


def test_a_feed_has_the_whole_articles(token: str, stranger: FlaskClient) -> None:
    answer = stranger.get(f"/feed/{token}/atom.xml")
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
    feed = ET.fromstring(answer.data)
    for needed in ("id", "title", "updated"):
        assert feed.findtext(f"{ATOM}{needed}")
    entries = feed.findall(f"{ATOM}entry")
    assert [one.findtext(f"{ATOM}title") for one in entries] == ["Spring <b>", "Ebb & “neap”"]
    for one in entries:
        assert all(one.find(f"{ATOM}{needed}") is not None for needed in ("id", "updated", "author", "link", "content"))
    content = entries[1].findtext(f"{ATOM}content")
    assert content
    (picture,) = re.findall(r'<img src="http://127\.0\.0\.1:8765([^"]+)"', content)
    assert stranger.get(picture).data == png()
    assert stranger.get(f"{picture}x").status_code == 404


def test_a_reader_that_has_it_is_told_so(token: str, stranger: FlaskClient) -> None:
    first = stranger.get(f"/feed/{token}/atom.xml")
    again = stranger.get(f"/feed/{token}/atom.xml", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_an_e_reader_has_plain_pages(token: str, stranger: FlaskClient) -> None:
    pages = stranger.get(f"/e/{token}/").text, stranger.get(f"/e/{token}/1").text
    assert "Ebb &amp; “neap”" in pages[0]
    assert "The tide" in pages[1]
    for page in pages:
        assert "<script" not in page
        assert harms(re.sub(r'<meta http-equiv="Content-Type"[^>]*>', "", page), page=True) == []
    (picture,) = re.findall(r'<img src="([^"]+)"', pages[1])
    assert stranger.get(picture).mimetype == "image/png"


def test_a_token_lets_nobody_in(token: str, stranger: FlaskClient) -> None:
    stranger.get(f"/feed/{token}/atom.xml")
    assert "Set-Cookie" not in stranger.get(f"/e/{token}/").headers
    for address in ("/", "/read/1", "/settings", "/api/articles", f"/api/articles?token={token}"):
        assert stranger.get(address, headers={"Authorization": f"Bearer {token}"}).status_code == 401
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert stranger.open(f"/e/{token}/1", method=method).status_code == 405


def test_a_wrong_token_shows_nothing_and_is_soon_not_looked_at(token: str, stranger: FlaskClient) -> None:
    for address in ("/feed/x/atom.xml", "/feed/x/1/a.png", "/e/x/", "/e/x/1"):
        assert stranger.get(address).status_code == 401
    assert 429 in [stranger.get("/e/x/").status_code for _ in range(30)]
    assert stranger.get(f"/e/{token}/").status_code == 200


def test_a_foreign_name_is_refused(token: str, stranger: FlaskClient) -> None:
    assert stranger.get(f"/e/{token}/", headers={"Host": "evil.example"}).status_code == 400


def test_a_feed_of_a_search_has_no_other_articles(token: str, library: Library, stranger: FlaskClient) -> None:
    library.shelf.tag([2], add=["sea"])
    narrow = library.feeds.add("Sea", "tag:sea")
    assert "Ebb" not in stranger.get(f"/feed/{narrow}/atom.xml").text + stranger.get(f"/e/{narrow}/").text
    assert stranger.get(f"/e/{narrow}/2").status_code == 200
    assert stranger.get(f"/e/{narrow}/1").status_code == 404
    library.delete(2)
    assert stranger.get(f"/e/{narrow}/2").status_code == 404


def test_feeds_are_made_and_revoked_in_the_settings(
    token: str, library: Library, me: FlaskClient, stranger: FlaskClient
) -> None:
    made = me.post("/settings/feeds", data={"name": "Kindle <b>", "q": "is:unread"})
    assert made.status_code == 201
    (address,) = re.findall(r"http://127\.0\.0\.1:8765(/e/[\w-]+/)", made.text)
    assert stranger.get(address).status_code == 200
    settings = me.get("/settings").text
    assert "Kindle &lt;b&gt;" in settings
    assert address.split("/")[2] not in settings
    assert me.post("/settings/feeds/2/revoke").status_code == 303
    assert stranger.get(address).status_code == 401
    assert "Kindle" not in me.get("/settings").text
    assert stranger.get(f"/e/{token}/").status_code == 200
    assert stranger.post("/settings/feeds", data={"name": "x"}).status_code == 401


def test_the_token_is_not_in_the_library(token: str, library: Library) -> None:
    assert token.encode() not in library.path.read_bytes()


def test_attacks_stay_text(library: Library, stranger: FlaskClient) -> None:
    at = datetime(2026, 11, 1, tzinfo=UTC)
    articles = (
        records.Article(
            id=number, address=f"https://site.test/{number}", url=f"https://site.test/{number}", title=payload,
            html=f"<p>One</p>{payload}<p>Two</p>", text=payload, byline=payload, site=payload, language=payload,
            excerpt=payload, saved_at=at, updated_at=at, tags=[payload],
        )
        for number, payload in enumerate(PAYLOADS[::9], start=1)
    )  # fmt: skip
    library.restoring.all(articles, sanitize)
    token = library.feeds.add("All")
    feed = ET.fromstring(stranger.get(f"/feed/{token}/atom.xml").data)
    for content in feed.iter(f"{ATOM}content"):
        assert harms(content.text or "") == []
    for number in range(1, len(PAYLOADS[::9]) + 1):
        page = stranger.get(f"/e/{token}/{number}").text
        assert harms(re.sub(r'<meta http-equiv="Content-Type"[^>]*>', "", page), page=True) == []
