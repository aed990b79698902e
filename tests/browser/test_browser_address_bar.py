"""The keyword `qp` in the address bar searches the library."""

from __future__ import annotations

from browser.firefox import Firefox
from browser.person import Person
from browser.waiting import until

SUGGEST = "await new Promise((done) => import('/address-bar.js').then((bar) => bar.suggestFor(args, done)))"
TYPED = "return [...gURLBar.view.panel.querySelectorAll('.urlbarView-row')].map((row) => row.textContent).join(' | ')"


def test_articles_are_suggested_while_one_types_and_opened_by_choosing(connected: Person) -> None:
    suggestions = connected.browser.in_extension(SUGGEST, "lamp")
    assert [one["description"] for one in suggestions] == ["The lighthouse keeps its lamp – Shore Notes"]
    enter = "void (await import('/address-bar.js')).enter(args, 'newForegroundTab')"
    connected.browser.in_extension(enter, suggestions[0]["content"])
    connected.reads_title("The lighthouse keeps its lamp")


def test_enter_searches_for_what_was_typed(connected: Person) -> None:
    if not isinstance(connected.browser, Firefox):
        return  # no protocol types into Chromium's address bar
    connected.browser.start_over()
    connected.browser.in_browser("gURLBar.focus(); gURLBar.search('qp lamp')")
    until(lambda: "The lighthouse keeps its lamp" in connected.browser.in_browser(TYPED))
    connected.browser.in_browser("gURLBar.handleCommand()")
    connected.browser.select(lambda url, _: url.endswith("/?q=lamp"))
    connected.sees("The lighthouse keeps its lamp")
