"""What the API takes and gives, as msgspec structs: they check every request, and OpenAPI is made from them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from quietpage.cleaner.seen import Seen
from quietpage.library.library import Hit, Hits, KeptArticle, SameContent, Saved
from quietpage.library.listing import Sort
from quietpage.web.row_number import MOST_ID
from quietpage.web.state import Config

MOST_HTML_CHARS = 20 * 1024 * 1024  # the extension never sends more
MOST_PDF_BYTES = 20 * 1024 * 1024

Url = Annotated[str, Meta(min_length=1, max_length=8192, description="An absolute http or https address.")]
Limit = Annotated[int, Meta(ge=1, le=100)]


class Capture(Struct, kw_only=True):
    """A page as the browser rendered it, in ``html``; or a PDF document, in ``pdf``: its text becomes the article.

    Sending the same ``capture_id`` again saves nothing twice.

    ``receipt`` asks for a count of what was kept of what was seen; it costs a fifth of cleaning the page.

    ``passage`` is what stood at the top of the window, where the page was scrolled: a new article is opened there.

    ``entry`` is the article that is not captured yet and whose page this is, wherever its address led.
    """

    url: Url
    html: Annotated[str, Meta(min_length=1)] | None = None
    pdf: Annotated[bytes, Meta(min_length=1)] | None = None
    capture_id: Annotated[str, Meta(min_length=1, max_length=200)]
    title: Annotated[str, Meta(max_length=10_000)] | None = None
    captured_at: Annotated[datetime, Meta(tz=True)] | None = None
    receipt: bool = False
    passage: Annotated[str, Meta(max_length=10_000)] | None = None
    entry: Annotated[int, Meta(ge=0, le=MOST_ID)] | None = None


class ArticleQuery(Struct, kw_only=True):
    """Search or list. ``q`` is any text; without it, the newest come first. ``sort`` asks for another order."""

    q: str = ""
    sort: Sort | None = None
    limit: Limit = 20
    cursor: str | None = None


class Marks(Struct, kw_only=True):
    """What is to change; what is left out stays. ``tags`` are all the article is to have."""

    state: Literal["unread", "reading", "read", "archived"] | None = None
    favorite: bool | None = None
    progress: Annotated[float, Meta(ge=0, le=1)] | None = None
    tags: Annotated[tuple[Annotated[str, Meta(max_length=200)], ...], Meta(max_length=100)] | None = None


class TagsQuery(Struct, kw_only=True):
    """What the names begin with; without it, the commonest come."""

    begins: Annotated[str, Meta(max_length=200)] = ""


class UrlQuery(Struct, kw_only=True):
    """The address to look up; it is compared in its canonical form."""

    url: Url


class Links(Struct, kw_only=True, omit_defaults=True):
    """``reader`` is the article's page; ``open`` leads there too, once, and lets this browser in on the way."""

    reader: str
    open: str | None = None


class ImageQuery(Struct, kw_only=True):
    """``source`` is the address from which the article shows the image."""

    source: Url


class ImageAnswer(Struct, kw_only=True):
    """A kept image: its type by its bytes, its size in pixels as it is shown, and where our pages show it."""

    sha256: str
    type: str
    width: int
    height: int
    size: int
    path: str


class ImagesAnswer(Struct, kw_only=True):
    """``kept`` are an article's images by the address from which it shows them, ``missing`` the addresses without."""

    kept: dict[str, ImageAnswer]
    missing: tuple[str, ...]
    thumbnail: ImageAnswer | None


class SameContentAnswer(Struct, kw_only=True):
    """Another kept article with the same content: an AMP or print page, a syndicated copy, an excerpt."""

    id: int
    title: str
    site: str | None
    url: str
    links: Links


class ArticleAnswer(Struct, kw_only=True, omit_defaults=True):
    """A kept article. ``html`` is sanitized; ``warning`` is there when what is kept may not be an article.

    ``same_content`` lists other kept articles with the same content, likest first, at most five. The answer to a save
    names in ``missing_images`` the pictures that an extension may bring.
    """

    id: int
    url: str
    canonical_url: str | None
    title: str
    byline: str | None
    site: str | None
    language: str | None
    direction: str
    published_at: datetime | None
    modified_at: datetime | None
    saved_at: datetime
    updated_at: datetime
    excerpt: str
    html: str
    text: str
    word_count: int
    reading_minutes: int
    lead_image: str | None
    next_page: str | None
    tags: tuple[str, ...]
    state: str
    favorite: bool
    progress: float
    versions: int
    same_content: tuple[SameContentAnswer, ...]
    links: Links
    warning: str | None = None
    missing_images: tuple[str, ...] = ()
    outcome: Literal["created", "updated", "unchanged"] | None = None
    receipt: Receipt | None = None


class ChangeAnswer(Struct):
    """How many paragraphs are others than in the version from ``since``."""

    since: datetime
    paragraphs: int


class Receipt(Struct, kw_only=True):
    """What a save came to beside the page it came from.

    ``seen_words`` are all words that the page showed, clutter too; ``asks_to_sign_in`` says that it showed a field for
    a password. ``pictures`` are the kept ones. ``change`` is there for a new version.
    """

    outcome: Literal["created", "updated", "unchanged"]
    title: str
    kept_words: int
    seen_words: int
    pictures: int
    asks_to_sign_in: bool
    versions: int
    saved_at: datetime
    change: ChangeAnswer | None


