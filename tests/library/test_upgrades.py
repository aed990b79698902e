"""A library that an older version made, with articles in it: it opens, keeps everything, and has what is new."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from quietpage.library import database, schema
from quietpage.library.anchoring import Selector
from quietpage.library.library import Library
from quietpage.library.rows import filtered_facts, indexed
from quietpage.library.vocabulary import add_words, distinct_words

STORY = " ".join(f"word{number}" for number in range(60))
TEXTS = (f"{STORY} harbor", f"{STORY} harbor of the north", "A short note about the tide", "Thrown away")


def older(path: Path, first_missing: str) -> None:
    """A library as it was before a step, with four articles: two with the same content, three tagged, one thrown away.

    Its columns are filled as that version did; what it did not know is not there.
    """
    database.create_private(path)
    db = Database(sqlite3.connect(path))
    schema.migrations.apply(db, stop_before=first_missing)
    for number, text in enumerate(TEXTS, start=1):
        url, title = f"https://www.site{number % 2}.test/{number}", f"Title {number}"
        row = {
            "id": number,
            "address": url,
            "url": url,
            "title": title,
            "html": f"<p>{text}</p>",
            "text": text,
            "headings": "",
            "language": "en-GB",
            "saved_at": f"202{number}-01-02T03:04:05.000000Z",
            "updated_at": f"202{number}-01-02T03:04:05.000000Z",
            "deleted_at": "2026-11-01T00:00:00.000000Z" if number == 4 else None,
            "content_sha256": hashlib.sha256(text.encode()).hexdigest(),
            "word_count": len(text.split()),
            "state": "read" if number == 2 else "unread",
            "favorite": int(number == 3),
            "versions": 1,
            **filtered_facts(url, ""),
            **indexed(title, None, "", text),
        }
        db.table("articles").insert(row)
        db.table("versions").insert({"article_id": number, "number": 1, "url": url, "page": b"page"})
        add_words(db, dict.fromkeys(distinct_words(title, text), 1))
    for number, name in enumerate(("Straße", "SEA", "unused"), start=1):
        folded = {"folded": name.casefold()} if "folded" in db.table("tags").columns_dict else {}
        db.table("tags").insert({"id": number, "name": name, **folded})
    pairs = [(1, 1), (2, 1), (4, 1), (3, 2)]
    db.table("article_tags").insert_all({"article_id": article, "tag_id": tag} for article, tag in pairs)
    db.conn.commit()
    db.close()


@pytest.fixture(
    params=[
        "keep_where_it_goes_on",
        "keep_sketches",
        "keep_shelves",
        "keep_acts",
        "forget_purged_sketches",
        "keep_links",
        "keep_highlights",
        "keep_tries",
    ]
)
def upgraded(path: Path, request: pytest.FixtureRequest) -> Library:
    older(path, request.param)
    library = Library(path)
    request.addfinalizer(library.close)
    assert path.with_name(f"library.db.before-{request.param}").exists()
    return library


def test_every_article_is_kept_and_found(upgraded: Library) -> None:
    assert [hit.id for hit in upgraded.recent().hits] == [3, 2, 1]
    assert [upgraded.get(number).article.text for number in (1, 2, 3)] == list(TEXTS[:3])
    assert {hit.id for hit in upgraded.search("harbor").hits} == {1, 2}
    assert {hit.id for hit in upgraded.search("harbur").hits} == {1, 2}  # corrected: the vocabulary is there
    assert upgraded.shelf.trash().total == 1
    assert upgraded.get(2).article.next_page is None


def test_the_articles_are_counted(upgraded: Library) -> None:
    facets = upgraded.look("")[1]
    counted = {name: {one.value: one.articles for one in getattr(facets, name)} for name in ("site", "state", "year")}
    assert counted["site"] == {"site1.test": 2, "site0.test": 1}
    assert counted["state"] == {"unread": 2, "read": 1}
    assert counted["year"] == {"2021": 1, "2022": 1, "2023": 1}
    assert [one.articles for one in facets.language] == [3]
    assert [one.articles for one in facets.favorite] == [1]
    upgraded.restore(4)  # and counted on
    assert {one.value: one.articles for one in upgraded.look("")[1].state} == {"unread": 3, "read": 1}


def test_tags_are_found_in_any_case_and_counted(upgraded: Library) -> None:
    assert [(one.value, one.articles) for one in upgraded.tags.all()] == [("SEA", 1), ("Straße", 2)]
    assert {hit.id for hit in upgraded.search("tag:STRASSE").hits} == {1, 2}
    upgraded.shelf.tag([3], add=["strasse"])
    assert upgraded.get(3).tags == ("SEA", "Straße")


def test_copies_are_known_at_once_and_sketched_later(upgraded: Library) -> None:
    assert [one.id for one in upgraded.same_elsewhere(1)] in ([], [2])  # the other has no sketch yet
    above = 0
    while (last := upgraded.sketch_older(above)) is not None:
        above = last
    assert [one.id for one in upgraded.same_elsewhere(1)] == [2]
    assert upgraded._database().table("sketches").count == 4


def test_links_are_read_later(upgraded: Library) -> None:
    with upgraded._database().conn as connection:
        connection.execute("""update articles set html = '<a href="https://www.site0.test/2">x</a>' where id = 3""")
    assert [one.id for one in upgraded.saved_among_links(upgraded.get(3)).values()] == [2]
    assert upgraded.cited_by(2) == ()
    above = 0
    while (last := upgraded.read_older_links(above)) is not None:
        above = last
    assert [one.id for one in upgraded.cited_by(2)] == [3]
    assert [one.id for one in upgraded.saved_among_links(upgraded.get(3)).values()] == [2]
    assert upgraded._database().table("linking").count == 4


def test_it_takes_highlights_and_notes(upgraded: Library) -> None:
    made = upgraded.marks.add(2, Selector(0, 6, "harbor of the north"), "green", "zebra")
    upgraded.marks.set_note(1, "the whole")
    assert upgraded.marks.of(2).highlights == (made,)
    assert [hit.id for hit in upgraded.search("harbor zebra").hits] == [2]
    assert {hit.id for hit in upgraded.search("has:note").hits} == {1, 2}
    upgraded._database().execute("insert into articles_fts (articles_fts, rank) values ('integrity-check', 1)")


def test_it_can_be_acted_on_and_emptied(upgraded: Library) -> None:
    done = upgraded.acts.on_all("", "archived")
    assert done.articles == 3
    assert upgraded.acts.undo(done.act or 0) == 3
    upgraded.shelf.purge([4])
    assert upgraded.shelf.trash().total == 0


def test_it_opens_again_unchanged(upgraded: Library, path: Path) -> None:
    backups = set(path.parent.iterdir())
    with Library(path) as again:
        assert again.recent().total == 3
    assert set(path.parent.iterdir()) == backups


def test_what_each_article_shows_is_found_out(path: Path) -> None:
    older(path, "keep_corrections")
    db = Database(sqlite3.connect(path))
    shown = hashlib.sha256(TEXTS[0].encode()).hexdigest()
    for number, content in enumerate((shown, "later, without an article"), start=2):
        row = {"article_id": 1, "number": number, "url": "", "page": b"page", "content_sha256": content}
        db.table("versions").insert(row)
    db.table("articles").update(1, {"versions": 3})
    db.table("articles").update(2, {"versions": 2})
    db.conn.commit()
    db.close()
    with Library(path) as library:
        assert [library.get(article).shown for article in (1, 2, 3)] == [2, 2, 1]
        assert library.corrections.add("drop", ".promo", "https://site1.test/1", article_id=1) == 1
