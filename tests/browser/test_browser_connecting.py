"""One click connects: the page that was clicked arrives without another one. And what cuts the connection is said."""

from __future__ import annotations

import re

from browser.person import Person
from browser.servers import Impostor
from browser.waiting import until


def test_the_first_click_connects_and_shows_the_page_that_was_clicked(person: Person) -> None:
    person.save("first")
    person.browser.select(lambda url, _: "/connect/" in url)
    person.sees("The codes are the same")
    assert digits(person.browser.text("#page-code")) == digits(person.browser.text("#extension-code")) != ""
    person.browser.click("#allow")
    assert "For ninety years the lamp" in person.reads()
    assert person.server.titles() == ["The lighthouse keeps its lamp"]


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def test_nothing_is_sent_before_the_person_allows_it(person: Person) -> None:
    person.save("first")
    person.browser.select(lambda url, _: "/connect/" in url)
    person.sees("The codes are the same")
    person.browser.click("#ask button[value=refuse]")
    person.sees("Refused")
    assert person.server.saves() == 0
    assert person.badge("1")  # and the page is kept


def test_two_pages_clicked_before_connecting_both_arrive(person: Person) -> None:
    person.save("first")
    person.browser.select(lambda url, _: "/connect/" in url)
    person.badge("1")  # the first click has done all it does: what follows is the second's
    person.browser.new_tab(f"{person.site.url}/cluttered")
    person.browser.press_button()
    person.badge("2")
    person.allow()
    person.reads()
    until(lambda: len(person.server.titles()) == 2)


def test_a_browser_that_cannot_show_the_code_is_connected_by_hand(person: Person) -> None:
    person.save("first")
    person.browser.select(lambda url, _: "/connect/" in url)
    connect = person.browser.url()
    person.sees("The codes are the same")
    code = digits(person.browser.text("#page-code"))
    person.options()
    person.sees(f"{code[:3]} {code[3:]}")
    decide = "fetch(args, { method: 'POST', body: new URLSearchParams({ decision: 'allow' }) })"
    person.browser.goto(f"{person.server.url}/settings")  # away from the connect page, which would hand over the code
    assert person.browser.js(f"(await {decide}).status", connect) == 200
    person.options()
    person.browser.click("#allowed")
    until(lambda: person.server.titles() == ["The lighthouse keeps its lamp"])


def test_a_disconnected_browser_is_told_so_and_loses_nothing(connected: Person) -> None:
    for one in connected.server.library.browsers.all():
        connected.server.library.browsers.revoke(one.id)
    connected.save("cluttered")
    connected.is_led_to_options()
    connected.sees("disconnected")
    connected.sees("Night trains return to the old capitals")
    assert connected.server.titles() == ["The lighthouse keeps its lamp"]
    connected.browser.click("#connect")
    connected.allow()
    assert "Eleven years after" in connected.reads()
    assert len(connected.server.titles()) == 2


def test_a_server_that_cannot_prove_itself_gets_no_page_and_no_token(connected: Person, impostor: Impostor) -> None:
    token = connected.remembers("connection")["token"]
    connected.save("cluttered")
    connected.badge("1")
    assert impostor.asked
    assert {method for method, _, _ in impostor.asked} == {"GET"}
    assert not [path for _, path, _ in impostor.asked if token in path]
    connected.options()
    connected.browser.click("#test")
    connected.sees("Night trains return")
    until(lambda: connected.browser.js("document.querySelector('#state').dataset.state") == "stranger")
