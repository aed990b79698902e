"""The same content elsewhere: what counts as a copy, and what does not."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from quietpage.library.alike import MOST_COPIES, SAME, SMALL_BATCH, share, sketch_of
from quietpage.library.library import Library

from .conftest import Save

WORDS = [first + second for first in "bcdfgklmnprst" for second in ("ara", "elo", "ini", "osu", "upe", "ydo")]
RIVER = "".join(chr(0x4E00 + 7 * number) for number in range(400))


def prose(seed: int, words: int = 400) -> list[str]:
    """Words in an order of their own."""
    source = random.Random(seed)
    return [source.choice(WORDS) for _ in range(words)]


def edited(words: list[str], share: float) -> list[str]:
    """The same with a share of the words replaced."""
    source = random.Random(5)
    return [source.choice(WORDS) if source.random() < share else word for word in words]


STORY = prose(1)


@pytest.mark.parametrize(
    "copy",
    [
        ["By", "Ada", "Lin", "for", "our", "readers:", *STORY],
        edited(STORY, 0.05),
        STORY[:200],
        [word.upper() + "," for word in STORY],
    ],
    ids=["another lead", "edited", "an excerpt", "another case and punctuation"],
)
def test_a_copy_is_recognised(copy: list[str]) -> None:
    assert share(sketch_of(" ".join(STORY)), sketch_of(" ".join(copy))) >= SAME


def test_the_same_words_in_another_order_are_another_article() -> None:
    shuffled = random.Random(2).sample(STORY, len(STORY))
    assert share(sketch_of(" ".join(STORY)), sketch_of(" ".join(shuffled))) < SAME / 2


def test_quotation_marks_and_dashes_make_no_difference() -> None:
    plain, fine = 'it\'s "low" tide - '.join(STORY), "it’s “low” tide — ".join(STORY)
    assert sketch_of(plain) == sketch_of(fine)


def test_scripts_without_spaces_are_compared_by_characters() -> None:
    assert share(sketch_of(RIVER), sketch_of(f"{RIVER[:100]}新{RIVER[101:]}")) >= SAME
    assert share(sketch_of(RIVER), sketch_of(RIVER[::-1])) == 0


def test_short_texts_are_never_the_same() -> None:
    short = sketch_of("This page needs JavaScript to be shown in this browser.")
    assert share(short, short) == 0


def test_copies_are_found_likest_first_and_never_the_article_itself(library: Library, save: Save) -> None:
    story = save(" ".join(STORY), url="https://one.example/a")
    excerpt = save(" ".join(STORY[:150]), url="https://two.example/b", title="An excerpt")
    copy = save(" ".join(STORY), url="https://three.example/c", title="Another headline")
    save(" ".join(prose(2)), url="https://four.example/d")
    found = library.same_elsewhere(story.id)
    assert {one.id for one in found} == {excerpt.id, copy.id}
    assert found[0].title == "Another headline"
    assert found[0].url == "https://three.example/c"
    assert {one.id for one in library.same_elsewhere(excerpt.id)} == {story.id, copy.id}


def test_the_trash_is_left_out(library: Library, save: Save) -> None:
    story, copy = (save(" ".join(STORY), url=f"https://{name}.example/") for name in ("one", "two"))
    library.delete(copy.id)
    assert library.same_elsewhere(story.id) == ()
    library.restore(copy.id)
    assert [one.id for one in library.same_elsewhere(story.id)] == [copy.id]


def test_a_copy_that_became_another_article_is_one_no_more(library: Library, save: Save) -> None:
    story, copy = (save(" ".join(STORY), url=f"https://{name}.example/") for name in ("one", "two"))
    save(" ".join(prose(3)), url="https://two.example/")
    assert library.same_elsewhere(story.id) == library.same_elsewhere(copy.id) == ()
    keys = library._database().execute("select count(*) from sketch_keys where article_id = ?", (copy.id,))
    assert keys.fetchone()[0] == 8


def test_pages_without_an_article_are_no_copies(library: Library, save: Save) -> None:
    wall = " ".join(STORY)
    story = save(wall, url="https://one.example/")
    save(wall, url="https://two.example/", warning="It asks to sign in.")
    assert library.same_elsewhere(story.id) == ()


def test_many_copies_are_cut_short(library: Library, save: Save) -> None:
    story, *_ = [save(" ".join(STORY), url=f"https://site{number}.example/") for number in range(MOST_COPIES + 3)]
    assert len(library.same_elsewhere(story.id)) == MOST_COPIES


def test_articles_of_an_older_library_are_prepared_a_few_at_a_time(path: Path, library: Library, save: Save) -> None:
    story, copy = (save(" ".join(STORY), url=f"https://{name}.example/") for name in ("one", "two"))
    for number in range(SMALL_BATCH):
        save(" ".join(prose(number + 10, 60)), url=f"https://more.example/{number}")
    with library._database().conn as connection:
        connection.execute("delete from sketches")
        connection.execute("delete from sketch_keys")
    assert library.same_elsewhere(story.id) == ()
    assert library.sketch_older() == SMALL_BATCH
    assert [one.id for one in library.same_elsewhere(story.id)] == [copy.id]
    assert library.sketch_older(SMALL_BATCH) == SMALL_BATCH + 2
    assert library.sketch_older(SMALL_BATCH + 2) is None
