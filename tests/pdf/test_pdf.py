"""A PDF's text becomes headings and paragraphs, whatever its lines were; what holds none, or is hostile, is refused."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable

import pytest
from pdf.document import column, document, written

from quietpage.article import Page
from quietpage.cleaner.pipeline import clean
from quietpage.pdf import UnreadablePdf, convert, page_from_pdf

FIRST = [
    "The keeper of the harbor light counts the ships every even-",
    "ing and writes their names in a long blue book, as her",
    "mother did before her.",
]
SECOND = ["Nobody has read the older books in years, but they stand on", "a shelf above the stove, in order."]
STORY = [(72.0, 740.0, 24.0, "The harbor light"), *column([*FIRST, "", *SECOND])]


def text_of(data: bytes) -> list[str]:
    """The paragraphs of the article that a PDF becomes."""
    return clean(Page("https://site.test/light.pdf", page_from_pdf(data))).text.split("\n\n")


def test_lines_become_paragraphs_and_parted_words_become_whole() -> None:
    assert text_of(document([STORY])) == [
        "The keeper of the harbor light counts the ships every evening and writes their names in a long blue book, "
        "as her mother did before her.",
        "Nobody has read the older books in years, but they stand on a shelf above the stove, in order.",
    ]


def test_the_largest_line_is_the_title() -> None:
    article = clean(
        Page("https://site.test/light.pdf", page_from_pdf(document([STORY], "/Title (Microsoft Word - l.doc)")))
    )
    assert article.title == "The harbor light"


def test_what_a_document_says_of_itself_is_believed() -> None:
    info = "/Title (Ships and names) /Author (Ada Quill) /CreationDate (D:20260304050607Z)"
    article = clean(Page("https://site.test/light.pdf", page_from_pdf(document([STORY], info))))
    assert (article.title, article.byline, article.language) == ("Ships and names", "Ada Quill", "en")
    assert article.published_at is not None and article.published_at.year == 2026


def test_headings_between_paragraphs_are_headings() -> None:
    lines = [*column(FIRST), (72.0, 640.0, 16.0, "The books"), *column(SECOND, top=610)]
    assert "<h3>The books</h3>" in page_from_pdf(document([[(72.0, 740.0, 24.0, "Light"), *lines]]))


def test_columns_are_read_one_after_the_other() -> None:
    left, right = column([*FIRST[:2]]), column([FIRST[2], "", *SECOND], x=320)
    paragraphs = text_of(document([[*left, *right]]))
    assert paragraphs[0].endswith("as her mother did before her.")


def test_a_paragraph_goes_on_after_a_page_and_what_each_page_repeats_is_dropped() -> None:
    pages = []
    for number in range(4):
        head = (72.0, 760.0, 8.0, "Harbor News, volume 7")
        foot = (300.0, 30.0, 8.0, str(number + 1))
        pages.append(
            [
                head,
                *column([f"Line number {number} of the same paragraph ends in the middle", "of what it says and"]),
                foot,
            ]
        )
    paragraphs = text_of(document(pages))
    assert len(paragraphs) == 1
    assert "Harbor News" not in paragraphs[0]


def test_a_line_with_a_bullet_is_an_item() -> None:
    html = page_from_pdf(
        document([[*STORY, *column(["• First of all the ships", "• Second of all the ships"], top=500)]])
    )
    assert "<ul><li>First of all the ships</li><li>Second of all the ships</li></ul>" in html


def test_markup_in_a_document_is_text() -> None:
    html = page_from_pdf(document([[*STORY, *column(["<script>alert(1)</script>"], top=500)]], "/Title (<b>x</b>)"))
    assert "<script>" not in html and "<b>" not in html


LOCKED = "/Encrypt << /Filter /Standard /V 2 /R 3 /O (x) /U (x) /P -4 /Length 128 >> /ID [(a) (a)]"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<html>no document</html>", "no PDF"),
        (b"%PDF-1.4\nbut nothing else", "damaged"),
        (document([STORY])[:300], "damaged"),
        (document([[], []]), "OCR"),
        (document([STORY], extra=LOCKED), "password"),
    ],
)  # fmt: skip
def test_what_holds_no_text_is_refused_with_advice(data: bytes, words: str) -> None:
    with pytest.raises(UnreadablePdf, match=words):
        page_from_pdf(data)


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /X 4 0 R >> >> >>"


def bomb() -> bytes:
    """200 MB in 200 KB."""
    data = zlib.compress(b"0 " * 100_000_000, 9)
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(data), data)


def form_that_draws_itself() -> bytes:
    resources = b"/Resources << /XObject << /X 4 0 R >> >>"
    about = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] %s /Length 6 >>" % resources
    return about + b"\nstream\n/X Do\n\nendstream"


@pytest.mark.parametrize(
    "objects",
    [
        lambda: [CATALOG, PAGES, PAGE, bomb(), b"<< >>"],
        lambda: [CATALOG, PAGES, PAGE, form_that_draws_itself(), b"<< >>"],
        lambda: [CATALOG, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2000000 >>", b"<< >>"],
        lambda: [b"[" * 500_000, PAGES, b"<< >>"],
    ],
    ids=["a bomb", "a form that draws itself", "pages that hold themselves", "endless nesting"],
)
def test_a_hostile_document_costs_no_more_than_its_time(objects: Callable[[], list[bytes]]) -> None:
    data = written(objects())
    began = time.monotonic()
    with pytest.raises(UnreadablePdf):
        page_from_pdf(data)
    assert time.monotonic() - began < convert.READ_SECONDS + 5


def test_time_that_runs_out_keeps_what_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(convert, "READ_SECONDS", 3)
    slow = [(72.0, float(y % 700), 11.0, "word " * 10) for y in range(10_000)]
    html = page_from_pdf(document([STORY, *([slow] * 30)]))
    assert "names in a long blue book" in html
    assert "more pages of the document are not kept" in html
