"""What a person selected in a page is kept whole, as an article of its own."""

from __future__ import annotations

import pytest

from quietpage import Article, clean
from quietpage.article import Page
from quietpage.cleaner.seen import seen

HEAD = """<head><title>The ferry</title><meta name="author" content="Ann Hall">
<meta property="article:published_time" content="2026-03-04T05:06:07Z"></head>"""


def selected(html: str, beside: str = "") -> Article:
    page = f"<html lang='en'>{HEAD}<body>{beside}<div data-qp-selection=''>{html}</div></body></html>"
    return clean(page, "https://site.test/ferry#:~:text=a,b")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Noon.</p>", "Noon."),
        ('<div class="related"><h3>Related</h3><ul><li><a href="/1">Boat sinks</a></li></ul></div>', "Boat sinks"),
        ('<nav><a href="/">Front page</a></nav>', "Front page"),
        ('<div class="comments"><p class="comment">First!</p></div>', "First!"),
        ('<p class="share">Share this: Print</p>', "Share this: Print"),
        ("<table><tr><td>Fare</td><td>3</td></tr></table>", "Fare"),
        ("a line without any element", "a line without any element"),
        ("<p>See also</p>", "See also"),
    ],
)
def test_a_selection_is_not_judged(html: str, text: str) -> None:
    article = selected(html)
    assert text in article.text
    assert article.warning is None


def test_nothing_beside_a_selection_is_kept() -> None:
    story = "<article>" + "<p>A long paragraph about ships, harbors and the sea, told again.</p>" * 20 + "</article>"
    assert selected("<p>Noon.</p>", beside=story).text == "Noon."


def test_the_facts_of_its_page_come_along() -> None:
    article = selected("<p>The ferry leaves at noon, said the harbor master.</p>")
    assert (article.title, article.byline, article.language) == ("The ferry", "Ann Hall", "en")
    assert article.published_at is not None and article.published_at.year == 2026


def test_a_selection_is_sanitized_as_any_page() -> None:
    article = selected("<p onclick='a()'>Noon <a href='javascript:b()'>c</a><script>d()</script></p>")
    assert "javascript" not in article.html and "onclick" not in article.html and "script" not in article.html


def test_the_body_itself_may_be_the_selection() -> None:
    page = f"<html>{HEAD}<body data-qp-selection><p>The whole body may be the selection.</p></body></html>"
    assert clean(page, "https://site.test/ferry").text == "The whole body may be the selection."


@pytest.mark.parametrize("caption", ["", "<p>Boats</p>"])
def test_a_picture_alone_may_be_what_is_selected(caption: str) -> None:
    article = selected(f'<figure><img src="/boats.png" alt="Two boats"></figure>{caption}')
    assert '<img src="https://site.test/boats.png" alt="Two boats">' in article.html
    assert (article.title, article.byline, article.warning) == ("The ferry", "Ann Hall", None)
    assert article.text in caption


def test_what_is_seen_is_what_was_selected() -> None:
    page = (
        f"<html>{HEAD}<body><h1>The ferry</h1><div data-qp-selection=''><p>It leaves at noon.</p></div></body></html>"
    )
    assert seen(Page("https://site.test/ferry", page)).words == 4
