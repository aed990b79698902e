"""Highlights and notes: made, changed, deleted and taken back; found again in new versions; found by their words."""

from __future__ import annotations

import pytest

from quietpage.article import Article, Page
from quietpage.library.anchoring import Selector
from quietpage.library.library import BadCursor, Library, NoSuchArticle
from quietpage.library.marks import NoSuchHighlight, NoSuchPassage

from .conftest import Save

TEXT = "The keeper trims the lamp. The tide comes in at noon."


def passage(words: str, text: str = f"Part one {TEXT}") -> Selector:
    begins = text.index(words)
    return Selector(begins, begins + len(words), words)


@pytest.fixture
def article(save: Save) -> int:
    return save(TEXT).id


def indexed_truly(library: Library) -> bool:
    """Whether the full-text index is true to the articles; SQLite says so by raising nothing."""
    library._database().execute("insert into articles_fts (articles_fts, rank) values ('integrity-check', 1)")
    return True


# Making and changing


def test_a_highlight_knows_its_place_and_its_context(library: Library, article: int) -> None:
    made = library.marks.add(article, passage("trims the lamp"), "green", " a note\r\n ")
    assert made.passage == Selector(20, 34, "trims the lamp", "Part one The keeper ", ". The tide comes in at noon.")
    assert (made.color, made.note, made.found) == ("green", "a note", True)
    assert library.marks.of(article).highlights == (made,)
    assert library.marks.get(made.id) == made


def test_words_elsewhere_than_was_said_are_found(library: Library, article: int) -> None:
    assert library.marks.add(article, Selector(3, 9, "trims the lamp")).passage.begins == 20


@pytest.mark.parametrize("words", ["not in there at all", "", " "])
def test_words_that_are_not_there_are_refused(library: Library, article: int, words: str) -> None:
    with pytest.raises(NoSuchPassage):
        library.marks.add(article, Selector(0, len(words), words))
    assert library.marks.of(article).highlights == ()


def test_there_are_four_colors(library: Library, article: int) -> None:
    with pytest.raises(ValueError, match="no color"):
        library.marks.add(article, passage("lamp"), "mauve")
    made = library.marks.add(article, passage("lamp"))
    with pytest.raises(ValueError, match="no color"):
        library.marks.change(made.id, color="mauve")
    assert library.marks.change(made.id, color="pink").color == "pink"


def test_they_stand_in_the_order_of_the_text(library: Library, article: int) -> None:
    for words in ("noon", "keeper", "tide comes in at noon"):
        library.marks.add(article, passage(words))
    assert [one.passage.exact for one in library.marks.of(article).highlights] == [
        "keeper",
        "tide comes in at noon",
        "noon",
    ]


def test_a_deleted_one_is_taken_back(library: Library, article: int) -> None:
    made = library.marks.add(article, passage("lamp"), note="zebra")
    library.marks.delete(made.id)
    assert library.marks.of(article).highlights == ()
    assert library.search("zebra").total == 0
    assert library.marks.is_deleted(made.id)
    for change in (library.marks.get, library.marks.delete, lambda one: library.marks.change(one, note="x")):
        with pytest.raises(NoSuchHighlight):
            change(made.id)
    library.marks.restore(made.id)
    library.marks.restore(made.id)
    assert library.marks.of(article).highlights == (made,)
    assert library.search("zebra").total == 1


def test_what_is_not_there_is_not_changed(library: Library, article: int) -> None:
    with pytest.raises(NoSuchArticle):
        library.marks.add(99, passage("lamp"))
    with pytest.raises(NoSuchArticle):
        library.marks.set_note(99, "x")
    for unknown in (0, 99, -1, 2**70):
        with pytest.raises(NoSuchHighlight):
            library.marks.get(unknown)


# With their article


def test_a_new_version_moves_them_and_keeps_what_it_lost(library: Library, article: int, save: Save) -> None:
    stays = library.marks.add(article, passage("tide comes in"), note="spring tide")
    goes = library.marks.add(article, passage("keeper trims"), "blue")
    save(f"A new beginning. {TEXT.replace('The keeper trims the lamp.', 'It is dark.')}")
    marked = library.marks.of(article)
    assert [(one.id, one.passage.exact, one.passage.begins) for one in marked.highlights] == [
        (stays.id, "tide comes in", 42)
    ]
    assert [(one.id, one.passage.exact, one.found) for one in marked.orphans] == [(goes.id, "keeper trims", False)]
    assert library.search("spring").total == 1
    save(f"Once more. {TEXT}")
    marked = library.marks.of(article)
    assert [one.id for one in marked.highlights] == [goes.id, stays.id]
    assert marked.orphans == ()
    assert indexed_truly(library)


def test_a_version_that_is_not_shown_changes_nothing(library: Library, article: int, save: Save) -> None:
    made = library.marks.add(article, passage("tide comes in"))
    save("Please sign in.", warning="This may be no article.")
    assert library.marks.of(article).highlights == (made,)


def test_they_go_to_the_trash_and_come_back_with_their_article(library: Library, article: int) -> None:
    made = library.marks.add(article, passage("tide"), note="zebra")
    library.delete(article)
    assert library.marks.page().total == 0
    with pytest.raises(NoSuchHighlight):
        library.marks.get(made.id)
    library.restore(article)
    assert library.marks.page().total == 1
    assert library.search("zebra is:highlighted").total == 1


