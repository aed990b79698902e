"""A table within a cell that is struck goes with it."""

from __future__ import annotations

from quietpage.article import Removed
from quietpage.cleaner.metadata import Metadata
from quietpage.cleaner.tidy import tidy

STORY = "The ferry left the harbor before sunrise, and the whole town came down to the pier to watch it go. " * 5


def test_a_table_in_a_column_of_links_is_no_trouble() -> None:
    links = "".join(f'<a href="/{number}">Story {number}</a> ' for number in range(5))
    column = f"<td><table><tr><td>{links}</td></tr></table></td>"
    removed: list[Removed] = []
    html = tidy(
        f"<table><tr>{column}<td><p>{STORY}</p></td></tr></table>", Metadata("T"), "https://site.test/", removed
    )
    assert STORY.strip() in html
    assert "Story 3" not in html
    assert [one.step for one in removed] == ["tables"]
