"""Code inside the content: byte for byte, with its language, without what highlighters put around it."""

from __future__ import annotations

import pytest
from cleaner import story

from quietpage.cleaner.sanitize import sanitize


def around(html: str) -> str:
    """The same, as it is stored."""
    return sanitize(story.around(html))


@pytest.mark.parametrize(
    "code",
    [
        '<pre class="language-python">a = 1\nb  = 2</pre>',
        '<div class="highlight-python"><pre><span>a</span> = 1\n<span>b</span>  = 2\n</pre></div>',
        '<pre data-lang="python"><code>a = 1<br>b  = 2</code></pre>',
        '<table><tr><td><pre>1\n2</pre></td><td><pre class="lang-python">a = 1\nb  = 2</pre></td></tr></table>',
        '<pre class="lang-python"><code><i class="lineno">1</i>a = 1\n<i class="lineno">2</i>b  = 2</code></pre>',
    ],
)
def test_code_keeps_its_lines_and_language_and_loses_its_numbers(code: str) -> None:
    assert around(code) == '<pre><code class="language-python">a = 1\nb  = 2</code></pre>'


NUMBERED = '<td class="gutter"><div class="line number1">1</div><div class="line number2">2</div></td>'


@pytest.mark.parametrize(
    "code",
    [
        '<div class="code-toolbar"><pre class="language-python line-numbers"><code>'
        'if a:\n    b<span class="line-numbers-rows"><span></span></span></code></pre><div class="toolbar"><button>'
        "Copy</button></div></div>",
        '<div class="highlight-python"><table class="highlighttable"><tr><td class="linenos">'
        '<div class="linenodiv"><pre>1\n2</pre></div></td><td class="code"><pre><span></span><span class="k">'
        "if</span> a:\n    b\n</pre></td></tr></table></div>",
        '<div class="highlight-python"><pre><span class="linenos">1</span>if a:\n<span class="linenos">2</span>'
        "    b</pre></div>",
        '<div class="language-python highlighter-rouge"><table class="rouge-table"><tr><td class="gutter"><pre '
        'class="lineno">1\n2\n</pre></td><td><pre>if a:\n    b\n</pre></td></tr></table></div>',
        '<pre class="shiki language-python"><code><span class="line"><span>if</span> a:</span>\n<span class="line">'
        "    b</span></code></pre>",
        '<pre class="shiki language-python"><code><span class="line">if a:</span><span class="line">    b</span>'
        "</code></pre>",
        '<div class="highlight highlight-source-python"><pre>if a:\n    b</pre><div class="zeroclipboard-container">'
        '<clipboard-copy value="x"></clipboard-copy></div></div>',
        '<div class="language-python"><table class="highlight js-file-line-container"><tr>'
        '<td class="blob-num" data-line-number="1">1</td><td class="blob-code js-file-line"><span>if</span> a:</td>'
        '</tr><tr><td class="blob-num">2</td><td class="blob-code">    b</td></tr></table></div>',
        f'<div class="syntaxhighlighter python"><table><tr>{NUMBERED}<td class="code"><div class="container"><div '
        'class="line"><code class="python keyword">if</code> <code>a:</code></div><div class="line"><code>'
        "&nbsp;&nbsp;&nbsp;&nbsp;</code><code>b</code></div></div></td></tr></table></div>",
        '<div class="language-python"><div class="CodeMirror"><div class="CodeMirror-code"><div><div class="CodeMirror-'
        'linenumber">1</div><pre class="CodeMirror-line">if a:</pre></div><div><pre class="CodeMirror-line">    b</pre>'
        "</div></div></div></div>",
        '<div class="language-python"><div class="cm-content"><div class="cm-line">if a:</div><div class="cm-line">'
        "    b</div></div></div>",
        '<div class="language-python crayon-syntax"><table><tr><td class="crayon-nums"><div class="crayon-num">'
        '1</div></td><td><div class="crayon-line">if a:</div><div class="crayon-line">'
        "&nbsp;&nbsp;&nbsp;&nbsp;b</div></td></tr></table></div>",
        '<figure class="highlight python"><table><tr><td class="gutter"><pre><span class="line">1</span><br></pre>'
        '</td><td><pre><span class="line">if a:</span><br><span class="line">    b</span><br></pre></td></tr>'
        "</table></figure>",
        '<pre><code class="hljs python"><table class="hljs-ln"><tr><td class="hljs-ln-numbers">1</td>'
        '<td class="hljs-ln-code">if a:</td></tr><tr><td class="hljs-ln-numbers">2</td><td class="hljs-ln-code">'
        "    b</td></tr></table></code></pre>",
        '<pre class="wp-block-code"><code lang="python" class="language-python">if a:<br>    b</code></pre>',
        '<pre class="brush: python; title: ; notranslate">if a:\n    b</pre>',
        '<div><div class="code-header"><span>python</span><button>Copy</button></div><pre data-lang="python">'
        "if a:\n    b</pre></div>",
    ],
)
def test_every_highlighters_code_is_the_code_alone(code: str) -> None:
    result = around(code).removeprefix("<figure>").removesuffix("</figure>")
    assert result == '<pre><code class="language-python">if a:\n    b</code></pre>'


@pytest.mark.parametrize(
    "code",
    [
        "a\n\n\n\tb   c",
        "   indented first\n  second",
        "&lt;p&gt; &amp;amp; &quot;".replace("&quot;", '"'),
        "x  \ny\t\nz",
        "日本語\n\u3000全角",
    ],
)
def test_code_is_kept_byte_for_byte(code: str) -> None:
    assert around(f"<pre><code>{code}</code></pre>") == f"<pre><code>{code}</code></pre>"


@pytest.mark.parametrize("empty", ['<div class="cm-line"><br></div>', '<div class="cm-line"></div>'])
def test_an_empty_line_is_a_line(empty: str) -> None:
    html = f'<pre><div class="cm-line">a</div>{empty}<div class="cm-line">b</div></pre>'
    assert around(html) == "<pre><code>a\n\nb</code></pre>"


def test_code_in_a_sentence_stays_in_it() -> None:
    html = (
        "<p>Use <code>a  &lt;b&gt;</code> and <kbd>Ctrl</kbd>+<kbd>C</kbd>, then <samp>ok</samp> is <var>x</var>.</p>"
    )
    assert around(html) == html


def test_the_name_of_a_file_above_its_code_stays() -> None:
    html = '<div class="code-header">settings.py</div><pre><code>a</code></pre>'
    assert around(html) == "<p>settings.py</p><pre><code>a</code></pre>"
