"""Tags are found by a word in them, in HTML as the parser wrote it."""

from __future__ import annotations

import time

import pytest

from quietpage.cleaner.document import parse
from quietpage.cleaner.metadata.markup import Markup, text_of


def body(html: str) -> Markup:
    return Markup(parse(f"<body>{html}</body>", "https://site.test/").body)


def test_a_tag_is_found_by_a_word_in_it_and_not_by_one_in_a_text() -> None:
    markup = body('<p>rel="author"</p><a REL="author" href="/ann?a=1&amp;b=2">Ann Lee</a>')
    assert [(tag.name, tag.get("href")) for tag in markup.tags_with('rel="author"')] == [("a", "/ann?a=1&b=2")]


def test_a_tag_in_a_comment_or_in_an_attribute_is_none() -> None:
    markup = body('<!-- <a class="author">Bo</a> --><p title=\'<a class="author">\'>x</p>')
    assert [tag.name for tag in markup.tags_with("author")] == ["p"]
    assert next(markup.tags_with("author")).get("class") == ""


def test_what_stands_in_an_element_ends_with_its_own_end_tag() -> None:
    markup = body('<div class="author"><div>Ann</div><abbr>Dr.</abbr> <div>Lee</div></div><div>Bo</div>')
    assert markup.text(next(markup.tags_with("author"))) == "Ann Dr. Lee"


@pytest.mark.parametrize("html", ['<img class="author">', '<p class="author">' + "Ann " * 2000])
def test_an_element_that_holds_nothing_or_very_much_states_nothing(html: str) -> None:
    assert body(html).text(next(body(html).tags_with("author"))) == ""


def test_a_tag_parts_words_unless_it_only_dresses_letters() -> None:
    assert text_of("<span>By</span><a>Ann <b>L</b>ee</a>, <a>Bo</a> , x&amp;y") == "By Ann Lee, Bo, x&y"


@pytest.mark.parametrize("piece", ["author ", '<a class="author">', "<!-- author ", '<a title="author > ', "<"])
def test_five_megabytes_of_anything_are_searched_in_no_time(piece: str) -> None:
    markup = Markup(piece * (5_000_000 // len(piece)))
    begun = time.process_time()
    for tag in markup.tags_with("author"):
        markup.text(tag)
    assert time.process_time() - begun < 1
