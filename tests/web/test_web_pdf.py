"""A PDF that the extension sends becomes an article; one without text is refused, and says what can be done."""

from __future__ import annotations

import base64

import pytest
from pdf.document import column, document

from quietpage.library.library import Library
from quietpage.web import decode

from .conftest import STORY, Extension

LIGHT = document(
    [
        column(
            ["The keeper of the harbor light counts the ships every evening and writes", "their names in a blue book."]
        )
    ],
    "/Title (The harbor light) /Author (Ada Quill)",
)


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def save(extension: Extension, data: bytes, capture_id: str = "c-1"):
    return extension.save(html=None, pdf=b64(data), url="https://site.test/light.pdf", capture_id=capture_id)


def test_a_pdf_becomes_an_article_with_a_link_to_it(extension: Extension) -> None:
    answer = save(extension, LIGHT)
    assert answer.status_code == 201
    assert (answer.json["title"], answer.json["byline"]) == ("The harbor light", "Ada Quill")
    assert "writes their names in a blue book." in answer.json["text"]
    assert answer.json["url"] == "https://site.test/light.pdf"


def test_the_same_pdf_is_kept_once(extension: Extension, library: Library) -> None:
    save(extension, LIGHT)
    assert (save(extension, LIGHT).status_code, save(extension, LIGHT, "c-2").json["outcome"]) == (200, "unchanged")
    assert library.recent().total == 1


@pytest.mark.parametrize(("data", "words"), [(b"%PDF-1.4 nothing", "damaged"), (document([[], []]), "OCR")])
def test_a_pdf_without_text_is_refused_with_advice(extension: Extension, data: bytes, words: str) -> None:
    answer = save(extension, data)
    assert (answer.status_code, answer.json["type"].rsplit("/")[-1]) == (422, "unreadable-pdf")
    assert words in answer.json["detail"]
    assert "kept" not in answer.json


def test_a_pdf_that_is_too_large_is_refused_unread(extension: Extension, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode, "MOST_PDF_BYTES", len(LIGHT) - 1)
    assert save(extension, LIGHT).status_code == 413


@pytest.mark.parametrize("body", [{"html": None}, {"html": STORY, "pdf": b64(LIGHT)}, {"html": None, "pdf": "?"}])
def test_a_capture_is_either_a_page_or_a_pdf(extension: Extension, body: dict[str, str | None]) -> None:
    assert extension.save(**body).status_code == 400
