"""Pictures of a saved page: brought after its text, shown in the reader, and nothing asked of the web ever after."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser.person import Person
from browser.servers import Gallery
from browser.waiting import until
from images import png

PICTURES = {
    "/own/pier.png": png(800, 450, (74, 111, 140)),
    "/own/later.png": png(700, 400, (190, 150, 90)),
    "/open/boat.png": png(640, 480, (150, 80, 50)),
    "/closed/net.png": png(640, 360, (90, 120, 90)),
    "within": png(120, 90, (120, 60, 90)) + bytes(9000),  # a smaller one within the page stands in for another
}
LOADED = "[...document.querySelectorAll('.body img')].filter((one) => one.complete && one.naturalWidth).length"


@pytest.fixture
def gallery() -> Iterator[Gallery]:
    gallery = Gallery(PICTURES)
    yield gallery
    gallery.stop()


def save(person: Person, gallery: Gallery) -> None:
    """Save the page with pictures, and wait for its reader."""
    person.browser.goto(f"{gallery.url}/gallery")
    person.browser.press_button()
    person.reads_title("Five boats and the tide")


def kept(person: Person) -> list[str]:
    """The paths of the pictures from the web that the server has."""
    newest = person.server.library.recent().hits[0]
    assert newest.title.startswith("Five boats")
    sources = person.server.library.images.of(newest.id)
    return sorted(source.split("/", 3)[3] for source in sources if source.startswith("http"))


def test_pictures_are_kept_where_the_browser_may_read_them_and_reading_asks_nothing_of_the_web(
    ready: Person, gallery: Gallery
) -> None:
    save(ready, gallery)
    until(lambda: len(kept(ready)) == 3, otherwise=lambda: f"kept: {kept(ready)}")
    assert kept(ready) == ["open/boat.png", "own/later.png", "own/pier.png"]
    ready.sees("2 of 6 pictures are not kept.")  # without being loaded anew
    ready.sees("Nets hung out to dry")
    newest = ready.server.library.recent().hits[0].id
    until(lambda: newest in ready.server.library.images.thumbnails([newest]))
    asked = len(gallery.asked)
    ready.browser.js("location.reload()")
    ready.reads_title("Five boats and the tide")
    ready.browser.js("document.querySelectorAll('.body img').forEach((one) => one.setAttribute('loading', 'eager'))")
    until(lambda: ready.browser.js(LOADED) == 4)
    loaded = ready.browser.js("performance.getEntriesByType('resource').map((one) => one.name)")
    assert all(name.startswith((ready.server.url, "data:")) for name in loaded), loaded
    assert gallery.asked[asked:] == []


def test_a_picture_chosen_in_its_menu_is_an_article_of_its_own(ready: Person, gallery: Gallery) -> None:
    ready.browser.agree()
    if ready.browser.name == "chromium":  # whose menus nobody can choose from: they would give this by themselves
        ready.browser.in_extension("chrome.permissions.request({ origins: ['http://site.test/*'] })")
    ready.browser.goto(f"{gallery.url}/gallery")
    address = ready.browser.js("document.querySelector('[alt^=Nets]').src")
    ready.browser.choose("image", srcUrl=address)
    assert "Words kept: 5 of 5" in ready.card("Saved")
    if ready.browser.name == "chromium":  # the page that stood for the menu is gone, and its alarm rings in a minute
        ready.browser.in_extension("await (await import('/pictures.js')).resume()")
    until(lambda: kept(ready) == ["closed/net.png"])
    newest = ready.server.library.recent().hits[0].id
    assert ready.server.library.get(newest).article.text == "Nets hung out to dry"
    ready.browser.in_extension(
        "chrome.permissions.remove({ origins: ['http://site.test/*', 'http://elsewhere.test/*'] })"
    )


def test_pictures_from_every_site_are_kept_once_the_person_allows_it(ready: Person, gallery: Gallery) -> None:
    save(ready, gallery)
    until(lambda: len(kept(ready)) == 3)
    ready.options()
    ready.browser.agree()
    ready.browser.click("#pictures-allow")
    ready.sees("may read pictures from every site")
    until(lambda: "closed/net.png" in kept(ready))
    ready.browser.click("#pictures-forbid")
    ready.sees("pictures of the site you are on")
    ready.server.stop()
    ready.browser.click("#test")
    until(lambda: ready.browser.js("document.querySelector('#state').dataset.state") == "down")
