"""What a page says of itself: title, byline, site, date, language, direction, pictures.

JSON-LD, Open Graph, Twitter cards, Dublin Core, microdata and the visible page, in the order of their reliability
for each fact.
"""

from __future__ import annotations

import html as entities
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from quietpage.article import Page
from quietpage.cleaner.document import Document
from quietpage.cleaner.words import BYLINE_LEAD, BYLINE_LINE, DATE_WORD, MONTHS, SITE_SEPARATORS

ARTICLE_TYPES = re.compile(r"Article|BlogPosting|Report|Posting|Review|Recipe|QAPage|HowTo|WebPage|NewsItem|Podcast")
RTL_LETTER = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff]")
RTL_LANGUAGES = {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ps", "sd", "ug", "ur", "yi"}
MOST_WORDS = 0.6
HEADLINE_WITHIN, LINES_AFTER, LINES_BEFORE, LINE_MAX_CHARS = 400, 8, 3, 140  # blocks and characters
FIRST_LINES = 60  # blocks of a page among which its headline stands
MAX_BYLINE_CHARS = 120
MAX_JSON_LD_CHARS = 1_000_000
ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?\s*(?:Z|[+-]\d\d:?\d\d)?)?")
DATE_IN_URL = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:/|-|$)")
HANDLE = re.compile(r"@\w+")


@dataclass(frozen=True, slots=True)
class Metadata:
    """The page's facts. ``headline`` and ``article_body`` are JSON-LD's own, witnesses of which text is the article."""

    title: str
    byline: str | None = None
    site: str | None = None
    language: str | None = None
    direction: str = "ltr"
    published_at: datetime | None = None
    canonical_url: str | None = None
    lead_image: str | None = None
    excerpt: str | None = None
    headline: str | None = None
    article_body: str | None = None


def read_metadata(document: Document, page: Page) -> Metadata:
    """Return what the page says of itself. Never raises: broken JSON, dates and URLs count as not said."""
    metas = document.metas()
    data = best_data(document)
    site = find_site(metas, data)
    title, site = find_title(document, page, metas, data, site)
    language = find_language(document, metas, data)
    return Metadata(
        title=title,
        byline=find_byline(document, metas, data, site, title),
        site=site or site_from_host(page.url),
        language=language,
        direction=find_direction(document, language),
        published_at=find_date(document, metas, data, title),
        canonical_url=find_canonical(document, metas),
        lead_image=find_lead_image(document, metas, data),
        excerpt=clean(first(metas, "og:description", "description", "twitter:description")),
        headline=clean(text_of(data.get("headline"))),
        article_body=text_of(data.get("articleBody")),
    )


def clean(text: str | None) -> str | None:
    """One line of plain text; None where nothing is left. Entities that were escaped twice are resolved."""
    if not text:
        return None
    text = entities.unescape(text) if "&" in text else text
    return " ".join(re.sub(r"<[^>]{1,200}>", "", text).split()) or None


def first(facts: dict[str, str], *names: str) -> str | None:
    """The first of these facts that is there."""
    return next((facts[name] for name in names if facts.get(name)), None)


# JSON-LD


def best_data(document: Document) -> dict[str, Any]:
    """The JSON-LD object that describes the article, {} where none does."""
    found = [item for script in document.json_ld() for item in objects(load(script))]
    articles = [item for item in found if any(ARTICLE_TYPES.search(kind) for kind in types(item))]
    articles.sort(key=lambda item: ("WebPage" in types(item), "headline" not in item))
    return articles[0] if articles else {}


