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


def story(piece: str) -> str:
    """The clean HTML of an article with a piece in its middle."""
    page = f"<title>The last ferry</title><article><h1>The last ferry</h1>{BEFORE}{piece}{AFTER}</article>"
    return clean(page, "https://paper.example/ferry").html


def test_the_caption_of_a_quoted_figure_signs_the_quotation() -> None:
    figure = f"<figure><blockquote>{QUOTED}</blockquote><figcaption>Harbor master</figcaption></figure>"
    assert f"<blockquote>{QUOTED}<p>Harbor master</p></blockquote>" in story(figure)


TABLE = (
    "<table><caption>Boats</caption><thead><tr><th>Year</th><th>Boats</th></tr></thead><tbody><tr><td>1974</td>"
    "<td>12</td></tr><tr><td>2024</td><td>1</td></tr></tbody></table>"
)


@pytest.mark.parametrize("beside", ["", "<div><button>Download</button> <a href='/csv'>As CSV</a></div>"])
def test_a_table_among_the_text_is_kept_whole_whatever_buttons_stand_below_it(beside: str) -> None:
    assert TABLE in story(TABLE + beside)
    assert "CSV" not in story(TABLE + beside)


def test_definitions_are_kept_whole() -> None:
    terms = "<dl><dt>Ferry</dt><dd>A boat that comes back.</dd><dt>Pier</dt><dd>Where it does.</dd></dl>"
    assert terms in story(f"<h2>Words</h2>{terms}")


def test_a_heading_of_a_list_stays_above_the_buttons_between_them() -> None:
    items = "".join(
        f"<li>{amount} g of barley from the {field} field</li>" for amount, field in ((10, "low"), (9, "far"))
    )
    piece = f"<h3>Barley</h3><div><button>US</button><button>Metric</button></div><ul>{items}</ul>"
    assert f"<h2>Barley</h2><ul>{items}</ul>" in story(piece)


def test_a_step_of_a_recipe_between_two_others_is_kept() -> None:
    steps = (
        "<ol><li>Soften the leeks in butter until they shine.</li><li><p>Add the stock.</p><p>Stir it now and then, "
    )
    steps += "for barley sticks to the pan.</p></li><li>Let it stand for ten minutes before you serve it.</li></ol>"
    assert steps in story(steps)
