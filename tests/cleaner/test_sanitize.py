"""What the sanitizer lets through, and what it must not."""

from __future__ import annotations

from pathlib import Path

import pytest

from quietpage.article import content_address
from quietpage.cleaner.sanitize import STRETCH_CHARS, as_captured, sanitize, stretches


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='&#106;avascript:alert(1)'>x</a>",
        "<a href=' java\nscript:alert(1)'>x</a>",
        "<a href='vbscript:alert(1)'>x</a>",
        "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
        "<img src='data:image/svg+xml,<svg onload=alert(1)>'>",
        "<svg><script>alert(1)</script></svg>",
        "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
        "<math><annotation-xml encoding='text/html'><script>alert(1)</script></annotation-xml></math>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<object data='javascript:alert(1)'></object>",
        "<form action='javascript:alert(1)'><button>x</button></form>",
        "<p style='background:url(javascript:alert(1))'>x</p>",
        "<style>@import 'javascript:alert(1)'</style>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
        "<details ontoggle=alert(1) open>x</details>",
        "<base href='javascript:alert(1)//'>",
        "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
        "<!--><img src=x onerror=alert(1)>-->",
        "<template><img src=x onerror=alert(1)></template>",
    ],
)
def test_nothing_that_could_run_is_let_through(hostile: str) -> None:
    clean = sanitize(hostile).lower()
    for trace in ("alert(1)", "javascript", "<script", "onerror", "<svg", "<iframe", "<form", "style="):
        if trace in clean:  # as text it may stand, never in a tag
            assert trace not in "".join(piece.split(">")[0] for piece in clean.split("<")[1:])


@pytest.mark.parametrize(
    "kept",
    [
        "<h2>A</h2><p>b <em>c</em> <strong>d</strong><br>e</p>",
        '<ul><li>a</li></ul><ol start="3"><li>b</li></ol><dl><dt>t</dt><dd>d</dd></dl>',
        '<table><caption>c</caption><tbody><tr><th scope="row" colspan="2">a</th><td>b</td></tr></tbody></table>',
        '<figure><img src="https://a.example/x.jpg" alt="a" width="3" height="4"><figcaption>c</figcaption></figure>',
        '<pre><code class="language-python">x &lt; 1</code></pre>',
        "<blockquote><p>q</p></blockquote><p>H<sub>2</sub>O<sup>2</sup></p>",
        "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>",
        "<details><summary>s</summary><p>x</p></details>",
        '<math display="block"><mfrac><mi>a</mi><mn>2</mn></mfrac></math>',
        '<p lang="he" dir="rtl">שלום</p>',
        '<p><time datetime="2024-01-01">New Year</time></p>',
    ],
)
def test_what_a_reader_needs_is_kept_as_it_is(kept: str) -> None:
    assert sanitize(kept) == kept


@pytest.mark.parametrize("scheme", ["https://a.example/", "http://a.example/", "mailto:a@b.example"])
def test_links_that_can_be_followed_stay_and_tell_nothing(scheme: str) -> None:
    assert sanitize(f'<a href="{scheme}">x</a>') == f'<a href="{scheme}" rel="noopener noreferrer">x</a>'


def test_ids_of_the_page_cannot_meet_those_of_the_reader_and_footnotes_still_work() -> None:
    html = sanitize('<p>a<sup id="r1"><a href="#n1">1</a></sup></p><p id="n1">note <a href="#r1">back</a></p>')
    assert 'id="qp-n1"' in html
    assert 'href="#qp-n1"' in html
    assert 'id="n1"' not in html


def test_only_raster_pictures_may_lie_in_the_page_itself() -> None:
    assert "data:image/png" in sanitize('<img src="data:image/png;base64,iVBORw0KGgo=">')
    assert "data:" not in sanitize('<img src="data:image/svg+xml;base64,PHN2Zz4=">')
    assert "data:" not in sanitize('<a href="data:image/png;base64,iVBORw0KGgo=">x</a>')


def test_classes_go_but_the_language_of_code() -> None:
    assert sanitize('<p class="a">x</p><pre><code class="hljs language-c x">y</code></pre>') == (
        '<p>x</p><pre><code class="language-c">y</code></pre>'
    )


def test_the_words_of_unknown_elements_stay() -> None:
    assert sanitize("<p>a <my-tag>b</my-tag> <font color=red>c</font></p>") == "<p>a b c</p>"


def test_sanitizing_twice_changes_nothing() -> None:
    once = sanitize('<p id="a">x <a href="https://a.example/?a=1&amp;b=2">y</a></p>')
    assert sanitize(once) == once


@pytest.mark.parametrize("piece", ["&amp;", "&nbsp;", "a &lt; b &amp; ", "\u00ad", "rain "])
def test_an_endless_text_is_written_in_stretches_and_stays_whole(piece: str) -> None:
    text = piece * 20_000
    pieces = list(stretches(text))
    assert "".join(pieces) == text
    assert len(pieces) > 1 and max(map(len, pieces)) <= STRETCH_CHARS
    assert all(one.count("&") == one.count(";") for one in pieces)
    assert sanitize(f"<p>{text}</p><p>{text}</p>") == f"<p>{text}</p><p>{text}</p>"


@pytest.mark.parametrize("code", ["\n\nx", "<my-tag>\nx</my-tag>", '<span id="a">\n</span>\nx'])
def test_sanitizing_twice_leaves_the_beginning_of_code(code: str) -> None:
    once = sanitize(f'<pre id="b">{code}</pre>')
    assert sanitize(once) == once
    assert once.endswith("x</pre>")


HOSTILE = (Path(__file__).parent.parent / "browser" / "pages" / "hostile.html").read_text(encoding="utf-8")


def test_a_page_as_captured_keeps_its_words_and_can_do_nothing() -> None:
    html = as_captured(HOSTILE)
    assert not any(word in html for word in ("evil.example", "x()", "href", "style", "script", "<form", "svg"))
    for words in ("Send", "Go", "Away", "Styled", "Said", 'alt="Pier"', "data:image/png", "<p data-qp-hidden"):
        assert words in html


def test_a_very_deep_page_as_captured_takes_no_time() -> None:
    assert "bottom" in as_captured("<div>" * 50_000 + "bottom")


def test_the_name_of_a_content_is_an_address_of_pictures_alone() -> None:
    name = content_address(b"x")
    assert f'src="{name}"' in sanitize(f'<img src="{name}">')
    assert "ni:" not in sanitize(f'<a href="{name}">x</a><q cite="{name}">x</q><img src="ni://host/sha-256;x">')
