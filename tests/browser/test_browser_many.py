"""Pages that are not in front: what a link leads to, many tabs at once, and only with leave for that."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser.person import Person
from browser.test_browser_looks import complaints
from browser.waiting import until

FORGET_LEAVE = "chrome.permissions.remove({ origins: ['http://*/*', 'https://*/*', 'http://site.test/*'] })"


@pytest.fixture
def agreeing(ready: Person) -> Iterator[Person]:
    """Somebody who says yes when asked whether other pages may be read."""
    ready.browser.agree()
    yield ready
    ready.browser.in_extension(FORGET_LEAVE)


def panel(person: Person) -> None:
    person.browser.select(lambda url, _: "/panel.html" in url)


def test_a_link_is_saved_without_leaving_the_page(agreeing: Person) -> None:
    agreeing.visit("strict")
    page = agreeing.browser.url()
    agreeing.browser.choose("link", linkUrl=f"{agreeing.site.url}/cluttered")
    said = agreeing.card("Saved")
    assert "Night trains return to the old capitals" in said
    assert agreeing.browser.url() == page
    assert not [url for url in agreeing.browser.tabs() if url.endswith("/cluttered")]
    text = agreeing.server.library.get(2).article.text
    assert "lists a stop of nineteen minutes at the border" in text  # put there by a script: it was rendered


def test_all_tabs_of_the_window_are_saved_and_each_failure_says_why(agreeing: Person) -> None:
    agreeing.browser.start_over()
    agreeing.browser.goto(f"{agreeing.server.url}/")
    agreeing.browser.new_tab(f"{agreeing.site.url}/cluttered")
    agreeing.browser.new_tab(f"{agreeing.site.url}/strict")
    agreeing.browser.new_tab({"chromium": "chrome://version/", "firefox": "about:support"}[agreeing.browser.name])
    agreeing.browser.choose("window")
    panel(agreeing)
    agreeing.sees("Done. Saved: 2.")
    agreeing.sees("Not saved: 2.")
    agreeing.sees("This is Quietpage itself")
    agreeing.sees("belongs to the browser itself")
    assert len(agreeing.server.titles()) == 3
    assert complaints(agreeing) == []
    agreeing.browser.js("location.reload()")
    agreeing.sees("Nothing waits")
    assert len(agreeing.server.titles()) == 3


def test_tabs_saved_while_the_server_is_away_wait_and_say_why(agreeing: Person) -> None:
    agreeing.browser.start_over()
    agreeing.visit("cluttered")
    agreeing.server.stop()
    agreeing.browser.choose("window")
    panel(agreeing)
    agreeing.sees("Kept here until Quietpage has them: 1.")
    agreeing.browser.click("#send-all")
    agreeing.sees("Quietpage is not running. The page is delivered when it is back. Next try:")
    assert complaints(agreeing) == []
    agreeing.server.start()
    agreeing.browser.click("#send-all")
    agreeing.sees("Nothing waits")
    until(lambda: len(agreeing.server.titles()) == 2)


def test_what_waits_can_be_copied_and_discarded(ready: Person) -> None:
    ready.server.stop()
    ready.save("cluttered")
    ready.badge("1")
    ready.browser.new_tab(f"{ready.browser.base}/panel.html")
    ready.sees("Night trains return")
    write = "navigator.clipboard.writeText = async (text) => { window.copied = text; }"
    ready.browser.js(f"(() => {{ {write} }})()")
    ready.browser.click("[aria-label^='Copy text']")
    until(lambda: ready.browser.js("window.copied"))
    copied = ready.browser.js("window.copied")
    assert "Eleven years after the last sleeping car" in copied and "shown to nobody" not in copied
    ready.browser.js("(() => { window.confirm = () => true; })()")
    ready.browser.click("[aria-label^='Discard']")
    ready.sees("Nothing waits")
    ready.badge("")


def test_without_leave_no_tab_is_read(ready: Person) -> None:
    ready.visit("cluttered")
    ready.browser.new_tab(f"{ready.browser.base}/panel.html")
    ready.browser.js("(() => { chrome.permissions.request = async () => false; })()")
    ready.browser.click("#save-window")
    ready.sees("You did not allow Quietpage to read these pages")
    assert ready.server.saves() == 0


def test_whoever_asked_for_it_sees_which_pages_are_saved_already(agreeing: Person) -> None:
    agreeing.options()
    agreeing.browser.click("#known")
    until(lambda: agreeing.remembers("marksKnown"))
    agreeing.visit("first")
    assert "Saved already, on" in agreeing.badge("✓")
    agreeing.visit("strict")
    agreeing.badge("")
    agreeing.options()
    until(lambda: agreeing.browser.js("document.querySelector('#known').checked"))
    agreeing.browser.click("#known")
    until(lambda: not agreeing.remembers("marksKnown"))
