"""The versions of an article: listed, compared, shown, cleaned anew; and each page as it was captured, inert."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from quietpage.article import Page
from quietpage.library.library import Library

from .conftest import SENTENCE, STORY, Extension

HOSTILE = Path(__file__).parent.parent / "browser" / "pages" / "hostile.html"


@pytest.fixture
def ferry(extension: Extension) -> int:
    """Three versions of one article: a word changed, then a paragraph came."""
    second = STORY.replace("3. The ferry", "3. The very last ferry")
    third = second.replace("</article>", f"<p>A new end. {SENTENCE}</p></article>")
    for number, html in enumerate((STORY, second, third)):
        extension.save(html=html, capture_id=f"v-{number}")
    return 1


def shown(me: FlaskClient, path: str) -> str:
    answer = me.get(path)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.get_data(as_text=True))


def test_the_versions_are_listed_with_what_changed(me: FlaskClient, ferry: int) -> None:
    page = shown(me, f"/read/{ferry}/versions")
    assert page.count("1 paragraph changed") == 2
    assert page.index("versions/compare?from=2&amp;to=3") < page.index("versions/compare?from=1&amp;to=2")
    assert page.count("Show this version") == 2
    assert page.index("Shown") < page.index("Show this version")


def test_many_versions_are_listed_in_parts(me: FlaskClient, library: Library, extension: Extension) -> None:
    for number in range(12):
        extension.save(html=STORY.replace("3. The", f"3. {number} The"), capture_id=f"v-{number}")
    page = shown(me, "/read/1/versions")
    assert page.count("What changed") == 10
    assert "before=3" in page
    assert len(re.findall("<h2>", shown(me, "/read/1/versions?before=3"))) == 2


def test_two_versions_are_compared_word_by_word(me: FlaskClient, ferry: int) -> None:
    page = shown(me, f"/read/{ferry}/versions/compare?from=1&to=3")
    assert "Paragraphs added: 1, removed: 0, changed: 1" in page
    added = [re.sub("<[^>]*>", "", one) for one in re.findall(r"<ins>(.*?)</ins>", page)]
    assert [one.strip() for one in added[:1]] == ["added: very last  (end)"]
    assert "A new end." in added[1]
    assert "paragraphs as before" in page
    assert "Their texts are the same." in shown(me, f"/read/{ferry}/versions/compare?from=2&to=2")


def test_an_earlier_version_can_be_shown(me: FlaskClient, library: Library, ferry: int) -> None:
    done = me.post(f"/read/{ferry}/versions", data={"show": "1"}, follow_redirects=True).get_data(as_text=True)
    assert "This version is shown now." in done
    kept = library.get(ferry)
    assert kept.shown == 1
    assert "A new end" not in kept.article.text
    assert library.search("very").total == 0


def test_an_article_is_cleaned_anew(me: FlaskClient, library: Library, ferry: int) -> None:
    article = library.get(ferry).article
    library.reclean(ferry, replace(article, html="<p>Old</p>", text="Old"), 3)
    done = me.post(f"/read/{ferry}/versions", data={"do": "reclean"}, follow_redirects=True).get_data(as_text=True)
    assert "Cleaned anew: 9 paragraphs changed." in done
    assert library.get(ferry).article == article
    done = me.post(f"/read/{ferry}/versions", data={"do": "reclean"}, follow_redirects=True).get_data(as_text=True)
    assert "Cleaned anew: it reads as before." in done


def test_a_version_without_an_article_does_not_replace_a_good_one(
    me: FlaskClient, library: Library, extension: Extension, ferry: int
) -> None:
    extension.save(html="<p>Gone", capture_id="v-9")
    done = me.post(f"/read/{ferry}/versions", data={"show": "4"}, follow_redirects=True).get_data(as_text=True)
    assert "That page gave no article" in done
    assert library.get(ferry).shown == 3


@pytest.mark.parametrize("path", ["captured?version=9", "captured/page?version=9", "versions/compare?from=1&to=9"])
def test_a_version_that_is_not_there_is_not_found(me: FlaskClient, ferry: int, path: str) -> None:
    assert me.get(f"/read/{ferry}/{path}").status_code == 404
    assert me.post(f"/read/{ferry}/versions", data={"show": "9"}).status_code == 404
    assert me.post(f"/read/{ferry}/versions", data={"show": "x"}).status_code == 400


def test_a_captured_page_is_inert_and_framed_by_our_own_page_alone(me: FlaskClient, library: Library) -> None:
    html = HOSTILE.read_text(encoding="utf-8").replace("</body>", f"<p>{SENTENCE * 3}</p></body>")
    page = Page("https://harbor.example/hostile", html)
    from quietpage.cleaner.pipeline import clean

    saved = library.save(clean(page), page)
    frame = me.get(f"/read/{saved.id}/captured/page")
    policy = frame.headers["Content-Security-Policy"]
    assert {"default-src 'none'", "sandbox", "frame-ancestors 'self'"} <= set(policy.split("; "))
    assert "script-src" not in policy
    text = frame.get_data(as_text=True)
    assert "evil.example" not in text
    assert "<script" not in text
    assert "Styled" in text
    around = me.get(f"/read/{saved.id}/captured")
    assert around.headers["Content-Security-Policy"].endswith("; frame-src 'self'")
    assert "frame-ancestors 'none'" in around.headers["Content-Security-Policy"]
    assert "<iframe sandbox src=" in around.get_data(as_text=True)
    other = me.get(f"/read/{saved.id}").headers["Content-Security-Policy"]
    assert "frame-src" not in other


def test_a_captured_page_says_what_the_browser_did_not_show(me: FlaskClient, extension: Extension) -> None:
    article = extension.save(html=STORY.replace("<footer>", "<footer data-qp-hidden>")).json["id"]
    assert "<footer data-qp-hidden" in shown(me, f"/read/{article}/captured/page")


def test_nobody_else_sees_any_of_it(stranger: FlaskClient, ferry: int) -> None:
    for path in ("repair", "removed", "captured", "captured/page", "versions", "versions/compare"):
        assert stranger.get(f"/read/{ferry}/{path}").status_code == 401
