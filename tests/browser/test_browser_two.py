"""Several browsers at one server: each is connected for itself, and none hears of the other."""

from __future__ import annotations

from browser.chromium import Chromium
from browser.firefox import Firefox
from browser.person import Person
from browser.servers import Quietpage, Site
from browser.waiting import until


def test_two_browsers_save_to_one_library_and_one_is_disconnected_alone(
    chromium: Chromium, firefox: Firefox, server: Quietpage, site: Site
) -> None:
    one, other = Person(chromium, server, site), Person(firefox, server, site)
    for person in (one, other):
        person.begin()
        person.connect()
    assert {each.name.split()[0] for each in server.library.browsers.all()} == {"Chrome", "Firefox"}
    one.save("cluttered")
    one.reads_title("Night trains return to the old capitals")
    first = next(browser for browser in server.library.browsers.all() if browser.name.startswith("Chrome"))
    server.library.browsers.revoke(first.id)
    other.stays()
    other.save("cluttered")
    other.card("Saved already")
    one.stays()
    one.save("strict")
    one.card("Quietpage no longer knows this browser")
    until(lambda: len(server.titles()) == 2)
