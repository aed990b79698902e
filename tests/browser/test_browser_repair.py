"""Repair: a part is hidden, a piece put back, here or on the site; the page as captured is inert; versions compared."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser.person import Person
from browser.servers import PAGES, Answering
from browser.test_browser_looks import picture  # noqa: F401 - a fixture
from browser.waiting import until

from quietpage.article import Page
from quietpage.cleaner.pipeline import clean
from quietpage.web import versions

NOTE = "The harbor master keeps a ledger"
OTHER_NOTE = "The keeper of the light told"


class Trap(Answering):
    """A site that nobody may ask anything. ``asked`` holds what was asked of it all the same."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        super().__init__(self.caught)

    def caught(self, _method: str, path: str, _body: bytes) -> tuple[int, str, bytes]:
        self.asked.append(path)
        return 200, "text/plain", b"caught"


@pytest.fixture
def trap() -> Iterator[Trap]:
    trap = Trap()
    yield trap
    trap.stop()


def keep(person: Person, name: str, address: str | None = None, change: tuple[str, str] = ("", "")) -> int:
    """Keep a page of the site as it is, or changed."""
    html = (PAGES / f"{name}.html").read_text(encoding="utf-8").replace(*change)
    page = Page(f"{person.site.url}/{address or name}", html)
    return person.server.library.save(clean(page), page).id


@pytest.fixture
def reader(visitor: Person) -> Person:
    """Somebody who reads an article with a note in it that does not belong there."""
    visitor.browser.goto(f"{visitor.server.url}/read/{keep(visitor, 'pier-one')}")
    return visitor


def text(person: Person, article: int = 1) -> str:
    return person.server.library.get(article).article.text


def hide(person: Person, words: str, where: str) -> None:
    """On the repair page: hide the part that begins so, here or on the site."""
    person.sees(words)
    find = f"[...document.querySelectorAll('.piece')].find((one) => one.textContent.includes({words!r}))"
    number = until(lambda: person.browser.js(f"{find}?.querySelector('.hide').id"))
    person.browser.click(f"#{number} > summary")
    person.browser.click(f"#{number} [name={where}]")


def test_a_part_is_hidden_here_and_that_is_undone(reader: Person) -> None:
    reader.browser.click("[data-key=r]")
    hide(reader, NOTE, "here")
    reader.sees("Hidden in this article.")
    assert NOTE not in text(reader)
    assert NOTE not in reader.browser.text("main")
    reader.browser.click(".repaired-acts [name=correction]")
    reader.sees("Undone.")
    reader.sees(NOTE)
    assert NOTE in text(reader)


def test_a_removed_piece_is_put_back_and_that_is_undone(reader: Person) -> None:
    reader.browser.goto(f"{reader.server.url}/read/1/removed")
    reader.browser.js("void (document.querySelector('.apart').open = true)")
    words = "Another boat sinks in the bay"
    find = f"[...document.querySelectorAll('.pieces > li')].find((one) => one.textContent.includes({words!r}))"
    stamp = reader.browser.js(f"{find}.querySelector('[name=here]').value")
    reader.browser.click(f"[name=here][value='{stamp}']")
    reader.sees("Put back in this article.")
    assert words in text(reader)
    reader.browser.click(".repaired-acts [name=correction]")
    reader.sees("Undone.")
    assert words not in text(reader)


def test_what_is_hidden_on_the_site_is_hidden_in_the_next_page_that_is_saved(ready: Person) -> None:
    article = keep(ready, "pier-one")
    ready.browser.goto(f"{ready.server.url}/read/{article}/repair")
    hide(ready, NOTE, "site")
    ready.sees("in what you save from site.test from now on")
    ready.save("pier-two")
    assert OTHER_NOTE not in ready.reads_title("The first ferry")
    second = ready.server.library.recent().hits[0].id
    assert "Evening at last." in text(ready, second)
    assert OTHER_NOTE not in text(ready, second)
    ready.browser.goto(f"{ready.server.url}/settings")
    ready.sees("in 2 articles")
    ready.browser.click("form[action*=corrections] button")
    ready.sees("None yet.")
    assert OTHER_NOTE in text(ready, second)


