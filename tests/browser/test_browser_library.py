"""The library by mouse and by keyboard: search while typing, filters, marking, tagging, deleting and taking back."""

from __future__ import annotations

import pytest
from browser.chromium import Chromium
from browser.person import Person
from browser.servers import Quietpage
from browser.test_browser_looks import complaints
from browser.waiting import until

from quietpage.article import Article, Page

SUBJECTS = ("tide", "harbor", "lighthouse")


def shelve(server: Quietpage, amount: int = 30) -> None:
    """Fill the library: every third article is about the same."""
    for number in range(amount):
        subject = SUBJECTS[number % 3]
        url = f"https://{subject}.example/{number}"
        text = f"All about the {subject}. " * 12
        article = Article(
            url, f"The {subject}, part {number}", f"<p>{text}</p>", text, language="en", excerpt=text, reading_minutes=3
        )
        server.library.save(article, Page(url, "<p>"))


@pytest.fixture
def reader(visitor: Person) -> Person:
    """Somebody before a library of thirty articles."""
    shelve(visitor.server)
    visitor.browser.goto(f"{visitor.server.url}/")
    return visitor


def titles(person: Person) -> list[str]:
    return person.browser.js("[...document.querySelectorAll('.hit h2')].map((one) => one.textContent)")


def focused(person: Person) -> str:
    return person.browser.js("document.activeElement?.closest('.hit')?.querySelector('h2').textContent ?? ''")


def address(person: Person) -> str:
    return person.browser.url().removeprefix(person.server.url)


def test_the_list_follows_what_is_typed_and_back_works(reader: Person) -> None:
    reader.browser.press("/")
    reader.browser.type("#q", "tide")
    reader.sees("10 articles for tide")
    assert address(reader) == "/?q=tide"
    assert all("tide" in title for title in titles(reader))
    assert reader.browser.js("document.activeElement.id") == "q"
    assert reader.browser.js("document.querySelector('#said').textContent").startswith("10 articles")
    reader.browser.back()
    reader.sees("30 articles")
    assert reader.browser.js("document.querySelector('#q').value") == ""
    assert not [
        one
        for one in reader.server.asked
        if one["path"] not in ("/", "/open") and "static" not in one["path"] and one["method"] == "POST"
    ]


@pytest.mark.in_chromium
def test_a_word_half_typed_finds_already(reader: Person) -> None:
    reader.browser.type("#q", "lightho")
    reader.sees("10 articles for lightho*")
    until(lambda: reader.browser.js("location.search") == "?q=lightho*")
    assert reader.browser.js("document.querySelector('#q').value") == "lightho"
    reader.browser.press("Escape")
    until(lambda: reader.browser.js("document.querySelector('#q').value") == "lightho*")
    reader.browser.press("o")
    reader.browser.select(lambda url, _: "/read/" in url)
    reader.browser.back()
    reader.sees("10 articles for lightho*")


@pytest.mark.in_chromium
def test_all_on_the_page_are_selected_at_once(reader: Person) -> None:
    reader.browser.press("x")
    reader.browser.click("#choose-all")
    assert reader.browser.text("#chosen-count") == "Selected: 20"
    reader.browser.click(".chosen [value=archived]")
    until(lambda: reader.server.library.search("is:archived").total == 20)


def test_all_that_a_search_finds_are_acted_on_and_taken_back(reader: Person) -> None:
    reader.browser.press("x")
    reader.browser.click(".every input")
    assert reader.browser.text("#chosen-count") == "All selected"
    reader.browser.click(".chosen [value=archived]")
    reader.sees("30 articles changed.")
    assert reader.server.library.search("is:archived").total == 30
    reader.browser.press("z")
    until(lambda: reader.server.library.search("is:unread").total == 30)
    assert address(reader) == "/"


@pytest.mark.in_chromium
def test_a_filter_narrows_the_search_and_is_taken_away_again(reader: Person) -> None:
    reader.browser.look(dark=False)
    reader.browser.click(".facets a[href*='site:harbor.example']")
    reader.sees("10 articles for site:harbor.example")
    reader.browser.click(".facets a[aria-current]")
    reader.sees("30 articles")


@pytest.mark.in_chromium
def test_the_menu_of_exports_closes_as_menus_do_and_is_for_everybody(reader: Person) -> None:
    is_open = "document.querySelector('.export').open"
    reader.browser.click(".export summary")
    reader.browser.press("Tab")
    assert complaints(reader) == []
    reader.browser.press("Escape")
    assert not reader.browser.js(is_open)
    assert reader.browser.js("document.activeElement.matches('.export summary')")
    for css, focus in ((".count", "SUMMARY"), ("#q", "INPUT")):
        reader.browser.press("Enter") if focus == "SUMMARY" else reader.browser.click(".export summary")
        assert reader.browser.js(is_open)
        reader.browser.click(css)
        assert not reader.browser.js(is_open)
        assert reader.browser.js("document.activeElement.tagName") == focus
    feed = reader.server.library.feeds.add("E-reader")
    for path in ("", reader.server.library.ids()[0]):
        reader.browser.goto(f"{reader.server.url}/e/{feed}/{path}")
        assert complaints(reader) == []


