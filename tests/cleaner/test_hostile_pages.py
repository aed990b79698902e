"""Pages of any depth, width and length: nothing raises but NotAnArticle, and no word of the content is lost."""

from __future__ import annotations

import json
import time

import pytest

from quietpage import clean
from quietpage.article import Article
from quietpage.cleaner.excess import MAX_ATTRIBUTES, MAX_OPTIONS, leave_out_excess

SENTENCE = "The river rose all night, and by the morning the lower fields were gone under water. "
STORY = f"<p>{SENTENCE * 6}</p>"


def cleaned(body: str) -> Article:
    return clean(f"<title>Rain</title><article><h1>Rain</h1>{body}</article>", "https://example.org/rain")


@pytest.mark.parametrize("opener", ["<div>", '<div class="deep">', "<span>", "<blockquote>", "<ul><li>", "<section>"])
def test_no_depth_is_too_deep(opener: str) -> None:
    text = cleaned(f"{opener * 30_000}<p>{SENTENCE * 5}The dam held.</p>").text
    assert "The dam held." in text


def test_ten_thousand_paragraphs_all_stay() -> None:
    text = cleaned("".join(f"<p>{SENTENCE}Day {day}.</p>" for day in range(10_000))).text
    assert all(f"Day {day}." in text for day in (0, 4_999, 9_999))
    assert text.count("Day ") == 10_000


def test_ten_thousand_rows_all_stay() -> None:
    rows = "".join(f"<tr><td>Gauge {row}</td><td>{row * 7}</td></tr>" for row in range(10_000))
    article = cleaned(f"{STORY}<table><tr><th>Gauge</th><th>Level</th></tr>{rows}</table>")
    assert article.html.count("<tr>") == 10_001
    assert article.text.count("Gauge ") == 10_000


def test_the_paragraph_behind_a_long_table_stays() -> None:
    rows = "".join(f"<tr><td>Gauge {row}</td><td>{row * 7}</td></tr>" for row in range(3_000))
    table = f"<table><tr><th>Gauge</th><th>Level</th></tr>{rows}</table>"
    text = cleaned(f"<article>{STORY}{STORY}{table}<p>{SENTENCE * 6}The dam held.</p></article>").text
    assert text.endswith("The dam held.")


def test_a_text_of_a_million_characters_stays_whole() -> None:
    text = cleaned(f"<p>{'drop ' * 200_000}</p>").text
    assert text.count("drop") == 200_000


def test_hollow_siblings_do_not_bury_the_story() -> None:
    article = cleaned(f"{STORY}{'<div></div>' * 20_000}{'<br>' * 20_000}")
    assert article.text == SENTENCE.strip() + (" " + SENTENCE.strip()) * 5


def test_a_name_of_many_joints_is_read_in_one_way() -> None:
    text = cleaned(f'<div class="{"a_" * 40}!">{STORY}</div><p id="{"b_" * 40}?">{SENTENCE * 3}</p>').text
    assert text.count(SENTENCE.strip()) == 9


def test_attributes_and_options_without_end_are_left_out_before_parsing() -> None:
    attributes = " ".join(f'a{number}=">{number}"' for number in range(5_000))
    assert leave_out_excess(f"<p {attributes}>x</p>").count("=") == MAX_ATTRIBUTES
    options = "<option>Land" * (MAX_OPTIONS + 1)
    assert "<option" not in leave_out_excess(f"<select>{options}</select>")
    assert leave_out_excess(STORY * 500) == STORY * 500


@pytest.mark.parametrize("attribute", ["={}", "a{}='x'", " ={}=/", " a{} = x", '\na{}=">"'])
def test_an_attribute_is_counted_however_it_is_written(attribute: str) -> None:
    written = " ".join(attribute.format(number) for number in range(5_000))
    if "'" in attribute:
        written = written.replace(" ", "")
    left = leave_out_excess(f"<p {written}>x</p>")
    assert len(left) < len(written) / 2


@pytest.mark.parametrize("unit", ["/ ", " ", "=", "= ", "a ", "' ", '"'])
def test_a_long_tag_is_read_once(unit: str) -> None:
    begun = time.process_time()
    leave_out_excess(f"{STORY}<p a={unit * (100_000 // len(unit))}>x</p>")
    assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    "before", ["<i a='<script'></i>", "<!-- <script> -->", "<svg><script>", "<title><script></title>"]
)
def test_no_word_about_a_script_hides_a_long_tag(before: str) -> None:
    attributes = " ".join(f"attribute{number}" for number in range(2_000))
    assert leave_out_excess(f"{before}<p {attributes}>x</p>").count("attribute") == MAX_ATTRIBUTES


@pytest.mark.parametrize("quote", ["'", '"', ""])
def test_what_only_looks_like_a_long_tag_is_left_alone(quote: str) -> None:
    code = f"<script>if (a <b) say({quote}" + "x y z " * 3_000 + "</script>"
    page = f"<p>It{quote}s <b class=a{quote}>here</b></p>{code}{STORY}<p>It{quote}s there</p>"
    assert leave_out_excess(page) == page


def facts(bait: str) -> str:
    """A page that says the same of its author, its date, its title and itself."""
    data = json.dumps({"@type": "Article", "author": bait, "datePublished": bait, "headline": bait})
    metas = "".join(f'<meta name="{name}" content="{bait}">' for name in ("author", "date", "description"))
    return f'<title>{bait}</title>{metas}<script type="application/ld+json">{data}</script><h1>{bait}</h1>{STORY}'


@pytest.mark.parametrize("unit", [",", "7,", "at 7:00 ", "2026-01-01 at", "staff ", " in ", "(@a) ", "a.", "."])
def test_no_fact_of_a_page_takes_time_by_the_square_of_its_length(unit: str) -> None:
    begun = time.process_time()
    clean(facts(unit * (20_000 // len(unit))), "https://example.org/rain")
    assert time.process_time() - begun < 1


@pytest.mark.parametrize("name", ["brush:", "sourceCode ", "hljs "])
def test_the_spaces_behind_a_sign_of_code_are_read_once(name: str) -> None:
    begun = time.process_time()
    assert "level = 4" in cleaned(f'{STORY}<pre class="{name}{" " * 20_000}!"><code>level = 4</code></pre>').html
    assert time.process_time() - begun < 1
