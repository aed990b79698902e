"""A new version that was taken back is gone, and the article is as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quietpage.article import Article, Page
from quietpage.library.anchoring import Selector
from quietpage.library.library import Library
from quietpage.library.saving import NotTheNewest

URL = "https://harbor.example/ferry"
FERRY = Article(URL, "The ferry", "<p>The umbrella left.</p>", "The umbrella left.", word_count=3)
AGAIN = replace(FERRY, html="<p>The lamp left.</p>", text="The lamp left.")


@pytest.fixture
def ferry(library: Library) -> int:
    saved = library.save(FERRY, Page(URL, "<p>one", capture_id="c-1"))
    library.marks.add(saved.id, Selector(4, 12, "umbrella", "The ", " left."))
    library.shelf.tag([saved.id], add=["sea"])
    library.save(AGAIN, Page(URL, "<p>two", capture_id="c-2"))
    return saved.id


def test_the_version_before_is_shown_and_found_again(library: Library, ferry: int) -> None:
    library.take_back(ferry, 2, FERRY)
    kept = library.get(ferry)
    assert (kept.article.text, kept.versions, kept.shown, kept.tags) == (FERRY.text, 1, 1, ("sea",))
    assert [one.passage.exact for one in library.marks.of(ferry).highlights] == ["umbrella"]
    assert [one.number for one in library.versions(ferry)] == [1]
    assert (library.search("lamp").total, library.search("umbrella").total) == (0, 1)


def test_its_capture_stays_known_and_another_is_the_next_version(library: Library, ferry: int) -> None:
    library.take_back(ferry, 2, FERRY)
    repeated = library.save(AGAIN, Page(URL, "<p>two", capture_id="c-2"))
    assert (repeated.outcome, repeated.version) == ("unchanged", 1)
    assert library.get(ferry).article.text == FERRY.text
    assert library.save(AGAIN, Page(URL, "<p>two", capture_id="c-3")).version == 2


def test_a_version_that_was_never_shown_goes_alone(library: Library, ferry: int) -> None:
    library.save(replace(AGAIN, text="", warning="No article."), Page(URL, "<p>wall"))
    library.take_back(ferry, 3, FERRY)
    assert (library.get(ferry).article.text, library.get(ferry).versions) == (AGAIN.text, 2)


@pytest.mark.parametrize("number", [1, 3])
def test_only_the_newest_of_several_can_be_taken_back(library: Library, ferry: int, number: int) -> None:
    with pytest.raises(NotTheNewest):
        library.take_back(ferry, number, FERRY)
    library.take_back(ferry, 2, FERRY)
    with pytest.raises(NotTheNewest):
        library.take_back(ferry, 1, FERRY)
