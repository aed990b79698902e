"""What belongs to the content though it does not look like content by itself."""

from __future__ import annotations

import pytest

from quietpage import clean

SAYING = "The ferry left the harbor before sunrise, and the whole town came down to the pier to watch it go. "
BEFORE, AFTER = (
    "".join(f"<p>{day} {SAYING * 3}</p>" for day in days) for days in (("Monday", "Tuesday"), ("Later", "At last"))
)
QUOTED = (
    "<p>We shall not see her like again, and nobody asked us whether we wanted a bridge in the place of a boat.</p>"
)


@pytest.mark.parametrize(
    "quotation",
    [
        f"<blockquote>{QUOTED}{{}}</blockquote>",
        f"<blockquote>{{}}{QUOTED}</blockquote>",
    ],
)
@pytest.mark.parametrize(
    "source",
    [
        "<cite>Harbor master</cite>",
        "<footer>Harbor master</footer>",
        "<div><span>Harbor master</span></div>",
        '<p class="attribution"><a href="/people/7">Harbor master</a></p>',
    ],
)
def test_a_quotation_keeps_the_line_that_says_whose_it_is(quotation: str, source: str) -> None:
    page = f"<title>The last ferry</title><article><h1>The last ferry</h1>{BEFORE}{quotation.format(source)}{AFTER}"
    article = clean(page, "https://paper.example/ferry")
    quoted = article.html.partition("<blockquote>")[2].partition("</blockquote>")[0]
    assert "Harbor master" in quoted


def test_a_button_in_a_quotation_is_no_source_of_it() -> None:
    quotation = f"<blockquote>{QUOTED}<div>Share</div></blockquote>"
    page = f"<title>The last ferry</title><article><h1>The last ferry</h1>{BEFORE}{quotation}{AFTER}"
    assert "Share" not in clean(page, "https://paper.example/ferry").text
