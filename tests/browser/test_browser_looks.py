"""How the pages look and who can use them: axe-core, phone width, nothing from elsewhere, pictures to look at.

The pictures are left in ``tests/browser/screenshots``, for people.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from browser.chromium import Chromium
from browser.firefox import Firefox
from browser.person import Person
from browser.waiting import until
from images import png

from quietpage.article import Article, Page

HERE = Path(__file__).parent
AXE = HERE.parent / "node_modules" / "axe-core" / "axe.min.js"
SCREENSHOTS = HERE / "screenshots"
WIDTHS = {"desk": 1280, "phone": 390}

Go = Callable[[Person], None]


def reader(person: Person, article: int = 1) -> None:
    person.browser.goto(f"{person.server.url}/read/{article}")


def appearance(person: Person) -> None:
    """The reader's panel of how articles look."""
    reader(person)
    person.browser.click("[popovertarget=appearance]")
    until(lambda: person.browser.js("document.querySelector('.looks').matches('.in-fonts')"))


def mirrored(person: Person) -> None:
    """An article from right to left, to somebody who reads the pages from left to right."""
    text = "جلس البحّار العجوز على الرصيف ينظر إلى البحر الذي ينحسر ببطء عن الرمال، <em>كما كان يفعل</em> كل مساء. "
    html = f"<p>{text * 4}</p><h2>القوارب</h2><ul><li>{text}</li></ul><blockquote><p>{text * 2}</p></blockquote>"
    article = Article(url="https://ar.example/", title="خمسة قوارب والمدّ البطيء", html=html, text=text)
    article = replace(article, language="ar", direction="rtl")
    reader(person, person.server.library.save(article, Page(article.url, article.html)).id)


def passage(person: Person) -> None:
    """An article opened where a search found it."""
    person.server.library.shelf.tag([1], add=["sea", "slow reading"])
    person.browser.goto(f"{person.server.url}/read/1?q=lamp#match")
    until(lambda: person.browser.js("document.querySelector('.marks') !== null"))


def beside(person: Person) -> None:
    """The end of an article that has a copy elsewhere and a related article."""
    kept = person.server.app.extensions["quietpage"].library
    own = [f"{first}{second}{third}" for first in "bdfgk" for second in ("ara", "ilo") for third in ("n", "s", "t")]
    stories = {"one": own * 2, "copy": own * 2, "other": [*own[::-1], *own[::2]]}
    others = {f"far{number}": [f"{word}{number}" for word in own] for number in range(12)}
    for name, words in (stories | others).items():
        text = " ".join([*words, *"the of and to in is that it was for".split() * 3])
        article = Article(url=f"https://{name}.example/", title=f"Story {name}", html=f"<p>{text}</p>", text=text)
        saved = kept.save(article, Page(article.url, article.html))
        if name == "one":
            person.browser.goto(f"{person.server.url}/read/{saved.id}")
    person.browser.js("location.reload()")
    until(lambda: person.browser.js("document.querySelector('section.related') !== null"))
    assert "Also saved from copy.example" in person.browser.text("main")
    assert "Story other" in person.browser.text(".related")
    person.browser.js("document.querySelector('.related').scrollIntoView()")


def pictures(person: Person) -> None:
    """An article with pictures, one of which is not kept, and one that may still come."""
    reader(person, keep_pictures(person))
    person.browser.js("document.querySelector('[data-picture=\"3\"]').scrollIntoView({ block: 'center' })")


def keep_pictures(person: Person) -> int:
    """Keep an article of three pictures with the first of them, and a thumbnail."""
    kept = person.server.library
    urls = [f"https://pictures.example/{name}.jpg" for name in ("pier", "boat", "net")]
    text = "The water left the harbor, and the boats settled one after the other into the mud. " * 6
    html = (
        f'<p>{text}</p><figure><img src="{urls[0]}" alt="The pier" width="800" height="450">'
        f'<figcaption>The pier at low water.</figcaption></figure><p>{text}</p><figure><img src="{urls[1]}" '
        f'alt="A boat with a brown sail"><figcaption>She was built before the railway came.</figcaption></figure>'
        f'<p>{text}</p><p><img src="{urls[2]}" width="640" height="360"></p><p>{text}</p>'
    )
    article = Article(url=urls[0], title="Five boats and the tide", html=html, text=text, site="The Slipway")
    saved = kept.save(replace(article, excerpt=text[:160]), Page(article.url, article.html))
    kept.images.keep(saved.id, urls[0], png(800, 450, (74, 111, 140)))
    kept.images.keep_thumbnail(saved.id, png(240, 180, (74, 111, 140)))
    return saved.id


