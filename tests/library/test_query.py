"""What a person types becomes terms."""

from __future__ import annotations

import random

import pytest

from quietpage.library.query import MAX_TERMS, Term, parse


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("two words", [Term("two"), Term("words")]),
        ('"a phrase" word', [Term("a phrase"), Term("word")]),
        ("“a phrase”", [Term("a phrase")]),
        ('"left open', [Term("left open")]),
        ("begin*", [Term("begin", prefix=True)]),
        ("don't e-mail 3.11", [Term("don't"), Term("e-mail"), Term("3.11")]),
        ("北京tower", [Term("北京", unspaced=True), Term("tower")]),
        ("हिन्दी किताब", [Term("हिन्दी"), Term("किताब")]),
        ("cafe\u0301s", [Term("cafe\u0301s")]),
        ("same same", [Term("same")]),
        ("!?* ()", []),
        ('""', []),
        ("", []),
    ],
)
def test_a_search_has_these_terms(text: str, terms: list[Term]) -> None:
    assert list(parse(text).terms) == terms


def test_only_an_empty_search_is_blank() -> None:
    assert parse(" \n").blank
    assert not parse("!").blank


def test_endless_searches_are_cut() -> None:
    assert len(parse(" ".join(f"w{number}" for number in range(1000))).terms) == MAX_TERMS


def test_any_text_is_a_valid_search() -> None:
    characters = "ab\u0301ि \"'*()-:^{}[]\\/+~<>=!?%_北ไ\u202e\x00\ud800😀“”„«»"
    source = random.Random(1)
    for _ in range(3000):
        text = "".join(source.choices(characters, k=source.randint(0, 30)))
        for term in parse(text).terms:
            assert any(character.isalnum() for character in term.text)