@pytest.mark.parametrize("guard", ["sanitized and framed", "framed alone"])
def test_a_hostile_page_as_captured_runs_and_loads_nothing(
    person: Person, trap: Trap, guard: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if guard == "framed alone":  # whatever the sanitizer may overlook one day
        monkeypatch.setattr(versions, "as_captured", lambda html: html)
    elsewhere = f"http://elsewhere.test:{trap.port}"
    html = (PAGES / "hostile.html").read_text(encoding="utf-8").replace("https://evil.example", elsewhere)
    person.visit("first")
    person.browser.js(f"void (await fetch('{elsewhere}/works', {{ mode: 'no-cors' }}))")
    assert trap.asked == ["/works"], "the trap itself does not work"
    trap.asked.clear()
    page = Page(f"{person.site.url}/hostile", html.replace("//evil.example", elsewhere) + "<p>The pier is here. " * 40)
    article = person.server.library.save(clean(page), page).id
    person.browser.goto(f"{person.server.url}/read/{article}/captured")
    until(lambda: person.browser.js("document.readyState") == "complete")
    heard = person.browser.js(
        """await new Promise((done) => {
          let heard = 0;
          addEventListener("message", () => heard++);
          const frame = document.querySelector("iframe");
          frame.addEventListener("load", () => fetch("/").then(() => fetch("/")).then(() => done(heard)));
          frame.src += "&again=1";
        })"""
    )
    assert heard == 0
    assert trap.asked == []
    assert person.browser.js("document.querySelector('iframe').contentDocument === null")
    assert person.browser.url().endswith(f"/read/{article}/captured")
    assert [one["path"] for one in person.server.asked].count(f"/read/{article}/captured/page") == 2


def test_versions_are_compared_and_an_earlier_one_is_shown(reader: Person) -> None:
    keep(reader, "pier-one", change=("Morning 3. The ferry", "Morning 3. The very old ferry"))
    keep(reader, "pier-two", "pier-one")
    reader.browser.goto(f"{reader.server.url}/read/1/versions")
    reader.sees("1 paragraph changed")
    reader.browser.click("[href*='from=1&to=2']")
    reader.sees("changed: 1")
    assert reader.browser.js("[...document.querySelectorAll('ins')].map((one) => one.textContent).join()") == (
        "added: very old  (end)"
    )
    reader.browser.goto(f"{reader.server.url}/read/1/versions")
    reader.browser.click("[name=show][value='1']")
    reader.sees("This version is shown now.")
    assert "Morning 3. The ferry" in text(reader)
    reader.browser.click("[value=reclean]")
    reader.sees("it reads as before")


@pytest.mark.in_chromium
def test_the_pages_are_for_everybody(reader: Person, picture) -> None:  # type: ignore[no-untyped-def]  # noqa: F811
    keep(reader, "pier-one", change=("Morning 3. The ferry", "Morning 3. The very old boat, and not the ferry,"))
    place = f"{reader.server.url}/read/1"
    reader.browser.goto(f"{place}/repair")
    hide(reader, NOTE, "site")
    reader.sees("Undo")
    picture(reader, "repair-done")
    reader.browser.goto(f"{place}/repair")
    reader.browser.click("#hide-1 > summary")
    picture(reader, "repair")
    reader.browser.goto(f"{place}/removed")
    reader.browser.js("void (document.querySelector('.apart').open = true)")
    picture(reader, "repair-removed")
    for name, path in (("captured", "captured"), ("versions", "versions"), ("compare", "versions/compare")):
        reader.browser.goto(f"{place}/{path}")
        picture(reader, f"repair-{name}")
    reader.browser.goto(f"{reader.server.url}/settings")
    picture(reader, "repair-settings")
