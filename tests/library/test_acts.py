"""What is done to all the articles a search finds, and undone."""

from __future__ import annotations

import time

import pytest

from quietpage.library.acts import KEPT_ACTS, Doing, NoSuchAct
from quietpage.library.library import Library, NoSuchArticle

from .conftest import Save
from .test_shelf import counts


@pytest.fixture
def ids(save: Save) -> list[int]:
    harbors = [save(f"harbor {number}", url=f"https://site.test/{number}").id for number in range(4)]
    return [*harbors, save("mountain", url="https://site.test/mountain").id]


def found(library: Library, query: str) -> set[int]:
    return {hit.id for hit in library.search(query, limit=100).hits}


def test_all_that_a_search_finds_is_changed_and_put_back(library: Library, ids: list[int]) -> None:
    library.shelf.mark(ids[:1], state="archived")
    library.shelf.mark(ids[1:2], state="read")
    done = library.acts.on_all("harbor", "read")
    assert done.articles == 3
    assert found(library, "is:read") == set(ids[:4])
    assert done.act is not None
    assert library.acts.undo(done.act) == 3
    assert found(library, "is:archived") == {ids[0]}
    assert found(library, "is:read") == {ids[1]}
    assert counts(library)["state"] == {"unread": 3, "read": 1, "archived": 1}


def test_favorites_are_made_and_unmade(library: Library, ids: list[int]) -> None:
    library.shelf.mark(ids[:1], favorite=True)
    done = library.acts.on_all("is:unread", "favorite")
    assert done.articles == 4
    assert library.acts.on_all("harbor", "unfavorite").articles == 4
    assert found(library, "is:favorite") == {ids[4]}
    assert library.acts.undo(done.act or 0) == 1  # of the others somebody changed it since
    assert found(library, "is:favorite") == set()


def test_tags_are_given_and_taken_only_where_they_were_not(library: Library, ids: list[int]) -> None:
    library.shelf.tag(ids[:2], add=["Sea"])
    given = library.acts.on_all("harbor", "tag", tags=["sea", "#boats", " "])
    assert given.articles == 4
    assert counts(library)["tag"] == {"Sea": 4, "boats": 4}
    taken = library.acts.on_all("", "untag", tags=["boats", "unknown"])
    assert taken.articles == 4
    library.acts.undo(taken.act or 0)
    assert counts(library)["tag"] == {"Sea": 4, "boats": 4}
    library.acts.undo(given.act or 0)
    assert counts(library)["tag"] == {"Sea": 2}


def test_a_tag_that_was_dropped_meanwhile_stays_away(library: Library, ids: list[int]) -> None:
    library.shelf.tag(ids, add=["sea"])
    taken = library.acts.on_all("", "untag", tags=["sea"])
    library.tags.drop("sea")
    library.acts.undo(taken.act or 0)
    assert counts(library)["tag"] == {}


def test_all_that_is_found_goes_to_the_trash_and_comes_back(library: Library, ids: list[int]) -> None:
    library.delete(ids[0])
    done = library.acts.on_all("harbor", "delete")
    assert done.articles == 3
    assert found(library, "") == {ids[4]}
    library.restore(ids[1])
    assert library.acts.undo(done.act or 0) == 2
    assert found(library, "") == set(ids[1:])


def test_the_trash_is_searched_to_restore(library: Library, ids: list[int]) -> None:
    library.shelf.delete(ids)
    done = library.acts.on_all("harbor", "restore")
    assert done.articles == 4
    assert found(library, "") == set(ids[:4])
    library.acts.undo(done.act or 0)
    assert library.shelf.trash().total == 5
    assert library.acts.on_all("", "restore").articles == 5


@pytest.mark.parametrize("query", ["sea OR mountains", "title:mountain", "harbour", "is:", "()", "-harbor is:read"])
def test_only_what_has_all_of_the_search_is_changed(library: Library, ids: list[int], query: str) -> None:
    hits = library.search(query, limit=100)
    expected = 0 if hits.partial or hits.corrected else hits.total
    assert library.acts.on_all(query, "archived").articles == expected


def test_what_changes_nothing_is_not_remembered(library: Library, ids: list[int]) -> None:
    done = library.acts.on_all("nothing", "read")
    assert (done.articles, done.act) == (0, None)
    assert library.acts.on_all("", "unread").act is None


def test_an_act_is_undone_once(library: Library, ids: list[int]) -> None:
    act = library.acts.on_all("", "read").act or 0
    library.acts.undo(act)
    for unknown in (act, 99, -1):
        with pytest.raises(NoSuchAct):
            library.acts.undo(unknown)


def test_only_the_latest_acts_can_be_undone(library: Library, ids: list[int]) -> None:
    acts = [library.acts.on_all("", "read" if number % 2 else "reading").act or 0 for number in range(2 * KEPT_ACTS)]
    library.acts.undo(acts[-KEPT_ACTS])
    with pytest.raises(NoSuchAct):
        library.acts.undo(acts[-KEPT_ACTS - 1])


def test_an_article_deleted_for_good_leaves_nothing_to_undo(library: Library, ids: list[int]) -> None:
    done = library.acts.on_all("harbor", "delete")
    library.shelf.purge(ids[:3])
    assert library.acts.undo(done.act or 0) == 1
    with pytest.raises(NoSuchArticle):
        library.get(ids[0])


def test_there_is_only_so_much_to_do(library: Library, ids: list[int]) -> None:
    with pytest.raises(ValueError, match="Nothing is called"):
        library.acts.on_all("", "purge")  # type: ignore[arg-type]


@pytest.fixture
def many(library: Library) -> int:
    """10,000 articles, put in at once."""
    amount = 10_000
    rows = (
        {
            "address": f"https://many.test/{number}",
            "url": f"https://many.test/{number}",
            "title": f"Title {number}",
            "html": f"<p>{'sea ' * 40}</p>",
            "text": f"harbor {number} {'sea ' * 40}",
            "saved_at": "2026-01-02T03:04:05.000000Z",
            "updated_at": "2026-01-02T03:04:05.000000Z",
        }
        for number in range(amount)
    )
    library._database().table("articles").insert_all(rows)
    return amount


@pytest.mark.parametrize("doing", ["archived", "tag", "delete"])
def test_ten_thousand_articles_are_changed_at_once(library: Library, many: int, doing: Doing) -> None:
    began = time.process_time()
    done = library.acts.on_all("harbor", doing, tags=["sea"])
    assert done.articles == many
    assert library.acts.undo(done.act or 0) == many
    assert time.process_time() - began < 10  # CPU seconds, some ten times what it takes
