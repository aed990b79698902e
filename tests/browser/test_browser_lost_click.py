"""The background is stopped right after a click, before the page is read: the click is taken up, or said to be lost."""

from __future__ import annotations

from browser.person import Person
from browser.waiting import until

# What a background does with a click, in a page that is closed before anything comes of it.
ATTEND = """await (async () => {
  const { attend } = await import("/clicks.js");
  const tab = (await chrome.tabs.query({})).find((tab) => tab.url === args);
  await new Promise((begun) => void attend(tab, { after: "same" }, () => (begun(), new Promise(() => {}))));
  await chrome.alarms.get(""); // what was asked for before is done by now
})()"""


def lose_click(person: Person) -> None:
    """Click once, which lets the extension into the tab; once more, and the background is stopped at once."""
    person.stays()
    person.save("cluttered")
    person.card("Saved")
    person.browser.stop_background()
    person.browser.in_extension(ATTEND, person.browser.url())


def test_a_click_whose_background_is_stopped_is_taken_up_as_it_was_meant(ready: Person) -> None:
    lose_click(ready)
    ready.reads_title("Night trains return to the old capitals")
    until(lambda: not ready.browser.in_extension("Object.keys(await chrome.storage.session.get(null)).length"))


def test_whoever_has_gone_on_meanwhile_is_told_that_it_was_lost(ready: Person) -> None:
    lose_click(ready)
    ready.visit("first")
    until(lambda: (ready.remembers("notice") or {}).get("reason") == "click_lost")
    assert len(ready.server.titles()) == 2
    ready.options()
    ready.sees("press the button again")
