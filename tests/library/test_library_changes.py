"""Counting what changed between two captures."""

from __future__ import annotations

from quietpage.library.changes import changed_paragraphs

TEXT = "One.\n\nTwo.\n\nThree."


def test_the_same_text_has_not_changed() -> None:
    assert changed_paragraphs(TEXT, TEXT) == 0


def test_a_rewritten_paragraph_counts_once() -> None:
    assert changed_paragraphs(TEXT, "One.\n\nTwo, and more.\n\nThree.") == 1


def test_paragraphs_that_came_or_went_count_each() -> None:
    assert changed_paragraphs(TEXT, f"{TEXT}\n\nFour.\n\nFive.") == 2
    assert changed_paragraphs(TEXT, "One.") == 2


def test_one_that_only_moved_or_was_wrapped_anew_does_not_count() -> None:
    assert changed_paragraphs("One of\nthem.\n\nTwo.", "Two.\n\nOne of them.") == 0
