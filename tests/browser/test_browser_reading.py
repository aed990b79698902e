"""Reading: an article opened where the search found it, gone through mark by mark, left and resumed, and shelved."""

from __future__ import annotations

import pytest
from browser.person import Person
from browser.waiting import until

from quietpage.article import Article, Page

FILLING = "The tide comes in over the flat sand and leaves again before noon, as it has done all these years. "


@pytest.fixture
def reader(visitor: Person) -> Person:
    """Somebody with a long article of sixty paragraphs, three of which speak of a lamp."""
    said = {20: "One lamp. ", 40: "The keeper trims the lamp, and every other lamp. "}
    paragraphs = [f"{number}. {said.get(number, '')}{FILLING * 3}" for number in range(60)]
    html = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    article = Article("https://light.example/", "The light", html, "\n\n".join(paragraphs), language="en")
    visitor.server.library.save(article, Page(article.url, "<p>"))
    return visitor


def in_view(reader: Person, css: str) -> bool:
    return bool(
        reader.browser.js(
            f"(() => {{ const {{ top, bottom }} = document.querySelector('{css}').getBoundingClientRect();"
            " return top >= 0 && bottom <= innerHeight; })()"
        )
    )


def test_a_hit_opens_at_its_passage_and_the_marks_are_gone_through(reader: Person) -> None:
    reader.browser.goto(f"{reader.server.url}/?q=lamp+keeper")
    reader.browser.click(".hit h2 a")
    until(lambda: reader.browser.js("document.querySelector('#match') !== null"))
    until(lambda: in_view(reader, "#match"))
    assert reader.browser.text("#match") == "keeper"
    assert "4 places" in reader.browser.text(".marks")
    reader.browser.click(".marks [data-step='1']")
    assert reader.browser.text("#marks-place") == "3 of 4"
    for _ in range(2):
        reader.browser.click(".marks [data-step='1']")
    assert reader.browser.text("#marks-place") == "1 of 4"
    assert in_view(reader, "mark.current")
    before = reader.browser.js("scrollY")
    reader.browser.click("#hide-marks")
    assert reader.browser.js("document.querySelectorAll('mark, .marks').length") == 0
    assert reader.browser.js("scrollY") == before
    assert reader.browser.js("location.search + location.hash") == ""
    assert reader.server.library.search("is:unread").total == 1


def test_reading_is_resumed_at_the_same_paragraph(reader: Person) -> None:
    reader.browser.goto(f"{reader.server.url}/read/1")
    until(lambda: reader.browser.js("document.readyState") == "complete")
    reader.browser.press("j")
    reader.browser.js("document.querySelectorAll('.body p')[30].scrollIntoView()")
    until(lambda: reader.server.library.get(1).progress > 0.4)
    assert reader.server.library.get(1).state == "reading"
    reader.browser.goto(f"{reader.server.url}/")
    reader.sees("% read")
    reader.browser.look(dark=False, width=390)
    reader.browser.goto(f"{reader.server.url}/read/1")
    until(lambda: reader.browser.js("scrollY") > 1000)
    reader.sees("Back to where you were.")
    assert (
        28
        <= reader.browser.js(
            "[...document.querySelectorAll('.body p')].findIndex((one) => one.getBoundingClientRect().bottom > 0)"
        )
        <= 31
    )
    reader.browser.click("#resumed button")
    until(lambda: reader.browser.js("scrollY") == 0)


def test_an_article_read_to_its_end_is_read(reader: Person) -> None:
    reader.browser.goto(f"{reader.server.url}/read/1")
    until(lambda: reader.browser.js("document.readyState") == "complete")
    reader.browser.press("End")
    until(lambda: reader.server.library.get(1).state == "read")


def test_an_article_is_tagged_and_deleted_where_it_is_read(reader: Person) -> None:
    reader.browser.goto(f"{reader.server.url}/read/1")
    reader.browser.type("#add", "sea, slow")
    reader.browser.press("Enter")
    reader.sees("#slow")
    assert reader.server.library.get(1).tags == ("sea", "slow")
    reader.browser.click(".tagged [value=sea]")
    until(lambda: reader.server.library.get(1).tags == ("slow",))
    reader.browser.click(".acts [value^=delete]")
    reader.sees("It stays in the trash")
