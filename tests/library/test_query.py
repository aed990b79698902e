"""What a person types becomes a tree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quietpage.library.filters import Fact, Holds, Range
from quietpage.library.query import MAX_TERMS, All, Any, Not, Part, Query, Term, parse

ONE, TWO, THREE = Term("one"), Term("two"), Term("three")
SIGNS = "ab\u0301ि \"'*()-:^{}[]\\/+~<>=!?%_#北ไ\u202e\x00\ud800😀“”„«»"
PIECES = [*SIGNS, "OR ", "AND ", " title:", " saved:>20", " is:", " #"]


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


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("one -two", All((ONE, Not(TWO)))),
        ('-"one two"', Not(Term("one two"))),
        ("one OR two", Any((ONE, TWO))),
        ("one two OR three", Any((All((ONE, TWO)), THREE))),
        ("one (two OR three)", All((ONE, Any((TWO, THREE))))),
        ("one AND two", All((ONE, TWO))),
        ("one -(two three)", All((ONE, Not(All((TWO, THREE)))))),
        ("title:one byline:two*", All((Term("one", column="title"), Term("two", prefix=True, column="byline")))),
        ('Title:"one two"', Term("one two", column="title")),
        ("title:北京", Holds("title", "北京")),
        ("one-two", Term("one-two")),
        ("one - two", All((ONE, TWO))),
        ("OR", Term("OR")),
        ("one OR", All((ONE, Term("OR")))),
        ("one or two", All((ONE, Term("or"), TWO))),
        ("((one", ONE),
        ("one) two", All((ONE, TWO))),
        ("()", None),
        ("https://one", All((Term("https"), ONE))),
    ],
)
def test_operators_make_a_tree(text: str, tree: Part | None) -> None:
    assert parse(text).tree == tree


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("site:harbor.example", Fact("site", "harbor.example")),
        ("lang:pt-BR", Fact("lang", "pt-br")),
        ("tag:Boats", Fact("tag", "boats")),
        ('tag:"two words"', Fact("tag", "two words")),
        ("#boats", Fact("tag", "boats")),
        ("is:unread", Fact("is", "unread")),
        ("is:favourite", Fact("is", "favorite")),
        ("has:image", Fact("has", "image")),
        ("-has:code", Not(Fact("has", "code"))),
        ("saved:2026", Range("saved", "2026-01-01", "2027-01-01")),
        ("saved:2026-12", Range("saved", "2026-12-01", "2027-01-01")),
        ("saved:2026-02-28", Range("saved", "2026-02-28", "2026-03-01")),
        ("saved:>2026-01-01", Range("saved", "2026-01-02", None)),
        ("saved:>=2026-01-01", Range("saved", "2026-01-01", None)),
        ("published:<2026", Range("published", None, "2026-01-01")),
        ("published:<=2026", Range("published", None, "2027-01-01")),
        ("published:2026-01..2026-03", Range("published", "2026-01-01", "2026-04-01")),
        ("words:>2000", Range("words", 2001, None)),
        ("words:<=500", Range("words", None, 501)),
        ("words:500..1000", Range("words", 500, 1001)),
    ],
)
def test_a_filter_is_a_fact_or_a_range(text: str, found: Part) -> None:
    assert parse(text) == Query(found, text)


@pytest.mark.parametrize(
    "text",
    "saved:banana saved:2026-13 saved:2026-02-30 saved:.. saved:> words:many words:² is:loved has:sound".split(),
)
def test_a_filter_that_does_not_parse_is_searched_as_words_with_a_hint(text: str) -> None:
    query = parse(text)
    assert query.terms[0] == Term(text.split(":")[0])
    assert len(query.hints) == 1
    assert "searched as words" in str(query.hints[0])


def test_unbalanced_parentheses_get_a_hint_and_what_is_fine_none() -> None:
    assert parse("(one").hints
    assert parse("one)").hints
    assert parse(" ".join(f"w{number}" for number in range(MAX_TERMS + 1))).hints
    assert not parse('(one OR "two three") -four "open').hints


def test_what_is_excluded_is_no_term_to_be_found() -> None:
    assert parse("one -two (three OR -four)").terms == (ONE, THREE)


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)))
def test_any_text_is_a_valid_search(text: str) -> None:
    for term in parse(text).terms:
        assert any(character.isalnum() for character in term.text)


@pytest.mark.parametrize("text", ["(", "-(", '"', "a OR ", "title:", "#", "saved:>", "-" * 7 + "a", "x" * 100])
def test_endless_text_is_read_in_time_and_without_recursion_to_the_end(text: str) -> None:
    assert len(parse(text * (10_000 // len(text))).terms) <= MAX_TERMS + 2