@pytest.mark.in_chromium
def test_the_order_is_chosen(reader: Person) -> None:
    reader.browser.js(
        "(() => { const sort = document.querySelector('#sort'); sort.value = 'shortest';"
        " sort.dispatchEvent(new Event('change', { bubbles: true })); })()"
    )
    until(lambda: titles(reader)[0] == "The tide, part 0")
    assert address(reader) == "/?sort=shortest"


def test_keys_alone_read_mark_and_open(reader: Person) -> None:
    for key in "jjk":
        reader.browser.press(key)
    assert focused(reader) == titles(reader)[0]
    reader.browser.press("j")
    second = titles(reader)[1]
    reader.browser.press("f")
    until(lambda: reader.server.library.search("is:favorite").total == 1)
    until(lambda: focused(reader) == second)
    reader.browser.press("e")
    until(lambda: [hit.title for hit in reader.server.library.search("is:archived").hits] == [second])
    until(lambda: "Archived" in str(reader.browser.js("document.querySelector('#said').textContent")))
    reader.browser.press("o")
    reader.browser.select(lambda url, _: "/read/" in url)
    reader.browser.back()
    until(lambda: focused(reader) == second)


def test_a_deletion_is_taken_back(reader: Person) -> None:
    reader.browser.press("j")
    first, second = titles(reader)[:2]
    reader.browser.press("#")
    reader.sees("It stays in the trash for 30 days")
    assert reader.server.library.recent().total == 29
    until(lambda: focused(reader) == second)
    reader.browser.press("z")
    reader.sees("30 articles")
    assert titles(reader)[0] == first
    assert address(reader) == "/"


@pytest.mark.in_chromium
def test_the_selected_are_tagged_together(reader: Person) -> None:
    for key in "jxjx":
        reader.browser.press(key)
    assert reader.browser.text("#chosen-count") == "Selected: 2"
    reader.browser.press("t")
    assert reader.browser.js("document.activeElement.id") == "tags"
    reader.browser.type("#tags", "sea, slow")
    reader.browser.press("Enter")
    until(lambda: reader.server.library.search("tag:sea tag:slow").total == 2)
    reader.sees("#slow")
    assert reader.browser.js("document.querySelectorAll('.pick :checked').length") == 0


@pytest.mark.in_chromium
def test_keys_are_listed_and_can_be_switched_off(reader: Person) -> None:
    reader.browser.press("?")
    reader.sees("Article before")
    reader.browser.click("#keys-on")
    reader.browser.press("Escape")
    reader.browser.press("j")
    assert focused(reader) == ""
    reader.browser.click("#show-keys")
    reader.browser.click("#keys-on")
    reader.browser.press("Escape")
    reader.browser.press("j")
    assert focused(reader) != ""


def test_reading_and_coming_back_leaves_the_list_where_it_was(reader: Person) -> None:
    reader.browser.js("scrollTo(0, 1500)")
    reader.browser.js("new Promise((done) => setTimeout(done, 300))")
    before = reader.browser.js("scrollY")
    reader.browser.js("[...document.querySelectorAll('.hit h2 a')][8].click()")
    reader.browser.select(lambda url, _: "/read/" in url)
    reader.browser.back()
    until(lambda: len(titles(reader)) == 20)
    until(lambda: abs(reader.browser.js("scrollY") - before) < 5, otherwise=lambda: str(reader.browser.js("scrollY")))


def test_without_scripts_everything_but_the_keys_works(chromium: Chromium, server: Quietpage) -> None:
    shelve(server)
    context = chromium.context.browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(server.entrance("/"))
        if "/open" in page.url:
            page.goto(f"{server.url}/")
        page.fill("#q", "tide")
        page.press("#q", "Enter")
        page.locator(".pick input").nth(0).check()
        page.locator(".pick input").nth(1).check()
        page.fill("#tags", "sea")
        page.click(".chosen [value=tag]")
        assert server.library.search("tag:sea").total == 2
        page.locator(".hit").nth(0).hover()
        page.locator(".row-acts [value^=delete]").nth(0).click()
        assert server.library.search("tide").total == 9
        page.click(".undo")
        assert server.library.search("tide").total == 10
        assert page.url == f"{server.url}/?q=tide"
    finally:
        context.close()
