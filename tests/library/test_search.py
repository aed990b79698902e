"""Finding what was kept."""

from __future__ import annotations

import pytest

from quietpage.article import Article, Page
from quietpage.library.cursors import write_cursor
from quietpage.library.library import BadCursor, Fragment, Library

from .conftest import Save

SYNTAX = (
    """\"|""|AND|a AND|NEAR(a b)|title:|x:y|*|a*b|^a|-|(|a OR (b|'; drop table articles; --|{a}|a+b|\\|%|\x00|\ud800"""
)


def test_all_words_must_be_there(library: Library, save: Save) -> None:
    both = save("umbrella and summit", url="https://site.test/1")
    save("an umbrella alone", url="https://site.test/2")
    hits = library.search("summit umbrella")
    assert [hit.id for hit in hits.hits] == [both.id]
    assert not hits.partial


def test_without_all_words_the_best_partial_matches_are_shown_and_said_to_be(library: Library, save: Save) -> None:
    save("umbrella", url="https://site.test/1")
    hits = library.search("umbrella zebra")
    assert hits.total == 1
    assert hits.partial


def test_a_word_in_the_title_counts_more_than_in_the_text(library: Library, save: Save) -> None:
    save("the summit, the summit, the summit", url="https://site.test/1", title="Notes")
    titled = save("a text", url="https://site.test/2", title="The summit")
    assert library.search("summit").hits[0].id == titled.id


def test_word_forms_and_diacritics_are_folded(library: Library, save: Save) -> None:
    save("Die Äpfel. They were promising.")
    for query in ("apfel", "ÄPFEL", "promise", "promised"):
        assert library.search(query).total == 1, query


def test_an_accent_written_apart_is_the_same_accent(library: Library, save: Save) -> None:
    save("deux cafés noirs", url="https://site.test/1")
    save("trois be\u0301be\u0301s", url="https://site.test/2")
    for query in ("cafe\u0301s", "bébés"):
        hits = library.search(query)
        assert (hits.total, hits.partial) == (1, False), query


def test_a_word_of_hindi_is_one_word(library: Library, save: Save) -> None:
    save("हिन्दी की किताब", url="https://site.test/1")
    save("ह न द क त ब", url="https://site.test/2")
    assert library.search("हिन्दी").total == 1


def test_a_heading_is_searched_as_it_is_read(library: Library) -> None:
    url = "https://site.test/a"
    library.save(Article(url, "T", "<h2>Q&amp;A</h2>", "text"), Page(url, "x"))
    assert library.search("Q&A").total == 1
    assert library.search("amp").total == 0


def test_a_phrase_keeps_its_order(library: Library, save: Save) -> None:
    save("air defense to tanks")
    assert library.search('"air defense"').total == 1
    assert library.search('"defense air"').total == 0


def test_a_star_finds_beginnings(library: Library, save: Save) -> None:
    save("interoperability")
    assert library.search("interop*").total == 1
    assert library.search("interop").total == 0


def test_a_byline_and_a_heading_are_found(library: Library, save: Save) -> None:
    save("text", byline="Jacopo Barigazzi")
    assert library.search("barigazzi").total == 1
    assert library.search('"part one"').total == 1


@pytest.mark.parametrize("query", ["北", "北京", "清华大学", "京清", "ไทย", "서울", "東京タワー", "北京 university"])
def test_scripts_without_spaces_are_found_by_their_characters(library: Library, save: Save, query: str) -> None:
    save("我来到北京清华大学 university ภาษาไทยง่าย 서울특별시 東京タワー")
    save("something else", url="https://site.test/2")
    assert library.search(query).total == 1


def test_a_run_that_is_not_in_the_text_is_not_found(library: Library, save: Save) -> None:
    save("我来到北京清华大学")
    assert library.search("北清").total == 0


def test_the_snippet_marks_the_match_without_any_html(library: Library, save: Save) -> None:
    save("one two <b>three</b> umbrella four")
    (hit,) = library.search("umbrella").hits
    assert hit.snippet == (Fragment("one two <b>three</b> "), Fragment("umbrella", match=True), Fragment(" four"))


def test_words_of_every_article_are_marked_only_where_nothing_else_is_sought(library: Library, save: Save) -> None:
    for number in range(60):
        save(f"the story number{number} of the sea", url=f"https://site.test/{number}")
    save("the keeper of the lamp", url="https://site.test/lamp")

    def marked(query: str) -> list[str]:
        return [fragment.text for fragment in library.search(query).hits[0].snippet if fragment.match]

    assert marked("the keeper of the lamp") == ["keeper", "lamp"]
    assert set(marked("of the")) == {"of", "the"}


def test_the_snippet_of_an_unspaced_script_marks_the_run(library: Library, save: Save) -> None:
    save("我来到北京清华大学")
    (hit,) = library.search("清华").hits
    assert hit.snippet == (Fragment("我来到北京"), Fragment("清华", match=True), Fragment("大学"))


@pytest.mark.parametrize("query", SYNTAX.split("|"))
def test_syntax_of_any_kind_is_words(library: Library, save: Save, query: str) -> None:
    save("a text with b, x, y and near", title="a title")
    assert library.search(query).total in (0, 1)
    assert library.recent().total == 1


def test_operators_are_searched_as_the_words_they_are(library: Library, save: Save) -> None:
    save("cats and dogs")
    save("cats", url="https://site.test/2")
    assert library.search("cats AND dogs").total == 1
    assert library.search("NOT").total == 0


def test_a_blank_search_lists_the_library(library: Library, save: Save) -> None:
    save("text")
    assert library.search("  ").total == 1


def test_hits_come_in_pages(library: Library, save: Save) -> None:
    ids = {save(f"umbrella {number}", url=f"https://site.test/{number}").id for number in range(5)}
    found, cursor = set(), None
    while True:
        hits = library.search("umbrella", limit=2, cursor=cursor)
        assert hits.total == 5
        found |= {hit.id for hit in hits.hits}
        cursor = hits.next_cursor
        if cursor is None:
            break
    assert found == ids
    with pytest.raises(BadCursor):
        library.search("umbrella", cursor="x")


def test_hits_of_one_page_come_best_first(library: Library, save: Save) -> None:
    ids = [save("word " * 5 + "umbrella " * times, url=f"https://site.test/{times}").id for times in (1, 3, 2)]
    assert [hit.id for hit in library.search("umbr*").hits] == [ids[1], ids[2], ids[0]]
    assert [hit.id for hit in library.search("umbr*", limit=1).hits] == [ids[1]]


@pytest.mark.parametrize(
    "place",
    [(-1, 5, ""), (2**70, 5, ""), (5, 5, "x"), (5, 5, "1..2"), (5, 5, "-1"), (5, 5, "f" * 20), (5,), (5, "", 5)],
)
def test_a_place_that_cannot_be_is_no_cursor(library: Library, save: Save, place: tuple[int | str, ...]) -> None:
    save("umbrella")
    with pytest.raises(BadCursor):
        library.search("umbrella", cursor=write_cursor(*place))
