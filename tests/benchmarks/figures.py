"""How good an extracted text is: F1, precision and recall of a page against its known content, and their means.

Three figures, each the one its sets are published with:

* **shingles**: overlap of four-word shingles, mean precision and mean recall over pages, F1 of the two; and the share
  of pages whose words are exactly the known ones. The Scrapinghub article extraction benchmark (set ``aeb``).
* **phrases**: phrases that must be in and phrases that must not, counted over all pages, then scored. trafilatura's
  evaluation.
* **words**: overlap of the bags of words, the mean over pages. Mozilla's test pages, WCXB.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from bs4 import BeautifulSoup, Comment, PageElement, Tag

SHINGLE_SETS = frozenset({"aeb"})  # the only set that is published in shingles; no truth says so by itself
SHINGLE_WORDS = 4
SHOWN_NOWHERE = ["script", "style", "noscript", "template", "svg", "head", "iframe", "object"]
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark math q rb rp rt ruby s samp "
    "small span strike strong sub sup time tt u var wbr mi mn mo mrow".split()
)
BY_CHARACTER = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f"  # kana, Han, Thai: no spaces
WORD = re.compile(rf"[{BY_CHARACTER}]|[^\W{BY_CHARACTER}]+")
MARKDOWN_MARKUP = (  # what a reader does not see, in this order
    (re.compile(r"<!--.*?-->|!\[[^\]]*\]\([^()]*(?:\([^()]*\)[^()]*)*\)", re.DOTALL), " "),
    (re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]\([^()]*(?:\([^()]*\)[^()]*)*\)"), r"\1"),
    (re.compile(r"^(?:```|~~~).*$", re.MULTILINE), ""),
    (re.compile(r"\[\^([^\]]+)\]:?"), r" \1 "),
    (re.compile(r"</?[a-zA-Z][^<>]*>"), " "),
    (re.compile(r"(?<![A-Za-z0-9])_+|_+(?![A-Za-z0-9])|\*+|~~|==|`"), ""),
    (re.compile(r"\\([^A-Za-z0-9\s])"), r"\1"),
)


@dataclass(frozen=True)
class Score:
    """One page, or the mean over many. ``hits``, ``extra`` and ``missed`` are what the figure counts; ``exact`` is
    None where the figure knows no such thing."""

    f1: float
    precision: float
    recall: float
    hits: float = 0.0
    extra: float = 0.0
    missed: float = 0.0
    exact: float | None = None


def figure_of(dataset: str, truth: dict[str, Any]) -> str:
    """By which figure a set is scored: "shingles", "phrases" or "words"."""
    if dataset in SHINGLE_SETS:
        return "shingles"
    return "words" if truth.keys() & {"text", "html", "markdown"} else "phrases"


def score(dataset: str, truth: dict[str, Any], text: str) -> Score:
    """Score the text extracted from one page."""
    figure = figure_of(dataset, truth)
    if figure == "phrases":
        return score_phrases(truth["with"], truth["without"], text)
    return (score_shingles if figure == "shingles" else score_words)(known_text(truth), text)


def mean(figure: str, scores: Sequence[Score]) -> Score:
    """The mean over pages, as the figure's sets are published."""
    if figure == "phrases":
        return rated(*(sum(values) for values in zip(*((s.hits, s.extra, s.missed) for s in scores), strict=True)))
    if figure == "words":
        return Score(*(fmean(values) for values in zip(*((s.f1, s.precision, s.recall) for s in scores), strict=True)))
    precision = fmean([s.precision for s in scores if s.hits + s.extra] or [0.0])
    recall = fmean([s.recall for s in scores if s.hits + s.missed] or [0.0])
    return Score(harmonic(precision, recall), precision, recall, exact=fmean(s.exact or 0.0 for s in scores))


def score_shingles(known: str, text: str) -> Score:
    """Overlap of four-word shingles."""
    known_words, words = re.findall(r"\w+", known), re.findall(r"\w+", text)
    return overlap(shingles(known_words), shingles(words), exact=float(known_words == words))


def score_words(known: str, text: str) -> Score:
    """Overlap of the bags of words, whatever their case and order."""
    return overlap(Counter(WORD.findall(known.lower())), Counter(WORD.findall(text.lower())))


def score_phrases(wanted: Iterable[str], unwanted: Iterable[str], text: str) -> Score:
    """Phrases that are in, and should or should not be."""
    text = folded(text)
    found = [folded(phrase) in text for phrase in wanted]
    return rated(sum(found), sum(folded(phrase) in text for phrase in unwanted), len(found) - sum(found))


def shingles(words: Sequence[str]) -> Counter[tuple[str, ...]]:
    """The bag of runs of four words; fewer words are one run."""
    if not words:
        return Counter()
    return Counter(tuple(words[at : at + SHINGLE_WORDS]) for at in range(max(1, len(words) - SHINGLE_WORDS + 1)))


def overlap(known: Counter[Any], found: Counter[Any], exact: float | None = None) -> Score:
    """Score one bag against another."""
    hits = sum((known & found).values())
    return rated(hits, sum(found.values()) - hits, sum(known.values()) - hits, exact)


def rated(hits: float, extra: float, missed: float, exact: float | None = None) -> Score:
    """Precision, recall and F1 of counts; nothing expected and nothing found is a full hit."""
    if not extra and not missed:
        return Score(1.0, 1.0, 1.0, hits, extra, missed, exact)
    precision, recall = (hits / (hits + extra) if hits else 0.0), (hits / (hits + missed) if hits else 0.0)
    return Score(harmonic(precision, recall), precision, recall, hits, extra, missed, exact)


def harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def known_text(truth: dict[str, str]) -> str:
    """The known content as text."""
    if "text" in truth:
        return truth["text"]
    return html_text(truth["html"]) if "html" in truth else markdown_text(truth["markdown"])


def html_text(html: str) -> str:
    """The text of clean article HTML: inline elements run on, all others stand on lines of their own."""
    soup = BeautifulSoup(html, "html.parser")
    for hidden in soup.find_all(SHOWN_NOWHERE):
        hidden.extract()
    pieces: list[str] = []
    waiting: list[PageElement | str] = [soup]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Tag):
            edge = "" if node.name in INLINE else "\n"
            waiting += [edge, *reversed(node.contents), edge]
        elif not isinstance(node, Comment):
            pieces.append(str(node))
    return "".join(pieces)


def markdown_text(markdown: str) -> str:
    """Markdown without its markup."""
    for markup, instead in MARKDOWN_MARKUP:
        markdown = markup.sub(instead, markdown)
    return markdown


def folded(text: str) -> str:
    return " ".join(text.split())