class FragmentAnswer(Struct):
    """A piece of a snippet; ``match`` says whether the query found it, ``noted`` whether it is from a note."""

    text: str
    match: bool
    noted: bool


class HitAnswer(Struct, kw_only=True):
    """One article of a list."""

    id: int
    url: str
    title: str
    byline: str | None
    site: str | None
    language: str | None
    direction: str
    published_at: datetime | None
    saved_at: datetime
    excerpt: str
    reading_minutes: int
    word_count: int
    lead_image: str | None
    snippet: tuple[FragmentAnswer, ...]
    state: str
    favorite: bool
    progress: float
    tags: tuple[str, ...]
    captured: Annotated[bool, Meta(description="False: only its address was imported, its page is not kept yet.")]
    links: Links


class HitsAnswer(Struct, kw_only=True):
    """A page of a list; give ``next_cursor`` as ``cursor`` to get the next.

    ``total`` counts all hits; where it is ``capped``, there are more. ``partial`` says that no article has all words of
    the query; of a query in many words the first ``whole`` have all, and the others some. ``corrected`` is what was
    searched for in place of a misspelt query; ``hints`` say which parts of it were not understood.
    """

    hits: tuple[HitAnswer, ...]
    total: int
    next_cursor: str | None
    partial: bool
    whole: int
    capped: bool
    corrected: str | None
    hints: tuple[str, ...]


class TagsAnswer(Struct):
    """Names of tags, the commonest first."""

    tags: tuple[str, ...]


class FieldError(Struct):
    """Which field is not as expected, and what was."""

    field: str
    expected: str


class Kept(Struct, omit_defaults=True):
    """Where the text of a page without an article is kept, and what that came to."""

    id: int
    links: Links
    receipt: Receipt | None = None


def article_answer(
    kept: KeptArticle, copies: Iterable[SameContent], config: Config, outcome: str | None = None
) -> ArticleAnswer:
    """What the API says of a kept article and of its copies elsewhere."""
    article = kept.article
    return ArticleAnswer(
        id=kept.id,
        url=article.url,
        canonical_url=article.canonical_url,
        title=article.title,
        byline=article.byline,
        site=article.site,
        language=article.language,
        direction=article.direction,
        published_at=article.published_at,
        modified_at=article.modified_at,
        saved_at=kept.saved_at,
        updated_at=kept.updated_at,
        excerpt=article.excerpt,
        html=article.html,
        text=article.text,
        word_count=article.word_count,
        reading_minutes=article.reading_minutes,
        lead_image=article.lead_image,
        next_page=article.next_page,
        tags=kept.tags,
        state=kept.state,
        favorite=kept.favorite,
        progress=kept.progress,
        versions=kept.versions,
        same_content=tuple(same_content_answer(copy, config) for copy in copies),
        warning=article.warning,
        links=Links(reader=reader_url(kept.id, config)),
        outcome=outcome,  # type: ignore[arg-type]  # the library's word is one of the three
    )


def receipt_answer(saved: Saved, kept: KeptArticle, seen: Seen) -> Receipt:
    """What the API says of a save."""
    change = ChangeAnswer(saved.change.since, saved.change.paragraphs) if saved.change else None
    return Receipt(
        outcome=saved.outcome,
        title=kept.article.title,
        kept_words=kept.article.word_count,
        seen_words=seen.words,
        pictures=kept.article.html.count("<img"),
        asks_to_sign_in=seen.asks_to_sign_in,
        versions=kept.versions,
        saved_at=kept.saved_at,
        change=change,
    )


def same_content_answer(copy: SameContent, config: Config) -> SameContentAnswer:
    """What the API says of a copy."""
    links = Links(reader=reader_url(copy.id, config))
    return SameContentAnswer(id=copy.id, title=copy.title, site=copy.site, url=copy.url, links=links)


def hits_answer(hits: Hits, config: Config) -> HitsAnswer:
    """What the API says of a page of hits."""
    return HitsAnswer(
        hits=tuple(hit_answer(hit, config) for hit in hits.hits),
        total=hits.total,
        next_cursor=hits.next_cursor,
        partial=hits.partial,
        whole=hits.whole,
        capped=hits.capped,
        corrected=hits.corrected,
        hints=tuple(map(str, hits.hints)),
    )


def hit_answer(hit: Hit, config: Config) -> HitAnswer:
    """What the API says of one hit."""
    return HitAnswer(
        id=hit.id,
        url=hit.url,
        title=hit.title,
        byline=hit.byline,
        site=hit.site,
        language=hit.language,
        direction=hit.direction,
        published_at=hit.published_at,
        saved_at=hit.saved_at,
        excerpt=hit.excerpt,
        reading_minutes=hit.reading_minutes,
        word_count=hit.word_count,
        lead_image=hit.lead_image,
        snippet=tuple(FragmentAnswer(fragment.text, fragment.match, fragment.noted) for fragment in hit.snippet),
        state=hit.state,
        favorite=hit.favorite,
        progress=hit.progress,
        tags=hit.tags,
        captured=hit.captured,
        links=Links(reader=reader_url(hit.id, config)),
    )


def reader_url(article_id: int, config: Config) -> str:
    """The address of an article's reader page."""
    return f"{config.url}/read/{article_id}"
