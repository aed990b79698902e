"""What is seen of a page is what is kept of it, and the page is left as it was, in both browsers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser.chromium import Chromium
from browser.firefox import Firefox
from browser.person import Person
from browser.waiting import until
from browser.zoo import REFUSED, ZOO, Zoo, captured

from quietpage.article import Article, Page
from quietpage.cleaner.pipeline import clean

UNWATCHED = ("patched", "large", "picture.png")  # all is broken; 20 MB take long to compare; holds no script


@pytest.fixture(scope="module")
def zoo() -> Iterator[Zoo]:
    zoo = Zoo()
    yield zoo
    zoo.stop()


@pytest.fixture(scope="module", autouse=True)
def one_tab(browser: Chromium | Firefox) -> None:
    browser.start_over()


@pytest.mark.parametrize("name", ZOO)
def test_what_is_seen_is_what_is_kept(browser: Chromium | Firefox, zoo: Zoo, name: str) -> None:
    kept = ZOO[name]
    browser.goto(zoo.address(name))
    until(lambda: browser.js(kept.ready))
    if name not in UNWATCHED:
        browser.js("window.watch()")
    asked = {key: value.replace("%PORT%", str(zoo.port)) for key, value in (kept.asked or {}).items()}
    read = captured(browser, browser.url(), asked)
    assert "html" in read, read
    if name not in UNWATCHED:
        assert browser.js("window.changes()") == []
    article = clean(Page(read["url"], read["html"], read["title"]))
    check(article, name)
    assert "secret-" not in read["html"]
    assert len(read["html"]) < 20 * 1024 * 1024


def check(article: Article, name: str) -> None:
    kept = ZOO[name]
    assert [words for words in kept.words if words not in article.text] == [], article.text
    assert [piece for piece in kept.html if piece not in article.html] == [], article.html[:3000]
    assert [words for words in kept.never if words in article.text + article.html] == []
    if kept.title:
        assert article.title == kept.title
    if kept.byline:
        assert article.byline == kept.byline
    if name == "right-to-left":
        assert (article.language, article.direction) == ("he", "rtl")


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_page_is_refused(browser: Chromium | Firefox, zoo: Zoo, name: str) -> None:
    browser.goto(zoo.address(name))
    assert captured(browser, zoo.address(name)) == {"reason": REFUSED[name]}


def test_a_click_lets_the_frames_of_the_site_be_read(ready: Person) -> None:
    ready.save("zoo/frames")
    text = ready.reads_title("A story in a frame")
    assert "schooner" in text
    assert "smuggler" not in text


def test_a_page_that_has_changed_becomes_a_new_version(ready: Person) -> None:
    editions = []
    for _ in range(2):
        ready.save("zoo/changing")
        ready.reads_title("A page that changes")
        kept = ready.server.library.lookup(f"{ready.site.url}/zoo/changing")
        assert kept is not None
        editions.append((kept.versions, kept.article.text))
    (first, before), (second, after) = editions
    assert (first, second) == (1, 2)
    assert before != after


def test_a_pdf_is_kept_where_the_browser_hands_it_over(ready: Person, zoo: Zoo) -> None:
    ready.browser.goto(f"http://site.test:{zoo.port}/zoo/light.pdf")
    ready.browser.press_button()
    if ready.browser.name == "firefox":  # its viewer belongs to the browser, and no extension may read it
        assert ready.badge("!")
        ready.options()
        return ready.sees("quietpage save FILE.pdf")
    ready.browser.select(lambda url, _: "/read/" in url and not url.endswith("/1"))
    ready.sees("counts the ships every evening with a telescope")
