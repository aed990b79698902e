"""How blocks are judged: forests of small trees, words, and what stands around a block."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from quietpage import clean
from quietpage.cleaner.decode import decode
from quietpage.cleaner.document import parse
from quietpage.cleaner.forest import compile_forest
from quietpage.cleaner.measures import MEASURES, About, measure, sayings
from quietpage.cleaner.surroundings import SURROUNDINGS, look_around
from quietpage.cleaner.weights import load_weights, read_weights

URL = "https://site.test/2026/ferry"
SAYING = "The ferry left the harbor before sunrise, and the whole town came down to the pier to watch it go. "
STORY = "".join(f"<p>{number}. {SAYING * 3}</p>" for number in range(6))
LINKS = "".join(f'<li><a href="/{n}">Section number {n}</a></li>' for n in range(9))


def test_a_forest_sums_what_its_trees_say() -> None:
    judge = compile_forest([[0, 1.5, -1.0, [1, 0.0, 2.0, 3.0]], 0.25], 2)
    assert judge(1.5, 9.0) == -0.75
    assert judge(2.0, 0.0) == 2.25
    assert judge(2.0, 0.1) == 3.25


def test_a_tree_can_hold_numbers_alone() -> None:
    with pytest.raises(ValueError, match="could not convert"):
        compile_forest([[0, "__import__('os')", 1.0, 2.0]], 1)


def test_weights_for_other_measures_are_refused() -> None:
    with pytest.raises(ValueError, match="fit it again"):
        read_weights(json.dumps({"measures": ["length"], "surroundings": []}))


def test_a_label_is_also_looked_up_as_a_whole() -> None:
    assert sayings("Read more") == {"read", "more", "^read", "=read more"}
    assert "0" in sayings("Page 12 of 40 pages")


def test_rows_are_as_long_as_what_is_measured() -> None:
    document = parse(f"<main><h1>The last ferry</h1>{STORY}</main><ul>{LINKS}</ul>", URL)
    rows = list(measure(document, About("The last ferry", "", False, False), [0.0] * len(document.elements), {}))
    assert {len(row) for row in rows} == {len(MEASURES)}
    chances = [0.5] * len(rows)
    around = list(look_around(document, rows, chances, chances, range(len(rows))))
    assert {len(row) for row in around} == {len(SURROUNDINGS)}
    assert len(load_weights().said) > 1000


def test_rows_are_made_one_at_a_time() -> None:
    document = parse(f"<main>{STORY}</main>", URL)
    rows = measure(document, About("", "", False, False), [0.0] * len(document.elements), {})
    chances = [0.5] * len(document.blocks)
    around = look_around(document, dict(enumerate(rows)), chances, chances, range(len(chances)))
    assert isinstance(rows, Iterator) and isinstance(around, Iterator)  # all at once take 500 times the page's size


def test_what_stands_outside_of_the_core_is_measured_as_that() -> None:
    document = parse(f"<main>{STORY}</main><div><ul>{LINKS}</ul></div>", URL)
    rows = list(measure(document, About("", "", False, False), [0.0] * len(document.elements), {}))
    chances = [0.9 if block.element.tag == "p" else 0.1 for block in document.blocks]
    around = list(look_around(document, rows, chances, chances, range(len(rows))))
    column = SURROUNDINGS.index("levels from core 0.85")
    side = SURROUNDINGS.index("side of core 0.85")
    assert {(row[column], row[side]) for row in around[:6]} == {(0.0, 1.0)}
    assert all(row[column] > 0 and row[side] == 2.0 for row in around[6:])


def test_each_block_has_its_own_level_below_the_core() -> None:
    document = parse(f"<main>{STORY}</main><div>One<section>Two<div>Three<p>Four</p></div></section></div>", URL)
    rows = list(measure(document, About("", "", False, False), [0.0] * len(document.elements), {}))
    chances = [0.9 if block.chars > len(SAYING) else 0.1 for block in document.blocks]
    column = SURROUNDINGS.index("levels below core 0.85")
    outer_first = list(look_around(document, rows, chances, chances, range(len(rows))))
    inner_first = list(look_around(document, rows, chances, chances, range(len(rows) - 1, -1, -1)))
    assert [row[column] for row in outer_first[-4:]] == [1.0, 2.0, 3.0, 4.0]
    assert [row[column] for row in inner_first[:4]] == [4.0, 3.0, 2.0, 1.0]


def test_navigation_is_cut_unread_and_leaves_a_trace() -> None:
    nav = f"<nav><ul>{LINKS}</ul></nav>"
    document = parse(f"{nav}<main>{STORY}</main>", URL)
    assert all("Section" not in block.text for block in document.blocks)
    article = clean(f"<title>The last ferry</title><main>{nav}{STORY}</main>", URL)
    assert "Section" not in article.html
    assert any("Section number 8" in piece.html for piece in article.removed)


def test_a_page_whose_text_stands_in_navigation_is_still_read() -> None:
    text = "".join(f"<div>{number}. {SAYING}</div>" for number in range(6))
    assert "5. The ferry" in clean(f"<title>The last ferry</title><nav>{text}</nav>", URL).text


@pytest.mark.parametrize("name", ["data-x='a > b < c'", 'data-x="<p>"', 'a<b"="1"'])
def test_a_tag_may_hold_brackets(name: str) -> None:
    document = parse(f"<div {name}>One</div><!-- <p>Two</p> --><p>Three", URL)
    assert [block.text for block in document.blocks] == ["One", "Three"]


def test_an_announcement_whose_links_were_cut_goes_with_them() -> None:
    box = f"<h4>See also</h4><ul>{LINKS}</ul>"
    assert "See also" not in clean(f"<title>The last ferry</title><article>{STORY}{box}{STORY}</article>", URL).text


def test_a_page_that_declares_another_charset_than_its_own_is_utf8() -> None:
    text = '<meta charset="gb2312"><p>天气预报说明天下雪'
    assert decode(text.encode()) == text
    assert decode(text.encode("gb2312")) == text
