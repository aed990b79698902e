"""clean(): a page in, its article out. The table of contents of the cleaner; every step is named here, in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from html import escape

from quietpage.article import REMOVED_MAX_CHARS, Article, NotAnArticle, Page, Removed
from quietpage.cleaner.content import LITTLE_CHARS, find_content
from quietpage.cleaner.corrections import Corrections
from quietpage.cleaner.decode import decode
from quietpage.cleaner.discussion import is_thread
from quietpage.cleaner.document import Document, parse, read_unshown, well_formed
from quietpage.cleaner.embedded import Embedded, find_embedded, find_markup
from quietpage.cleaner.embedded.identity import Identity
from quietpage.cleaner.metadata import Metadata, read_metadata
from quietpage.cleaner.sanitize import sanitize
from quietpage.cleaner.text import count_words, excerpt, plain_text, reading_minutes
from quietpage.cleaner.tidy import tidy

FEW_WORDS = 25  # fewer are an article only where they look like one:
SENTENCE_WORDS = 8  # a line of so many words, as no menu, label or button has,
CERTAIN = 0.5  # and a best block that is likelier content than not
SHORT_CHARS = 1000  # a page that shows less may hold its text in data; 7 % of pages do (2,000 of 2026-11)
CLEARLY_MORE = 4  # times the text shown: so much is in data that are believed rather than what is shown


def clean(page: Page, *, keep: Iterable[str] = (), drop: Iterable[str] = ()) -> Article:
    """Return the clean article of a page.

    Raises NotAnArticle where there is no text, or hardly any and none that looks like an article; its ``remains``
    hold what text there was. Raises TypeError when the page's HTML is neither str nor bytes.

    ``keep`` and ``drop`` are CSS selectors for what is content, or is not, whatever the cleaner thinks of it;
    InvalidSelector is raised for a text that is none.
    """
    document = parse(read(page), page.url, Corrections.of(keep, drop))
    article = judge(document, page)
    return replace(article, corrected=document.corrected) if document.corrected else article


def judge(document: Document, page: Page) -> Article:
    """The article of a parsed page; raises NotAnArticle as :func:`clean` does."""
    metadata = read_metadata(document, page)  # first: JSON-LD sits in scripts, titles in what is cut away below
    article, certainty = extract(document, metadata, page)
    if document.kept and (article.text or (document.selected and article.html)):
        return article  # a person said that this is content; what they select may be a picture without a word
    if not reads_like_an_article(article, certainty) and document.chrome:
        document.read(all_of_it=True)  # there are pages that put their text into navigation
        article, certainty = extract(document, metadata, page)
    if may_hold_more(article, document) and (told := tell(document, metadata, page, article)):
        return told
    if not reads_like_an_article(article, certainty) and metadata.article_body:  # said, not shown, and short
        article = assemble(page, metadata, as_paragraphs(metadata.article_body.splitlines()), list(article.removed))
    if not reads_like_an_article(article, certainty):
        raise NotAnArticle(why_not(document), remains(page, metadata, [block.text for block in document.blocks]))
    return article


def extract(document: Document, metadata: Metadata, page: Page) -> tuple[Article, float]:
    """Find the content, tidy it, make it safe: the article so far, and how sure we are of its best block (0 to 1)."""
    removed = list(document.dropped)
    content = find_content(document, metadata, removed)
    html = sanitize(tidy(content.html, metadata, document.base_url, removed)) if content.html else ""
    return assemble(page, metadata, html, removed), content.certainty


def may_hold_more(article: Article, document: Document) -> bool:
    """Whether a page shows so little that its data are asked for its text."""
    return len(article.text) < SHORT_CHARS and not document.dropped


def tell(document: Document, metadata: Metadata, page: Page, shown: Article) -> Article | None:
    """The article that a page's data or templates hold and its elements do not show; None where there is none."""
    unshown = read_unshown(read(page))
    titles = (metadata.title, metadata.headline, page.title, document.title())
    identity = Identity.of(titles, (page.url, metadata.canonical_url))
    found = find_embedded(unshown, identity, is_thread=is_thread(document))
    if found is None or not is_better(found, document, shown):
        markup = None if reads_like_an_article(shown, CERTAIN) else find_markup(unshown, identity, metadata.excerpt)
        return unfold(markup, metadata, page, shown) if markup else None
    removed = [*shown.removed, *replaced(shown, found.source)]
    html = sanitize(tidy(well_formed(readable(found.html)), metadata, document.base_url, removed))
    told = assemble(page, metadata, html, removed)
    return told if reads_like_an_article(told, CERTAIN) else None


