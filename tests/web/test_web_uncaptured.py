"""What is not captured yet: an extension asks for it, fills it or says why not, and the pages tell the person."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from quietpage.library.incoming import Captured, Incoming
from quietpage.library.library import Library
from quietpage.library.uncaptured import WHYS
from quietpage.web.whether_meant import WORDS

from .conftest import SENTENCE, STORY, Extension

URL = "https://sho.rt/ferry"
FERRY = "https://harbor.example/ferry"
SIGN_IN = """<title>Welcome back</title><h1>Sign in</h1><form><label>Name <input></label>
<label>Password <input type="password"></label></form>"""


@pytest.fixture(autouse=True)
def imported(library: Library) -> None:
    urls = (URL, "https://a.example/story?id=7", "https://b.example/")
    day = datetime(2020, 1, 1, tzinfo=UTC)
    batch = [Captured(Incoming(f"row {n}", url, saved_at=day.replace(day=9 - n))) for n, url in enumerate(urls)]
    library.imports.take("pocket", batch)


def asked(extension: Extension, path: str = "", method: str = "GET", **more: Any) -> Any:
    return extension.client.open(f"/api/uncaptured{path}", method=method, headers=extension.headers, **more)


def test_the_queue_is_answered_newest_first_page_by_page(extension: Extension) -> None:
    first = asked(extension, "?limit=2").json
    assert [one["url"] for one in first["entries"]] == [URL, "https://a.example/story?id=7"]
    assert (first["to_try"], first["failed"], first["entries"][0]["failure"]) == (3, 0, None)
    rest = asked(extension, f"?limit=2&cursor={first['next_cursor']}").json
    assert [one["id"] for one in rest["entries"]] == [3]


def test_it_is_told_to_no_stranger(stranger: FlaskClient) -> None:
    assert stranger.get("/api/uncaptured").status_code == 401
    assert stranger.delete("/api/uncaptured/failures").status_code == 401


def test_a_failure_is_noted_and_taken_back(extension: Extension) -> None:
    assert asked(extension, "/1/failure", "PUT", json={"why": "not_found", "status": 404}).status_code == 204
    assert [one["id"] for one in asked(extension).json["entries"]] == [2, 3]
    (failed,) = asked(extension, "?failed=true").json["entries"]
    assert (failed["id"], failed["failure"]["why"], failed["failure"]["status"]) == (1, "not_found", 404)
    assert asked(extension, "/1/failure", "DELETE").status_code == 204
    assert asked(extension).json["to_try"] == 3
    for number in (1, 2):
        asked(extension, f"/{number}/failure", "PUT", json={"why": "closed"})
    assert asked(extension, "/failures", "DELETE").status_code == 204
    assert asked(extension).json["failed"] == 0


@pytest.mark.parametrize("body", [{"why": "bored"}, {}, {"why": "http", "status": 7}])
def test_a_failure_that_is_none_is_refused(extension: Extension, body: dict[str, object]) -> None:
    answer = asked(extension, "/1/failure", "PUT", json=body)
    assert (answer.status_code, answer.json["type"]) == (400, "/problems/validation")
    assert asked(extension, "/99/failure", "PUT", json={"why": "http"}).status_code == 404


def test_a_page_with_its_entry_fills_that(extension: Extension, library: Library) -> None:
    answer = extension.save(entry=1)
    assert (answer.status_code, answer.json["id"], answer.json["url"]) == (201, 1, FERRY)
    assert answer.json["saved_at"].startswith("2020-01-09")
    assert library.recent().total == 3
    assert extension.save(entry=1).json["outcome"] == "unchanged"


def test_an_entry_that_is_gone_takes_no_page(extension: Extension, library: Library) -> None:
    library.delete(1)
    assert extension.save(entry=1).status_code == 404
    assert extension.save(entry=99).status_code == 404
    assert extension.save(entry="one").status_code == 400
    assert library.recent().total == 2


@pytest.mark.parametrize(
    ("entry", "url", "html", "why"),
    [
        (1, "https://harbor.example/login?next=/ferry", SIGN_IN, "sign_in"),
        (1, "https://harbor.example/account", SIGN_IN, "sign_in"),
        (1, "https://harbor.example/account", SIGN_IN + f"<article><p>{SENTENCE * 3}</p></article>", "sign_in"),
        (1, "https://id.example/signin/v2", "<title>Welcome</title><p>Your address, please", "sign_in"),
        (2, "https://a.example/", STORY, "front_page"),
        (2, "https://a.example/story?id=7", "<title>404 – nothing here</title><p>Sorry", "not_found"),
    ],
)
def test_what_is_not_the_page_that_was_meant_is_not_kept(
    extension: Extension, library: Library, entry: int, url: str, html: str, why: str
) -> None:
    answer = extension.save(entry=entry, url=url, html=html)
    assert (answer.status_code, answer.json["type"]) == (422, "/problems/not-the-page")
    failure = library.uncaptured.failure(entry)
    assert failure and failure.why == why
    assert (library.get(entry).versions, library.recent().total) == (0, 3)


@pytest.mark.parametrize(
    ("entry", "url", "html"),
    [
        (3, "https://www.b.example/", STORY),  # a front page was meant
        (2, "https://a.example/story?id=7", STORY.replace("<footer>", '<input type="password"><footer>')),
        (1, "https://harbor.example/how-to-login", STORY),
    ],
)
def test_what_may_look_like_another_page_and_is_the_one_is_kept(
    extension: Extension, library: Library, entry: int, url: str, html: str
) -> None:
    assert extension.save(entry=entry, url=url, html=html).json["id"] == entry
    assert library.get(entry).versions == 1


def test_a_page_without_an_article_is_kept_for_its_entry_with_a_warning(extension: Extension, library: Library) -> None:
    answer = extension.save(entry=3, url="https://b.example/", html="<title>Tools</title><p>Convert a number")
    assert (answer.status_code, answer.json["kept"]["id"]) == (422, 3)
    assert library.get(3).article.warning


def test_the_list_says_how_to_begin_and_each_entry_why_it_failed(me: FlaskClient, library: Library) -> None:
    page = me.get("/?q=is:uncaptured").text
    assert "Pages on their way" in page and "3 pages are not captured yet" in page
    library.uncaptured.note_failure(2, "not_found", 404)
    page = me.get("/?q=is:uncaptured").text
    assert "The page is no longer there. (404)" in page and "Try the one that failed again" in page
    assert "The page is no longer there. (404)" in me.get("/read/2").text
    assert "no longer there" not in me.get("/read/1").text
    answer = me.post(
        "/uncaptured/again", data={"id": "2", "back": "/read/2"}, headers={"Origin": "http://127.0.0.1:8765"}
    )
    assert (answer.status_code, answer.location) == (303, "/read/2")
    assert library.uncaptured.counts() == (3, 0)


def test_every_why_has_its_words() -> None:
    assert set(WORDS) == set(WHYS)


def test_a_number_that_no_library_holds_is_not_found_as_the_description_says(extension: Extension) -> None:
    path = "/9223372036854775808/failure"
    said = extension.client.get("/api/openapi.json").json["paths"]["/api/uncaptured/{article_id}/failure"]
    for method in ("put", "delete"):
        assert asked(extension, path, method.upper(), json={"why": "closed"}).status_code == 404
        assert "404" in said[method]["responses"], method
