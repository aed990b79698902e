"""The server is away, or the background is stopped: what was clicked is kept, and arrives exactly once."""

from __future__ import annotations

from browser.person import Person
from browser.waiting import until


def test_a_page_saved_while_the_server_was_away_arrives_once(ready: Person) -> None:
    ready.server.stop()
    ready.save("cluttered")
    ready.badge("1")
    ready.server.start()
    ready.options()
    ready.sees("Night trains return to the old capitals")
    ready.browser.click("#send-all")
    until(lambda: len(ready.server.titles()) == 2)
    ready.badge("")
    assert ready.server.titles() == ["Night trains return to the old capitals", "The lighthouse keeps its lamp"]


def test_the_next_click_brings_what_waited(ready: Person) -> None:
    ready.server.stop()
    ready.save("cluttered")
    ready.badge("1")
    ready.server.start()
    ready.save("first")
    ready.reads_title("The lighthouse keeps its lamp")
    until(lambda: len(ready.server.titles()) == 2)
    ready.badge("")


def test_a_background_stopped_while_it_sent_sends_again_and_nothing_is_doubled(ready: Person) -> None:
    sent = ready.server.saves()
    ready.server.gate.clear()
    ready.save("cluttered")
    until(lambda: ready.server.saves() == sent + 1)
    ready.browser.stop_background()
    ready.server.gate.set()
    ready.options()
    ready.browser.click("#send-all")
    until(lambda: ready.server.saves() == sent + 2)
    ready.badge("")
    assert ready.server.titles() == ["Night trains return to the old capitals", "The lighthouse keeps its lamp"]


def test_what_waits_survives_a_stopped_background_and_is_retried_each_minute(ready: Person) -> None:
    ready.server.stop()
    ready.save("cluttered")
    ready.badge("1")
    ready.browser.stop_background()
    alarms = ready.browser.in_extension("(await chrome.alarms.getAll()).map((alarm) => alarm.periodInMinutes)")
    assert alarms == [1]


def test_the_first_page_waits_for_a_server_that_was_not_started_yet(person: Person) -> None:
    person.server.stop()
    person.save("first")
    person.badge("1")
    person.options()
    person.sees("start.py")
    person.server.start()
    person.browser.click("#test")
    person.browser.click("#connect")
    person.browser.select(lambda url, _: "/connect/" in url)
