"""An article cleaned anew shows the new text, and keeps all that a person gave it; a run over many can be resumed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quietpage.article import Article, Page, Removed
from quietpage.library.library import Library, NoSuchArticle

URL = "https://harbor.example/ferry"
FERRY = Article(URL, "The ferry", "<p>The umbrella left.</p>", "The umbrella left.", word_count=3)
NEW_HTML, NEW_TEXT = "<p>The lamp left.</p>", "The lamp left."
ANEW = replace(FERRY, html=NEW_HTML, text=NEW_TEXT, removed=(Removed("x", "why", "<p>umbrella"),))


@pytest.fixture
def ferry(library: Library) -> int:
    return library.save(FERRY, Page(URL, "<p>one")).id


def test_the_text_and_the_search_index_follow_and_the_rest_stays(library: Library, ferry: int) -> None:
    library.shelf.mark([ferry], state="read", favorite=True, progress=0.5)
    library.shelf.tag([ferry], add=["sea"])
    before = library.get(ferry)
    done = library.reclean(ferry, ANEW, 1)
    assert (done.outcome, done.words_before, done.words_after, done.paragraphs) == ("changed", 3, 3, 1)
    after = library.get(ferry)
    assert after == replace(before, article=replace(ANEW, removed=()))
    assert library.removed(ferry) == ANEW.removed
    assert library.search("umbrella").total == 0
    assert library.search("lamp").total == 1


def test_what_it_would_come_to_changes_nothing(library: Library, ferry: int) -> None:
    assert library.would_reclean(ferry, ANEW, 1).outcome == "changed"
    assert library.would_reclean(ferry, FERRY, 1).outcome == "unchanged"
    assert library.get(ferry).article.text == FERRY.text


def test_an_article_that_reads_as_before_only_learns_what_was_removed(library: Library, ferry: int) -> None:
    assert library.reclean(ferry, replace(FERRY, removed=ANEW.removed), 1).outcome == "unchanged"
    assert library.removed(ferry) == ANEW.removed


def test_a_good_article_stays_where_the_new_one_is_none(library: Library, ferry: int) -> None:
    assert library.reclean(ferry, replace(ANEW, warning="No article."), 1).outcome == "kept"
    assert library.get(ferry).article.text == FERRY.text


def test_an_earlier_version_is_shown_and_a_new_capture_takes_its_place(library: Library, ferry: int) -> None:
    library.save(ANEW, Page(URL, "<p>two"))
    assert library.get(ferry).shown == 2
    library.reclean(ferry, FERRY, 1)
    assert (library.get(ferry).shown, library.get(ferry).article.text) == (1, FERRY.text)
    library.save(replace(ANEW, text="The third."), Page(URL, "<p>three"))
    assert library.get(ferry).shown == 3
    assert [version.number for version in library.versions(ferry)] == [3, 2, 1]


def test_a_page_without_an_article_is_a_version_and_not_shown(library: Library, ferry: int) -> None:
    library.save(replace(ANEW, warning="No article."), Page(URL, "<p>two"))
    assert library.get(ferry).shown == 1
    assert library.versions(ferry)[0].warning == "No article."


def test_what_is_not_there_cannot_be_cleaned_anew(library: Library, ferry: int) -> None:
    library.delete(ferry)
    for call in (library.reclean, library.would_reclean):
        with pytest.raises(NoSuchArticle):
            call(ferry, ANEW, 1)
    with pytest.raises(NoSuchArticle):
        library.versions(ferry)


def test_the_ids_of_all_and_of_a_search_s_articles(library: Library, ferry: int) -> None:
    other = library.save(replace(ANEW, url=URL + "2"), Page(URL + "2", "<p>")).id
    assert library.ids() == (ferry, other)
    assert library.ids("lamp") == (other,)
    library.delete(ferry)
    assert library.ids() == (other,)


def test_a_run_goes_on_where_it_was_broken_off(library: Library) -> None:
    assert library.recleanings.reached("all") == 0
    library.recleanings.reach("all", 12)
    library.recleanings.reach("all", 13)
    assert (library.recleanings.reached("all"), library.recleanings.reached("tag:sea")) == (13, 0)
    library.recleanings.finish("all")
    assert library.recleanings.reached("all") == 0
