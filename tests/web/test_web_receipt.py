"""What the answer to a save says beside the article: what was kept of what was seen, and what changed."""

from __future__ import annotations

import sqlite3

import pytest
from flask.testing import FlaskClient

from quietpage.library.library import Library

from .conftest import STORY, Extension

OVERDONE = STORY.replace("</footer>", "</footer><p data-qp-hidden>never seen</p><div>Subscribe today, do!</div>")
SIGN_IN = "<html><body><form><label>Name <input></label><input type=Password></form></body></html>"


def receipt(extension: Extension, **changed: object) -> dict[str, object]:
    """The receipt of a save that asks for one."""
    answer = extension.save(receipt=True, **changed).json
    return answer.get("kept", answer)["receipt"]


def test_no_receipt_is_made_for_those_who_ask_for_none(extension: Extension) -> None:
    assert "receipt" not in extension.save().json
    assert "receipt" not in extension.save(capture_id="c-2", html=SIGN_IN).json["kept"]


def test_it_counts_what_was_kept_beside_what_was_seen(extension: Extension) -> None:
    plain = receipt(extension)
    more = receipt(extension, url="https://harbor.example/other", capture_id="c-2", html=OVERDONE)
    assert plain["kept_words"] < plain["seen_words"]  # the menu and the footer were seen too
    assert more["seen_words"] == plain["seen_words"] + 3  # and nothing that was not displayed


def test_a_new_article_has_changed_nothing(extension: Extension) -> None:
    told = receipt(extension)
    assert (told["outcome"], told["versions"], told["change"], told["title"]) == ("created", 1, None, "The last ferry")


def test_a_new_version_says_how_many_paragraphs_changed_since_when(extension: Extension) -> None:
    extension.save(captured_at="2026-05-03T10:00:00Z")
    changed = STORY.replace("0. The", "0. Yesterday the").replace(
        "</article>", "<p>At last it came back.</p></article>"
    )
    told = receipt(extension, capture_id="c-2", html=changed)
    assert (told["outcome"], told["versions"]) == ("updated", 2)
    assert told["change"] == {"since": "2026-05-03T10:00:00Z", "paragraphs": 2}


def test_pictures_are_counted(extension: Extension) -> None:
    figure = "<figure><img src='/pier.jpg' alt='The pier at dawn' width=800 height=600></figure></article>"
    assert receipt(extension, html=STORY.replace("</article>", figure))["pictures"] == 1


def test_a_field_for_a_password_is_noticed(extension: Extension) -> None:
    refused = receipt(extension, html=SIGN_IN)
    assert refused["asks_to_sign_in"] is True
    assert receipt(extension, capture_id="c-2")["asks_to_sign_in"] is False


def test_a_full_disk_is_said_to_be_full(extension: Extension, library: Library) -> None:
    connection = library._database().conn
    pages = connection.execute("pragma page_count").fetchone()[0]
    connection.execute(f"pragma max_page_count = {pages}")
    answer = extension.save(html=STORY.replace("</article>", f"<p>{'sea ' * 100_000}</p></article>"))
    assert (answer.status_code, answer.json["type"]) == (507, "/problems/disk-full")
    connection.execute("pragma max_page_count = 1000000")
    assert extension.save().status_code == 201


def test_a_locked_library_is_not_called_full(extension: Extension, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object) -> None:
        raise sqlite3.OperationalError("database is locked")

    monkeypatch.setattr(Library, "save", locked)
    assert extension.save().status_code == 503


@pytest.mark.parametrize(("version", "status"), [("0.0.9", 426), ("0.1.0", 200), ("1", 200), ("odd", 200)])
def test_an_extension_that_is_too_old_is_told_which_side_to_update(
    stranger: FlaskClient, version: str, status: int
) -> None:
    answer = stranger.get("/api/ping", headers={"X-Quietpage-Extension": version})
    assert answer.status_code == status
    if status == 426:
        assert "extension" in answer.json["detail"]


def test_tags_are_offered_by_their_beginning(extension: Extension, library: Library) -> None:
    extension.save()
    library.shelf.tag([1], add=["sea", "season", "harbor"])
    got = extension.client.get("/api/tags?begins=SE", headers=extension.headers).json
    assert set(got["tags"]) == {"sea", "season"}
