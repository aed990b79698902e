"""Saving, reading, listing and deleting."""

from __future__ import annotations

import base64
import sqlite3
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from quietpage.article import Article, Page, Removed
from quietpage.library.cursors import write_cursor
from quietpage.library.library import BadCursor, Library, NoSuchArticle

from .conftest import Save


def test_what_was_saved_comes_back(library: Library) -> None:
    published = datetime(2023, 7, 9, 0, 30, tzinfo=timezone(timedelta(hours=9)))  # the day before, in UTC
    modified = datetime(2023, 7, 10, 12, 30, tzinfo=UTC)
    article = Article(
        url="https://site.test/a",
        title="Über Äpfel",
        html="<p>text</p>",
        text="text",
        byline="A. Author",
        site="Site",
        language="de",
        published_at=published,
        modified_at=modified,
        excerpt="text",
        word_count=1,
        lead_image="https://site.test/a.png",
        next_page="https://site.test/a?page=2",
    )
    saved = library.save(article, Page("https://site.test/a", "<p>text"))
    kept = library.get(saved.id)
    assert (saved.outcome, saved.version, kept.versions) == ("created", 1, 1)
    assert kept.article == article
    assert kept.article.published_at and kept.article.published_at.day == 9
    assert kept.state == "unread"


def test_the_same_capture_is_one_save_however_often_it_is_delivered(library: Library, save: Save) -> None:
    first = save("text", capture_id="c1")
    save("other text", capture_id="c2")
    again = save("text", capture_id="c1")
    assert (again.id, again.outcome, again.version) == (first.id, "unchanged", 1)
    assert library.get(first.id).versions == 2
    assert library.get(first.id).article.text == "other text"


def test_the_same_content_from_the_same_address_is_not_doubled(library: Library, save: Save) -> None:
    first = save("text", url="http://site.test/a?utm_source=mail#top")
    again = save("text", url="https://SITE.test/a")
    assert (again.id, again.outcome) == (first.id, "unchanged")
    assert library.recent().total == 1


def test_changed_content_is_a_new_version_of_the_same_article(library: Library, save: Save) -> None:
    first = save("text")
    second = save("text, corrected")
    assert (second.id, second.outcome, second.version) == (first.id, "updated", 2)
    assert library.get(first.id).article.text == "text, corrected"
    assert library.captured_page(first.id, 1) == b"<html>text"
    assert library.captured_page(first.id, 2) == b"<html>text, corrected"


def test_a_page_without_an_article_never_replaces_a_good_one(library: Library, save: Save) -> None:
    good = save("the whole story")
    worse = save("Please log in", warning="This page held no article.")
    assert (worse.id, worse.version) == (good.id, 2)
    assert library.get(good.id).article.text == "the whole story"
    assert [one.html for one in library.removed(good.id)] == ["<p>the</p>"]
    assert library.captured_page(good.id, 2) == b"<html>Please log in"


def test_a_good_article_replaces_a_page_without_one(library: Library, save: Save) -> None:
    first = save("Please log in", warning="This page held no article.")
    save("the whole story")
    kept = library.get(first.id)
    assert (kept.article.text, kept.article.warning) == ("the whole story", None)
    assert [one.html for one in library.removed(first.id)] == ["<p>the</p>"]


def test_lone_surrogates_and_nul_lose_nothing_around_them(library: Library) -> None:
    text = "before\x00 \ud800 after \ud83d\ude00"
    saved = library.save(
        Article("https://site.test/a", text, f"<p>{text}</p>", text), Page("https://site.test/a", text)
    )
    assert library.get(saved.id).article.text == "before\ufffd \ufffd after 😀"
    assert library.search("after").total == 1
    assert library.captured_page(saved.id, 1).decode("utf-8", "surrogatepass") == text


def test_no_text_of_any_field_fails_a_save(library: Library) -> None:
    bad = "a\ud800\x00"
    url = f"https://site.test/{bad}?q={bad}"
    article = Article(url, bad, bad, bad, url, bad, bad, bad, excerpt=bad, lead_image=bad, warning=bad)
    removed = (Removed(bad, bad, bad),)
    saved = library.save(replace(article, removed=removed), Page(url, bad, bad, capture_id=bad))
    found = library.lookup(url)
    assert found is not None
    assert (found.id, found.article.warning) == (saved.id, "a\ufffd\ufffd")
    assert library.browsers.add(name=bad, origin="o", token_hash=b"t", proof_key=b"p").name == "a\ufffd\ufffd"


def test_two_captures_stay_two_whatever_their_ids_are_made_of(library: Library, save: Save) -> None:
    save("text", capture_id="\ud800")
    assert save("other", capture_id="\ud801").outcome == "updated"
    assert save("text", capture_id="\ud800").outcome == "unchanged"


