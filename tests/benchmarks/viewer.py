"""Show how one page was cleaned: what was kept and what was removed, side by side, as one HTML file without scripts."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from html import escape
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1] / "server"), str(HERE)]

from corpus import Sample  # noqa: E402
from figures import WORD, figure_of, html_text, known_text, score  # noqa: E402

from quietpage import NotAnArticle, clean  # noqa: E402

PIECE_MAX_CHARS = 2000  # of one removed piece's text: enough to judge it by
FOUND_SHARE = 0.8  # of a line's words within the known content: such a line belongs to it
STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 1.5rem; color: #222; background: #fff }
main { display: grid; grid-template-columns: 1fr 1fr; gap: 2rem }
p { margin: 0 0 .6rem; padding: .2rem .5rem; border-inline-start: 4px solid #ccc; overflow-wrap: anywhere }
p.right { border-color: #3a7 } p.wrong { border-color: #c33; background: #fdf0ef }
small { color: #666; display: block } h1 { font-size: 1.2rem } h2 { font-size: 1rem }
"""


def write_view(samples: Sequence[Sample], name: str) -> str:
    """Write the view of the page SET/ID into the working folder, say where. Raises SystemExit without one."""
    sample = next((sample for sample in samples if f"{sample.dataset}/{sample.id}" == name), None)
    if sample is None:
        raise SystemExit(f"There is no page {name}. A page's name is SET/ID, as --worst prints it.")
    path = Path(re.sub(r"\W+", "-", name).strip("-")[:80] + ".html")
    path.write_text(view(sample), encoding="utf-8")
    return f"Written: {path.resolve()}"


def view(sample: Sample) -> str:
    """The page's view: red in the left column should not be there, red in the right column should not be missing."""
    try:
        article, verdict = clean(sample.html, sample.url), "article"
    except NotAnArticle as nothing:
        article, verdict = nothing.remains, f"no article: {nothing.reason}"
    got = score(sample.dataset, sample.truth, article.text)
    belongs = Belonging(sample)
    left = [line for line in article.text.split("\n\n") if line.strip()]
    right = [(f"{one.step}: {one.reason}", html_text(one.html)[:PIECE_MAX_CHARS]) for one in article.removed]
    facts = f"F1 {got.f1:.3f}, precision {got.precision:.3f}, recall {got.recall:.3f}; {verdict}"
    return (
        f"<!doctype html><meta charset=utf-8><title>{escape(sample.id)}</title><style>{STYLE}</style>"
        f"<h1>{escape(article.title)}</h1><p>{escape(sample.url)}<br>{escape(facts)}</p><main>"
        f"<section><h2>Kept ({len(left)})</h2>{''.join(piece(text, belongs(text)) for text in left)}</section>"
        f"<section><h2>Removed ({len(right)})</h2>"
        + "".join(piece(text, inverse(belongs(text)), why) for why, text in right if text.strip())
        + "</section></main>\n"
    )


class Belonging:
    """Whether a text belongs to a page's known content: None where nobody knows."""

    def __init__(self, sample: Sample) -> None:
        self.phrases = figure_of(sample.dataset, sample.truth) == "phrases"
        self.truth = sample.truth
        self.words = set() if self.phrases else set(grams(known_text(sample.truth)))

    def __call__(self, text: str) -> bool | None:
        if self.phrases:
            wanted, unwanted = (
                any(phrase in text or text in phrase for phrase in self.truth[side]) for side in ("with", "without")
            )
            return None if wanted == unwanted else wanted
        found = grams(text)
        return sum(gram in self.words for gram in found) >= FOUND_SHARE * len(found) if found else None


def grams(text: str) -> list[tuple[str, ...]]:
    """Runs of three words, whatever their case; fewer words are one run."""
    words = WORD.findall(text.lower())
    return [tuple(words[at : at + 3]) for at in range(max(1, len(words) - 2))] if words else []


def inverse(value: bool | None) -> bool | None:
    return None if value is None else not value


def piece(text: str, right: bool | None, why: str = "") -> str:
    """One paragraph of a column, marked by whether it stands on the right side."""
    mark = {True: "right", False: "wrong", None: ""}[right]
    return f'<p class="{mark}">{f"<small>{escape(why)}</small>" if why else ""}{escape(" ".join(text.split()))}</p>'
