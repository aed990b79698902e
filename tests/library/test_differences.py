"""What differs between two texts: whole paragraphs, and words in those that were rewritten; in bounded time."""

from __future__ import annotations

import random
import time

import pytest

from quietpage.library.differences import Run, differences

FERRY = "The ferry left the harbor before sunrise, and the whole town came down to watch."
LIGHT = "Nobody on the pier remembers a winter in which the light did not burn until noon."


def kinds(before: str, after: str) -> list[str]:
    return [paragraph.kind for paragraph in differences(before, after)]


def joined(runs: tuple[Run, ...], *kinds: str) -> str:
    return "".join(run.text for run in runs if run.kind in kinds)


def test_equal_texts_do_not_differ() -> None:
    assert kinds(f"{FERRY}\n\n{LIGHT}", f"{FERRY}\n\n  {LIGHT}") == ["same", "same"]
    assert differences("", "") == ()


def test_paragraphs_come_and_go() -> None:
    assert kinds(FERRY, f"{FERRY}\n\n{LIGHT}") == ["same", "added"]
    assert kinds(f"{FERRY}\n\n{LIGHT}", LIGHT) == ["removed", "same"]
    assert kinds(FERRY, LIGHT) == ["added", "removed"]


def test_a_rewritten_paragraph_shows_the_words_that_changed() -> None:
    [paragraph] = differences(FERRY, FERRY.replace("before sunrise", "after sunset").replace("whole ", ""))
    assert paragraph.kind == "changed"
    assert [run.text.strip() for run in paragraph.runs if run.kind == "removed"] == ["before sunrise", "whole"]
    assert [run.text.strip() for run in paragraph.runs if run.kind == "added"] == ["after sunset"]


def test_the_runs_give_both_texts_back() -> None:
    after = f"Late news: {FERRY}".replace("town", "old town")
    [paragraph] = differences(FERRY, after)
    assert joined(paragraph.runs, "same", "removed").strip() == FERRY
    assert joined(paragraph.runs, "same", "added").strip() == after


def test_rewritten_paragraphs_among_others_find_each_other() -> None:
    before = f"{LIGHT}\n\n{FERRY}"
    after = f"A new beginning of the whole thing.\n\n{FERRY.replace('ferry', 'boat')}"
    assert kinds(before, after) == ["added", "removed", "changed"]


def test_a_script_without_spaces_is_compared_by_characters() -> None:
    [paragraph] = differences("港の朝は早く、船は日の出の前に出ていく。", "港の朝は早く、船は日の入りの前に出ていく。")
    assert joined(paragraph.runs, "added") == "入り"
    assert joined(paragraph.runs, "removed") == "出"


@pytest.mark.parametrize("shape", ["paragraphs", "one paragraph", "one word"])
def test_twenty_thousand_words_are_compared_in_bounded_time(shape: str) -> None:
    chance = random.Random(1)
    gap = {"paragraphs": 40, "one paragraph": 10**6, "one word": 300}[shape]
    vocabulary = ["word"] if shape == "one word" else [f"word{number}" for number in range(3000)]
    texts = []
    for _ in range(2):
        words = [chance.choice(vocabulary) for _ in range(20_000)]
        texts.append("\n\n".join(" ".join(words[at : at + gap]) for at in range(0, len(words), gap)))
    texts[1] += " and one more"
    begun = time.process_time()
    assert differences(*texts)
    assert time.process_time() - begun < 4
