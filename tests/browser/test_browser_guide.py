"""The guide's pictures are of Quietpage as it is, and its pages are for everybody.

``pytest tests/browser/test_browser_guide.py --update-pictures`` takes the pictures anew; otherwise those that are kept
must be current (pictures.py says how they are compared).
"""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from browser.chromium import Chromium
from browser.guide_library import fill
from browser.person import Person
from browser.pictures import MOST_DIFFERING, PICTURES, differing, reduced, seen_in, take
from browser.test_browser_looks import picture  # noqa: F401 - a fixture
from browser.test_browser_marks import SELECT
from browser.test_browser_receipt_looks import CARD, PLAIN, SHOW, TREE, VIEWS
from browser.waiting import until

SCALE = 1.5  # pixels for each of the page's: sharp enough on dense screens, and small
SMALL = 60_000  # bytes of a picture at most
NEWSPAPER = """
  body { margin: 0; font: 17px/1.5 "Picture serif"; color: #222; background: #fff }
  header { display: flex; gap: 24px; align-items: center; padding: 10px 28px; background: #a8201a }
  header a { color: #fff; font: 600 14px "Picture sans"; text-decoration: none } header > a { font-size: 22px }
  main { padding: 4px 28px; max-width: 560px }
  h1 { font-size: 30px; line-height: 1.15; margin: 14px 0 6px }
  .byline, .audio-player { font: 13px "Picture sans"; color: #666 } .audio-player { background: #eee; padding: 8px }
  .cookie-wall { background: #fff3c4 !important; padding: 12px 28px; border-top: 2px solid #e0b400 }
  .cookie-wall, button { font: 14px "Picture sans" } figure { display: none } a { color: #a8201a }
"""
Go = Callable[[Person], None]


def opened(person: Person) -> None:
    person.browser.goto(f"{person.server.url}/read/1")
    until(lambda: person.browser.js("document.readyState") == "complete")


def connect(person: Person) -> None:
    """Both codes are there: the extension's where it puts it, and then digits that are always the same."""
    asked = person.server.app.extensions["quietpage"].pairings.ask(
        name="Firefox", origin="moz-extension://0", challenge="c"
    )
    person.browser.goto(f"{person.server.url}/connect/{asked.id}")
    person.browser.js(f"document.querySelector('#extension-code').value = '{asked.code[:3]} {asked.code[3:]}'")
    until(lambda: person.browser.js("document.querySelector('#allow').disabled === false"))
    person.browser.js(
        "document.querySelectorAll('#page-code, #extension-code').forEach((one) => (one.textContent = '418 206'))"
    )


def library(person: Person) -> None:
    person.browser.goto(f"{person.server.url}/")


def search(person: Person) -> None:
    person.browser.goto(f"{person.server.url}/?q=tide")


def appearance(person: Person) -> None:
    opened(person)
    person.browser.click("[popovertarget=appearance]")
    until(lambda: person.browser.js("document.querySelector('.looks').matches('.in-fonts')"))


def highlight(person: Person) -> None:
    opened(person)
    words = "talked until midnight, and voted to keep the lamp"
    person.browser.js(SELECT, [words, words])
    until(lambda: person.browser.js("document.querySelector('#highlighter').matches(':popover-open')"))


def repair(person: Person) -> None:
    person.browser.goto(f"{person.server.url}/read/1/repair")
    person.browser.js("document.querySelectorAll('details.hide')[1].open = true")


def receipt(person: Person) -> None:
    """The receipt's own code, run as the page's, on a page of the site."""
    person.visit("cluttered")
    style = f"const style = new CSSStyleSheet(); style.replaceSync({json.dumps(NEWSPAPER)});"
    person.browser.js(f"(() => {{ {style} document.adoptedStyleSheets = [style]; }})()")
    person.browser.run(SHOW.replace("CARD", CARD).replace("VIEW", json.dumps(PLAIN | VIEWS["saved"])))
    until(lambda: person.browser.js(f"{TREE}.querySelector('.head')"))


PAGES: dict[str, tuple[Go, int]] = {  # the height of each, in pixels
    "connect": (connect, 520),
    "receipt": (receipt, 440),
    "library": (library, 700),
    "reader": (opened, 560),
    "appearance": (appearance, 620),
    "highlight": (highlight, 510),
    "search": (search, 700),
    "repair": (repair, 660),
}


@pytest.mark.in_chromium
@pytest.mark.parametrize("name", PAGES)
def test_a_picture_of_the_guide_is_current(visitor: Person, request: pytest.FixtureRequest, name: str) -> None:
    fill(visitor.server.library)
    browser = visitor.browser
    assert isinstance(browser, Chromium)
    show, height = PAGES[name]
    browser.page.emulate_media(color_scheme="light", reduced_motion="reduce")
    browser.page.set_viewport_size({"width": 736, "height": height})
    show(visitor)
    shot, seen = take(browser, SCALE)
    path = PICTURES / f"{name}.png"
    if request.config.getoption("--update-pictures"):
        path.write_bytes(reduced(browser, shot, seen))
    kept = path.read_bytes()
    assert len(kept) <= SMALL
    assert seen_in(kept) == seen
    assert differing(browser, kept, shot, SCALE) <= MOST_DIFFERING, f"{name}.png is not current: --update-pictures"


@pytest.mark.in_chromium
@pytest.mark.parametrize("page", ["guide", "guide/api"])
def test_a_guide_is_for_everybody(visitor: Person, picture: Callable[[Person, str], None], page: str) -> None:  # noqa: F811
    visitor.browser.goto(f"{visitor.server.url}/{page}")
    picture(visitor, page.replace("/", "-"))
