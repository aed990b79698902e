"""The keyword `qp` in the address bar searches the library."""

from __future__ import annotations

from browser.firefox import Firefox
from browser.person import Person
from browser.waiting import until

SUGGEST = "await new Promise((done) => import('/address-bar.js').then((bar) => bar.suggestFor(args, done)))"
TYPED = "return [...gURLBar.view.panel.querySelectorAll('.urlbarView-row')].map((row) => row.textContent).join(' | ')"


def test_articles_are_suggested_while_one_types_and_opened_by_choosing(ready: Person) -> None:
    suggestions = ready.browser.in_extension(SUGGEST, "lamp")
    assert [one["description"] for one in suggestions] == ["The lighthouse keeps its lamp – Shore Notes"]
    enter = "await (await import('/address-bar.js')).enter(args, 'newForegroundTab')"
    ready.browser.in_extension(enter, suggestions[0]["content"])
    ready.reads_title("The lighthouse keeps its lamp")


def test_enter_searches_for_what_was_typed(ready: Person) -> None:
    if not isinstance(ready.browser, Firefox):
        return  # no protocol types into Chromium's address bar
    ready.browser.start_over()
    ready.browser.in_browser("gURLBar.focus(); gURLBar.search('qp lamp')")
    until(lambda: "The lighthouse keeps its lamp" in ready.browser.in_browser(TYPED))
    ready.browser.in_browser("gURLBar.handleCommand()")
    ready.browser.select(lambda url, _: url.endswith("/?q=lamp"))
    ready.sees("The lighthouse keeps its lamp")
