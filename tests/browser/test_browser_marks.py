"""Highlights and notes in a real browser: made by mouse and keyboard, changed, deleted, taken back, kept in place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browser.person import Person
from browser.test_browser_looks import complaints
from browser.waiting import until

from quietpage.article import Article, Page
from quietpage.library.anchoring import Selector
from quietpage.library.marks import Marked
from quietpage.library.passages import read

SCREENSHOTS = Path(__file__).parent / "screenshots"
URL = "https://light.example/"
FILLING = "The tide comes in over the flat sand and leaves again before noon, as it has done all these years. "
HTML = (
    "<p>The keeper of the old <b>light</b>house trims the lamp every night at ten.</p>"
    "<ul>\n<li>Oil for the lamp</li>\n<li>A <i>new</i> wick</li>\n</ul>"
    "<pre><code>lamp.trim(at=22)\nlog.write()</code></pre>"
    "<p>The rule is <math><mi>h</mi><mo>=</mo><mn>2</mn></math>, and the table says"
    '<img src="https://light.example/a.png" alt="A lamp"> more.</p>'
    "<table><tbody><tr><td>one</td><td>two</td></tr></tbody></table>"
    "<p>私は<ruby>灯台<rt>とうだい</rt></ruby>にいる 🙂 and stay.</p>"
) + "".join(f"<p>{number}. {FILLING * 2}</p>" for number in range(30))


def save(person: Person, html: str = HTML) -> int:
    text = read(html).text
    article = Article(URL, "The keeper of the light", html, text, byline="Ada Lin", language="en")
    return person.server.library.save(article, Page(URL, html)).id


def marked(person: Person) -> Marked:
    return person.server.library.marks.of(1)


def only(person: Person) -> str:
    """The words of the only highlight."""
    (one,) = marked(person).highlights
    return one.passage.exact


@pytest.fixture
def reader(visitor: Person) -> Person:
    """Somebody who reads an article of all kinds of blocks."""
    save(visitor)
    open_reader(visitor)
    return visitor


def open_reader(person: Person) -> None:
    person.browser.goto(f"{person.server.url}/read/1")
    until(lambda: person.browser.js("document.readyState") == "complete")


SELECT = """(() => {
  const texts = [];
  const walk = document.createTreeWalker(document.querySelector("#body"), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) texts.push(walk.currentNode);
  const find = (words) => texts.find((one) => one.data.includes(words));
  const [first, last] = [find(args[0]), find(args[1])];
  const range = document.createRange();
  range.setStart(first, first.data.indexOf(args[0]));
  range.setEnd(last, last.data.indexOf(args[1]) + args[1].length);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  return true;
})()"""


def select(person: Person, first: str, last: str) -> None:
    """Select from some words to others, and wait for the bar."""
    person.browser.js(SELECT, [first, last])
    until(lambda: person.browser.js("document.querySelector('#highlighter').matches(':popover-open')"))


def texts_of_marks(person: Person, number: int = 1) -> list[str]:
    marks = f"document.querySelectorAll('mark[data-highlight=\"{number}\"]')"
    return list(person.browser.js(f"[...{marks}].map((one) => one.textContent)"))


def is_open(person: Person) -> bool:
    """Whether the panel beside a highlight is open."""
    return bool(person.browser.js("document.querySelector('#highlight-panel').matches(':popover-open')"))


def drag(person: Person) -> None:
    """Select the words of the second list item with the mouse, which a double click on its first word begins."""
    browser = person.browser
    box = browser.js(
        "(() => { const { left, right, top, height } = document.querySelectorAll('#body p')[0].getBoundingClientRect();"
        " return [Math.round(left + 2), Math.round(right - 2), Math.round(top + height / 2)]; })()"
    )
    if browser.name == "chromium":
        mouse = browser.page.mouse
        mouse.move(box[0], box[2])
        mouse.down()
        mouse.move(box[0] + 200, box[2], steps=5)
        mouse.up()
    else:
        pointer = browser.marionette.actions.sequence("pointer", "mouse", {"pointerType": "mouse"})
        pointer.pointer_move(box[0], box[2]).pointer_down().pointer_move(box[0] + 200, box[2], duration=60)
        pointer.pointer_up().perform()


def test_what_the_mouse_selects_is_highlighted(reader: Person) -> None:
    drag(reader)
    until(lambda: reader.browser.js("document.querySelector('#highlighter').matches(':popover-open')"))
    chosen = reader.browser.js("getSelection().toString().trim()")
    assert chosen.startswith("The keeper")
    reader.browser.click("#highlighter [data-color=green]")
    reader.sees("Highlighted.")
    assert only(reader) == chosen
    assert marked(reader).highlights[0].color == "green"
    assert not reader.browser.js("document.querySelector('#highlighter').matches(':popover-open')")
    before = texts_of_marks(reader)
    open_reader(reader)
    assert [text.strip() for text in texts_of_marks(reader)] == [text.strip() for text in before]


def test_the_page_and_the_server_read_the_same_text(reader: Person) -> None:
    """From the first word to the last: the positions that the page tells are those of the words."""
    text = read(HTML).text
    measure = "(await import('/static/passage.js')).measure(document.querySelector('#body'), args)"
    for first, last in (
        ("The keeper", "ten."),
        ("house", "new"),
        ("wick", "write()"),
        ("rule", "two"),
        ("私", "stay."),
    ):
        reader.browser.js(SELECT, [first, last])
        told = reader.browser.js(measure.replace("args", "getSelection().getRangeAt(0)"))
        assert text[told["start"] : told["end"]] == told["exact"]
        assert told["exact"].startswith(first)
        assert told["exact"].endswith(last)
        assert text[: told["start"]].endswith(told["prefix"])
        assert text[told["end"] :].startswith(told["suffix"])


def test_a_highlight_goes_across_blocks_code_and_formulas(reader: Person) -> None:
    select(reader, "every night", "table says")
    reader.browser.click("#highlighter [data-color=pink]")
    reader.sees("Highlighted.")
    assert only(reader).startswith("every night at ten. Oil for the lamp A new wick lamp.trim(at=22)")
    assert only(reader).endswith("The rule is h=2, and the table says")
    here = [" ".join(text.split()) for text in texts_of_marks(reader)]
    open_reader(reader)
    assert [" ".join(text.split()) for text in texts_of_marks(reader)] == here
    assert "h=2" in here
    assert reader.browser.js("document.querySelector('mark > math') !== null")


def test_keys_reach_the_bar_highlight_and_write_a_note(reader: Person) -> None:
    select(reader, "Oil", "for the lamp")
    reader.browser.press("Tab")
    assert reader.browser.js("document.activeElement.dataset.color") == "yellow"
    reader.browser.press("Tab")
    reader.browser.press("Enter")
    reader.sees("Highlighted.")
    assert (marked(reader).highlights[0].color, only(reader)) == ("green", "Oil for the lamp")
    reader.browser.press("n")  # the paragraph on top
    until(lambda: reader.browser.js("document.activeElement.matches('#highlight-panel textarea')"))
    reader.browser.type("#highlight-panel textarea", "every night")
    reader.browser.click("#highlight-panel [value=save]")
    reader.sees("Saved.")
    first, second = marked(reader).highlights
    assert first.passage.exact == "The keeper of the old lighthouse trims the lamp every night at ten."
    assert (first.note, second.note) == ("every night", "")
    assert reader.browser.js("document.querySelector('#body mark').title") == "Green: every night"
    reader.browser.press("h")  # it is highlighted: it opens
    until(lambda: is_open(reader))
    reader.browser.press("Escape")
    assert len(marked(reader).highlights) == 2


def test_a_highlight_is_changed_deleted_and_taken_back(reader: Person) -> None:
    made = reader.server.library.marks.add(1, Selector(0, 10, "trims the lamp every"), "yellow", "a note")
    open_reader(reader)
    reader.browser.click("mark.highlight")
    until(lambda: is_open(reader))
    reader.browser.js("document.querySelector('#highlight-panel [value=blue]').click()")
    until(lambda: reader.browser.js("document.querySelector('mark.highlight').dataset.color") == "blue")
    reader.browser.type("#highlight-panel textarea", " and more")
    reader.browser.press("Escape")  # what was written is not lost
    until(lambda: "and more" in reader.server.library.marks.get(made.id).note)
    assert reader.server.library.marks.get(made.id).color == "blue"
    reader.browser.click("mark.highlight")
    reader.browser.click("#highlight-panel [value=delete]")
    reader.sees("Highlight deleted.")
    assert reader.browser.js("document.querySelectorAll('mark').length") == 0
    assert marked(reader).highlights == ()
    reader.browser.click("#told button")
    reader.sees("Highlight restored.")
    assert texts_of_marks(reader) == ["trims the lamp every"]
    assert only(reader) == "trims the lamp every"


def test_a_new_capture_keeps_highlights_in_place_and_lists_what_is_gone(reader: Person) -> None:
    for words in ("trims the lamp every", "Oil for the lamp"):
        reader.server.library.marks.add(1, Selector(0, len(words), words))
    changed = HTML.replace("<p>The keeper", "<p>It is said that nothing changes here. The keeper").replace(
        "Oil for the lamp", "Bread and tea"
    )
    save(reader, changed)
    open_reader(reader)
    assert texts_of_marks(reader, 1) == ["trims the lamp every"]
    assert texts_of_marks(reader, 2) == []
    notes = reader.browser.text("#notes")
    assert notes.index("trims the lamp every") < notes.index("No longer found in the text") < notes.index("Oil for")
    reader.browser.click("#notes li a")
    until(lambda: reader.browser.js("document.querySelector('#highlight-1').getBoundingClientRect().top >= 0"))


def test_the_note_on_the_article_is_kept_and_found(reader: Person) -> None:
    reader.browser.type("#article-note", "fresnel, first order")
    reader.browser.click(".article-note button")
    reader.sees("Saved.")
    assert marked(reader).note == "fresnel, first order"
    reader.browser.goto(f"{reader.server.url}/?q=fresnel+keeper")
    reader.sees("Your note: fresnel, first order")
    reader.browser.click(".hit h2 a")
    until(lambda: re.search(r"/read/1(\?.*)?#notes$", reader.browser.url()))


def test_all_highlights_are_searched_changed_and_lead_to_their_place(reader: Person) -> None:
    browser, marks = reader.browser, reader.server.library.marks
    browser.goto(f"{reader.server.url}/highlights")
    reader.sees("Nothing is highlighted yet.")
    made = marks.add(1, Selector(0, 10, "trims the lamp every"), "yellow", "routine")
    marks.add(1, Selector(0, 10, "Oil for the lamp"), "pink")
    browser.goto(f"{reader.server.url}/")
    browser.click(".top nav a[href='/highlights']")
    reader.sees("2 highlights and notes")
    browser.fill("#q", "routine")
    reader.sees("1 highlight or note")
    browser.click(".highlight-list summary")
    browser.type(".highlight-list textarea", "nightly, ")
    browser.click(".highlight-list [value=save]")
    until(lambda: "nightly" in marks.get(made.id).note)
    browser.click(".highlight-list summary")
    browser.click(".highlight-list [value=delete]")
    reader.sees("Highlight deleted.")
    browser.click(".notice .undo")
    reader.sees(marks.get(made.id).note)
    browser.click(".highlight-list blockquote a")
    until(lambda: browser.url().endswith(f"/read/1#highlight-{made.id}"))


@pytest.mark.in_chromium
@pytest.mark.parametrize("look", ["reader", "bar", "panel", "notes", "page", "empty"])
def test_it_is_for_everybody(reader: Person, look: str) -> None:
    browser, marks = reader.browser, reader.server.library.marks
    SCREENSHOTS.mkdir(exist_ok=True)
    save(reader, re.sub("<math>.*?</math>", "h = 2", HTML))  # in Firefox, axe takes any formula for one that scrolls
    if look != "empty":
        for words, color in (
            ("keeper of the old lighthouse", "yellow"), ("Oil for", "green"), ("new wick lamp.trim", "blue"),
            ("is h = 2, and", "pink"),
        ):  # fmt: skip
            marks.add(1, Selector(0, 1, words), color, f"A note on {words}")
        marks.set_note(1, "About the whole of it")
    browser.goto(f"{reader.server.url}/{'highlights' if look in ('page', 'empty') else 'read/1'}")
    for width in (1280, 390) if browser.name == "chromium" else (1280,):
        for dark in (False, True):
            browser.look(dark=dark, width=width)
            if look == "bar":
                select(reader, "trims", "night")
            elif look == "panel" and not is_open(reader):
                browser.click("mark.highlight")
                until(lambda: is_open(reader))
            elif look == "notes":
                browser.js("document.querySelector('#notes details').open = true")
                browser.js("document.querySelector('#notes').scrollIntoView()")
            name = f"marks-{look}-{width}-{'dark' if dark else 'light'}-{browser.name}.png"
            browser.screenshot(SCREENSHOTS / name)
            if dark == (width < 1280):  # axe in each light and at each width, not in every pair of them
                assert complaints(reader) == [], name
            assert browser.js("document.documentElement.scrollWidth") <= width, name
    browser.look(dark=False)
