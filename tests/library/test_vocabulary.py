"""The library's words, and what a misspelt one means."""

from __future__ import annotations

import random

import pytest

from quietpage.library.forms import forms
from quietpage.library.library import Library
from quietpage.library.vocabulary import (
    Tally,
    beginnings,
    corrections,
    count_words,
    folded,
    frequencies,
    one_edit_apart,
    words_in,
)

from .conftest import Save

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def edited(word: str, source: random.Random) -> str:
    """A word with one letter left out, inserted, replaced, or swapped with the next, anywhere in it."""
    at, letter = source.randrange(len(word) - 1), source.choice(LETTERS)
    return source.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:-1],
            word + letter,
        ]
    )


def test_words_are_compared_without_capitals_and_accents() -> None:
    assert folded("CAFÉ Ångström ﬁ") == "cafe angstrom fi"
    assert words_in("Don't panic: 北京 e-mail_3") == ["don", "t", "panic", "e", "mail", "3"]


def test_saving_counts_words_and_a_new_version_counts_its_own(library: Library, save: Save) -> None:
    save("harbor harbor tide", title="")
    save("harbor", url="https://site.test/2", title="")
    db = library._database()
    assert frequencies(db, ["harbor", "tide", "none"]) == {"harbor": 2, "tide": 1}
    save("harbor moon", title="")
    assert frequencies(db, ["harbor", "tide", "moon"]) == {"harbor": 2, "moon": 1}
    assert beginnings(db, "har") == [("harbor", 2)]


def test_a_common_word_is_counted_roughly_and_cheaply(library: Library) -> None:
    db = library._database()
    for article in range(3000):
        count_words(db, article, {"the"}, set())
    assert frequencies(db, ["the"])["the"] == pytest.approx(3000, rel=0.2)
    for article in range(3000):
        count_words(db, article, set(), {"the"})
    assert frequencies(db, ["the"], least=0)["the"] < 300


def test_a_word_s_forms_are_those_the_index_takes_for_it(library: Library, save: Save) -> None:
    save("promise promised promising promises prominent happy happily happiness happier")
    found = forms(library._database(), ["promising", "happy", "unknown"])
    assert set(found["promising"]) == {"promise", "promised", "promising", "promises"}
    assert found["promising"][0] == "promising"
    assert "happily" not in found["unknown"]
    for word in found["happy"]:
        assert library.search(f'"{word}"').total == 1


@pytest.mark.parametrize("word", ["harbor", "lighthouse", "tides", "geopolitics"])
def test_any_one_edit_is_found_wherever_it_is(library: Library, save: Save, word: str) -> None:
    save(f"{word} and others")
    source = random.Random(word)
    for _ in range(200):
        misspelt = edited(word, source)
        if misspelt != word:
            assert one_edit_apart(misspelt, word)
            assert corrections(library._database(), misspelt) == [word], misspelt


def test_of_two_words_that_may_be_meant_the_commoner_is_likelier(library: Library, save: Save) -> None:
    for number in range(5):
        save("marine", url=f"https://site.test/{number}")
    save("marina", url="https://site.test/9")
    assert corrections(library._database(), "marinq")[0] == "marine"


@pytest.mark.parametrize("word", ["abc", "1234", "", "x" * 10_000, "çççç"])
def test_what_is_no_misspelt_word_is_not_corrected(library: Library, save: Save, word: str) -> None:
    save("abd 12345 harbor")
    assert corrections(library._database(), word) == []


@pytest.mark.parametrize(
    ("query", "corrected"),
    [
        ("lighthuose", "lighthouse"),
        ("Lighthuose -knot", "lighthouse -knot"),
        ('"old lighthuose"', '"old lighthouse"'),
        ("title:titel harbor", "title:title harbor"),
        ("harbor lighthuose", "harbor lighthouse"),
        ("harbors", None),
        ("xylophone", None),
        ("lighthuo*", None),
    ],
)
def test_only_what_no_article_has_is_corrected(library: Library, save: Save, query: str, corrected: str | None) -> None:
    save("an old lighthouse at the harbor")
    hits = library.search(query)
    assert hits.corrected == corrected
    if corrected:
        assert hits.total == 1
        assert any(piece.match for piece in hits.hits[0].snippet)


def test_words_of_many_articles_counted_together_are_as_if_counted_one_by_one(library: Library) -> None:
    source, words = random.Random(5), [f"w{number}" for number in range(40)]
    texts = {article: set(source.choices(words, k=source.randint(1, 30))) for article in range(1, 400)}
    changed = {article: set(source.choices(words, k=20)) for article in range(1, 60)}
    db = library._database()
    found = []
    for together in (True, False):
        tally = Tally(db)
        for later, before in ((texts, {}), (changed, texts)):
            for number, (article, now) in enumerate(later.items()):
                if together:
                    tally.count(article, now, before.get(article, set()))
                    if number % 50 == 49:
                        tally.write()
                else:
                    count_words(db, article, now, before.get(article, set()))
        tally.write()
        found.append(frequencies(db, words, least=0))
        db.conn.execute("delete from words")
    assert found[0] == found[1]
    assert max(found[0].values()) > 128  # beyond which they are counted for one article in so many