def test_they_are_purged_with_their_article(library: Library, article: int) -> None:
    library.marks.add(article, passage("tide"), note="zebra")
    library.marks.set_note(article, "about boats")
    library.delete(article)
    library.shelf.purge([article])
    for table in ("highlights", "article_notes", "words"):
        where = "where articles > 0" if table == "words" else ""
        assert library._database().execute(f"select count(*) from {table} {where}").fetchone()[0] == 0
    assert indexed_truly(library)


# Found by their words


def test_words_of_text_and_note_are_found_together(library: Library, article: int, save: Save) -> None:
    save(TEXT, url="https://site.test/other")
    library.marks.add(article, passage("lamp"), note="Fresnel lens, first order")
    library.marks.set_note(article, "ask Ada 灯台")
    for query in (
        "fresnel",
        "keeper lens",
        '"first order"',
        "keeper ada",
        "fres*",
        "灯台",
        "noon 灯台",
        "lens OR zebra",
    ):
        assert [hit.id for hit in library.search(query).hits] == [article], query
        assert not library.search(query).partial
    assert [hit.id for hit in library.search("keeper -fresnel").hits] != [article]
    assert library.search("title:fresnel").total == 0
    assert indexed_truly(library)


def test_a_snippet_shows_the_note_where_a_match_is_only_there(library: Library, article: int) -> None:
    library.marks.add(article, passage("lamp"), note="Fresnel lens of the lamp")
    (hit,) = library.search("fresnel").hits
    assert "".join(part.text for part in hit.snippet) == "Fresnel lens of the lamp"
    assert all(part.noted for part in hit.snippet)
    assert [part.text for part in hit.snippet if part.match] == ["Fresnel"]
    assert library.search("fresnel keeper").hits[0].snippet == tuple(one for one in hit.snippet if one.text)
    (hit,) = library.search("lamp").hits
    assert not any(part.noted for part in hit.snippet)


def test_a_misspelt_word_of_a_note_is_corrected(library: Library, article: int) -> None:
    library.marks.set_note(article, "fresnel")
    assert library.search("frensel").corrected == "fresnel"
    library.marks.set_note(article, "")
    assert library.search("fresnel").total == 0
    assert library.search("frensel").corrected is None


def test_filters_tell_what_is_marked(library: Library, article: int, save: Save) -> None:
    noted = save(TEXT, url="https://site.test/noted").id
    save(TEXT, url="https://site.test/neither")
    made = library.marks.add(article, passage("lamp"))
    library.marks.set_note(noted, "x")
    assert [hit.id for hit in library.search("is:highlighted").hits] == [article]
    assert [hit.id for hit in library.search("keeper has:note").hits] == [noted]
    assert library.search("-is:highlighted -has:note").total == 1
    assert library.search("is:highlighted OR has:notes").total == 2
    assert library.acts.on_all("is:highlighted", "archived").articles == 1
    assert library.look("is:highlighted")[1].state[0].value == "archived"
    library.marks.delete(made.id)
    assert library.search("is:highlighted").total == 0


# All of them


@pytest.fixture
def many(library: Library, save: Save) -> list[int]:
    """Three articles with two highlights each, the second one with a note as well."""
    ids = [save(TEXT, url=f"https://site.test/{number}", title=f"Story {number}").id for number in range(3)]
    for number, article in enumerate(ids):
        library.marks.add(article, passage("noon"), "pink", f"Été {number}")
        library.marks.add(article, passage("keeper"), "blue")
    library.marks.set_note(ids[1], "The whole of it")
    return ids


def walked(library: Library, order: str, limit: int) -> list[tuple[int, str]]:
    found, cursor = [], None
    while True:
        page = library.marks.page(order=order, limit=limit, cursor=cursor)  # type: ignore[arg-type]
        found += [(one.source.id, one.highlight.passage.exact if one.highlight else one.note) for one in page.marks]
        assert page.total == 7
        if (cursor := page.next_cursor) is None:
            return found


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 20])
def test_pages_hold_each_once_in_order(library: Library, many: list[int], limit: int) -> None:
    one, two, three = many
    newest = [(two, "The whole of it"), *((a, words) for a in (three, two, one) for words in ("keeper", "noon"))]
    assert walked(library, "newest", limit) == newest
    by_article = [(three, "keeper"), (three, "noon"), (two, "The whole of it"), (two, "keeper"), (two, "noon")]
    assert walked(library, "articles", limit) == [*by_article, (one, "keeper"), (one, "noon")]
    assert [(one.source.id, one.note) for one in library.marks.every("the whole")] == [(two, "The whole of it")]


def test_they_are_filtered_and_searched(library: Library, many: list[int]) -> None:
    marks = library.marks
    assert marks.page(color="pink").total == 3
    assert marks.page("ete").total == 3
    assert marks.page("NOON été 1").total == 1
    assert marks.page("%").total == 0
    assert marks.page(article_id=many[1]).total == 3
    assert marks.page("zebra").marks == ()
    with pytest.raises(BadCursor):
        marks.page(cursor="x")


def test_a_highlight_goes_across_blocks_code_and_formulas(library: Library) -> None:
    html = "<h2>One</h2><p>a <b>b</b></p><pre>\n x = 1\n</pre><p>so <math><mi>y</mi><mo>=</mo><mn>2</mn></math></p>"
    article = library.save(Article("https://m.test/", "M", html, "x"), Page("https://m.test/", "x")).id
    made = library.marks.add(article, Selector(4, 17, "a b x = 1 so y"))
    assert (made.passage.exact, made.passage.begins) == ("a b x = 1 so y", 4)
