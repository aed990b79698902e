"""Verse keeps its lines and indents, large first letters go back to their words."""

from __future__ import annotations

import pytest
from cleaner.story import around


@pytest.mark.parametrize(
    "poem",
    [
        '<div class="poem"><div>one</div><div>two</div><div>&nbsp;</div><div>three</div><div>four</div></div>',
        '<div class="verse"><div class="stanza"><p>one</p><p>two</p></div><div><p>three</p><p>four</p></div></div>',
        '<pre class="wp-block-verse">one\ntwo\n\n  \nthree\nfour\n</pre>',
        '<blockquote class="poetry"><p>one<br>two</p><p>three<br>four</p></blockquote>',
    ],
)
def test_a_stanza_is_a_paragraph_of_lines(poem: str) -> None:
    plain = around(poem).replace("<blockquote>", "").replace("</blockquote>", "").replace(' class="poetry"', "")
    assert plain.replace("<blockquote>", "") == "<p>one<br>two</p><p>three<br>four</p>"


def test_indents_of_preformatted_verse_stay() -> None:
    assert around('<pre class="verse">one\n   two</pre>') == "<p>one<br>\u00a0\u00a0\u00a0two</p>"


def test_stress_and_links_in_a_line_stay() -> None:
    poem = '<div class="poem"><p>one <em>bell</em></p><p>two <a href="/b">bells</a></p></div>'
    assert around(poem) == '<p>one <em>bell</em><br>two <a href="https://news.example/b">bells</a></p>'


@pytest.mark.parametrize(
    "html",
    [
        f'<div class="poem"><p>{"A paragraph about a poem is no line of it. " * 4}</p><p>Nor is this.</p></div>',
        '<div class="lines"><p>one</p><p>two</p></div>',
    ],
)
def test_paragraphs_stay_paragraphs(html: str) -> None:
    assert "<br>" not in around(html)


def test_code_in_a_box_of_verse_is_code() -> None:
    assert around('<pre class="poem"><code>a\nb</code></pre>') == "<pre><code>a\nb</code></pre>"


@pytest.mark.parametrize(
    "opening",
    [
        '<p><span class="dropcap">O</span>nce upon a time</p>',
        '<p><span class="drop-cap">O</span>\n nce upon a time</p>',
        '<p><b class="firstLetter first-letter">O</b>nce upon a time</p>',
        '<p><img class="dropcap" src="/o.png" alt="O">nce upon a time</p>',
        '<div class="lettrine">O</div><p>nce upon a time</p>',
        '<p><span aria-hidden="true">O</span><span class="sr-only">Once</span><span aria-hidden="true">nce</span>'
        " upon a time</p>",
        '<p><span class="visually-hidden">Once upon</span><span aria-hidden="true"><i class="dropcap">O</i>nce '
        "upon</span> a time</p>",
    ],
)
def test_a_large_first_letter_goes_back_to_its_word(opening: str) -> None:
    assert around(opening) == "<p>Once upon a time</p>"


def test_a_word_of_one_letter_stays_one() -> None:
    assert around('<p><span class="dropcap">A</span> man came</p>') == "<p>A man came</p>"


@pytest.mark.parametrize(
    "html", ['<p><span class="dropcap">Once</span> upon</p>', '<p><i class="dropcap">1</i> one</p>']
)
def test_what_is_no_letter_is_left_as_it_is(html: str) -> None:
    assert around(html).replace('<i class="dropcap">', "").replace("</i>", "") in ("<p>Once upon</p>", "<p>1 one</p>")


def test_words_for_those_who_listen_stay_where_nobody_sees_them_said() -> None:
    html = '<p>Rated <span class="sr-only">four of five</span><span aria-hidden="true">★★★★</span> by all</p>'
    assert "four of five" in around(html)
