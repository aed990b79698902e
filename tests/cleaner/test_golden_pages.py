"""Golden pages: whole pages of many kinds, each with the clean article and the facts that must come out of it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from quietpage import Article, clean

PAGES = Path(__file__).resolve().parent.parent / "pages"
NAMES = sorted(folder.name for folder in PAGES.iterdir() if folder.is_dir())
SEED = [name for name in NAMES if "security pledge" in (PAGES / name / "facts.json").read_text(encoding="utf-8")]


@dataclass(frozen=True)
class Golden:
    article: Article
    expected: str
    facts: dict[str, Any]


@cache
def golden(name: str) -> Golden:
    folder = PAGES / name
    facts = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
    article = clean((folder / "source.html").read_bytes(), facts["url"])
    return Golden(article, (folder / "expected.html").read_text(encoding="utf-8"), facts)


def in_elements(html: str, pattern: str) -> list[str]:
    """The texts of the elements whose name matches, spaces folded."""
    inner = (found[2] for found in re.finditer(rf"(?s)<({pattern})\b[^>]*>(.*?)</\1>", html))
    return [" ".join(re.sub(r"<[^>]+>", "", text).split()) for text in inner]


def without_breaks_between_tags(html: str) -> str:
    return re.sub(r">\s+<", "><", html.strip())


def test_there_are_many_kinds_of_pages() -> None:
    assert len(NAMES) >= 14
    assert len(SEED) >= 8, "the same story on pages of many shapes"


@pytest.mark.parametrize("name", NAMES)
def test_every_word_of_the_story_is_kept_in_order_and_nothing_else(name: str) -> None:
    page = golden(name)
    assert page.article.text == "\n\n".join(page.facts["text"])


@pytest.mark.parametrize("name", NAMES)
def test_the_clean_html_is_as_expected(name: str) -> None:
    page = golden(name)
    assert without_breaks_between_tags(page.article.html) == without_breaks_between_tags(page.expected)


@pytest.mark.parametrize("name", NAMES)
def test_no_clutter_is_left_in_html_text_or_excerpt(name: str) -> None:
    page = golden(name)
    shown = f"{page.article.html}\n{page.article.text}"
    assert [phrase for phrase in page.facts["clutter"] if phrase in shown] == []


@pytest.mark.parametrize("name", NAMES)
def test_headings_are_headings(name: str) -> None:
    page = golden(name)
    assert in_elements(page.article.html, "h[1-6]") == page.facts["headings"]
    assert "<h1" not in page.article.html, "level one is the article's title"


@pytest.mark.parametrize("name", NAMES)
def test_captions_stay_with_their_pictures_and_out_of_the_text(name: str) -> None:
    page = golden(name)
    assert in_elements(page.article.html, "figcaption") == page.facts["captions"]
    assert [caption for caption in page.facts["captions"] if caption in page.article.text] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_facts_about_the_page_are_read(name: str) -> None:
    article, facts = golden(name).article, golden(name).facts
    published = article.published_at.isoformat() if article.published_at else None
    assert {
        "title": article.title,
        "site": article.site,
        "byline": article.byline,
        "language": article.language,
        "direction": article.direction,
        "published_at": published,
    } == {key: facts[key] for key in ("title", "site", "byline", "language", "direction", "published_at")}


@pytest.mark.parametrize("name", NAMES)
def test_every_removal_says_what_and_why(name: str) -> None:
    removed = golden(name).article.removed
    assert removed
    assert all(piece.step and piece.reason and piece.html for piece in removed)


def test_all_shapes_of_one_story_give_the_same_text() -> None:
    assert len({golden(name).article.text for name in SEED}) == 1
