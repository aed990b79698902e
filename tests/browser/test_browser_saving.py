"""A page saved from the browser is the page that was seen, without its clutter, and is found again."""

from __future__ import annotations

from browser.person import Person
from browser.waiting import until

STORY = (
    "Eleven years after the last sleeping car",
    "From December, four lines will leave at dusk",
    "What it will cost",
    "A seat starts at thirty",
    "Critics doubt the sums",
    "The first departures",
    "Bookings open in September",
    "Tom Alder contributed reporting.",
)
CLUTTER = (
    "Press play to listen",
    "Voiced by artificial intelligence",
    "See also",
    "812 partners",
    "Most read",
    "Leave a Reply",
    "Your email address",
    "morning letter",
    "This paragraph is shown to nobody",
    "A half-written comment",
    "Secret Name",
    "someone@site.test",
)


def test_a_cluttered_page_becomes_a_clean_article(ready: Person) -> None:
    ready.save("cluttered")
    read = ready.reads_title("Night trains return to the old capitals")
    places = [read.find(words) for words in STORY]
    assert -1 not in places and places == sorted(places), read
    assert [words for words in CLUTTER if words in read] == []
    assert "lists a stop of nineteen minutes at the border" in read  # put there by a script
    assert "CONTINENT" in ready.browser.text(".source")
    assert "Ida Marlow" in ready.browser.text(".byline")


def test_the_page_itself_is_not_altered(ready: Person) -> None:
    choose_new_tab(ready)
    ready.visit("cluttered")
    before = ready.browser.js("document.documentElement.outerHTML")
    page = ready.browser.url()
    ready.browser.press_button()
    ready.reads_title("Night trains return to the old capitals")
    ready.browser.select(lambda url, _: url == page)
    assert ready.browser.js("document.documentElement.outerHTML") == before
    assert ready.browser.js("window.changes") == 0


def choose_new_tab(person: Person) -> None:
    """Choose on the options page that saved pages open in a new tab."""
    person.options()
    person.browser.click("input[name=where][value=new]")
    until(lambda: person.remembers("after") == "new")


def test_a_saved_page_is_found_by_a_word_from_its_middle(ready: Person) -> None:
    ready.save("cluttered")
    ready.reads_title("Night trains return to the old capitals")
    ready.browser.goto(f"{ready.server.url}/")
    ready.browser.fill("input[type=search], input[name=q]", "zephyrlight")
    ready.sees("Night trains return to the old capitals")
    assert "zephyrlight" in ready.browser.text("mark").lower()
    assert ready.browser.js("document.body.innerText.includes('lighthouse')") is False


def test_the_same_page_saved_twice_is_kept_once(ready: Person) -> None:
    ready.save("cluttered")
    ready.reads_title("Night trains return to the old capitals")
    ready.save("cluttered")
    ready.reads_title("Night trains return to the old capitals")
    assert len(ready.server.titles()) == 2  # with the first page of all


def test_a_page_without_an_article_is_kept_and_shown_all_the_same(ready: Person) -> None:
    ready.save("sparse")
    ready.sees("Not an article, it seems")
    ready.sees("Forgotten?")  # what text there is


def test_a_page_that_no_extension_may_read_is_said_to_be_so(ready: Person) -> None:
    ready.browser.goto({"chromium": "chrome://version/", "firefox": "about:support"}[ready.browser.name])
    ready.browser.press_button()
    title = ready.badge("!")
    assert len(title) > 20
    ready.options()
    ready.sees("The last page was not saved")
    assert ready.server.titles() == ["The lighthouse keeps its lamp"]


def test_the_reader_opens_where_the_session_was_lost(ready: Person) -> None:
    ready.forget_session()
    ready.save("cluttered")
    ready.reads_title("Night trains return to the old capitals")


def test_the_reader_opens_where_the_page_was_being_read(ready: Person) -> None:
    ready.visit("cluttered")
    ready.browser.js(
        "(document.body.style.cssText = 'line-height: 6; padding-bottom: 2000px',"
        " [...document.querySelectorAll('p')].find((one) => /^Bookings open/.test(one.textContent)).scrollIntoView())"
    )
    ready.browser.press_button()
    ready.reads_title("Night trains return to the old capitals")
    assert ready.server.library.get(2).progress > 0.1
