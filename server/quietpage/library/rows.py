"""Between dataclasses and rows: how an article stands in the file, and how it comes out again."""

from __future__ import annotations

import hashlib
import html as markup
import re
import sqlite3
from typing import Any

from quietpage.article import Article, Page
from quietpage.library.addresses import address, host_of
from quietpage.library.bigrams import bigrams
from quietpage.library.kept import Fragment, Hit, KeptArticle, NoSuchArticle
from quietpage.library.salience import marked_words
from quietpage.library.times import read_time, write_page_time
from quietpage.library.vocabulary import distinct_words

# Control characters no text needs; NUL would end a text for some readers of the file. Tab and newline stay.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
HEADING = re.compile(r"<h[1-6][^>]*>(.*?)</h[1-6]>", re.DOTALL | re.IGNORECASE)
TAG = re.compile(r"<[^>]*>")
PICTURE = re.compile(r"<img\b", re.IGNORECASE)
CODE = re.compile(r"<pre\b", re.IGNORECASE)


def storable(text: str) -> str:
    """Text as SQLite can keep it: lone surrogates and control characters become U+FFFD; nothing else changes."""
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return CONTROLS.sub("\ufffd", joined)


def row_id(number: int) -> int:
    """The same number, when it can be a row's. Raises NoSuchArticle for one beyond SQLite's 64 bits."""
    if not -(2**63) <= number < 2**63:
        raise NoSuchArticle(f"There is no article {number} in the library.")
    return number


def maybe(text: str | None) -> str | None:
    """The same for a text that may be absent."""
    return None if text is None else storable(text)


def kept_address(url: str) -> str:
    """The address under which a page of this URL is kept."""
    return address(storable(url))


def capture_key(capture_id: str) -> str:
    """A capture's id as it is kept. Two ids never become one: what cannot be kept is escaped, not replaced."""
    return capture_id.encode("utf-8", "backslashreplace").decode()


def page_bytes(page: Page) -> bytes:
    """The captured page exactly: served bytes as they came, rendered text as UTF-8 (lone surrogates kept)."""
    return page.html if isinstance(page.html, bytes) else page.html.encode("utf-8", "surrogatepass")


def content_sha256(article: Article) -> str:
    """What makes two captures the same content: title and text; pictures' addresses change by themselves."""
    return hashlib.sha256(storable(f"{article.title}\n{article.text}").encode()).hexdigest()


def filtered_facts(url: str, html: str) -> dict[str, str | int]:
    """What filters ask of an article and its own columns do not say: its host, its pictures, its blocks of code."""
    return {
        "host": host_of(url),
        "pictures": len(PICTURE.findall(html)),
        "code_blocks": len(CODE.findall(html)),
    }


def indexed(title: str, byline: str | None, headings: str, text: str, notes: str = "") -> dict[str, str]:
    """What only the full-text index needs."""
    head = f"{title}\n{byline or ''}"
    return {"bigrams": bigrams(f"{head}\n{text}\n{notes}"), "salient": marked_words(f"{head}\n{headings}", text)}


def article_row(article: Article, notes: str = "") -> dict[str, Any]:
    """An article's columns, but for its address, its times of saving, and its ``notes``, whose words it is found by."""
    text, title = storable(article.text), storable(article.title)
    html = storable(article.html)
    headings = "\n".join(markup.unescape(TAG.sub("", heading)) for heading in HEADING.findall(html))
    return {
        "url": storable(article.url),
        "canonical_url": maybe(article.canonical_url),
        "title": title,
        "byline": maybe(article.byline),
        "site": maybe(article.site),
        "language": maybe(article.language),
        "direction": article.direction,
        "published_at": write_page_time(article.published_at) if article.published_at else None,
        "modified_at": write_page_time(article.modified_at) if article.modified_at else None,
        "excerpt": storable(article.excerpt),
        "html": html,
        "text": text,
        "headings": headings,
        **indexed(title, maybe(article.byline), headings, text, notes),
        "word_count": article.word_count,
        "reading_minutes": article.reading_minutes,
        "lead_image": maybe(article.lead_image),
        "next_page": maybe(article.next_page),
        "warning": maybe(article.warning),
        "content_sha256": content_sha256(article),
        **filtered_facts(storable(article.url), html),
    }


def words_of_row(row: sqlite3.Row) -> set[str]:
    """The words by which a kept article counts in the vocabulary."""
    return distinct_words(row["title"], row["byline"], row["text"], row["notes"])


def kept_article(row: sqlite3.Row, tags: tuple[str, ...]) -> KeptArticle:
    """A row as the article it keeps; what was removed from it is asked for on its own."""
    article = Article(
        url=row["url"],
        title=row["title"],
        html=row["html"],
        text=row["text"],
        canonical_url=row["canonical_url"],
        byline=row["byline"],
        site=row["site"],
        language=row["language"],
        direction=row["direction"],
        published_at=read_time(row["published_at"]) if row["published_at"] else None,
        modified_at=read_time(row["modified_at"]) if row["modified_at"] else None,
        excerpt=row["excerpt"],
        word_count=row["word_count"],
        reading_minutes=row["reading_minutes"],
        lead_image=row["lead_image"],
        next_page=row["next_page"],
        warning=row["warning"],
    )
    return KeptArticle(
        id=row["id"],
        article=article,
        saved_at=read_time(row["saved_at"]),
        updated_at=read_time(row["updated_at"]),
        state=row["state"],
        progress=row["progress"],
        tags=tags,
        versions=row["versions"],
        favorite=bool(row["favorite"]),
        shown=row["shown"],
    )


def hit_of(row: sqlite3.Row, tags: tuple[str, ...], snippet: tuple[Fragment, ...] = ()) -> Hit:
    """A row as a line of a list."""
    return Hit(
        id=row["id"],
        url=row["url"],
        title=row["title"],
        byline=row["byline"],
        site=row["site"],
        language=row["language"],
        direction=row["direction"],
        published_at=read_time(row["published_at"]) if row["published_at"] else None,
        saved_at=read_time(row["saved_at"]),
        excerpt=row["excerpt"],
        reading_minutes=row["reading_minutes"],
        word_count=row["word_count"],
        lead_image=row["lead_image"],
        snippet=snippet,
        state=row["state"],
        tags=tags,
        progress=row["progress"],
        favorite=bool(row["favorite"]),
        captured=row["versions"] > 0,
    )
