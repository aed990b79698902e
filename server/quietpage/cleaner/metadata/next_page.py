"""Where an article goes on: the next of its pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quietpage.cleaner.metadata.addresses import absolute
from quietpage.cleaner.metadata.said import Said

# The address of a page of several: its number last, behind a word or only a sign; then, maybe, what files end with.
PAGE = re.compile(
    r"[/?&;_.,-](?P<word>(?:page|paged|pages|seite|pagina|strona|p|pg|s)[=/_,-]?)?(?P<number>\d{1,3})"
    r"(?P<end>(?:\.[a-z]{3,5})?/?)$",
    re.IGNORECASE,
)
PAGE_MAX_CHARS = 20  # of what is looked at for it
LINK = re.compile(r' href="([^"#]*)')
ENDING = re.compile(r"(?:\.[a-z]{3,5})?/?$", re.IGNORECASE)


def find_next_page(said: Said) -> str | None:
    """The address of the next page of this article, where one of its links leads there; None where none does.

    It is this page's address with the next number in the place where pages are counted. A number without a word for it
    ("/2") counts only on the first page: on others it may as well be that of another article.
    """
    here = said.document.url.partition("#")[0]
    address, number = parted(here, bare=False)
    for link in links_to(said.document.body, number + 1):
        url = absolute(said.document, link)
        if url and parted(url, bare=number == 1) == (address, number + 1):
            return url
    return None


def links_to(body: str, number: int) -> Iterator[str]:
    """The links of a page that end with a number, as its parser writes them, without their fragments."""
    digits = str(number)
    for link in LINK.findall(body):
        end = link[-PAGE_MAX_CHARS:]
        if digits in end and (page := PAGE.search(end)) and page["number"] == digits:
            yield link.replace("&amp;", "&")


def parted(url: str, *, bare: bool) -> tuple[str, int]:
    """An address without its scheme and page, and the page's number: 1 where it says none.

    ``bare`` says whether a number counts that no word says to be a page's.
    """
    page = PAGE.search(url)
    if page is None or not (page["word"] or bare):
        page, number = None, 1
    else:
        number = int(page["number"])
    address = url[: page.start()] if page else ENDING.sub("", url, count=1)
    return ENDING.sub("", address, count=1).partition("://")[2].removeprefix("www."), number
