"""The reader's tools: code, notes, pictures, links, outline, reading aloud, pages, focus, keys; in both browsers."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from browser.person import Person
from browser.test_browser_looks import picture  # noqa: F401
from browser.waiting import until
from images import png

from quietpage.article import Article, Page

TIDE = "The tide comes in over the flat sand. It leaves again before noon, as it has done all these years. "
CODE = 'def lamp(height):\n    return "lit" if height &gt; 3 else None  # so long a comment that the line must scroll'
PICTURES = ("https://pictures.example/pier.jpg", "https://pictures.example/boat.jpg")
# What a browser without voices is given: each sentence ends when the test says so
STAND_IN = """
  window.spoken = [];
  const voices = [
    { name: "Anna", lang: "de-DE", voiceURI: "anna", default: true, localService: true },
    { name: "Bea", lang: "en-GB", voiceURI: "bea", localService: true },
    { name: "Cy", lang: "en-US", voiceURI: "cy", localService: true },
  ];
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  Object.defineProperty(window, "speechSynthesis", { configurable: true, value: {
    getVoices: () => voices, cancel() {}, addEventListener() {},
    speak(one) { window.saying = one; window.spoken.push([one.text, one.voice?.name, one.rate, one.lang]); },
  } });
"""


def article_html() -> str:
    parts = []
    for part, name in enumerate(("sea", "sand", "lamp", "keeper")):
        parts.append(f"<h2>The {name}</h2>")
        for number in range(5):
            sign = f'<sup id="qp-ref{part}"><a href="#qp-fn{part}">[{part + 1}]</a></sup>' if number == 1 else ""
            parts.append(f"<p>{part}.{number} {TIDE * 3}{sign}</p>")
    away = '<a id="qp-away" href="https://www.elsewhere.example/path" rel="noopener noreferrer">a report</a>'
    saved = '<a href="https://saved.example/story" rel="noopener noreferrer">a saved one</a>'
    pictures = "".join(
        f'<figure><img src="{source}" alt="Picture {number}" width="640" height="360"><figcaption>Caption {number}.'
        f"</figcaption></figure>"
        for number, source in enumerate(PICTURES)
    )
    cells = "".join(f"<td>A value of column {number}</td>" for number in range(14))
    math = (
        '<math display="block"><mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mn>1</mn></mrow></mfrac></math>'
        "<p>And <math><msqrt><mn>2</mn></msqrt></math>.</p>"
    )
    notes = "".join(
        f'<li id="qp-fn{part}"><p>Note {part}, of the <i>tide tables</i>. <a href="#qp-ref{part}">↩</a></p></li>'
        for part in range(4)
    )
    parts.insert(2, f"<p>See {away} and {saved}.</p>")
    parts.insert(4, f'<pre><code class="language-python">{CODE}</code></pre>{pictures}')
    parts.insert(9, f"<table><tbody><tr>{cells}</tr></tbody></table>{math}")
    return "".join([*parts, f"<ol>{notes}</ol>"])


@pytest.fixture
def reader(visitor: Person) -> Person:
    """Somebody who reads a long article of everything; another is saved before it, and one that cites it after."""
    library = visitor.server.library
    for url, title, html in (
        ("https://saved.example/story", "The saved story", "<p>x</p>"),
        ("https://light.example/", "The light", article_html()),
        ("https://cites.example/", "What cites it", '<p><a href="https://light.example/">x</a></p>'),
    ):
        text = re.sub("<[^>]*>", " ", html)
        article = Article(url, title, html, text, language="en", site="The Slipway", reading_minutes=12)
        library.save(article, Page(url, html))
    for number, source in enumerate(PICTURES):
        library.images.keep(2, source, png(1600, 900, (74, 111 + number * 40, 140)))
    opens(visitor)
    return visitor


def opens(reader: Person, address: str = "/read/2") -> None:
    reader.browser.goto(f"{reader.server.url}{address}")
    until(lambda: reader.browser.js("document.querySelector('.copy, .body > p:only-child') !== null"))


def shows(reader: Person, css: str) -> None:
    """Wait until the page shows an element."""
    until(
        lambda: reader.browser.js(f"document.querySelector('{css}')?.checkVisibility() === true"), otherwise=lambda: css
    )


def gone(reader: Person, css: str) -> None:
    until(
        lambda: reader.browser.js(f"document.querySelector('{css}')?.checkVisibility() !== true"), otherwise=lambda: css
    )


def top(reader: Person, css: str) -> float:
    return float(reader.browser.js(f"document.querySelector('{css}').getBoundingClientRect().top"))


def reads_number(reader: Person) -> str:
    """The number that begins the paragraph at the line where one reads."""
    return str(
        reader.browser.js(
            "[...document.querySelectorAll('.body p')].find((one) => one.getBoundingClientRect().bottom"
            " > innerHeight / 4 + 2)?.textContent.slice(0, 3)"
        )
    )


# In the text


@pytest.mark.in_chromium
def test_code_is_colored_scrolls_inside_and_is_copied(reader: Person) -> None:
    js = reader.browser.js
    colors = js("[...document.querySelectorAll('pre .k, pre .s')].map((one) => getComputedStyle(one).color)")
    assert len(set(colors)) == 2
    assert js("document.querySelector('pre').scrollWidth > document.querySelector('pre').clientWidth")
    assert js("document.querySelector('.scroll').scrollWidth > document.querySelector('.scroll').clientWidth")
    assert js("document.documentElement.scrollWidth <= innerWidth")
    js("Object.defineProperty(navigator.clipboard, 'writeText', { value: async (text) => { window.copied = text; } })")
    assert js("document.querySelector('.copy').getAttribute('aria-label')") == "Copy this code"
    js("document.querySelector('.copy').click()")
    until(lambda: js("window.copied?.startsWith('def lamp(height):\\n    return')"))
    until(lambda: js("document.querySelector('.copy').getAttribute('aria-label')") == "Copied")
    assert js("document.querySelector('.code').textContent") == js("document.querySelector('pre').textContent")


def test_formulas_are_set_by_the_browser(reader: Person) -> None:
    high = "(one) => one.getBoundingClientRect().height"
    fraction, numerator = reader.browser.js(f"[...document.querySelectorAll('mfrac, mfrac > mi')].map({high})")
    assert fraction > 1.5 * numerator > 0


def test_a_note_opens_in_place_and_escape_goes_back(reader: Person) -> None:
    reader.browser.js("document.querySelector('sup a').scrollIntoView({ block: 'center' })")
    before = reader.browser.js("scrollY")
    reader.browser.js("document.querySelector('sup a').focus({ preventScroll: true })")
    reader.browser.press("Enter")
    shows(reader, ".note")
    assert "Note 0, of the tide tables." in reader.browser.text(".note")
    assert "↩" not in reader.browser.text(".note")
    assert reader.browser.js("scrollY") == before
    assert reader.browser.js("document.querySelector('.note').contains(document.activeElement)")
    near = top(reader, ".note") - top(reader, "sup a")
    assert -400 < near < 60
    reader.browser.press("Escape")
    gone(reader, ".note")
    assert reader.browser.js("document.activeElement === document.querySelector('sup a')")
    reader.browser.js("document.querySelector('sup a').click()")
    shows(reader, ".note")
    reader.browser.js("document.querySelector('.note-go').click()")
    until(lambda: reader.browser.js("location.hash") == "#qp-fn0")


@pytest.mark.in_chromium
def test_pictures_are_enlarged_and_gone_through(reader: Person) -> None:
    js = reader.browser.js
    js("document.querySelector('img.zooms').focus()")
    before = js("document.documentElement.scrollHeight")
    reader.browser.press("Enter")
    shows(reader, ".zoom")
    assert js("document.querySelector('.zoom-words').textContent") == "Caption 0."
    assert js("document.documentElement.scrollHeight") == before
    until(lambda: js("document.querySelector('.zoom img').complete"))
    assert js("document.querySelector('.zoom img').naturalWidth") == 1600
    js("document.querySelector('.zoom-frame').click()")
    until(lambda: js("document.querySelector('.zoom-frame').scrollWidth") >= 1600)
    js("document.querySelector('.zoom-frame').click()")
    js("document.querySelector('.zoom [aria-label=\"Next picture\"]').click()")
    until(lambda: js("document.querySelector('.zoom-words').textContent") == "Caption 1.")
    assert js("document.querySelector('.zoom-place').textContent") == "2 of 2"
    reader.browser.press("Escape")
    gone(reader, ".zoom")
    assert js("document.activeElement.alt") == "Picture 1"


@pytest.mark.in_chromium
def test_links_say_where_they_lead_and_saved_ones_open_the_copy(reader: Person) -> None:
    reader.browser.js("document.querySelector('.body a').scrollIntoView({ block: 'center' })")
    reader.browser.js("document.querySelector('#qp-away').focus({ focusVisible: true })")
    shows(reader, ".leads")
    assert "elsewhere.example" in reader.browser.text(".leads")
    reader.browser.js("document.activeElement.blur()")
    gone(reader, ".leads")
    assert "What cites it" in reader.browser.text("main")
    reader.browser.click("a.saved")
    until(lambda: reader.browser.js("location.href").endswith("/read/1"))


# Going through it


def test_the_outline_marks_the_present_place_and_stays_beside_the_text(reader: Person) -> None:
    js = reader.browser.js
    js("document.querySelectorAll('.body h2')[2].scrollIntoView()")
    reader.browser.press("c")
    shows(reader, "#outline .outline")
    until(lambda: js("document.querySelector('.outline [aria-current]')?.textContent") == "The lamp")
    js("document.querySelectorAll('.outline a')[1].click()")
    gone(reader, "#outline")
    until(lambda: abs(top(reader, ".body h2:nth-of-type(2)")) < 200)
    reader.browser.press("c")
    js("document.querySelector('#outline input').click()")
    gone(reader, "#outline")
    until(lambda: js("document.querySelector('.outline-beside .outline') !== null"))
    until(lambda: js("document.querySelector('.outline [aria-current]')?.textContent") == "The sand")
    opens(reader)
    until(lambda: js("document.querySelector('.outline-beside .outline') !== null"))
    js("localStorage.clear()")


@pytest.mark.in_chromium
def test_what_is_left_is_told(reader: Person) -> None:
    js = reader.browser.js
    assert js("document.querySelector('#time-left').textContent") == ""  # the head says how long it is
    js("document.querySelectorAll('.body h2')[2].scrollIntoView()")
    until(lambda: js("document.querySelector('#time-left').textContent") in ("5 min left", "6 min left", "7 min left"))
    assert 0.4 < float(js("document.querySelector('#reading-progress').style.scale.split(' ')[0]")) < 0.7
    js("scrollTo(0, document.documentElement.scrollHeight)")
    until(lambda: js("document.querySelector('#time-left').textContent") == "")


def test_keys_go_from_paragraph_to_paragraph_and_press_what_they_name(reader: Person) -> None:
    for _ in range(4):
        reader.browser.press("j")
    assert reads_number(reader) == "0.1"
    reader.browser.press("j")
    reader.browser.press("j")
    reader.browser.press("k")
    assert reader.browser.js("document.querySelector('pre').getBoundingClientRect().top < innerHeight / 4 + 2")
    reader.browser.press("?")
    shows(reader, "#reader-keys")
    told = reader.browser.text("#reader-keys")
    assert all(name in told for name in ("Next paragraph", "Read aloud, or pause", "Next article", "Archive"))
    reader.browser.js("document.querySelector('#reader-keys input').click()")
    reader.browser.press("Escape")
    gone(reader, "#reader-keys")
    reader.browser.press("]")
    reader.browser.press("?")
    assert reader.browser.js("document.querySelector('dialog[open]')") is None
    assert reader.browser.js("localStorage.getItem('quietpage-keys')") == "off"
    reader.browser.js("localStorage.clear()")
    reader.browser.press("]")
    until(lambda: reader.browser.js("location.href").endswith("/read/1"))
    until(lambda: reader.browser.js("document.readyState") == "complete")
    reader.browser.press("[")
    until(lambda: reader.browser.js("location.href").endswith("/read/2"))
    until(lambda: reader.browser.js("document.readyState") == "complete")
    reader.browser.js("window.before = true")
    reader.browser.press("e")
    until(lambda: reader.server.library.get(2).state == "archived")
    until(lambda: reader.browser.js("!window.before && document.readyState === 'complete'"))
    reader.browser.press("/")
    until(lambda: reader.browser.js("document.activeElement?.id") == "q")


@pytest.mark.in_chromium
def test_a_search_is_gone_through_by_keys(reader: Person) -> None:
    reader.browser.goto(f"{reader.server.url}/?q=is:unread&sort=longest")
    reader.browser.click(".hit h2 a")
    opened = r"/read/([123])\?list=is:unread&sort=longest$"
    until(lambda: re.search(opened, reader.browser.js("location.href").replace("%3A", ":")))
    first = reader.browser.js("location.pathname")
    until(lambda: reader.browser.js("document.readyState") == "complete")
    reader.browser.press("]")
    until(lambda: reader.browser.js("location.pathname") != first)
    assert re.search(opened, reader.browser.js("location.href").replace("%3A", ":"))


# Reading aloud


def test_it_is_read_aloud_sentence_by_sentence(reader: Person) -> None:
    js, press = reader.browser.js, reader.browser.press
    js(f"(() => {{ {STAND_IN} }})()")
    press("s")
    until(lambda: js("window.spoken.length") == 1)
    shows(reader, ".aloud")
    assert js("window.spoken[0]") == ["The sea", "Bea", 1, "en"]
    for _ in range(2):
        js("window.saying.onend()")
    assert js("window.spoken.at(-1)[0]") == "It leaves again before noon, as it has done all these years."
    marked = "[...CSS.highlights.get('spoken')].map((one) => one.toString())"
    assert js(marked) == ["It leaves again before noon, as it has done all these years."]
    assert js("document.querySelector('.body .spoken')") is None
    press("s")
    assert js("document.querySelector('.aloud [aria-label=Play]') !== null")
    js("document.querySelector('.aloud [aria-label=\"Sentence before\"]').click()")
    assert js(marked) == ["0.0 The tide comes in over the flat sand."]
    press("s")
    assert js("window.spoken.at(-1)[0]") == "0.0 The tide comes in over the flat sand."
    for css, value in ((".aloud-voice", "cy"), (".aloud select", "1.5")):
        js(
            f"(() => {{ const one = document.querySelector('{css}'); one.value = '{value}';"
            " one.dispatchEvent(new Event('change')); })()"
        )
    assert js("window.spoken.at(-1)") == ["0.0 The tide comes in over the flat sand.", "Cy", 1.5, "en"]
    for _ in range(60):
        js("window.saying.onend()")
    assert "Note" not in js("window.spoken.at(-1)[0]")
    assert js("scrollY") > 0
    assert not any("def lamp" in one[0] for one in js("window.spoken"))
    js("document.querySelector('.aloud [aria-label=Close]').click()")
    gone(reader, ".aloud")
    assert js("CSS.highlights.has('spoken')") is False
    opens(reader)
    js(f"(() => {{ {STAND_IN} }})()")
    press("s")
    until(lambda: js("window.spoken.length") == 1)
    assert js("window.spoken[0].slice(1, 3)") == ["Cy", 1.5]
    js("localStorage.clear()")


@pytest.mark.in_chromium
def test_a_browser_without_voices_says_so(reader: Person) -> None:
    reader.browser.js(f"(() => {{ {STAND_IN} speechSynthesis.getVoices = () => []; }})()")
    reader.browser.press("s")
    reader.sees("This browser has no voices")
    reader.browser.js("document.querySelector('.aloud [aria-label=Close]').click()")
    gone(reader, ".aloud")


# Ways to read


def test_pages_keep_the_place_and_are_turned_by_keys(reader: Person) -> None:
    js, press = reader.browser.js, reader.browser.press
    js("document.querySelectorAll('.body h2')[2].scrollIntoView()")
    press("p")
    shows(reader, ".page-turns")
    heading = "document.querySelectorAll('.body h2')[2].getBoundingClientRect()"
    until(lambda: js(f"{heading}.left >= 0 && {heading}.right <= innerWidth"))
    place = js("document.querySelector('.page-turns span').textContent")
    number, total = map(int, place.split(" of "))
    assert 1 < number < total
    press("PageDown")
    until(lambda: js("document.querySelector('.page-turns span').textContent") == f"{number + 1} of {total}")
    assert js(f"{heading}.right <= 0")
    press("PageUp")
    until(lambda: js(f"{heading}.left >= 0 && {heading}.right <= innerWidth"))
    assert js("document.querySelector('main').scrollLeft % document.querySelector('main').clientWidth") == 0
    js("document.querySelector('.page-turns [aria-label=\"Next page\"]').click()")
    until(lambda: 0.5 < reader.server.library.get(2).progress < 1)
    press("End")
    until(lambda: js("document.querySelector('.page-turns span').textContent") == f"{total} of {total}")
    last = "document.querySelector('main')"
    assert js(f"{last}.scrollLeft % {last}.clientWidth") == 0
    press("PageUp")
    press("p")
    gone(reader, ".page-turns")
    assert js("scrollY") > 1000
    js("localStorage.clear()")


@pytest.mark.in_chromium
def test_pages_follow_one_another_as_the_lines_run(reader: Person) -> None:
    js, press = reader.browser.js, reader.browser.press
    js("(() => { document.querySelector('.reader').dir = 'rtl'; })()")
    press("p")
    shows(reader, ".page-turns")
    press("PageDown")
    main = "document.querySelector('main')"
    until(lambda: js(f"{main}.scrollLeft === -{main}.clientWidth"))
    assert js("document.querySelector('.page-turns span').textContent").startswith("2 of ")
    until(lambda: js("Number(document.querySelector('#reading-progress').style.scale.split(' ')[0]) > 0"))
    press("p")
    gone(reader, ".page-turns")
    js("localStorage.clear()")


@pytest.mark.in_chromium
def test_focus_lights_one_paragraph_that_follows(reader: Person) -> None:
    js, press = reader.browser.js, reader.browser.press
    press("l")
    until(lambda: js("document.querySelector('.lit')?.textContent") == "The sea")
    press("j")
    press("j")
    assert js("document.querySelectorAll('.lit').length") == 1
    assert js("document.querySelector('.lit').textContent.slice(0, 3)") == "0.0"
    js("document.querySelectorAll('.body h2')[2].scrollIntoView()")
    until(lambda: js("document.querySelector('.lit').textContent.slice(0, 3)") in ("2.0", "2.1"))
    opens(reader)
    until(lambda: js("document.querySelector('.lit') !== null"))
    press("l")
    until(lambda: js("document.querySelector('.lit') === null"))


@pytest.mark.in_chromium
def test_print_and_full_screen_are_offered(reader: Person) -> None:
    js = reader.browser.js
    js(
        "(() => { window.print = () => { window.printed = true; };"
        " Element.prototype.requestFullscreen = async function () { window.full = this.localName; }; })()"
    )
    reader.browser.click("[popovertarget=ways]")
    reader.browser.click("[data-tool=print]")
    until(lambda: js("window.printed === true"))
    gone(reader, "#ways")
    reader.browser.click("[popovertarget=ways]")
    reader.browser.click("[data-tool=screen]")
    until(lambda: js("window.full") == "html")


# For everybody


def outline(reader: Person) -> None:
    reader.browser.press("c")
    shows(reader, "#outline .outline")


def ways(reader: Person) -> None:
    reader.browser.click("[popovertarget=ways]")
    shows(reader, "#ways")


def note(reader: Person) -> None:
    reader.browser.js("document.querySelector('sup a').scrollIntoView({ block: 'center' })")
    reader.browser.js("document.querySelector('sup a').click()")
    shows(reader, ".note")


def zoom(reader: Person) -> None:
    reader.browser.js("document.querySelector('img.zooms').click()")
    shows(reader, ".zoom")


def keys(reader: Person) -> None:
    reader.browser.press("?")
    shows(reader, "#reader-keys")


def aloud(reader: Person) -> None:
    reader.browser.js(f"(() => {{ {STAND_IN} }})()")
    reader.browser.press("s")
    shows(reader, ".aloud")


def focus(reader: Person) -> None:
    reader.browser.press("l")
    until(lambda: reader.browser.js("document.querySelector('.lit') !== null"))


def pages(reader: Person) -> None:
    reader.browser.press("p")
    shows(reader, ".page-turns")


def code(reader: Person) -> None:
    reader.browser.js("document.querySelector('.copy').focus()")


def end(reader: Person) -> None:
    reader.browser.js("document.querySelector('.neighbours').scrollIntoView({ block: 'center' })")


@pytest.mark.in_chromium
@pytest.mark.parametrize("tool", [outline, ways, note, zoom, keys, aloud, focus, pages, code, end])
def test_each_tool_is_for_everybody(
    reader: Person,
    picture: Callable[[Person, str], None],  # noqa: F811
    tool: Callable[[Person], None],
) -> None:
    tool(reader)
    picture(reader, f"tool-{tool.__name__}")
    reader.browser.js("localStorage.clear()")
