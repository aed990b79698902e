"""A highlight is found again in a text that changed, and is not found where it is not there."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quietpage.library.anchoring import CONTEXT_CHARS, Anchoring, Selector, nearest_end, selector

WORDS = "lamp keeper tide harbor stone wind boat and the of light a in night".split()


def text_of(seed: int, words: int = 400) -> str:
    """Words as a text has them: few of them, often."""
    return " ".join(random.Random(seed).choices(WORDS, k=words))


def again(text: str, words: str, changed: str, *, known: bool = True) -> str | None:
    """The words at which a passage is found in the changed text."""
    begins = text.index(words)
    found = Anchoring(changed, text if known else None).find(selector(text, begins, begins + len(words)))
    return found and found.exact


def test_words_that_moved_are_found() -> None:
    assert (
        again("One. The keeper trims the lamp. Two.", "The keeper", "Zero. One. The keeper trims it.") == "The keeper"
    )


def test_of_equal_words_those_in_the_same_place_are_meant() -> None:
    text = "first of all the lamp is lit, then the tide comes in, and then the lamp is lit again by the keeper"
    passage = selector(text, text.rindex("lamp"), text.rindex("lamp") + 4)
    changed = f"the lamp, the lamp! {text} and the lamp"
    found = Anchoring(changed, text).find(passage)
    assert found
    assert found.begins == passage.begins + len("the lamp, the lamp! ")


def test_of_equal_paragraphs_the_same_one_is_meant() -> None:
    parts = [text_of(seed, 20) for seed in range(6)]
    same = "The very same words stand here."
    text = " ".join([parts[0], same, parts[1], same, parts[2], same, parts[3]])
    second = text.index(same, text.index(same) + 1)
    changed = f"{same} {text.replace(parts[3], parts[4])} {same}"
    found = Anchoring(changed, text).find(selector(text, second, second + len(same)))
    assert found
    assert found.begins == second + len(same) + 1


def test_reworded_words_are_found_where_they_are_like_enough() -> None:
    text = f"{text_of(1)} The keeper of the old lighthouse trims the lamp every night at ten. {text_of(2)}"
    new = text.replace("trims the lamp every night at ten", "trimmed his lamp each night at ten")
    assert (
        again(text, "The keeper of the old lighthouse trims the lamp every night at ten.", new)
        == "The keeper of the old lighthouse trimmed his lamp each night at ten."
    )


@pytest.mark.parametrize("known", [True, False])
def test_what_is_gone_is_not_found(known: bool) -> None:
    words = "The keeper of the old lighthouse trims the lamp every night at ten."
    text = f"{text_of(1)} {words} {text_of(2)}"
    assert again(text, words, text.replace(words, "Nobody has lived there for years."), known=known) is None
    assert again(text, "ten.", text.replace(words, ""), known=known) is None
    assert Anchoring("").find(Selector(0, 4, "lamp")) is None
    assert Anchoring("lamp").find(Selector(0, 0, "")) is None


def test_a_long_passage_is_found_by_its_ends() -> None:
    body = " ".join(f"Sentence {number} of {word}." for number in range(60) for word in ("the lamp", "a boat"))
    text = f"{text_of(1)} {body} {text_of(2)}"
    changed = text.replace("Sentence 30 of the lamp. ", "").replace("Sentence 31", "Phrase 31")
    found = again(text, body, changed)
    assert found
    assert found.startswith("Sentence 0 of")
    assert found.endswith("Sentence 59 of a boat.")


def test_a_hostile_text_takes_no_longer_than_its_length() -> None:
    text = "a" * 200_000
    began = time.process_time()
    for words in ("a" * 1999 + "c", "ab" * 500, "c" + "a" * 40):
        Anchoring(text + "b", text).find(Selector(5, 5 + len(words), words, "a" * 32, "a" * 32))
    assert time.process_time() - began < 5


@settings(deadline=None)
@given(st.text("abc", min_size=1, max_size=10), st.text("abc", max_size=24))
def test_the_nearest_end_is_that_of_the_whole_matrix(words: str, text: str) -> None:
    above = [0] * (len(text) + 1)
    for row, a in enumerate(words, 1):
        here = [row]
        for column, b in enumerate(text, 1):
            here.append(min(above[column] + 1, here[-1] + 1, above[column - 1] + (a != b)))
        above = here
    assert nearest_end(words, text) == (min(above), above.index(min(above)))


# However the text around it changes, a highlight stays where it is

SEEDS = st.integers(0, 100_000)


def edited(text: str, seed: int) -> str:
    """A text with some characters replaced by others in some places."""
    chance = random.Random(seed)
    for _ in range(chance.randrange(13)):
        at, gone = chance.randrange(len(text) + 1), chance.choice((0, 1, 5, 60))
        new = "".join(chance.choices("abcdef .é漢🙂", k=chance.choice((0, 1, 10, 60))))
        text = text[:at] + new + text[at + gone :]
    return text


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.05, 0.9), st.integers(1, 300), SEEDS, SEEDS)
def test_edits_beyond_its_context_neither_lose_nor_move_it(
    seed: int,
    share: float,
    length: int,
    before: int,
    after: int,
) -> None:
    text = text_of(seed)
    begins = int(share * len(text))
    ends = min(len(text), begins + length)
    first, last = max(0, begins - CONTEXT_CHARS), ends + CONTEXT_CHARS
    assume(text[begins:ends].strip() and text.count(text[first:last]) == 1)
    head, tail = edited(text[:first], before), edited(text[last:], after)
    changed = head + text[first:last] + tail
    assume(changed.count(text[first:last]) == 1)
    found = Anchoring(changed, text).find(selector(text, begins, ends))
    assert found == selector(changed, len(head) + begins - first, len(head) + ends - first)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.05, 0.9), st.integers(24, 300), SEEDS, SEEDS)
def test_edits_up_to_its_ends_neither_lose_nor_move_it(
    seed: int,
    share: float,
    length: int,
    before: int,
    after: int,
) -> None:
    text = text_of(seed)
    begins = int(share * len(text))
    ends = min(len(text), begins + length)
    assume(ends - begins >= 24)
    head, tail = edited(text[:begins], before), edited(text[ends:], after)
    changed = head + text[begins:ends] + tail
    assume(text.count(text[begins:ends]) == changed.count(text[begins:ends]) == 1)
    found = Anchoring(changed, text).find(selector(text, begins, ends))
    assert found == selector(changed, len(head), len(head) + ends - begins)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10_000), st.integers(5, 95), st.integers(1, 12), st.lists(st.integers(0, 99), max_size=30))
def test_paragraphs_that_come_and_go_neither_lose_nor_move_short_words(
    seed: int, chosen: int, length: int, gone: list[int]
) -> None:
    paragraphs = [f"{number}. {text_of(seed + number, 12)}." for number in range(100)]
    keep = {chosen - 1, chosen, chosen + 1}
    changed = [
        paragraph if number in keep or number not in gone else f"New, and {number} times {text_of(number, 9)}."
        for number, paragraph in enumerate(paragraphs)
        if number in keep or number not in gone or number % 2
    ]
    text, new = " ".join(paragraphs), " ".join(changed)
    begins = text.index(paragraphs[chosen]) + 20
    found = Anchoring(new, text).find(selector(text, begins, begins + length))
    if text[begins : begins + length].strip():
        assert found
        assert found.begins == new.index(paragraphs[chosen]) + 20
