"""How the receipt looks, and who can use it: axe-core, phone width, right to left, pictures for people.

Its tree is closed, also to axe-core. So its own code is run here as the page's, with the tree left open.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from browser.conftest import EXTENSION
from browser.person import Person
from browser.test_browser_looks import SCREENSHOTS, complaints
from browser.waiting import until

WORDS = json.loads((EXTENSION / "_locales" / "en" / "messages.json").read_text(encoding="utf-8"))
CARD = (EXTENSION / "receipt-card.js").read_text(encoding="utf-8").replace("export function", "function")


def word(key: str) -> str:
    return WORDS[key]["message"]


def acts(*names: str) -> list[dict[str, str]]:
    return [{"name": name, "label": word(f"card_{name}")} for name in names]


VIEWS: dict[str, dict[str, Any]] = {
    "saved": {
        "heading": word("card_created"),
        "title": "Night trains return to the old capitals",
        "facts": ["Words kept: 1,204 of 1,880", "Pictures kept: 3"],
        "acts": acts("read", "tag", "undo"),
    },
    "version": {
        "heading": word("card_updated"),
        "title": "An unusually long headline about the many lines that will leave at dusk from December on, and arrive",
        "facts": ["Words kept: 214 of 1,880", "Version 2. Paragraphs changed since May 3, 2026: 4"],
        "warnings": ["Only 11 % of the text on this page was kept. Read it, to see whether something is missing."],
        "acts": acts("read", "tag", "undo"),
        "tone": "ask",
    },
    "waiting": {
        "heading": word("card_waiting"),
        "facts": [word("trouble_down")],
        "warnings": [word("room_text")],
        "acts": acts("more"),
        "tone": "ask",
    },
    "right-to-left": {
        "heading": "נשמר",
        "title": "רכבות הלילה חוזרות לבירות הישנות",
        "facts": ["מילים שנשמרו: 1,204 מתוך 1,880"],
        "acts": [{"name": "read", "label": "לקרוא"}, {"name": "tag", "label": "לתייג"}],
        "language": "he",
        "direction": "rtl",
    },
}
PLAIN = {"tone": "good", "title": "", "facts": [], "warnings": [], "acts": [], "language": "en", "direction": "ltr"}
PLAIN["words"] = {name: word(f"card_{name}") for name in ("region", "close", "tags", "add")}
TREE = "document.querySelector('quietpage-receipt').shadowRoot"
SHOW = """(() => {
  document.querySelector("quietpage-receipt")?.remove();
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function () { return attach.call(this, { mode: "open" }); };
  window.chrome = { runtime: { sendMessage: async () => ["sea", "seasons", "slow reading"] } };
  CARD
  showCard(VIEW);
  Element.prototype.attachShadow = attach;
})()"""


@pytest.mark.in_chromium
@pytest.mark.parametrize("name", VIEWS)
def test_a_receipt_is_for_everybody(visitor: Person, name: str) -> None:
    browser = visitor.browser
    visitor.visit("cluttered")
    try:
        for width in (1280, 390):
            for dark in (False, True):
                browser.look(dark=dark, width=width)
                browser.run(SHOW.replace("CARD", CARD).replace("VIEW", json.dumps(PLAIN | VIEWS[name])))
                until(lambda: browser.js(f"{TREE}.querySelector('.head')"))
                if name == "version":
                    browser.js(f"[...{TREE}.querySelectorAll('.acts button')][1].click()")
                size, light = "desk" if width > 400 else "phone", "dark" if dark else "light"
                browser.screenshot(SCREENSHOTS / f"receipt-{name}-{size}-{light}-{browser.name}.png")
                assert [
                    one for one in complaints(visitor) if "quietpage" in one or "card" in one or "acts" in one
                ] == []
                box = browser.js("document.querySelector('quietpage-receipt').getBoundingClientRect().toJSON()")
                shown = browser.js("[innerWidth, innerHeight]")
                assert box["left"] >= 0 and box["right"] <= shown[0] and box["bottom"] <= shown[1], box
    finally:
        browser.look(dark=False)
