"""Whether the page that an entry's address led to is the one that was meant: nobody looked at it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from quietpage.article import Article, Page
from quietpage.library.uncaptured import Why
from quietpage.web.apart import seen_bounded
from quietpage.web.language import later
from quietpage.web.problems import Problem
from quietpage.web.state import here

SIGN_IN = re.compile(r"(?:^|[/._-])(?:log|sign)[_-]?(?:in|on)\b|/(?:auth|sso|oauth2?|session)\b", re.IGNORECASE)
NOT_FOUND = re.compile(r"\b404\b")  # what pages say that are sent as if all were well
LITTLE_WORDS = 250  # an article with a field for a password beside it has more
WORDS: dict[Why, str] = {
    "not_found": later("The page is no longer there."),
    "http": later("The site answered with an error."),
    "sign_in": later("The site asks to sign in."),
    "front_page": later("The address leads to the site's front page now."),
    "unreachable": later("The site could not be reached."),
    "too_slow": later("The page did not come within 30 seconds."),
    "not_html": later("It is a file of a kind that Quietpage does not keep."),
    "unreadable": later("The browser lets no extension read this page."),
    "too_large": later("The page is too large."),
    "closed": later("Its tab was closed before it was read."),
}


def check(entry: int, page: Page, article: Article) -> None:
    """See whether a page that nobody looked at is what its entry stands for.

    Where it is not, nothing is kept but the reason. Raises Problem, and NoSuchArticle where the entry is gone.
    """
    kept = here().library.get(entry)
    why = None if kept.versions else why_not(kept.article.url, page, article)
    if why is not None:
        here().library.uncaptured.note_failure(entry, why)
        raise Problem("not-the-page", WORDS[why])


def why_not(url: str, page: Page, article: Article) -> Why | None:
    """Why a page is not the one of an address: it asks to sign in, is the front page, or says that there is none."""
    if not path(page.url) and path(url):
        return "front_page"
    moved = path(page.url) != path(url)
    if article.warning and moved and SIGN_IN.search(urlsplit(page.url).path):
        return "sign_in"
    is_little = article.warning or (moved and article.word_count < LITTLE_WORDS)
    if is_little and seen_bounded(page, article).asks_to_sign_in:
        return "sign_in"
    return "not_found" if article.warning and NOT_FOUND.search(f"{page.title} {article.title}") else None


def path(url: str) -> str:
    """What an address names within its site, without the slash at its end; empty for the front page."""
    parts = urlsplit(url)
    return parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")
