"""Code in the reader: its words in colors, its text and the marks in it as they were, and no more time than it may."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from html import escape, unescape

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from quietpage.article import Article, Page
from quietpage.library.library import Library
from quietpage.web import highlighting
from quietpage.web.highlighting import Highlighter, Piece
from quietpage.web.languages import KNOWN, OTHER_NAMES, guessed, lexer_name
from quietpage.web.reading import for_reading

PYTHON = "def lamp(height):\n    # metres\n    return 'lit' if height &gt; 3 else None\n"


def shown(code: str, language: str | None = "python") -> str:
    named = f' class="language-{language}"' if language else ""
    return for_reading(f"<p>x</p><pre><code{named}>{code}</code></pre><p>y</p>").html


def text_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def test_words_of_a_language_get_classes() -> None:
    html = shown(PYTHON)
    assert '<span class="k">def</span> <span class="f">lamp</span>(height):' in html
    assert '<span class="c"># metres</span>' in html
    assert "<span class=\"s\">'lit'</span>" in html
    assert 'height &gt; <span class="n">3</span>' in html


def test_the_text_stays_and_so_does_all_around() -> None:
    html = shown(PYTHON)
    assert html.startswith('<p>x</p><div class="code"><pre tabindex="0"><code class="language-python">')
    assert html.endswith("</code></pre></div><p>y</p>")
    assert text_of(html) == unescape(f"x{PYTHON}y")


def test_a_mark_goes_on_across_colors() -> None:
    html = shown('return <mark class="found" id="match">3 + "a</mark>b"')
    assert (
        '<span class="k">return</span> <mark class="found" id="match"><span class="n">3</span> + '
        '<span class="s">"a</span></mark><span class="s">b"</span>'
    ) in html


@pytest.mark.parametrize("language", ["nosuch", "brainfuck", "text"])
def test_a_language_that_is_not_known_is_plain(language: str) -> None:
    assert "<span" not in shown(PYTHON, language)


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("python", "from os import path\nprint(path)"),
        ("python", "class Lamp:\n    pass"),
        ("pycon", ">>> 1 + 1\n2"),
        ("bash", "#!/bin/bash\necho hi"),
        ("console", "$ pip install quietpage"),
        ("json", '{"lamp": [1, 2, null]}'),
        ("javascript", "const lamp = document.querySelector('p');"),
        ("typescript", "interface Lamp {\n  lit: boolean\n}"),
        ("html", "<!doctype html><p>Hi"),
        ("css", ".lamp:hover {\n  color: red;\n}"),
        ("sql", "SELECT name\nFROM lamps WHERE lit"),
        ("rust", "fn main() {\n    let mut x = 1;\n}"),
        ("go", "package main\n\nfunc main() {\n}"),
        ("c", "#include <stdio.h>\nint main(void) {}"),
        ("diff", "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n-a\n+b"),
        ("http", "GET /lamp HTTP/1.1\nHost: sea.example"),
        (None, "It was a dark night.\nThe lamp was lit."),
        (None, "[not, json]"),
        (None, "error: no such lamp (line 3)"),
        (None, "+---+\n| a |\n+---+"),
        (None, "import the boat, he said"),
    ],
)
def test_a_language_that_is_not_named_is_guessed_by_sure_signs(language: str | None, code: str) -> None:
    assert guessed(code) == language


def test_every_language_is_one_that_pygments_knows() -> None:
    from pygments.lexers import get_all_lexers

    known = {alias for _, aliases, _, _ in get_all_lexers(plugins=False) for alias in aliases}
    assert {lexer_name(name) for name in KNOWN | set(OTHER_NAMES)} <= known


@given(
    st.lists(st.tuples(st.text(alphabet="a1 '\"#\n(){}<&=é", max_size=12), st.sampled_from(["", "<mark>", "</mark>"]))),
    st.sampled_from(["python", "html", "bash", "console", "pycon", "yaml", "diff", "c++", "php"]),
)
def test_no_character_is_lost_whatever_the_text(parts: list[tuple[str, str]], language: str) -> None:
    pieces = [piece for text, tag in parts for piece in (Piece(escape(text), text), Piece(tag)) if piece.html]
    html = Highlighter().block(pieces, language)
    assert text_of(html) == "".join(text for text, _ in parts)
    assert re.findall("</?mark>", html) == [tag for _, tag in parts if tag]


def test_what_is_too_long_or_too_much_is_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for bound in ("BLOCK_SECONDS", "PAGE_SECONDS", "LOADING_SECONDS"):  # on a slow machine they come first
        monkeypatch.setattr(highlighting, bound, float("inf"))
    long = "x = 1\n" * (highlighting.MOST_BLOCK_CHARS // 6 + 1)
    assert "<span" not in shown(long)
    assert "<span" not in shown(f"x = '{'y' * highlighting.LONGEST_LINE}'")
    assert "<span" not in shown("x = 1" + "\n" * 500 + "x = 1", "matlab")
    block = "x = 1\n" * 4000
    html = for_reading(f'<pre><code class="language-python">{block}</code></pre>' * 6).html
    colored = ["<span" in one for one in html.split("<pre")[1:]]
    assert colored == [True] * 4 + [False] * 2  # 100,000 characters of a page
    assert text_of(html) == block * 6


def test_a_lexer_that_takes_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(highlighting, "BLOCK_SECONDS", 0.0)
    code = "x = 'a'\n" * 500
    html = shown(code)
    assert html.count("<span") < 5
    assert text_of(html) == f"x{code}y"


@pytest.mark.parametrize("language", ["python", "js", "bash", "html", "c++", "yaml"])
def test_hostile_code_takes_no_long_time(language: str) -> None:
    for piece in ("(", "<!--", "'\\", "a ", "/*", "{{", " \t", '"""', "x='", "0", "#{", "[["):
        began = time.thread_time()
        highlighting.spans_of.__wrapped__(piece * (4000 // len(piece)), language)
        assert time.thread_time() - began < 1


def test_the_reader_shows_code_in_colors(me: FlaskClient, library: Library) -> None:
    html = f'<pre><code class="language-python">{PYTHON}</code></pre>'
    article = Article("https://code.example/", "Code", html, unescape(PYTHON))
    saved = library.save(article, Page(article.url, "<p>"))
    page = me.get(f"/read/{saved.id}?q=lamp").text
    assert '<span class="f"><mark' not in page
    assert '<mark class="found" id="match"><span class="f">lamp</span></mark>' in page
    assert library.get(saved.id).article.html == html


def test_the_first_block_of_a_language_is_colored_to_its_end() -> None:
    """Reading the language's module takes longer than a block may: a process that has not done so yet."""
    script = (
        "from quietpage.web import highlighting; highlighting.BLOCK_SECONDS = 0.02;"
        "from quietpage.web.reading import for_reading;"
        'print(for_reading(\'<pre><code class="language-python">def lamp(): return "lit"</code></pre>\').html)'
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert 'class="s"' in done.stdout
