"""A page's title without its site's name, and the site's name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from urllib.parse import urlsplit

from quietpage.cleaner.metadata.near_headline import folded, same
from quietpage.cleaner.metadata.said import Said, one_line
from quietpage.cleaner.words.bylines import SITE_SEPARATORS

MOST_WORDS = 0.5  # in both, of the shorter: .803 of 1,830 titles are right with it, .801 with 0.6
MAX_SITE_CHARS = 60
FIRST_LINES = 60  # blocks of a page among which its headline stands
PUNCTUATION_CHARS = 6  # by which two forms of a title differ in length
EDGES = " \t|»«•›‹:"  # separators that part the title from nothing


def find_site(said: Said) -> str | None:
    """The site's name as its facts say it."""
    site = one_line(said.meta("og:site_name", "application-name", "al:ios:app_name", "dc.publisher"))
    site = site or one_line(said.json_ld("publisher"))
    return site if site and len(site) <= MAX_SITE_CHARS and not site.startswith("@") else None


def site_from_host(url: str) -> str | None:
    """The host, where a page says nothing of its site."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return None
    return host.removeprefix("www.") or None


def find_title(said: Said, site: str | None) -> tuple[str, str | None]:
    """The title without the site's name, and the site's name, learned from the title where nothing else tells it."""
    page, headings = said.page, said.headings
    tab = (one_line(said.title_tag) or one_line(page.title) or "").strip(EDGES)
    og = one_line(said.meta("og:title", "twitter:title", "dc.title", "citation_title", "parsely-title"))
    headline = one_line(said.json_ld("headline"))
    shown = {folded(text) for text in (*headings, *lines_like_parts(said, tab))}
    tab_title, tab_site = split_site(tab, site, shown | {folded(text) for text in (og, headline) if text})
    known = site or tab_site
    og = split_site(og, known, shown)[0] if og else None
    candidates = [title for title in (headline, og, tab_title) if title]
    headings = [heading for heading in headings if not is_site(heading, known, page.url)]
    if heading := heading_of(headings, candidates):
        return without_site(heading, known), known
    title = next((title for title in (og, headline, tab_title) if title and not is_site(title, site, page.url)), "")
    title = title or (headings[0] if headings else tab)
    return title or site_from_host(page.url) or page.url, known


def lines_like_parts(said: Said, title: str) -> Iterator[str]:
    """The page's first lines that are about as long as what stands on a side of a separator in a title."""
    cuts = [cut.span() for cut in SITE_SEPARATORS.finditer(title)]
    sizes = {size for begin, end in cuts for size in (begin, len(title) - end)}
    like = {size + more for size in sizes for more in range(-PUNCTUATION_CHARS, PUNCTUATION_CHARS + 1)}
    return (block.text for block in said.document.blocks[:FIRST_LINES] if block.chars in like)


def heading_of(headings: Sequence[str], candidates: Sequence[str]) -> str | None:
    """The visible heading that says what the page's facts say: as it stands there, it is what the reader saw.

    Where a kicker stands before it in the heading, the fact that the heading ends with is the title.
    """
    for heading in headings:
        for title in candidates:
            if same(heading, title):
                return heading
    for heading in headings if len(headings) < 3 else ():
        for title in candidates:
            if alike(heading, title):
                return next((title for title in candidates if ends_with(heading, title)), heading)
    return None


def without_site(heading: str, site: str | None) -> str:
    """A heading without the site's known name; nothing is guessed, for headings seldom name their site."""
    for cut in SITE_SEPARATORS.finditer(heading) if site else ():
        head, tail = heading[: cut.start()].strip(), heading[cut.end() :].strip()
        if same(tail, site or "") and head:
            return head
        if same(head, site or "") and tail:
            return tail
    return heading


def ends_with(heading: str, title: str) -> bool:
    """Whether a longer heading ends with a title of several words."""
    one, other = folded(title), folded(heading)
    return len(title.split()) >= 3 and len(one) < len(other) and other.endswith(one)


def is_site(text: str, site: str | None, url: str) -> bool:
    """Whether a text is the site's name, said or as in the page's address."""
    if same(text, site or ""):
        return True
    labels = (site_from_host(url) or "").split(".")
    return len(text) > 3 and folded(text) in {"".join(labels[at:end]) for at in (0, 1) for end in (at + 1, len(labels))}


def alike(one: str, other: str) -> bool:
    """Whether two titles say the same in other words: at least three, and most words of the shorter in both."""
    words = [set(re.findall(r"\w+", text.lower())) for text in (one, other)]
    least = min(map(len, words))
    return least >= 3 and len(words[0] & words[1]) >= MOST_WORDS * least


def split_site(title: str, site: str | None, known: Set[str]) -> tuple[str, str | None]:
    """Part a tab's title into the page's own and the site's name, at a separator.

    The part that is the site's known name goes; where none is known, the part besides a heading of the page; else a
    short last part behind a strong separator. ``known`` are the page's headings and lines, folded.
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
        if head and folded(head) in known:
            return head, tail if len(tail) <= MAX_SITE_CHARS else None
        if tail and folded(tail) in known:
            return tail, head if len(head) <= MAX_SITE_CHARS else None
    begin, end, separator = cuts[-1]
    head, tail = title[:begin].strip(), title[end:].strip()
    if tail[:1].islower() and "." not in tail:
        return title, None  # a site's name begins with a capital, or is its address
    if separator.strip() != ":" and len(head.split()) >= 3 and 0 < len(tail.split()) <= 4 and len(tail) < len(head):
        return head, tail
    return title, None
