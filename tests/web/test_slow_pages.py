"""A page that takes long, or too much, is cleaned in a process of its own, or given up with its text kept."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from quietpage.article import InvalidSelector, NotAnArticle, Page
from quietpage.cleaner import rough
from quietpage.cleaner.locate import Wanted, locate
from quietpage.cleaner.rough import MOST_CHARS, TOO_MUCH, too_much
from quietpage.library.library import Library
from quietpage.web import apart, api

from .conftest import STORY, Extension

URL = "https://harbor.example/ferry"
OFFSET = STORY.replace("<head>", '<head><meta property="article:published_time" content="2026-11-28T01:30:00+05:30">')


@pytest.fixture
def all_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page counts as a large one."""
    monkeypatch.setattr(apart, "LARGE_CHARS", 10)


@pytest.mark.usefixtures("all_apart")
@pytest.mark.parametrize("html", [OFFSET, OFFSET.encode("utf-16"), OFFSET + "\ud83d"], ids=["text", "bytes", "half"])
def test_a_page_cleaned_apart_is_the_same_article(html: str | bytes) -> None:
    page = Page(URL, html, "The last ferry \udc00")
    article = apart.clean_bounded(page, drop=("footer",))
    assert article == apart.clean(page, drop=("footer",))
    assert article.published_at and article.published_at.isoformat() == "2026-11-28T01:30:00+05:30"


@pytest.mark.usefixtures("all_apart")
def test_what_a_page_cleaned_apart_raises_is_raised_here() -> None:
    with pytest.raises(InvalidSelector):
        apart.clean_bounded(Page(URL, STORY), keep=("][",))
    with pytest.raises(NotAnArticle, match="holds no text that reads") as nothing:
        apart.clean_bounded(Page(URL, "<p>Home</p><p>News of the day</p>"))
    assert nothing.value.remains.text == "Home\n\nNews of the day"


@pytest.mark.usefixtures("all_apart")
@pytest.mark.parametrize("end", ["time is up", "breaks down"])
def test_a_page_that_takes_too_much_is_kept_with_its_text(
    extension: Extension, library: Library, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    if end == "time is up":
        monkeypatch.setattr(apart, "MOST_SECONDS", 0.001)
    else:  # it ends without a word, as it does when there is no memory
        monkeypatch.setattr(apart, "PROCESS", ("-c", "pass"))
    answer = extension.save(receipt=True)
    assert answer.status_code == 422
    assert answer.json["detail"] == TOO_MUCH
    receipt = answer.json["kept"]["receipt"]
    assert receipt["seen_words"] == receipt["kept_words"] > 100
    kept = library.get(answer.json["kept"]["id"])
    assert kept.article.warning == TOO_MUCH
    assert "the whole town came down to the pier" in kept.article.text
    assert library.captured_page(kept.id, 1).decode() == STORY
    monkeypatch.undo()
    assert extension.save(capture_id="c-2").status_code == 200  # later, with more time, it becomes an article
    assert library.get(kept.id).article.warning is None


@pytest.mark.parametrize(
    "html", ["<p>rain &amp; mud" * 100_000, "<script>" * 50_000, "<b a='" * 100_000, "&#" * 500_000]
)
def test_the_text_of_what_is_given_up_is_short_and_safe(html: str) -> None:
    article = too_much(Page(URL, f"<title>Rain</title><style>p {{}}</style>{html}", "Rain")).remains
    assert article.title == "Rain" and "{}" not in article.text
    assert len(article.text) <= 2 * MOST_CHARS


def test_of_a_page_of_very_many_tags_the_first_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rough, "MOST_TAGS", 10)
    article = too_much(Page(URL, "<b>rain</b> " * 100, "Rain")).remains
    assert article.text == "rain rain rain rain rain"


def test_a_large_page_is_one_of_many_characters_or_many_tags() -> None:
    assert not apart.is_large(Page(URL, STORY))
    assert apart.is_large(Page(URL, "a" * (apart.LARGE_CHARS + 1)))
    assert apart.is_large(Page(URL, b"<b>" * (apart.LARGE_TAGS + 1)))


def test_a_capture_that_was_kept_is_not_cleaned_again(extension: Extension, monkeypatch: pytest.MonkeyPatch) -> None:
    article, menu = {"capture_id": "c-1"}, {"capture_id": "c-2", "html": "<p>Home</p>", "url": f"{URL}/menu"}
    first = [extension.save(**one, receipt=True) for one in (article, menu)]
    assert [one.status_code for one in first] == [201, 422]
    monkeypatch.setattr(api, "clean_for", None)
    again = [extension.save(**one, receipt=True) for one in (article, menu)]
    assert [one.status_code for one in again] == [200, 422]
    assert again[0].json["id"] == first[0].json["id"]
    assert again[1].json["detail"] == first[1].json["detail"]
    assert again[1].json["kept"]["id"] == first[1].json["kept"]["id"]


@pytest.mark.usefixtures("all_apart")
def test_what_is_found_apart_is_found_where_it_is_here() -> None:
    page = Page(URL, STORY)
    text = BeautifulSoup(STORY, "html.parser").p.get_text()  # type: ignore[union-attr]
    wanted = [Wanted(text), Wanted(html=f"<p>{text}</p>"), Wanted("nowhere \udc00")]
    found = apart.locate_bounded(page, wanted)
    assert found == locate(page, wanted)
    assert found[0] is not None and found[1] is not None and found[2] is None


@pytest.mark.usefixtures("all_apart")
def test_what_cannot_be_looked_for_in_time_is_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "PROCESS", ("-c", "pass"))
    assert apart.locate_bounded(Page(URL, STORY), [Wanted("the pier"), Wanted("the ferry")]) == [None, None]
