"""What stands in <noscript>: a lazy picture's fallback, a notice, or the page itself."""

from __future__ import annotations

from quietpage.article import Removed
from quietpage.cleaner.metadata import Metadata
from quietpage.cleaner.tidy import tidy

STORY = "The ferry left the harbor before sunrise, and the whole town came down to the pier to watch it go. " * 5


def tidied(html: str) -> tuple[str, list[Removed]]:
    removed: list[Removed] = []
    return tidy(html, Metadata("A title"), "https://site.test/", removed), removed


def test_a_thread_for_browsers_without_scripts_is_kept() -> None:
    html, _ = tidied(f"<div><noscript><p>{STORY}</p></noscript></div>")
    assert STORY.strip() in html


def test_a_notice_for_browsers_without_scripts_goes() -> None:
    html, removed = tidied(f"<div><p>{STORY}</p><noscript>Please switch scripts on.</noscript></div>")
    assert "scripts" not in html
    assert [one.step for one in removed] == ["pictures"]


def test_one_noscript_inside_another_is_no_trouble() -> None:
    html, _ = tidied(f"<div><p>{STORY}</p><noscript>Scripts! <noscript>More scripts!</noscript></noscript></div>")
    assert "cripts" not in html
