"""How articles look: changed beside the text, at once and for good, in every tab and browser; and nothing jumps."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from browser.chromium import Chromium
from browser.person import Person
from browser.servers import Gallery
from browser.test_browser_looks import AXE
from browser.waiting import until

from quietpage.article import Article, Page
from quietpage.library.reading_settings import DARK_THEMES, LIGHT_THEMES

TIDE = "The tide comes in over the flat sand and leaves again before noon, as it has done <em>all</em> these years. "
GROUNDS = {
    "paper": "rgb(251, 250, 246)",
    "white": "rgb(255, 255, 255)",
    "grey": "rgb(220, 220, 218)",
    "dark": "rgb(23, 22, 19)",
    "black": "rgb(0, 0, 0)",
}
# Everything that moved by itself since the page began, whatever came late.
SHIFTS = """await new Promise((done) => {
  const moved = [];
  new PerformanceObserver((list) => moved.push(...list.getEntries())).observe({ type: "layout-shift", buffered: true });
  document.fonts.ready.then(() => requestAnimationFrame(() => setTimeout(() =>
    done(moved.filter((one) => !one.hadRecentInput).map((one) => one.value)))));
})"""


@pytest.fixture
def reader(visitor: Person) -> Person:
    """Somebody who reads a long article of sixty paragraphs, with code and a table."""
    paragraphs = [f"<p>{number}. {TIDE * 3}</p>" for number in range(60)]
    paragraphs.insert(2, "<pre><code>tide(7)</code></pre><table><tr><th>Boat</th><td>11.20</td></tr></table>")
    html = "".join(paragraphs)
    article = Article("https://light.example/", "The light", html, "The tide", language="en", direction="ltr")
    visitor.server.library.save(article, Page(article.url, "<p>"))
    opens(visitor)
    return visitor


def opens(reader: Person, path: str = "/read/1") -> None:
    reader.browser.goto(f"{reader.server.url}{path}")
    until(lambda: reader.browser.js("document.readyState") == "complete")


def look(reader: Person, name: str) -> str | None:
    return reader.browser.js("document.documentElement.dataset[args]", name)


def ground(reader: Person) -> str:
    return str(reader.browser.js("getComputedStyle(document.documentElement).backgroundColor"))


def opens_panel(reader: Person) -> None:
    reader.browser.click("[popovertarget=appearance]")
    until(lambda: reader.browser.js("document.querySelector('.looks').matches('.in-fonts')"))


def kept(reader: Person, **values: object) -> None:
    """Wait until the library has these settings."""

    def has() -> bool:
        settings = reader.server.library.reading.get()
        return all(getattr(settings, name) == value for name, value in values.items())

    until(has, otherwise=lambda: f"kept is {reader.server.library.reading.get()}")


def test_a_look_changes_at_once_and_every_page_has_it_from_then_on(reader: Person) -> None:
    opens_panel(reader)
    for choice in ("font-sans", "width-wide", "leading-loose", "alignment-justified", "theme-black"):
        reader.browser.click(f".{choice} input")
    until(lambda: ground(reader) == GROUNDS["black"])
    until(lambda: "Quietpage Sans" in reader.browser.js("getComputedStyle(document.querySelector('.body')).fontFamily"))
    assert reader.browser.js("getComputedStyle(document.querySelector('.body')).textAlign") == "justify"
    kept(reader, font="sans", width="wide", leading="loose", alignment="justified", theme="black")
    for path in ("/read/1", "/", "/settings"):
        opens(reader, path)
        assert ground(reader) == GROUNDS["black"]
        assert look(reader, "font") == "sans"


def test_the_line_that_is_read_stays_where_it_is_when_the_size_changes(reader: Person) -> None:
    reader.browser.js("document.querySelectorAll('.body p')[30].scrollIntoView()")
    until(lambda: reader.browser.js("scrollY") > 1000)
    top = "Math.abs(document.querySelectorAll('.body p')[30].getBoundingClientRect().top)"
    for step, size in (("+", "20"), ("+", "22"), ("+", "24"), ("-", "22"), ("-", "20"), ("-", "19"), ("-", "18")):
        reader.browser.js(f"document.querySelector('[data-key=\"{step}\"]').click()")
        until(lambda size=size: look(reader, "size") == size)
        until(lambda: reader.browser.js(top) < 2, otherwise=lambda: f"it moved by {reader.browser.js(top)} px")
    kept(reader, size=18)


def test_a_page_in_another_tab_shows_the_change_as_well(reader: Person) -> None:
    other = reader.browser.url()
    reader.browser.new_tab(f"{reader.server.url}/settings")
    until(lambda: reader.browser.js("document.querySelector('.looks.in-fonts') !== null"))
    reader.browser.click(".theme-grey input")
    reader.browser.click(".size [value=larger]")
    until(lambda: ground(reader) == GROUNDS["grey"])
    kept(reader, theme="grey", size=20)
    reader.browser.select(lambda url, _: url == other)
    until(lambda: ground(reader) == GROUNDS["grey"] and look(reader, "size") == "20")


def test_what_another_browser_changed_is_there_on_the_next_page(reader: Person) -> None:
    reader.server.library.reading.change({"font": "legible", "theme": "white", "size": "27"})
    opens(reader)
    assert ground(reader) == GROUNDS["white"]
    assert reader.browser.js("getComputedStyle(document.querySelector('.body')).fontSize") == "27px"
    opens_panel(reader)
    assert reader.browser.js("document.querySelector('.font-legible input').checked")
    assert reader.browser.text(".looks output") == "27"


def test_light_and_dark_follow_the_system_the_clock_and_one_press(reader: Person) -> None:
    reader.server.library.reading.change({"light": "white", "dark": "black"})
    opens(reader)
    for dark, theme in ((True, "black"), (False, "white")):
        reader.browser.look(dark=dark)
        until(lambda theme=theme: ground(reader) == GROUNDS[theme])
    reader.browser.js("document.querySelector('[data-key=\"d\"]').click()")
    until(lambda: ground(reader) == GROUNDS["black"])
    kept(reader, theme="black")
    hour = timedelta(hours=1)
    evening = {"dark_from": f"{datetime.now() - hour:%H:%M}", "dark_to": f"{datetime.now() + hour:%H:%M}"}
    reader.server.library.reading.change({"theme": "clock", **evening})
    opens(reader)
    assert ground(reader) == GROUNDS["black"]
    opens_panel(reader)
    later = f"{datetime.now() + hour / 2:%H:%M}"
    reader.browser.js(
        "(() => { const from = document.querySelector('[name=dark_from]'); from.value = args;"
        " from.dispatchEvent(new Event('change', { bubbles: true })); })()",
        later,
    )
    until(lambda: ground(reader) == GROUNDS["white"])


@pytest.mark.in_chromium
@pytest.mark.parametrize("theme", [*LIGHT_THEMES, *DARK_THEMES])
def test_every_theme_is_for_everybody(reader: Person, theme: str) -> None:
    reader.server.library.reading.change({"theme": theme})
    opens(reader)
    assert ground(reader) == GROUNDS[theme]
    opens_panel(reader)
    reader.browser.run(AXE.read_text(encoding="utf-8"))
    found = reader.browser.js("(await axe.run()).violations")
    assert [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found] == []


def test_nothing_moves_while_a_page_comes(reader: Person) -> None:
    if not isinstance(reader.browser, Chromium):
        pytest.skip("this browser does not say what moved")
    for font in ("serif", "legible"):
        reader.server.library.reading.change({"font": font})
        opens(reader)
        assert reader.browser.js(SHIFTS) == []


def test_a_plain_page_needs_few_fonts(reader: Person) -> None:
    fonts = "performance.getEntriesByType('resource').filter((one) => one.name.includes('.woff2'))"
    until(lambda: reader.browser.js(f"{fonts}.length") >= 3)
    assert reader.browser.js(f"{fonts}.reduce((sum, one) => sum + one.decodedBodySize, 0)") <= 250_000


def test_a_style_sheet_of_one_s_own_loads_nothing_from_elsewhere(reader: Person) -> None:
    elsewhere = Gallery({})
    there = f"http://elsewhere.test:{elsewhere.port}"
    css = (
        f'@import "{there}/import.css"; .body {{ color: rgb(1, 2, 3); background: url("{there}/picture.png") }} '
        f'@font-face {{ font-family: x; src: url("{there}/font.woff2") }} .body p {{ font-family: x }}'
    )
    try:
        opens(reader, "/settings")
        reader.browser.js("(() => { document.querySelector('#css').value = args; })()", css)
        reader.browser.click(".own-sheet .button")
        kept(reader, css=css)
        opens(reader)
        assert reader.browser.js("getComputedStyle(document.querySelector('.body')).color") == "rgb(1, 2, 3)"
        assert (
            reader.browser.js("await document.fonts.load('1em x').then(() => 'loaded', () => 'refused')") == "refused"
        )
        assert elsewhere.asked == []
    finally:
        elsewhere.stop()
