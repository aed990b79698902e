"""Images over HTTP: brought by an extension, judged by their bytes, shown by the reader and by nobody else."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from images import gif, jpeg, png, png_claiming
from werkzeug.test import TestResponse

from quietpage.article import Article, Page
from quietpage.library import images
from quietpage.library.images import KeptImage
from quietpage.library.library import Library
from quietpage.web.reading import for_reading

from .conftest import STORY, Extension

PIER, BOAT = "https://harbor.example/pier.png?a=1&b=2", "https://cdn.example/boat.png"
HTML = (
    f'<p>Sea</p><figure><img src="{PIER.replace("&", "&amp;")}" alt="A &quot;pier&quot;"></figure>'
    f'<p><a href="https://harbor.example/"><img src="{BOAT}" alt="A boat" width="400" height="300"></a></p>'
)


@pytest.fixture
def article(library: Library) -> int:
    saved = Article(url="https://harbor.example/", title="Harbor", html=HTML, text="Sea")
    return library.save(saved, Page(saved.url, HTML)).id


def put(extension: Extension, article: int, data: bytes, source: str = PIER, sha256: str = "") -> TestResponse:
    name = sha256 or hashlib.sha256(data).hexdigest()
    path = f"/api/articles/{article}/images/{name}?source={quote(source, safe='')}"
    return extension.client.put(path, data=data, headers=extension.headers)


def problem(response: TestResponse) -> tuple[int, str]:
    return response.status_code, response.json["type"].removeprefix("/problems/")


def test_an_image_is_brought_once_and_shown_for_good(extension: Extension, me: FlaskClient, article: int) -> None:
    data = png(30, 20)
    brought = put(extension, article, data)
    assert brought.status_code == 201
    assert (brought.json["type"], brought.json["width"], brought.json["height"]) == ("image/png", 30, 20)
    again = put(extension, article, data)
    assert (again.status_code, again.json) == (200, brought.json)
    shown = me.get(brought.json["path"])
    assert (shown.status_code, shown.data, shown.content_type) == (200, data, "image/png")
    assert shown.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert shown.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert me.get(brought.json["path"], headers={"If-None-Match": shown.headers["ETag"]}).status_code == 304


def test_an_extension_hears_what_is_still_wanted(extension: Extension, article: int) -> None:
    def asked() -> dict:
        return extension.client.get(f"/api/articles/{article}/images", headers=extension.headers).json

    assert asked() == {"kept": {}, "missing": [PIER, BOAT], "thumbnail": None}
    brought = put(extension, article, png()).json
    small = png(40, 30)
    path = f"/api/articles/{article}/thumbnail/{hashlib.sha256(small).hexdigest()}"
    thumbnail = extension.client.put(path, data=small, headers=extension.headers)
    assert thumbnail.status_code == 201
    assert asked() == {"kept": {PIER: brought}, "missing": [BOAT], "thumbnail": thumbnail.json}


def test_the_answer_to_a_save_names_the_pictures_to_bring(extension: Extension) -> None:
    story = STORY.replace("<h1>", '<img src="/pier.jpg" alt="A pier" width="800" height="600"><h1>')
    saved = extension.save(html=story).json
    assert saved["missing_images"] == ["https://harbor.example/pier.jpg"]
    put(extension, saved["id"], png(), "https://harbor.example/pier.jpg")
    assert "missing_images" not in extension.save(html=story, capture_id="c-2").json


def test_images_are_for_those_who_were_let_in(
    extension: Extension, stranger: FlaskClient, me: FlaskClient, article: int
) -> None:
    path = put(extension, article, png()).json["path"]
    assert stranger.get(path).status_code == 401
    assert me.get(path, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 401
    assert stranger.put(f"/api/articles/{article}/images/{'0' * 64}?source=x", data=b"x").status_code == 401
    evil = {"Origin": "https://evil.example"}
    assert me.put(f"/api/articles/{article}/images/{'0' * 64}?source=x", data=b"x", headers=evil).status_code == 403


@pytest.mark.parametrize("name", ["0" * 64, "..%2f..%2fetc%2fpasswd", "%00", "A" * 64, "x'--"])
def test_an_image_that_is_not_there_is_not_found(me: FlaskClient, name: str) -> None:
    assert me.get(f"/images/{name}").status_code == 404


@pytest.mark.parametrize(
    "data",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b"\x89PNG\r\n\x1a\n<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<!doctype html><script>alert(1)</script>",
        png_claiming(60_000, 60_000),
        png()[:18],
        b"",
    ],
)
def test_what_is_no_image_is_refused(extension: Extension, article: int, data: bytes) -> None:
    assert problem(put(extension, article, data)) == (422, "not-an-image")


def test_a_page_within_an_image_is_served_as_an_image_alone(
    extension: Extension, me: FlaskClient, article: int
) -> None:
    data = gif(more=b"/*<!doctype html><script>alert(1)</script>*/")
    shown = me.get(put(extension, article, data).json["path"])
    assert shown.content_type == "image/gif"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert "script" not in shown.headers["Content-Security-Policy"]


def test_what_cannot_be_is_said_in_words(extension: Extension, article: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert problem(put(extension, article, png(), sha256="0" * 64)) == (400, "validation")
    assert problem(put(extension, article, png(), source="https://elsewhere.example/")) == (400, "validation")
    assert problem(put(extension, article + 1, png())) == (404, "not-found")
    assert problem(put(extension, article, png() + bytes(8 * 1024 * 1024))) == (413, "body-too-large")
    monkeypatch.setattr(images, "MOST_ARTICLE_BYTES", 10)
    full = put(extension, article, png())
    assert problem(full) == (409, "images-full")
    assert "together" in full.json["detail"]
    path = f"/api/articles/{article}/images/{'0' * 64}"
    assert problem(extension.client.put(path, data=b"x", headers=extension.headers)) == (400, "validation")


# The reader


def test_the_reader_shows_what_is_kept_and_says_what_is_not(
    extension: Extension, me: FlaskClient, article: int
) -> None:
    before = me.get(f"/read/{article}").text
    assert "2 of 2 pictures are not kept." in before
    assert "pictures.js" in before
    path = put(extension, article, jpeg(800, 600)).json["path"]
    page = me.get(f"/read/{article}").text
    assert f'src="{path}" alt="A &quot;pier&quot;" width="800" height="600" loading="lazy" decoding="async">' in page
    assert "1 of 2 pictures are not kept." in page
    assert "harbor.example/pier.png" not in page
    put(extension, article, jpeg(1600, 1200), BOAT)
    page = me.get(f"/read/{article}").text
    assert 'alt="A boat" width="400" height="300"' in page  # as large as the article has it
    assert "not kept" not in page
    assert "pictures.js" not in page


def test_an_old_article_waits_for_no_pictures(me: FlaskClient, library: Library) -> None:
    url, day = "https://harbor.example/old", datetime.now(UTC) - timedelta(days=1)
    saved = library.save(Article(url=url, title="Old", html=HTML, text="Sea"), Page(url, HTML, captured_at=day))
    page = me.get(f"/read/{saved.id}").text
    assert "2 of 2 pictures are not kept." in page
    assert "pictures.js" not in page
    assert "picture-space" not in page


def test_the_picture_an_article_is_announced_by_stands_in_for_others(
    extension: Extension, me: FlaskClient, library: Library
) -> None:
    url, lead = "https://harbor.example/words", "https://harbor.example/lead.jpg"
    words = Article(url=url, title="Words", html="<p>Words.</p>", text="Words.", lead_image=lead)
    article = library.save(words, Page(url, "")).id
    assert 'class="lead-picture"' not in me.get(f"/read/{article}").text
    path = put(extension, article, jpeg(800, 400), lead).json["path"]
    page = me.get(f"/read/{article}").text
    assert f'<p class="lead-picture"><img src="{path}" alt="" width="800" height="400"' in page
    assert "not kept" not in page


def test_a_list_shows_a_small_picture_beside_the_title_and_lets_nothing_move(
    extension: Extension, me: FlaskClient, article: int
) -> None:
    assert "/images/" not in me.get("/").text
    small = png(240, 180)
    name = hashlib.sha256(small).hexdigest()
    extension.client.put(f"/api/articles/{article}/thumbnail/{name}", data=small, headers=extension.headers)
    shown = f'src="/images/{name}" alt="" width="120" height="90" loading="lazy">'
    for page in ("/", "/?q=sea"):
        assert shown in me.get(page).text


IMAGE = KeptImage("ab" * 32, "image/png", 1600, 900, 1234)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ("", (1600, 900)),
        (' width="400"', (400, 225)),
        (' height="90"', (160, 90)),
        (' width="400" height="400"', (400, 225)),
        (' width="100%"', (1600, 900)),
        (' width="99999"', (1600, 900)),
        (' width="1" alt="A line"', (1, 1)),
    ],
)
def test_a_picture_is_as_large_as_the_article_has_it_in_its_own_proportions(
    attributes: str, size: tuple[int, int]
) -> None:
    shown = for_reading(f'<img src="{BOAT}"{attributes}>', {BOAT: IMAGE}).html
    assert f'width="{size[0]}" height="{size[1]}"' in shown


def test_the_place_of_a_picture_that_may_still_come_is_as_large_as_the_picture() -> None:
    html = f'<img src="{BOAT}" alt="A boat" width="400" height="300"><img src="{PIER}">'
    arriving = for_reading(html, arriving=True)
    assert '<svg class="picture-space" width="400" height="300"' in arriving.html
    assert arriving.html.count("<svg") == 1
    assert (arriving.pictures, arriving.missing) == (2, 2)
    assert "<svg" not in for_reading(html).html


def test_nothing_of_the_web_is_loaded_whatever_the_markup() -> None:
    html = (
        f'<img src="{BOAT}" alt="&quot;><img src=https://evil.example/x>"><img src="//evil.example/y">'
        f"<source srcset='https://evil.example/z'><img src='{PIER}' srcset='https://evil.example/w 2x'>"
    )
    shown = for_reading(html, {BOAT: IMAGE}).html
    assert shown.count("<img") == 1
    assert "srcset" not in shown
