"""The word lists' patterns: quick ones that say the same as slow ones would."""

from __future__ import annotations

import re

import pytest

from quietpage.cleaner import words
from quietpage.cleaner.words.clutter import BOX_CLASSES, BOX_HINT, RELATED_LEAD
from quietpage.cleaner.words.patterns import AnyCase, beginnings, phrases


def test_a_pattern_of_phrases_finds_the_longest_in_any_spacing() -> None:
    pattern = re.compile(phrases("read, read more, read more on this, más, rea"))
    assert [found[0] for found in pattern.finditer("read  more\non; read more on this, rea. más")] == [
        "read  more",
        "read more on this",
        "rea",
        "más",
    ]


@pytest.mark.parametrize("text", ["See Also: the mill", "LIRE AUSSI : le moulin", "İlgili haberler", "ЧИТАЙТЕ ТАКЖЕ"])
def test_a_lead_is_read_in_any_case_and_says_where_it_ends(text: str) -> None:
    found = RELATED_LEAD.match(text)
    assert found is not None
    assert text[found.end() :] in (": the mill", " : le moulin", "")


@pytest.mark.parametrize("name", [name for name, value in vars(words).items() if isinstance(value, AnyCase)])
def test_a_pattern_for_any_case_is_written_in_lower_case(name: str) -> None:
    letters = re.sub(r"\\.", "", getattr(words, name).pattern)
    assert letters == letters.lower()


def test_the_letters_an_alternative_begins_with_are_found() -> None:
    assert list(beginnings(r"\bads?\b|sign-?up|(?:post(?:er)?|user)-?(?:info|x)\b")) == ["ad", "sign", "post", "user"]
    with pytest.raises(ValueError, match="begins with no letters"):
        list(beginnings(r"\w+box"))


@pytest.mark.parametrize("names", ["newsletter", "div-share", "a tag-list", "post-author", "ad", "gdpr", "user-info x"])
def test_what_a_box_is_called_is_never_missed_by_the_hint(names: str) -> None:
    assert any(pattern.search(names) for pattern, _ in BOX_CLASSES)
    assert BOX_HINT.search(names.upper())
