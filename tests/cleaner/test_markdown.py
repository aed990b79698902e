"""Markdown says what the article says: rendered back, it has the same words, code, cells and lists."""

from __future__ import annotations

import html as entities
import json
import re
import time
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from quietpage import clean
from quietpage.cleaner.markdown import markdown
from quietpage.cleaner.sanitize import sanitize
from quietpage.cleaner.text import plain_text

PAGES = Path(__file__).resolve().parent.parent / "pages"
NAMES = sorted(folder.name for folder in PAGES.iterdir() if folder.is_dir())
RENDERER = MarkdownIt("commonmark").enable("table")
UNSEEN = re.compile(r"(?s)<(?:figcaption|math|rt|rp)\b.*?</(?:figcaption|math|rt|rp)>")  # said otherwise, or elsewhere


def back(html: str) -> str:
    """HTML written as Markdown and rendered again, by the sanitiser's rules of writing."""
    return sanitize(RENDERER.render(markdown(html)))


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def code_blocks(html: str) -> list[str]:
    return [
        entities.unescape(re.sub(r"<[^>]+>", "", code)).strip("\n")
        for code in re.findall(r"(?s)<pre>(.*?)</pre>", html)
    ]


def cells(html: str) -> list[list[str]]:
    """Each table row's cells."""
    return [
        [" ".join(words(plain_text(cell))) for cell in re.findall(r"(?s)<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in re.findall(r"(?s)<tr>(.*?)</tr>", html)
    ]


def filled(rows: list[list[str]]) -> list[list[str]]:
    """The cells that hold anything: Markdown has empty ones in the place of those that others cover."""
    return [kept for row in rows if (kept := [cell for cell in row if cell])]


@pytest.mark.parametrize("name", NAMES)
def test_every_golden_page_comes_back_with_its_words_code_and_cells(name: str) -> None:
    url = json.loads((PAGES / name / "facts.json").read_text(encoding="utf-8"))["url"]
    html = UNSEEN.sub("", clean((PAGES / name / "source.html").read_bytes(), url).html)
    rendered = back(html)
    assert words(plain_text(rendered)) == words(plain_text(html))
    assert code_blocks(rendered) == code_blocks(html)
    assert filled(cells(rendered)) == filled(cells(html))


@pytest.mark.parametrize(
    "html",
    [
        "<p>a * b _ c # d &lt;e&gt; | f [g](h) \\ ` i ~ j ~~k~~ snake_case_name 2*3*4 &amp;amp; &amp;copy; !</p>",
        "<p>1. one</p><p>- two</p><p>+ three</p><p># four</p><p>&gt; five</p><p>10) ten</p><p>--- six</p><p>=== x</p>",
        "<p>x<br>- y<br>1. z<br># w<br>===<br>---<br>| a |<br>|---|<br>    q</p>",
        "<h2>C# &amp; F#</h2><h3>#</h3><h4>a #</h4>",
        "<p>[a]: http://b.example</p><p>a[1] and [b][c]</p><p>!<a href='https://a.example/'>x</a></p>",
        "<p><strong>a </strong>b <em> c</em>d <b>x</b><i>y</i> foo<em>bar</em>baz <b>(x)</b>y <b><i>z</i></b></p>",
        "<p><b>重要。</b>次の<em>「語」</em>です</p>",
        "<p><b>x<br>y</b>z \\<br>w</p>",
        "<p><code>a`b</code> <code>``</code> <code>a\\b*c_d</code> <b><code>x</code></b></p>",
        '<p><a href="https://a.example/a b(c)_d?e=f&amp;g=h">l [x] <em>y</em></a>'
        ' <img src="https://a.example/x" alt="a [b]"></p>',
        "<ul><li>a<ul><li>b<ol start='3'><li>c</li></ol></li></ul></li><li><p>p1</p><p>p2</p></li><li></li><li>"
        "z</li></ul>",
        "<p>a</p><ul><li>x</li></ul><ul><li>y</li></ul><ol><li>z</li></ol><ol><li>w</li></ol><p>b</p>",
        "<ol start='9'><li>nine</li><li>ten<pre><code>x\n\n  y</code></pre></li></ol>",
        "<blockquote><p>q</p><blockquote><p>r<br>s</p></blockquote><ul><li>t</li></ul></blockquote><p>u</p>",
        "<div>a <p>b</p> c</div><details><summary>s</summary><p>t</p></details><hr><p>v</p>",
        "<p>x<sup>2</sup> H<sub>2</sub>O <del>old</del> <ins>new</ins> <mark>m</mark></p>",
        "<a href='https://a.example/'><p>one</p><p>two</p></a>",
    ],
)
def test_no_sign_in_a_text_becomes_markup_and_none_is_lost(html: str) -> None:
    html = sanitize(html)
    assert plain_text(back(html)).split() == plain_text(html).split()


@pytest.mark.parametrize("code", ["a\n\n\n```\n  b\t\n~~~", "    indented\n\tx", "<p>&amp;</p>", "- a\n# b\n1. c"])
def test_code_comes_back_byte_for_byte(code: str) -> None:
    html = f'<pre><code class="language-python">{entities.escape(code, quote=False)}</code></pre>'
    assert code_blocks(back(html)) == [code.strip("\n")]
    assert code_blocks(back(f"<ul><li>x{html}</li></ul>")) == [code.strip("\n")]
    assert code_blocks(back(f"<blockquote>{html}</blockquote>")) == [code.strip("\n")]
    assert "```python\n" in markdown(html) or "````python\n" in markdown(html)


def test_a_table_keeps_its_cells() -> None:
    html = (
        "<table><thead><tr><th>a|b</th><th>c</th></tr></thead><tbody><tr><td>1<br>2</td><td><code>x|y</code></td>"
        '</tr><tr><td colspan="2"><p>wide</p><ul><li>p</li><li>q</li></ul></td></tr><tr><td rowspan="2">r</td><td>'
        "3</td></tr><tr><td>4</td></tr></tbody></table>"
    )
    assert cells(back(html)) == [["a b", "c"], ["1 2", "x y"], ["wide p q", ""], ["r", "3"], ["", "4"]]


def test_a_table_without_a_head_gets_an_empty_one() -> None:
    assert markdown("<table><tbody><tr><td>1</td><td>2</td></tr></tbody></table>") == (
        "|  |  |\n| --- | --- |\n| 1 | 2 |\n"
    )


def test_lists_keep_their_depth_and_numbers() -> None:
    html = "<ol start='3'><li>a<ul><li>b<ol><li>c</li></ol></li></ul></li><li>d</li></ol>"
    assert markdown(sanitize(html)) == "3. a\n   - b\n     1. c\n4. d\n"


def test_terms_come_before_their_meanings() -> None:
    assert markdown("<dl><dt>term</dt><dd>meaning</dd><dd>other</dd></dl>") == "**term**\n- meaning\n- other\n"


def test_a_formula_is_its_tex() -> None:
    math = '<math><semantics><mi>x</mi><annotation encoding="application/x-tex">x_1</annotation></semantics></math>'
    assert markdown(f"<p>so {math} and <code class='language-tex'>y^2</code></p>".replace("'", '"')) == (
        "so $`x_1`$ and $`y^2`$\n"
    )
    assert markdown("<p><math><mi>x</mi><mo>*</mo><mi>y</mi></math></p>") == "x\\*y\n"


def test_a_reading_stands_behind_its_base_and_a_place_in_the_article_is_no_link() -> None:
    assert markdown("<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby></p>") == "漢(kan)\n"
    assert markdown('<p>a<sup><a href="#qp-n1">1</a></sup></p>') == "a<sup>1</sup>\n"


def test_absurd_nesting_and_length_are_no_trouble() -> None:
    assert markdown("<b>" * 2000 + "x" + "</b>" * 2000).count("x") == 1
    assert "x" in markdown("<blockquote>" * 2000 + "<p>x</p>" + "</blockquote>" * 2000)
    begun = time.process_time()
    for html in (
        ("<p>a<br>") * 20_000,
        ("<b>*</b>_") * 20_000,
        ("<ul><li>x") * 400 + ("y<br>") * 5000,
        ("<table><tr>") + ("<td>|") * 20_000,
    ):
        markdown(sanitize(html))
    assert time.process_time() - begun < 10


def test_an_empty_article_is_empty() -> None:
    assert markdown("").strip() == ""
