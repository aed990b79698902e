"""The server is away, or the background is stopped: what was clicked is kept, and arrives exactly once."""

from __future__ import annotations

from browser.person import Person
from browser.waiting import until


def test_a_page_saved_while_the_server_was_away_arrives_once(connected: Person) -> None:
    connected.server.stop()
    connected.save("cluttered")
    connected.badge("1")
    connected.server.start()
    connected.options()
    connected.sees("Night trains return to the old capitals")
    connected.browser.click("#send-all")
    until(lambda: len(connected.server.titles()) == 2)
    connected.badge("")
    assert connected.server.titles() == ["Night trains return to the old capitals", "The lighthouse keeps its lamp"]


def test_the_next_click_brings_what_waited(connected: Person) -> None:
    connected.server.stop()
    connected.save("cluttered")
    connected.badge("1")
    connected.server.start()
    connected.save("first")
    connected.reads_title("The lighthouse keeps its lamp")
    until(lambda: len(connected.server.titles()) == 2)
    connected.badge("")


def test_a_background_stopped_while_it_sent_sends_again_and_nothing_is_doubled(connected: Person) -> None:
    sent = connected.server.saves()
    connected.server.gate.clear()
    connected.save("cluttered")
    until(lambda: connected.server.saves() == sent + 1)
    connected.browser.stop_background()
    connected.server.gate.set()
    connected.options()
    connected.browser.click("#send-all")
    until(lambda: connected.server.saves() == sent + 2)
    connected.badge("")
    assert connected.server.titles() == ["Night trains return to the old capitals", "The lighthouse keeps its lamp"]


def test_what_waits_survives_a_stopped_background_and_is_retried_each_minute(connected: Person) -> None:
    connected.server.stop()
    connected.save("cluttered")
    connected.badge("1")
    connected.browser.stop_background()
    alarms = connected.browser.in_extension("(await chrome.alarms.getAll()).map((alarm) => alarm.periodInMinutes)")
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
