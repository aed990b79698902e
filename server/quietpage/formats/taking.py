"""What goes out: the articles of a library that an export is of, each with its marks and pictures, read one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from quietpage.library.highlight_rows import Highlight
from quietpage.library.images import KeptImage
from quietpage.library.kept import KeptArticle
from quietpage.library.library import Library, NoSuchArticle
from quietpage.library.marks import Marked

# By what a picture's bytes say it is; no other type is kept
ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp", "image/avif": "avif"}


@dataclass(frozen=True, slots=True)
class Tools:
    """What the rooms above lend: HTML as Markdown, the HTML of an article with its highlights, and who exports."""

    markdown: Callable[[str], str]
    highlighted: Callable[[str, Sequence[Highlight]], str]
    source: str = "Quietpage"


@dataclass(frozen=True, slots=True)
class Taken:
    """An article on its way out, with what is marked in it and the pictures that are kept, by their addresses."""

    kept: KeptArticle
    marked: Marked
    images: Mapping[str, KeptImage]
    read_image: Callable[[str], tuple[str, bytes] | None]

    @property
    def title(self) -> str:
        """Its title; where it has none, its address."""
        return " ".join(self.kept.article.title.split()) or self.kept.article.url


@dataclass(frozen=True, slots=True)
class Selection:
    """The articles of an export, by their ids in order; ``query`` is what chose them, blank for the whole library.

    ``without_text`` counts those that are not captured yet; of a format of texts they are not among the articles.
    """

    library: Library
    ids: tuple[int, ...]
    tools: Tools
    query: str = ""
    without_text: int = 0
    one: bool = False  # a single article, and not a search that happens to find one
    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def articles(self) -> Iterator[Taken]:
        """Each of them as it is when its turn comes; one that was deleted meanwhile is left out."""
        for article_id in self.ids:
            try:
                kept = self.library.get(article_id)
            except NoSuchArticle:
                continue
            images = self.library.images
            yield Taken(kept, self.library.marks.of(article_id), images.of(article_id), images.read)

    @property
    def title(self) -> str:
        """What the whole is called."""
        return f"Quietpage: {self.query}" if self.query else "Quietpage library"


def of_query(library: Library, query: str, tools: Tools, *, texts_only: bool = False) -> Selection:
    """All articles that have all of a query; the whole library where it is blank. ``texts_only``: those with a text."""
    ids = library.ids(query)
    missing = library.uncaptured.ids().intersection(ids)
    taken = tuple(one for one in ids if one not in missing) if texts_only and missing else ids
    return Selection(library, taken, tools, query.strip(), len(missing))


def of_article(library: Library, article_id: int, tools: Tools) -> Selection:
    """One article. Raises NoSuchArticle."""
    library.get(article_id)
    return Selection(library, (article_id,), tools, one=True)


def day(moment: datetime) -> str:
    """A date as every country reads it: 2026-11-28."""
    return moment.date().isoformat()


def stamp(moment: datetime) -> str:
    """A moment in RFC 3339, UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