def is_better(found: Embedded, document: Document, shown: Article) -> bool:
    """Whether data are to be believed rather than what a page shows.

    Whatever it is where that is nothing, this very page's text where it is little; and elsewhere if it is much longer
    and nothing of it is shown.
    """
    if not found.owned:
        return not reads_like_an_article(shown, CERTAIN)
    if len(shown.text) < LITTLE_CHARS:
        return True
    text = "\n".join(block.text for block in document.blocks)
    return found.chars >= CLEARLY_MORE * len(shown.text) and not found.is_shown(text)


def unfold(markup: str, metadata: Metadata, page: Page, shown: Article) -> Article | None:
    """The article in a template, a text area or a script that holds HTML, judged as a page is."""
    article, certainty = extract(parse(readable(markup), page.url), metadata, page)
    if not reads_like_an_article(article, certainty):
        return None
    return replace(article, removed=(*shown.removed, *replaced(shown, "a template"), *article.removed))


def replaced(shown: Article, source: str) -> list[Removed]:
    """What the page showed instead of its text, for the record."""
    reason = f"the page shows only this; its text was found in {source}"
    return [Removed("embedded", reason, shown.html[:REMOVED_MAX_CHARS])] if shown.html else []


def read(page: Page) -> str:
    """The page's HTML as text, without NUL, which no parser may see."""
    if isinstance(page.html, bytes):
        return decode(page.html).replace("\0", "\ufffd")
    if isinstance(page.html, str):
        return readable(page.html)
    raise TypeError(f"A page's HTML is str or bytes, not {type(page.html).__name__}.")


def readable(text: str) -> str:
    """A text without NUL and lone surrogates, which no parser may see."""
    return text.replace("\0", "\ufffd").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def assemble(page: Page, metadata: Metadata, html: str, removed: list[Removed], warning: str | None = None) -> Article:
    """Put the article together; its text and figures are derived from the HTML a reader will see."""
    text = plain_text(html)
    words = count_words(text)
    return Article(
        url=page.url,
        title=metadata.title,
        html=html,
        text=text,
        canonical_url=metadata.canonical_url,
        byline=metadata.byline,
        site=metadata.site,
        language=metadata.language,
        direction=metadata.direction,
        published_at=metadata.published_at,
        modified_at=metadata.modified_at,
        excerpt=excerpt(metadata.excerpt or text),
        word_count=words,
        reading_minutes=reading_minutes(words, metadata.language),
        lead_image=metadata.lead_image,
        next_page=metadata.next_page,
        removed=tuple(removed),
        warning=warning,
    )


def reads_like_an_article(article: Article, certainty: float) -> bool:
    """Whether there is text enough, or little of it that at least looks like prose."""
    if article.word_count >= FEW_WORDS:
        return True
    longest = max((count_words(line) for line in article.text.splitlines()), default=0)
    return longest >= SENTENCE_WORDS and certainty >= CERTAIN


def as_paragraphs(texts: Iterable[str]) -> str:
    """Plain texts as sanitized HTML, a paragraph each."""
    return sanitize("".join(f"<p>{escape(text)}</p>" for text in texts if text.strip()))


def why_not(document: Document) -> str:
    """Say to a person why a page gave no article."""
    if not document.blocks:
        return "This page holds no text."
    return "This page holds no text that reads like an article: only short pieces, such as menus, labels or notices."


def remains(page: Page, metadata: Metadata, texts: list[str]) -> Article:
    """All text of a page that has no article, as plain paragraphs, so that nothing is lost."""
    return assemble(
        page, metadata, as_paragraphs(texts), [], warning="This page held no article; what follows is all its text."
    )