def thumbnails(person: Person) -> None:
    keep_pictures(person)
    library(person)


def library(person: Person) -> None:
    person.browser.goto(f"{person.server.url}/")


def search(person: Person) -> None:
    person.browser.goto(f"{person.server.url}/?q=lamp")


def nothing_found(person: Person) -> None:
    person.browser.goto(f"{person.server.url}/?q=nowhereword")


def filters(person: Person) -> None:
    """The library with filters open, tags and a selected article."""
    shelf = person.server.library.shelf
    shelf.tag([1], add=["sea", "slow reading"])
    shelf.mark([1], state="reading", favorite=True, progress=0.4)
    person.server.library.searches.keep("Sea, unread", "tag:sea is:unread")
    person.browser.goto(f"{person.server.url}/?q=lamp")
    person.browser.js("document.querySelector('.side').open = true")
    person.browser.js("document.querySelector('.pick input').click()")


def keys(person: Person) -> None:
    person.browser.goto(f"{person.server.url}/")
    person.browser.press("?")
    person.sees("Article before")


def tags(person: Person) -> None:
    person.server.library.shelf.tag([1], add=["sea", "slow reading"])
    person.browser.goto(f"{person.server.url}/tags")


def trash(person: Person) -> None:
    person.server.library.delete(1)
    person.browser.goto(f"{person.server.url}/trash")


def deleted(person: Person) -> None:
    person.server.library.delete(1)
    person.browser.goto(f"{person.server.url}/?deleted=1")


def importing(person: Person) -> None:
    """A file was just brought in, and one of its rows skipped."""
    person.browser.goto(f"{person.server.url}/import")
    table = "title,url,time_added,tags,status\\nA,https://a.example/,1,,unread\\nB,nowhere,1,,unread\\n"
    person.browser.js(
        f"""(() => {{
          const files = new DataTransfer();
          files.items.add(new File(["{table}"], "pocket.csv"));
          document.querySelector("#file").files = files.files;
        }})()"""
    )
    person.browser.click("[value=import]")
    until(lambda: person.browser.js("document.querySelector('.arrived') !== null"))
    person.browser.click(".arrived summary")


def statistics(person: Person) -> None:
    person.browser.goto(f"{person.server.url}/statistics")


def removed(person: Person) -> None:
    person.browser.goto(f"{person.server.url}/read/1/removed")


def welcome(person: Person) -> None:
    person.browser.goto(f"{person.server.url}/welcome")


def settings(person: Person) -> None:
    person.browser.goto(f"{person.server.url}/settings")


def options(person: Person) -> None:
    person.options()
    until(lambda: person.browser.js("document.body.dataset.ready") is not None)


def panel(person: Person) -> None:
    """A page waits, another one was refused."""
    person.server.stop()
    person.save("cluttered")
    person.badge("1")
    person.save("sparse")
    person.badge("2")
    person.browser.in_extension(
        "(await import('/outbox.js')).mark((await (await import('/outbox.js')).all())[0].capture_id,"
        " { state: 'failed', trouble: 'large', reason: 'The HTML of the page is longer than 20 MiB.' })"
    )
    person.browser.new_tab(f"{person.browser.base}/panel.html")
    until(lambda: person.browser.js("document.body.dataset.ready") is not None)


def privacy(person: Person) -> None:
    person.browser.new_tab(f"{person.browser.base}/privacy.html")
    until(lambda: person.browser.js("document.body.dataset.ready") is not None)


