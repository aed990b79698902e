"""The pages in the language of the browser: which one is chosen, and that its catalogue is whole and says the same."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import catalogues
import pytest
from babel.messages.catalog import Catalog, Message
from flask.testing import FlaskClient

from quietpage.library.library import Library
from quietpage.web.language import ENGLISH, LANGUAGES

from .test_web_pages import keep

TRANSLATED = [language for language in LANGUAGES if language != ENGLISH]
PIECE = re.compile(r"%\(\w+\)[sd]|%%|\{\w+\}|</?[a-z]+[^>]*>")
COUNTED = {"%(count)s", "%(amount)s"}  # a form for one or two of something may say the number as a word


def texts(message: Message) -> list[str]:
    """The translations of a message: one, or one for each number."""
    return [message.string] if isinstance(message.string, str) else list(message.string)


@pytest.fixture(scope="module")
def template() -> Catalog:
    return catalogues.template()


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_has_every_text_and_no_other(language: str, template: Catalog) -> None:
    kept = {message.id for message in catalogues.read(language)}
    needed = {message.id for message in template}
    assert (needed - kept, kept - needed) == (set(), set()), "run: python tests/catalogues.py"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated_with_the_same_markup_and_values(language: str) -> None:
    wrong = []
    for message in catalogues.read(language):
        originals = [message.id] if isinstance(message.id, str) else list(message.id)
        pieces = {piece for original in originals for piece in PIECE.findall(original)}
        for text in texts(message) if message.id else []:
            said = set(PIECE.findall(text))
            if not text or said - pieces or pieces - said - COUNTED:
                wrong.append((originals[0], text))
    assert wrong == []


@pytest.mark.parametrize(
    ("accepted", "language", "direction"),
    [
        ("", "en", "ltr"),
        ("xx", "en", "ltr"),
        ("en-US,de;q=0.9", "en", "ltr"),
        ("de-AT, en;q=0.5", "de", "ltr"),
        ("xx, de;q=0.2, en;q=0.1", "de", "ltr"),
        ("ar-EG", "ar", "rtl"),
        ("../../etc, *;q=0", "en", "ltr"),
    ],
)
def test_a_page_speaks_the_language_that_the_browser_likes_best(
    me: FlaskClient, accepted: str, language: str, direction: str
) -> None:
    answer = me.get("/", headers={"Accept-Language": accepted})
    assert f'<html lang="{language}" dir="{direction}"' in answer.text
    assert "Accept-Language" in answer.headers["Vary"]


def test_dates_and_numbers_are_written_as_there(me: FlaskClient, library: Library) -> None:
    article = keep(library, published_at=datetime(2026, 7, 7, tzinfo=UTC))
    page = me.get(f"/read/{article}", headers={"Accept-Language": "de"}).text
    assert "7. Juli 2026" in page
    assert "Bibliothek" in page
    assert 'lang="de"' in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_shown_in_every_language(me: FlaskClient, library: Library, language: str) -> None:
    article = keep(library, title="100 % <b>of</b> %(title)s {number}")
    library.shelf.tag([article], add=["50 %(tag)s"])
    paths = ("/", "/?q=100+%25+(saved:x", "/?q=zzz", "/?q=is:archived", f"/read/{article}?q=tide", "/tags", "/trash")
    more = ("/statistics", "/settings", "/welcome", "/sign-in", "/nowhere", f"/read/{article}/removed")
    for path in (*paths, *more):
        page = me.get(path, headers={"Accept-Language": language})
        assert page.status_code in (200, 404)
        assert "<b>of</b>" not in page.text


def test_the_api_speaks_english(me: FlaskClient) -> None:
    assert me.get("/api/articles/99", headers={"Accept-Language": "de"}).json["title"] == "Not found"
