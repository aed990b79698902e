"""Read, archive, love, tag, throw away and take back; and the counts that follow each of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from quietpage.library.facets import Facets
from quietpage.library.library import Library, NoSuchArticle
from quietpage.library.tags import NoSuchTag, tidied

from .conftest import Save


@pytest.fixture
def ids(save: Save) -> list[int]:
    return [save(f"harbor {number}", url=f"https://site.test/{number}").id for number in range(4)]


def counts(library: Library, query: str = "") -> dict[str, dict[str, int]]:
    found: Facets = library.look(query)[1]
    names = ("site", "tag", "language", "state", "favorite", "year")
    return {name: {one.value: one.articles for one in getattr(found, name)} for name in names}


# Marks


def test_several_articles_are_marked_at_once(library: Library, ids: list[int]) -> None:
    library.shelf.mark(ids[:2], state="archived", favorite=True)
    assert {hit.id for hit in library.search("is:archived is:favorite").hits} == set(ids[:2])
    assert library.get(ids[0]).favorite
    assert library.get(ids[2]).state == "unread"


def test_one_that_is_not_there_changes_nothing(library: Library, ids: list[int]) -> None:
    for bad in (99, -1, 2**70):
        with pytest.raises(NoSuchArticle):
            library.shelf.mark([ids[0], bad], state="read")
    assert library.get(ids[0]).state == "unread"


def test_there_are_only_these_states(library: Library, ids: list[int]) -> None:
    with pytest.raises(ValueError, match="no state"):
        library.shelf.mark(ids, state="gone")


# Tags


def test_tags_are_given_taken_and_set(library: Library, ids: list[int]) -> None:
    library.shelf.tag(ids[:2], add=["Sea", "#slow reading"])
    library.shelf.tag(ids[:1], add=["sea"], drop=["Slow Reading"])
    assert library.get(ids[0]).tags == ("Sea",)
    assert library.get(ids[1]).tags == ("Sea", "slow reading")
    library.shelf.set_tags(ids[1], ["boats"])
    assert library.get(ids[1]).tags == ("boats",)


def test_a_tag_is_found_in_whatever_case(library: Library, ids: list[int]) -> None:
    library.shelf.tag(ids[:1], add=["Straße"])
    library.shelf.tag(ids[1:2], add=["ÖL"])
    assert [hit.id for hit in library.search("tag:straße").hits] == [ids[0]]
    assert [hit.id for hit in library.search("#öl").hits] == [ids[1]]


def test_names_are_tidied() -> None:
    assert tidied(["  #sea ", "SEA", "a,b", '"q"', "", "#", "x" * 500]) == ["SEA", "a b", "q", "x" * 80]


def test_a_renamed_tag_stays_with_its_articles(library: Library, ids: list[int]) -> None:
    library.shelf.tag(ids, add=["sea"])
    assert library.tags.rename("SEA", "Ocean") == "Ocean"
    assert [(one.value, one.articles) for one in library.tags.all()] == [("Ocean", 4)]


def test_a_tag_renamed_to_another_is_merged_into_it(library: Library, ids: list[int]) -> None:
    library.shelf.tag(ids[:3], add=["sea"])
    library.shelf.tag(ids[2:], add=["ocean"])
    library.tags.rename("sea", "Ocean")
    assert [(one.value, one.articles) for one in library.tags.all()] == [("ocean", 4)]
    library.tags.drop("ocean")
    assert library.tags.all() == ()
    with pytest.raises(NoSuchTag):
        library.tags.rename("sea", "x")
    library.shelf.tag(ids[:1], add=["sea"])
    with pytest.raises(ValueError, match="name"):
        library.tags.rename("sea", " # ")


def test_tags_are_completed_commonest_first(library: Library, ids: list[int]) -> None:
    library.shelf.tag(ids[:1], add=["seals", "boats"])
    library.shelf.tag(ids[:2], add=["Sea"])
    assert library.tags.beginning("#se") == ("Sea", "seals")


# The trash


def test_the_trash_shows_what_was_thrown_away_last(library: Library, ids: list[int]) -> None:
    library.shelf.delete(ids[:1])
    library.shelf.delete(ids[1:3])
    trash = library.shelf.trash(2)
    assert ([one.id for one in trash.articles], trash.total) == ([ids[2], ids[1]], 3)
    assert [one.id for one in library.shelf.trash(2, trash.next_cursor).articles] == [ids[0]]
    library.shelf.restore(ids[:3])
    assert library.shelf.trash().total == 0
    assert library.recent().total == 4


def test_after_thirty_days_the_trash_is_emptied(library: Library, ids: list[int]) -> None:
    library.shelf.tag(ids[:1], add=["sea"])
    library.shelf.delete(ids[:2])
    db = library._database()
    db.execute("update articles set deleted_at = '2020-01-01T00:00:00.000000Z' where id = ?", [ids[0]])
    db.conn.commit()
    library.shelf.delete(ids[2:3])
    assert [one.id for one in library.shelf.trash().articles] == [ids[2], ids[1]]
    for table in ("versions", "removed", "article_tags"):
        assert not db.execute(f"select 1 from {table} where article_id = ?", [ids[0]]).fetchall()
    assert db.execute("select articles from words where word = 'harbor'").fetchone()[0] == 3
    assert library.search("harbor").total == 1


def test_what_is_deleted_for_good_leaves_nothing(library: Library, save: Save) -> None:
    gone = save(" ".join(f"word{number}" for number in range(100)), capture_id="c").id
    library.shelf.tag([gone], add=["sea"])
    library.acts.on_all("", "delete")
    library.shelf.purge([gone])
    db = library._database()
    about = [table.name for table in db.tables if "article_id" in table.columns_dict]
    assert {"sketches", "sketch_keys", "versions"} <= set(about)
    assert {name: db.table(name).count for name in about} == dict.fromkeys(about, 0)
    assert db.execute("select sum(articles) from words").fetchone()[0] == 0


def test_only_what_is_in_the_trash_is_deleted_for_good(library: Library, ids: list[int]) -> None:
    with pytest.raises(NoSuchArticle):
        library.shelf.purge(ids[:1])
    library.shelf.delete(ids[:1])
    library.shelf.purge(ids[:1])
    with pytest.raises(NoSuchArticle):
        library.restore(ids[0])


# Counts


def test_counts_follow_every_change(library: Library, ids: list[int]) -> None:
    library.shelf.tag(ids, add=["sea"])
    library.shelf.mark(ids[:1], state="read", favorite=True)
    library.shelf.delete(ids[3:])
    kept = counts(library)
    assert kept["state"] == {"unread": 2, "read": 1}
    assert kept["favorite"] == {"favorite": 1}
    assert kept["tag"] == {"sea": 3}
    assert kept["site"] == {"site.test": 3}
    assert counts(library, "harbor") == kept  # counted anew, article by article
    library.shelf.restore(ids[3:])
    library.shelf.mark(ids[:1], state="unread", favorite=False)
    library.shelf.tag(ids[:1], drop=["sea"])
    kept = counts(library)
    assert (kept["state"], kept["favorite"], kept["tag"]) == ({"unread": 4}, {}, {"sea": 3})
    assert counts(library, "harbor") == kept


def test_a_search_counts_what_it_finds(library: Library, save: Save, ids: list[int]) -> None:
    save("harbor and more", url="https://other.test/1")
    assert counts(library, "more")["site"] == {"other.test": 1}
    assert counts(library, "is:unread site:site.test")["site"] == {"site.test": 4}
    assert counts(library, "nowhere")["site"] == {}
    assert counts(library, ")))")["site"] == {}


def test_many_articles_are_counted_up_to_a_limit(library: Library, ids: list[int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("quietpage.library.facets.COUNTED_MOST", 2)
        for query in ("harbor", "is:unread"):
            assert library.look(query)[1].capped
            assert counts(library, query)["state"] == {"unread": 2}
    assert not library.look("harbor")[1].capped


def test_the_counts_of_an_older_library_are_made(path: Path, library: Library, ids: list[int]) -> None:
    library.shelf.tag(ids[:2], add=["sea"])
    before = counts(library)
    db = library._database()
    for trigger in ("tally_insert", "tally_update", "tally_delete", "tally_tag_insert", "tally_tag_delete"):
        db.execute(f"drop trigger {trigger}")
    for table in ("tallies", "searches"):
        db.execute(f"drop table {table}")
    for index in ("tags_folded", "tagged", "kept_published", "kept_length", "trash_newest", "article_languages"):
        db.execute(f"drop index {index}")
    for column in ("folded", "articles"):
        db.execute(f"alter table tags drop column {column}")
    db.execute("delete from _sqlite_migrations where name = 'keep_shelves'")
    db.conn.commit()
    library.close()
    with Library(path) as again:
        assert counts(again) == before
        assert again.search("tag:SEA").total == 2
