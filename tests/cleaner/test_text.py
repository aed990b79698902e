"""Text, excerpt, words, reading time: from clean HTML."""

from __future__ import annotations

import pytest

from quietpage.cleaner.text import count_words, excerpt, plain_text, reading_minutes


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<h2>head</h2><p>a <b>b</b>\n  c</p>", "head\n\na b c"),
        ("<p>verse one<br>verse two</p>", "verse one\nverse two"),
        ("<ul><li>one</li><li><p>two</p></li></ul><p>x</p>", "- one\n- two\n\nx"),
        ("<ul><li>one<ul><li>inner</li></ul></li><li>two</li></ul>", "- one\n  - inner\n- two"),
        ("<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
         "a\tb\n1\t2"),
        ("<table><tbody><tr><td><p>a</p><p>b</p></td><td>2</td></tr></tbody></table>", "a b\t2"),
        ("<pre><code>if x:\n    y\n\nz</code></pre><p>w</p>", "if x:\n    y\n\nz\n\nw"),
        ("<blockquote><p>said</p></blockquote><p>he</p>", "said\n\nhe"),
        ("<dl><dt>term</dt><dd>meaning</dd></dl>", "term\nmeaning"),
        ("<p>5 &lt; 6 &amp; 7</p>", "5 < 6 & 7"),
        ("", ""),
    ],
)  # fmt: skip
def test_text_reads_as_the_page_does(html: str, text: str) -> None:
    assert plain_text(html) == text


def test_captions_are_not_text() -> None:
    html = '<p>a</p><figure><img src="x"><figcaption>Caption <b>here</b></figcaption></figure><p>b</p>'
    assert plain_text(html) == "a\n\nb"


def test_invisible_characters_go_so_that_words_are_found() -> None:
    assert plain_text("<p>Donau\u00addampf\u200bschiff\ufeff</p><p>Ab&shy;fahrt</p>") == "Donaudampfschiff\n\nAbfahrt"


def test_the_joiners_that_scripts_need_stay() -> None:
    assert plain_text("<p>می\u200cخواهم 👩\u200d🚀</p>") == "می\u200cخواهم 👩\u200d🚀"


def test_ruby_readings_and_tex_sources_are_not_doubled() -> None:
    html = "<p><ruby>漢<rt>かん</rt></ruby> <math><mi>x</mi><annotation>x</annotation></math></p>"
    assert plain_text(html) == "漢 x"


def test_an_angle_bracket_in_an_attribute_ends_no_tag() -> None:
    assert plain_text('<p><img src="x" alt="a > b">c</p>') == "c"


def test_an_excerpt_ends_with_a_sentence_where_one_fits() -> None:
    text = (
        "A first sentence of a fair length, so that it fills the line it has. " * 2 + "Then one more that is too long."
    )
    assert excerpt(text + " word" * 80).endswith("too long.")


def test_an_excerpt_of_one_long_sentence_ends_with_a_whole_word() -> None:
    short = excerpt("alpha beta " * 60)
    assert len(short) <= 221
    assert short.endswith(("alpha…", "beta…"))


def test_an_excerpt_of_short_text_is_the_text_on_one_line() -> None:
    assert excerpt("one\n\ntwo") == "one two"


def test_an_excerpt_of_japanese_ends_at_a_sentence() -> None:
    assert excerpt("毎年春になると花びらが集まります。" * 30).endswith("。")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("Don't stop: 3.14 e-mails!", 4),
        ("日本語です。", 5),
        ("中文 and English", 4),
        ("안녕하세요 세계", 2),
        ("ሰላም ለዓለም", 2),
        ("— … !", 0),
    ],
)
def test_words_are_counted_by_script(text: str, words: int) -> None:
    assert count_words(text) == words


def test_thai_without_spaces_is_more_than_one_word() -> None:
    assert 5 <= count_words("สวัสดีครับยินดีต้อนรับสู่ประเทศไทย") <= 12


@pytest.mark.parametrize(
    ("words", "language", "minutes"),
    [(0, "en", 1), (238, "en", 1), (2380, "en-GB", 10), (2380, None, 12), (2660, "zh-Hans", 10)],
)
def test_reading_time_follows_the_language(words: int, language: str | None, minutes: int) -> None:
    assert reading_minutes(words, language) == minutes


@pytest.mark.parametrize(
    ("text", "words"), [("It's 3.5 km, no more.", 5), ("one_two three-four", 2), ("“Quoted” – café", 2), ("", 0)]
)
def test_words_with_marks_in_and_around_them_are_counted_once(text: str, words: int) -> None:
    assert count_words(text) == words
