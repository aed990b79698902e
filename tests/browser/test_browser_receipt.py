"""Whoever stays on the page gets a receipt in its corner: what was kept, what may be wrong, and a way back."""

from __future__ import annotations

from browser.firefox import Firefox
from browser.person import Person
from browser.waiting import until

NIGHT_TRAINS = "Night trains return to the old capitals"


def test_whoever_stays_sees_within_a_second_what_was_kept(connected: Person) -> None:
    connected.stays()
    connected.save("cluttered")
    page = connected.browser.url()
    said = connected.card("Saved")
    assert NIGHT_TRAINS in said and "Words kept:" in said and "Read" in said
    assert connected.browser.url() == page
    connected.badge("✓")
    assert connected.browser.js("document.querySelector('quietpage-receipt').shadowRoot") is None


def test_what_was_just_saved_can_be_taken_back_and_back_again(connected: Person) -> None:
    connected.stays()
    connected.save("cluttered")
    connected.card("Saved")
    connected.press_on_card("Undo")
    connected.card("Moved to the trash")
    assert connected.server.titles() == ["The lighthouse keeps its lamp"]
    connected.press_on_card("Take back")
    connected.card("Taken out of the trash")
    assert len(connected.server.titles()) == 2


def test_tags_are_given_on_the_receipt_and_completed_from_the_library(connected: Person) -> None:
    connected.server.library.shelf.tag([1], add=["railways"])
    connected.stays()
    connected.save("cluttered")
    connected.card("Saved")
    connected.press_on_card("Tag")
    until(lambda: connected.browser.in_card("return card.querySelector('datalist')?.options[0]?.value") == "railways")
    connected.browser.in_card("card.querySelector('input').value = 'railways, night'")
    connected.press_on_card("Add")
    connected.card("Tags: night, railways")
    assert connected.server.library.search("tag:night").total == 1


def test_the_receipt_leads_to_the_clean_page(connected: Person) -> None:
    connected.stays()
    connected.save("cluttered")
    connected.card("Saved")
    connected.press_on_card("Read")
    connected.reads_title(NIGHT_TRAINS)


def test_a_page_saved_again_says_so(connected: Person) -> None:
    connected.stays()
    connected.save("first")
    said = connected.card("Saved already")
    assert "Unchanged since" in said and "Undo" not in said
    connected.visit("first")
    connected.browser.js("document.querySelector('p').textContent = 'Another beginning, with other words than before.'")
    connected.browser.press_button()
    said = connected.card("Saved as a new version")
    assert "Version 2. Paragraphs changed since" in said and "Move to the trash" in said


def test_a_strict_policy_of_the_page_does_not_hinder_it(connected: Person) -> None:
    connected.stays()
    connected.save("strict")
    connected.card("Saved")
    look = "const { position, zIndex } = getComputedStyle(card.getRootNode().host); return position + zIndex"
    assert connected.browser.in_card(look) == "fixed2147483647"
    assert connected.browser.in_card("return getComputedStyle(card).borderTopLeftRadius") == "14px"


def test_a_server_that_is_away_is_said_to_be_so_and_the_page_is_kept(connected: Person) -> None:
    connected.stays()
    connected.server.stop()
    connected.save("cluttered")
    assert "Quietpage is not running" in connected.card("Kept in this browser")
    connected.badge("1")


def test_whoever_wants_no_receipts_gets_none(connected: Person) -> None:
    connected.stays()
    connected.browser.in_extension("chrome.storage.local.set({ withoutReceipt: true })")
    connected.save("cluttered")
    connected.badge("✓")
    assert connected.browser.js("document.querySelector('quietpage-receipt')") is None


def test_the_keys_save_quietly_and_lead_into_the_receipt(connected: Person) -> None:
    if not isinstance(connected.browser, Firefox):
        return  # Chromium offers no way to its shortcuts; the unit tests stand in
    connected.visit("cluttered")
    connected.browser.press_shortcut("S")
    connected.card("Saved")
    connected.browser.press_shortcut("S")
    until(lambda: connected.browser.in_card("return card.getRootNode().activeElement?.textContent") == "Read")
    connected.browser.press("Escape")
    until(lambda: connected.browser.js("document.querySelector('quietpage-receipt') === null"))
