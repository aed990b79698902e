"""What a person corrects about one page is done, whatever the cleaner thinks of it."""

from __future__ import annotations

import pytest

from quietpage import Article, InvalidSelector, NotAnArticle, clean

URL = "https://site.test/2026/ferry"
PARAGRAPH = "The ferry left the harbor before sunrise, and the whole town came down to the pier to watch it go {}."
STORY = "".join(f"<p>{PARAGRAPH.format(time)}</p>" for time in ("once", "twice", "thrice", "again"))
PAGE = f"""<html><head><title>The ferry</title></head><body>
<nav><a href="/">Front page</a> <a href="/sea">Sea</a></nav>
<article><h1>The ferry</h1>{STORY}
<div class="related"><h3>Related</h3><ul><li><a href="/1">Another boat sinks in the bay</a></li></ul></div>
<p class="bio">Ann lives in the harbor. Follow her boats.</p></article>
<footer><p>Copyright 2026</p><p class="license">Free to copy</p></footer></body></html>"""


def corrected(keep: str = "", drop: str = "", page: str = PAGE) -> Article:
    return clean(page, URL, keep=[keep] if keep else [], drop=[drop] if drop else [])


@pytest.mark.parametrize(
    ("selector", "text"),
    [
        ("nav", "Front page"),
        (".related", "Another boat sinks in the bay"),
        (".related li", "Another boat sinks in the bay"),
        (".license", "Free to copy"),
        ("footer > p:last-child", "Free to copy"),
    ],
)
def test_what_is_kept_is_content(selector: str, text: str) -> None:
    assert text not in corrected().text
    article = corrected(keep=selector)
    assert text in article.text
    assert all(text not in piece.html for piece in article.removed)


def test_what_stands_beside_something_kept_is_judged_as_before() -> None:
    text = corrected(keep=".license").text
    assert "Copyright" not in text
    assert "Front page" not in text


@pytest.mark.parametrize("selector", ["article p:nth-of-type(2)", "article > p + p"])
def test_what_is_dropped_is_gone(selector: str) -> None:
    article = corrected(drop=selector)
    assert PARAGRAPH.format("once") in article.text
    assert PARAGRAPH.format("twice") not in article.text


def test_what_is_dropped_is_told_with_its_selector_and_only_once() -> None:
    pieces = [piece for piece in corrected(drop=".related, .related li").removed if piece.step == "correction"]
    assert [".related, .related li" in piece.reason for piece in pieces] == [True]
    assert pieces[0].html.startswith('<div class="related">')


def test_dropping_wins_over_keeping() -> None:
    assert "Another boat" not in corrected(keep="article", drop=".related").text


def test_what_was_dropped_is_not_among_the_remains() -> None:
    with pytest.raises(NotAnArticle) as caught:
        corrected(drop="article")
    assert "harbor" not in caught.value.remains.text


@pytest.mark.parametrize("selector", ["html", "body", "*"])
def test_dropping_all_of_a_page_leaves_no_article(selector: str) -> None:
    with pytest.raises(NotAnArticle):
        corrected(drop=selector)


def test_a_page_without_an_article_gives_what_a_person_wants_kept() -> None:
    page = "<nav><a href=/>Home</a></nav><p class=note>Back at six</p>"
    with pytest.raises(NotAnArticle):
        corrected(page=page)
    assert corrected(keep=".note", page=page).text == "Back at six"


def test_a_picture_among_clutter_can_be_kept() -> None:
    page = PAGE.replace("</article>", '<aside><img src="/map.png" alt="Map"></aside><p>Printed.</p></article>')
    assert "/map.png" not in corrected(page=page).html
    assert "/map.png" in corrected(keep="img", page=page).html


def test_a_selector_that_matches_nothing_changes_nothing() -> None:
    assert corrected(keep=".nothing", drop=".nothing") == corrected()


def test_a_page_cannot_keep_itself() -> None:
    assert "Front page" not in corrected(keep="h1", page=PAGE.replace("<nav>", "<nav data-qp-keep>")).text


def test_no_mark_of_it_is_left_in_the_article() -> None:
    assert "data-" not in corrected(keep="*").html


def test_one_selector_may_be_given_as_a_text() -> None:
    assert clean(PAGE, URL, keep=".license") == clean(PAGE, URL, keep=[".license"])


@pytest.mark.parametrize("selector", ["div[", "", "p >", "::before", "a,,b", "p{color:red}", "\ud800"])
@pytest.mark.parametrize("how", ["keep", "drop"])
def test_what_is_no_selector_is_refused_by_name(selector: str, how: str) -> None:
    with pytest.raises(InvalidSelector) as caught:
        clean(PAGE, URL, **{how: [selector]})
    assert isinstance(caught.value, ValueError)
    assert str(caught.value) == f"{selector!r} is not a CSS selector."