def test_the_list_is_newest_first_and_stable_while_articles_arrive(library: Library, save: Save) -> None:
    ids = [save(f"text {number}", url=f"https://site.test/{number}").id for number in range(5)]
    first = library.recent(limit=2)
    save("newer", url="https://site.test/newer")
    second = library.recent(limit=2, cursor=first.next_cursor)
    third = library.recent(limit=2, cursor=second.next_cursor)
    assert [hit.id for page in (first, second, third) for hit in page.hits] == ids[::-1]
    assert third.next_cursor is None


@pytest.mark.parametrize("cursor", ["x", "é", "bnVsbA", "WzFd", "W10", "WyJ+IiwgIngiXQ", "%%%"])
def test_a_cursor_that_is_none_is_refused(library: Library, cursor: str) -> None:
    with pytest.raises(BadCursor):
        library.recent(cursor=cursor)


@pytest.mark.parametrize("position", [("\ud800", 1), ("2026", 2**70), ("2026", -1)])
def test_a_place_that_cannot_be_is_refused(library: Library, position: tuple[str, int]) -> None:
    with pytest.raises(BadCursor):
        library.recent(cursor=write_cursor(*position))


def test_a_cursor_nested_without_end_is_refused(library: Library) -> None:
    with pytest.raises(BadCursor):
        library.recent(cursor=base64.urlsafe_b64encode(b"[" * 100_000).decode())


def test_a_deleted_article_is_gone_until_it_is_restored(library: Library, save: Save) -> None:
    saved = save("text")
    library.delete(saved.id)
    with pytest.raises(NoSuchArticle):
        library.get(saved.id)
    assert library.lookup("https://site.test/story") is None
    assert library.recent().total == library.search("text").total == 0
    with pytest.raises(NoSuchArticle):
        library.delete(saved.id)
    library.restore(saved.id)
    assert library.get(saved.id).article.text == "text"


def test_saving_takes_an_article_out_of_the_trash(library: Library, save: Save) -> None:
    saved = save("text")
    library.delete(saved.id)
    assert save("text").id == saved.id
    assert library.get(saved.id).article.text == "text"


def test_a_repeated_delivery_is_never_answered_with_an_article_in_the_trash(library: Library, save: Save) -> None:
    saved = save("text", capture_id="c1")
    library.delete(saved.id)
    assert save("text", capture_id="c1").id == saved.id
    assert library.get(saved.id).article.text == "text"


def test_an_unknown_article_is_said_to_be_unknown(library: Library) -> None:
    for call in (library.get, library.delete, library.restore, library.removed):
        with pytest.raises(NoSuchArticle):
            call(7)
        with pytest.raises(NoSuchArticle):
            call(2**70)
    with pytest.raises(NoSuchArticle):
        library.captured_page(7, 1)


def test_lookup_finds_an_article_by_any_spelling_of_its_address(library: Library, save: Save) -> None:
    saved = save("text", url="https://site.test/a?id=3&utm_campaign=x")
    found = library.lookup("http://site.test:80/a?id=3&fbclid=123#part")
    assert found is not None
    assert found.id == saved.id


def test_threads_save_side_by_side(library: Library, save: Save) -> None:
    def work(name: int) -> None:
        for number in range(10):
            save(f"text {name} {number}", url=f"https://site.test/{name}/{number}")

    threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert library.recent().total == 40


def test_a_failed_save_leaves_nothing_behind(library: Library, save: Save) -> None:
    save("text", capture_id="c1")
    broken = Article("https://site.test/b", "T", "<p>t</p>", "t", word_count=2**70)
    with pytest.raises(OverflowError):
        library.save(broken, Page("https://site.test/b", "t"))
    assert library.recent().total == 1
    save("more", url="https://site.test/c")
    assert library.recent().total == 2


def test_the_file_has_the_settings_that_lose_nothing(library: Library, path: Path) -> None:
    database = library._database()
    assert database.conn.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert database.conn.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert database.conn.execute("PRAGMA foreign_keys").fetchone()[0] == 1


def test_the_secret_is_made_once(library: Library, path: Path) -> None:
    secret = library.secret()
    with Library(path) as again:
        assert again.secret() == secret
    assert len(secret) == 32


def test_the_index_follows_every_change(library: Library, save: Save, path: Path) -> None:
    saved = save("apples")
    save("pears")
    library.delete(saved.id)
    library.restore(saved.id)
    assert (library.search("apples").total, library.search("pears").total) == (0, 1)
    connection = sqlite3.connect(path)
    connection.execute("insert into articles_fts(articles_fts, rank) values ('integrity-check', 1)")
    connection.close()
