"""A library in a folder of its own, and articles to put into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quietpage.article import Article, Page, Removed
from quietpage.library.library import Library, Saved

Save = Callable[..., Saved]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "library.db"


@pytest.fixture
def library(path: Path) -> Iterator[Library]:
    with Library(path) as library:
        yield library


@pytest.fixture
def save(library: Library) -> Save:
    """Save an article of this text: ``save("the text", url=…, title=…, capture_id=…, warning=…)``."""

    def save(text: str, *, url: str = "https://site.test/story", title: str = "A title", **more: str | None) -> Saved:
        article = Article(
            url=url,
            title=title,
            html=f"<h2>Part one</h2><p>{text}</p>",
            text=text,
            byline=more.get("byline"),
            warning=more.get("warning"),
            removed=(Removed("related", "a link to another story", f"<p>{text[:3]}</p>"),),
        )
        return library.save(article, Page(url, f"<html>{text}", capture_id=more.get("capture_id")))

    return save
