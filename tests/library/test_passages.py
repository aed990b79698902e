"""The text of an article as highlights count it, and which piece of the HTML says which part of it."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quietpage.library.passages import SPACE, UNSEEN_ONE, letters, read


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>two</p>", "One two"),
        ("<p>One <b>big</b> <i>word</i>, l<b>igh</b>t.</p>", "One big word, light."),
        ("<ul>\n<li>one</li>\n<li>two</li></ul>", "one two"),
        ("one<br>two<hr>three", "one two three"),
        ("<table><tr><td>1</td><td>2</td></tr></table>", "1 2"),
        ("<pre>\n  a = 1\n\n  b</pre>", "a = 1 b"),
        ("a&nbsp;&amp; &lt;b&gt; so\u00adft \u200bx", "a & <b> soft x"),
        ("<p>東<ruby>京<rp>(</rp><rt>きょう</rt><rp>)</rp></ruby>都</p>", "東京都"),
        ("so <math><mi>x</mi><mo>=</mo><mn>2</mn><annotation>x=2</annotation></math>.", "so x=2."),
        ('<p title="a > b">x</p><img alt="no text" src="x">y', "x y"),
        ("", ""),
        ("<p> </p>", ""),
        ("🙂<p>🙂</p>", "🙂 🙂"),
    ],
)
def test_the_text_is_what_one_reads(html: str, text: str) -> None:
    assert read(html).text == text


def test_each_stretch_says_its_part() -> None:
    passages = read("<p>One <b>big</b> <i> word</i></p>\n<p>and <math><mi>x</mi></math></p>")
    said = [(passages.said(one), passages.text[one.first : one.last]) for one in passages.stretches]
    assert said == [
        ("One ", "One"),
        ("big", "big"),
        (" ", ""),
        (" word", "word"),
        ("and ", "and"),
        ("<math><mi>x</mi></math>", "x"),
    ]


PIECES = st.one_of(
    st.text(alphabet="ab \n\u00a0\u00ad🙂<&", max_size=8).map(lambda text: escape(text, quote=False)),
    st.sampled_from(["<p>", "</p>", "<b>", "</b>", "<br>", "<li>", "</li>", '<a href="x">', "</a>", "<rt>", "</rt>"]),
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=20).map("".join))
def test_every_character_has_its_place(html: str) -> None:
    passages = read(html)
    assert passages.text == SPACE.sub(" ", passages.text).strip(" ")
    at = 0
    for stretch in passages.stretches:
        assert at <= stretch.first <= stretch.last
        at = stretch.last
        said = passages.said(stretch)
        places = list(letters(said))
        assert len(places) == stretch.last - stretch.first
        words = passages.text[stretch.first : stretch.last]
        assert [said[place] if not SPACE.match(said[place]) else " " for place in places] == list(words)
        assert not UNSEEN_ONE.search(words)