def empty_panel(person: Person) -> None:
    person.browser.new_tab(f"{person.browser.base}/panel.html")
    until(lambda: person.browser.js("document.body.dataset.ready") is not None)


def sign_in(person: Person) -> None:
    person.forget_session()
    person.browser.goto(f"{person.server.url}/sign-in")


SHELF: tuple[Go, ...] = (
    library,
    thumbnails,
    search,
    filters,
    keys,
    nothing_found,
    tags,
    trash,
    deleted,
    statistics,
    importing,
)
READER: tuple[Go, ...] = (reader, appearance, mirrored, pictures, passage, beside, removed)
SERVED: tuple[Go, ...] = (*READER, *SHELF, welcome, settings, sign_in)
IN_EXTENSION: tuple[Go, ...] = (options, empty_panel, panel, privacy)
IN_BOTH = (reader, library, settings, options)


def widths(browser: Chromium | Firefox) -> list[tuple[str, int]]:
    """The sizes to look at: Firefox's window cannot be made as narrow as a phone."""
    return [("desk", WIDTHS["desk"])] if browser.name == "firefox" else list(WIDTHS.items())


@pytest.fixture
def picture() -> Callable[[Person, str], None]:
    """Look at the current page in every light and width: take its picture, and ask its width.

    Axe is asked in each light and at each width, not in every pair of them: it takes the longest.
    """
    SCREENSHOTS.mkdir(exist_ok=True)

    def take(person: Person, name: str) -> None:
        browser = person.browser
        try:
            for size, width in widths(browser):
                for dark in (False, True):
                    browser.look(dark=dark, width=width)
                    light = "dark" if dark else "light"
                    browser.screenshot(SCREENSHOTS / f"{name}-{size}-{light}-{browser.name}.png")
                    if dark == (size == "phone") or len(widths(browser)) == 1:
                        assert complaints(person) == [], f"{name}, {size}, {light}"
                    wide = browser.js("document.documentElement.scrollWidth")
                    assert wide <= width, f"{name} is {wide} px wide on a screen of {width}"
        finally:
            browser.look(dark=False)

    return take


def complaints(person: Person) -> list[str]:
    """What axe-core finds wrong, as short texts."""
    person.browser.run(AXE.read_text(encoding="utf-8"))
    found = person.browser.js("(await axe.run()).violations")
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


def each(pages: tuple[Go, ...]) -> list[object]:
    """A test of each page: of some in both browsers."""
    one = pytest.mark.in_chromium
    return [pytest.param(page, id=page.__name__, marks=() if page in IN_BOTH else one) for page in pages]


@pytest.mark.parametrize("page", each(SERVED))
def test_a_page_is_for_everybody(visitor: Person, picture: Callable[[Person, str], None], page: Go) -> None:
    visitor.is_known()
    page(visitor)
    picture(visitor, page.__name__.replace("_", "-"))


@pytest.mark.parametrize("page", each(IN_EXTENSION))
def test_a_page_of_the_extension_is_for_everybody(
    ready: Person, picture: Callable[[Person, str], None], page: Go
) -> None:
    page(ready)
    picture(ready, page.__name__.replace("_", "-"))


def test_the_connect_page_is_for_everybody(person: Person, picture: Callable[[Person, str], None]) -> None:
    person.save("first")
    person.browser.select(lambda url, _: "/connect/" in url)
    until(lambda: person.browser.js("document.querySelector('#allow')?.disabled === false"))
    picture(person, "connect")


def test_an_empty_library_is_for_everybody(visitor: Person, picture: Callable[[Person, str], None]) -> None:
    library(visitor)
    picture(visitor, "empty-library")


def test_no_page_loads_anything_from_elsewhere(visitor: Person) -> None:
    visitor.is_known()
    for page in (reader, beside, library, search, removed, welcome, settings):
        page(visitor)
        loaded = visitor.browser.js("performance.getEntriesByType('resource').map((one) => one.name)")
        assert loaded, page.__name__
        assert all(name.startswith(visitor.server.url) for name in loaded), loaded