def load(script: str) -> Any:
    """Parse JSON-LD as found in the wild: comments around it, raw line breaks in strings; None when hopeless."""
    script = re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$", "", script).strip()
    if len(script) > MAX_JSON_LD_CHARS:
        return None
    try:
        return json.loads(script.rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def objects(data: Any) -> Iterator[dict[str, Any]]:
    """Every object at the top, in @graph, or an article as the main entity of one."""
    waiting = [data]
    while waiting:
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting[:0] = item[:200]
        elif isinstance(item, dict):
            yield item
            waiting += [item[key] for key in ("@graph", "mainEntity") if isinstance(item.get(key), dict | list)]


def types(item: dict[str, Any]) -> list[str]:
    kinds = item.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def text_of(value: Any, *keys: str) -> str | None:
    """The text of a JSON-LD value: itself, its name, or the first of a list."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = next((value[key] for key in (*keys, "name", "@value") if value.get(key)), None)
    return value.strip() or None if isinstance(value, str) else None


# Title and site


def find_site(metas: dict[str, str], data: dict[str, Any]) -> str | None:
    site = clean(first(metas, "og:site_name", "application-name", "al:ios:app_name", "dc.publisher"))
    site = site or clean(text_of(data.get("publisher")))
    return site if site and len(site) <= 60 and not site.startswith("@") else None


def site_from_host(url: str) -> str | None:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return None
    return host.removeprefix("www.") or None


def find_title(
    document: Document, page: Page, metas: dict[str, str], data: dict[str, Any], site: str | None
) -> tuple[str, str | None]:
    """The title without the site's name, and the site's name, learned from the title where nothing else tells it."""
    headings = [heading.rstrip(" ¶#§") for heading in document.texts("h1", 5)]
    tab = clean(next(iter(document.texts("title", 1)), None)) or clean(page.title) or ""
    said = clean(first(metas, "og:title", "twitter:title", "dc.title", "citation_title", "parsely-title"))
    headline = clean(text_of(data.get("headline")))
    lines = [block.text for block in document.blocks[:FIRST_LINES] if block.chars <= len(tab)]
    tab_title, tab_site = split_site(tab, site, [said or "", headline or "", *headings, *lines])
    said = split_site(said, site or tab_site, [*headings, *lines])[0] if said else None
    candidates = [title for title in (headline, said, tab_title) if title]
    for heading in headings:  # where a visible heading says the same, it says it as the reader sees it
        if any(same(heading, title) or (len(headings) < 3 and alike(heading, title)) for title in candidates):
            known = site or tab_site
            return split_site(heading, known, [])[0] if known else heading, known
    title = next((title for title in (said, headline, tab_title) if title and not same(title, site or "")), "")
    title = title or (headings[0] if headings else tab)
    return title or site_from_host(page.url) or page.url, site or tab_site


def same(one: str, other: str) -> bool:
    """Whether two titles are one, whatever their case and punctuation."""
    return bool(one) and folded(one) == folded(other)


def alike(one: str, other: str) -> bool:
    """Whether two titles say the same in other words: at least three, and most words of the shorter in both."""
    words = [set(re.findall(r"\w+", text.lower())) for text in (one, other)]
    least = min(map(len, words))
    return least >= 3 and len(words[0] & words[1]) >= MOST_WORDS * least


def folded(text: str) -> str:
    return re.sub(r"\W+", "", unicodedata.normalize("NFKC", text)).lower()


def split_site(title: str, site: str | None, known: Iterable[str]) -> tuple[str, str | None]:
    """Part a tab's title into the page's own and the site's name, at a separator.

    The part that is the site's known name goes; where none is known, the part besides a heading of the page; else a
    short last part behind a strong separator.
    """
    cuts = [(cut.start(), cut.end(), cut.group()) for cut in SITE_SEPARATORS.finditer(title)]
    if not cuts:
        return title, None
    for begin, end, _ in reversed(cuts):
        head, tail = title[:begin].strip(), title[end:].strip()
        if site and same(tail, site) and head:
            return head, site
        if site and same(head, site) and tail:
            return tail, site
        for heading in known:
            if same(heading, head):
                return head, tail if len(tail) <= 60 else None
            if same(heading, tail):
                return tail, head if len(head) <= 60 else None
    begin, end, separator = cuts[-1]
    head, tail = title[:begin].strip(), title[end:].strip()
    if tail[:1].islower() and "." not in tail:
        return title, None  # a site's name begins with a capital, or is its address
    if separator.strip() != ":" and len(head.split()) >= 3 and 0 < len(tail.split()) <= 4 and len(tail) < len(head):
        return head, tail
    return title, None


# Byline


def find_byline(
    document: Document, metas: dict[str, str], data: dict[str, Any], site: str | None, title: str
) -> str | None:
    """Who wrote it: names, without "By", addresses, dates and the site's own name."""
    sources: list[list[str]] = [
        people(data.get("author")),
        [metas[name] for name in ("author", "parsely-author", "dc.creator", "byl", "sailthru.author") if name in metas],
        [metas["article:author"]] if "article:author" in metas else [],
        document.texts('[rel~="author"]', 4),
        document.texts('[itemprop~="author"] [itemprop="name"]', 4) or document.texts('[itemprop~="author"]', 4),
        document.texts(".byline-name, .author-name, .authorname", 4),
        document.texts(".byline, .author, .p-author, .c-byline, .post-author, .entry-author, .article-author", 1),
        [found["names"] for text in lines_near_headline(document, title) if (found := BYLINE_LINE.fullmatch(text))][:1],
    ]
    for names in sources:
        cleaned = [name for name in (clean_name(name, site) for name in names) if name]
        if cleaned:
            return ", ".join(dict.fromkeys(cleaned))[:MAX_BYLINE_CHARS]
    return None


def lines_near_headline(document: Document, title: str) -> list[str]:
    """The short lines around the visible headline, those after it first; the page's first lines where it has none."""
    blocks = document.blocks[:HEADLINE_WITHIN]
    wanted = folded(title)
    headlines = (at for at, block in enumerate(blocks) if block.chars < 2 * len(title) + 9)
    at = next((at for at in headlines if wanted and folded(blocks[at].text).startswith(wanted)), None)
    if at is None:
        return []
    near = blocks[at + 1 : at + 1 + LINES_AFTER] + blocks[max(0, at - LINES_BEFORE) : at]
    return [block.text for block in near if block.chars <= LINE_MAX_CHARS]


def people(author: Any) -> list[str]:
    """The names in a JSON-LD author: a name, an object, or a list of either."""
    authors = author if isinstance(author, list) else [author]
    return [name for name in (text_of(one) for one in authors[:8]) if name]


def clean_name(name: str, site: str | None) -> str | None:
    """A name as people say it; None for an address, a handle, the site itself, or a whole sentence."""
    text = clean(name) or ""
    text = BYLINE_LEAD.sub("", text, count=1) if BYLINE_LEAD.match(text) else text
    text = re.split(r"\s+[|•·–—]\s+|\s{2,}|,?\s+(?:on|am|le|el)\s+\d|\s+\d{1,2}[./ ]|\d{4}|https?:", text)[0]
    text = text.strip(" \t,;:|-–—•·/")
    wrong = not text or "://" in text or HANDLE.fullmatch(text) or "@" in text or len(text) > MAX_BYLINE_CHARS
    if wrong or len(text.split()) > 12 or (site and same(text, site)) or text.lower() in {"admin", "author"}:
        return None
    if all(DATE_WORD.fullmatch(word) for word in re.findall(r"\w+", text)):
        return None
    return text


# Date


def find_date(document: Document, metas: dict[str, str], data: dict[str, Any], title: str) -> datetime | None:
    """When it was published, in UTC. A date without an hour is midnight, one without a zone is taken as UTC."""
    said = (
        text_of(data.get("datePublished")),
        *(metas.get(name) for name in DATE_METAS),
        document.attribute('[itemprop~="datePublished"]', "datetime"),
        document.attribute('[itemprop~="datePublished"]', "content"),
        document.attribute("time[pubdate]", "datetime"),
        document.attribute("article time[datetime], header time[datetime], main time[datetime]", "datetime"),
        document.attribute("time[datetime]", "datetime"),
        text_of(data.get("dateCreated")),
    )
    for text in said:
        if text and (date := read_date(text)):
            return date
    found = DATE_IN_URL.search(document.url)
    if found:
        return read_date("{}-{:0>2}-{:0>2}".format(*found.groups()))
    written = [*lines_near_headline(document, title), *document.texts(DATE_ELEMENTS, 4)]
    return next((date for text in written if len(text) <= LINE_MAX_CHARS and (date := read_written_date(text))), None)


DATE_ELEMENTS = ".date, .published, .pubdate, .post-date, .entry-date, .article-date, .publish-date, .posted-on, time"
MONTH_OF = {stem.strip(): number for number, stems in enumerate(MONTHS, start=1) for stem in stems.split(",")}
DAY_MONTH_YEAR = re.compile(
    r"\b(\d{1,2})(?:\.|st|nd|rd|th|º)?\s*(?:de |of )?([^\W\d_]{3,12})\.?,?\s*(?:de |del )?((?:19|20)\d\d)\b"
)
MONTH_DAY_YEAR = re.compile(r"\b([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)\b")
YEAR_MONTH_DAY = re.compile(r"\b((?:19|20)\d\d)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})")
DAY_FIRST = re.compile(r"\b(\d{1,2})[.]\s?(\d{1,2})[.]\s?((?:19|20)\d\d)\b")


def read_written_date(text: str) -> datetime | None:
    """Read a date as people write it, in words or with points; 03/04/2020 means different days and is not read."""
    if found := YEAR_MONTH_DAY.search(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := DAY_FIRST.search(text):
        day, month, year = (int(part) for part in found.groups())
    elif found := DAY_MONTH_YEAR.search(text):
        day, month, year = int(found[1]), month_of(found[2]), int(found[3])
    elif found := MONTH_DAY_YEAR.search(text):
        day, month, year = int(found[2]), month_of(found[1]), int(found[3])
    else:
        return None
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None


def month_of(name: str) -> int:
    """A month's number by how its name begins, the longest beginning first; 0 for any other word."""
    return next((MONTH_OF[name[:size].lower()] for size in (7, 6, 5, 4, 3) if name[:size].lower() in MONTH_OF), 0)


DATE_METAS = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "publishdate",
    "pubdate",
    "publish-date",
    "publication_date",
    "article.published",
    "citation_publication_date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "date",
)


def read_date(text: str) -> datetime | None:
    """Read an ISO 8601 or RFC 5322 date; None for anything else."""
    found = ISO_DATE.search(text.replace("/", "-"))
    try:
        date = (
            datetime.fromisoformat(found[0].replace(" ", "T", 1).replace(" ", ""))
            if found
            else parsedate_to_datetime(text)
        )
        date = date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return date if 1990 <= date.year <= 2100 else None


# Language, direction, addresses


def find_language(document: Document, metas: dict[str, str], data: dict[str, Any]) -> str | None:
    """A BCP 47 tag: the root's, or what the facts say."""
    said = (
        document.attribute("html", "lang"),
        document.attribute("html", "xml:lang"),
        document.attribute("body", "lang"),
        metas.get("og:locale"),
        metas.get("content-language"),
        metas.get("dc.language"),
        text_of(data.get("inLanguage"), "alternateName"),
    )
    for text in said:
        tag = (text or "").split(",")[0].strip().replace("_", "-")
        if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", tag):
            language, *rest = tag.split("-")
            return "-".join([language.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])
    return None


def find_direction(document: Document, language: str | None) -> str:
    """ "rtl" or "ltr": as the page says, else by the script most of its letters are of, else by its language."""
    said = (document.attribute("html", "dir") or document.attribute("body", "dir") or "").lower()
    if said in ("rtl", "ltr"):
        return said
    text = "".join([block.text[:200] for block in document.blocks[:200]])
    if any(map(str.isalpha, text)):
        return "rtl" if RTL_LETTER.search(text) and mostly_rtl(text) else "ltr"
    return "rtl" if (language or "").split("-")[0] in RTL_LANGUAGES else "ltr"


def mostly_rtl(text: str) -> bool:
    """Whether most of a text's letters are of a script written from right to left (Unicode's bidirectional class)."""
    kinds = [unicodedata.bidirectional(letter) for letter in text if letter.isalpha()]
    return sum(kind in ("R", "AL") for kind in kinds) > len(kinds) / 2


def find_canonical(document: Document, metas: dict[str, str]) -> str | None:
    return absolute(document, document.attribute('link[rel~="canonical"]', "href") or metas.get("og:url"))


def find_lead_image(document: Document, metas: dict[str, str], data: dict[str, Any]) -> str | None:
    said = first(metas, "og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")
    return absolute(document, said or text_of(data.get("image"), "url", "contentUrl"))


def absolute(document: Document, url: str | None) -> str | None:
    """An http(s) URL, resolved against the page; None for anything else."""
    try:
        resolved = urljoin(document.base_url, url.strip()) if url else ""
        return resolved if urlsplit(resolved).scheme in ("http", "https") and urlsplit(resolved).hostname else None
    except ValueError:
        return None
