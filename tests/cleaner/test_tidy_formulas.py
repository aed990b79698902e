"""Formulas inside the content: each once, as MathML or as TeX, however the page draws them."""

from __future__ import annotations

import pytest

from quietpage.cleaner.metadata import Metadata
from quietpage.cleaner.sanitize import sanitize
from quietpage.cleaner.tidy import tidy

MATH = (
    '<math><semantics><mrow><mi>x</mi></mrow><annotation encoding="application/x-tex">x</annotation></semantics></math>'
)
GLYPHS = '<span class="katex-html" aria-hidden="true"><span class="base"><span class="mord">x</span></span></span>'
KATEX = f'<span class="katex"><span class="katex-mathml">{MATH}</span>{GLYPHS}</span>'


def tidied(html: str) -> str:
    return tidy(f"<p>so {html} it is</p>", Metadata(title="T"), "https://notes.example/", [])


@pytest.mark.parametrize(
    "drawn",
    [
        KATEX,
        f'<mjx-container class="MathJax" jax="CHTML"><mjx-math><mjx-c class="mjx-c78"></mjx-c></mjx-math>'
        f"<mjx-assistive-mml>{MATH}</mjx-assistive-mml></mjx-container>",
        '<span class="MathJax_Preview"></span><span class="MathJax"><nobr><span class="math">x</span></nobr>'
        f'<span class="MJX_Assistive_MathML">{MATH}</span></span><script type="math/tex">x</script>',
        f'<span class="mwe-math-element"><span class="mwe-math-mathml-inline">{MATH}</span>'
        '<img class="mwe-math-fallback-image-inline" src="/x.svg" alt="x"></span>',
    ],
)
def test_mathml_stays_and_what_is_drawn_beside_it_goes(drawn: str) -> None:
    assert tidied(drawn) == f"<p>so {MATH} it is</p>"


def test_mathml_in_an_elements_data_is_used() -> None:
    drawn = (
        '<span class="MathJax_Preview">x</span><span class="MathJax" data-mathml="&lt;math&gt;&lt;mi&gt;x&lt;/mi&gt;'
        '&lt;/math&gt;"><nobr><span class="math">x</span></nobr></span><script type="math/tex">x</script>'
    )
    assert tidied(drawn) == "<p>so <math><mi>x</mi></math> it is</p>"


@pytest.mark.parametrize(
    "drawn",
    [
        '<mjx-container class="MathJax"><mjx-math data-latex="x^2"><mjx-c></mjx-c></mjx-math></mjx-container>',
        '<span class="MathJax"><nobr><span class="math">x2</span></nobr></span><script type="math/tex">x^2</script>',
        '<span class="mwe-math-element"><img class="mwe-math-fallback-image-inline" src="/x" '
        'alt="{\\displaystyle x^2}"></span>',
        '<img class="latex" src="/latex.php?latex=x%5E2" alt="x^2">',
        '<img src="https://tex.example/gif.latex?x%5E2">',
        '<img src="https://www.example/equation?tex=x%5E2" alt="x^2" eeimg="1">',
        '<span class="ztext-math" data-tex="x^2">x²</span>',
        '<span class="math inline">\\(x^2\\)</span>',
        "\\(x^2\\)",
        "$$x^2$$",
    ],
)
def test_a_formula_without_mathml_is_its_tex(drawn: str) -> None:
    assert tidied(drawn) == '<p>so <code class="language-tex">x^2</code> it is</p>'


def test_a_formula_that_is_only_drawn_stays_as_drawn() -> None:
    assert tidied(f'<span class="katex">{GLYPHS}</span>') == "<p>so x it is</p>"


def test_a_displayed_formula_stays_one() -> None:
    result = tidied(f'<span class="katex-display">{KATEX}</span>')
    assert result == "<p>so " + MATH.replace("<math", '<math display="block"') + " it is</p>"


@pytest.mark.parametrize(
    "text",
    [
        "a pair for $5, or two for $9,",
        "$$$ to $$ and $$$",
        "\\( and nothing more",
        "<code>\\(x\\)</code> in a pattern",
        '<img src="https://notes.example/teacher.jpg" alt="A teacher of mathematics">',
    ],
)
def test_what_only_looks_like_a_formula_is_none(text: str) -> None:
    assert tidied(text) == f"<p>so {text} it is</p>"


def test_a_formula_comes_through_the_sanitiser_whole() -> None:
    formula = (
        '<math display="block"><mrow><mo stretchy="true" form="prefix">(</mo><mspace width="1em"></mspace>'
        '<mtable columnalign="left"><mtr><mtd columnspan="2"><mi mathvariant="normal">x</mi></mtd></mtr></mtable>'
        "</mrow></math>"
    )
    assert sanitize(formula) == formula
    assert sanitize("<math><annotation-xml><mi>x</mi></annotation-xml><mi>x</mi></math>") == "<math><mi>x</mi></math>"
