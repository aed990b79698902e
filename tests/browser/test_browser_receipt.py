"""Whoever stays on the page gets a receipt in its corner: what was kept, what may be wrong, and a way back."""

from __future__ import annotations

from browser.firefox import Firefox
from browser.person import Person
from browser.waiting import until

NIGHT_TRAINS = "Night trains return to the old capitals"


def test_whoever_stays_sees_within_a_second_what_was_kept(ready: Person) -> None:
    ready.stays()
    ready.save("cluttered")
    page = ready.browser.url()
    said = ready.card("Saved")
    assert NIGHT_TRAINS in said and "Words kept:" in said and "Read" in said
    assert ready.browser.url() == page
    ready.badge("✓")
    assert ready.browser.js("document.querySelector('quietpage-receipt').shadowRoot") is None


def test_what_was_just_saved_can_be_taken_back_and_back_again(ready: Person) -> None:
    ready.stays()
    ready.save("cluttered")
    ready.card("Saved")
    ready.press_on_card("Undo")
    ready.card("Moved to the trash")
    assert ready.server.titles() == ["The lighthouse keeps its lamp"]
    ready.press_on_card("Take back")
    ready.card("Taken out of the trash")
    assert len(ready.server.titles()) == 2


def test_tags_are_given_on_the_receipt_and_completed_from_the_library(ready: Person) -> None:
    ready.server.library.shelf.tag([1], add=["railways"])
    ready.stays()
    ready.save("cluttered")
    ready.card("Saved")
    ready.press_on_card("Tag")
    until(lambda: ready.browser.in_card("return card.querySelector('datalist')?.options[0]?.value") == "railways")
    ready.browser.in_card("card.querySelector('input').value = 'railways, night'")
    ready.press_on_card("Add")
    ready.card("Tags: night, railways")
    assert ready.server.library.search("tag:night").total == 1


def test_the_receipt_leads_to_the_clean_page(ready: Person) -> None:
    ready.stays()
    ready.save("cluttered")
    ready.card("Saved")
    ready.press_on_card("Read")
    ready.reads_title(NIGHT_TRAINS)


def test_a_page_saved_again_says_so(ready: Person) -> None:
    ready.stays()
    ready.save("first")
    ready.card("Saved")
    ready.save("first")
    said = ready.card("Saved already")
    assert "Unchanged since" in said and "Undo" not in said
    ready.visit("first")
    ready.browser.js("document.querySelector('p').textContent = 'Another beginning, with other words than before.'")
    ready.browser.press_button()
    said = ready.card("Saved as a new version")
    assert "Paragraphs changed since" in said
    assert ready.server.library.get(1).versions == 2
    ready.press_on_card("Undo")
    ready.card("The version before is back")
    kept = ready.server.library.get(1)
    assert (kept.versions, "Another beginning" in kept.article.text) == (1, False)


def test_a_strict_policy_of_the_page_does_not_hinder_it(ready: Person) -> None:
    ready.stays()
    ready.save("strict")
    ready.card("Saved")
    look = "const { position, zIndex } = getComputedStyle(card.getRootNode().host); return position + zIndex"
    assert ready.browser.in_card(look) == "fixed2147483647"
    assert ready.browser.in_card("return getComputedStyle(card).borderTopLeftRadius") == "14px"


def test_a_server_that_is_away_is_said_to_be_so_and_the_page_is_kept(ready: Person) -> None:
    ready.stays()
    ready.server.stop()
    ready.save("cluttered")
    assert "Quietpage is not running" in ready.card("Kept in this browser")
    ready.badge("1")


def test_whoever_wants_no_receipts_gets_none(ready: Person) -> None:
    ready.stays()
    ready.browser.in_extension("chrome.storage.local.set({ withoutReceipt: true })")
    ready.save("cluttered")
    ready.badge("✓")
    assert ready.browser.js("document.querySelector('quietpage-receipt')") is None


def test_the_keys_save_quietly_and_lead_into_the_receipt(ready: Person) -> None:
    if not isinstance(ready.browser, Firefox):
        return  # Chromium offers no way to its shortcuts; the unit tests stand in
    ready.visit("cluttered")
    ready.browser.press_shortcut("S")
    ready.card("Saved")
    ready.browser.press_shortcut("S")
    until(lambda: ready.browser.in_card("return card.getRootNode().activeElement?.textContent") == "Read")
    ready.browser.press("Escape")
    until(lambda: ready.browser.js("document.querySelector('quietpage-receipt') === null"))
