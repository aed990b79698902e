"""Quietpage: save web pages clean, on your own machine, and find them again.

The public face: ``clean(html, url)`` turns a page into an :class:`Article`.
"""

from __future__ import annotations

from collections.abc import Iterable

from quietpage.article import Article, InvalidSelector, NotAnArticle, Page, Removed

__version__ = "0.1.0"
__all__ = ["Article", "InvalidSelector", "NotAnArticle", "Page", "Removed", "__version__", "clean"]


def clean(html: str | bytes, url: str, *, keep: Iterable[str] = (), drop: Iterable[str] = ()) -> Article:
    """Return the clean article of a page.

    ``html`` is the page as rendered (str) or as served (bytes, decoded as a browser would);
    ``url`` is the page's absolute address, against which links are resolved. ``keep`` and ``drop`` are CSS selectors
    that correct the cleaner: elements to keep as content whatever it thinks of them, and elements to leave out, which
    wins where both select one.

    Raises :class:`NotAnArticle` when the page holds no readable text worth calling an article; its
    ``remains`` hold what text there was. Raises :class:`InvalidSelector`, a ``ValueError``, for a text that is no
    selector, and ``TypeError`` when ``html`` is neither str nor bytes.
    """
    from quietpage.cleaner.pipeline import clean as clean_page  # late: `quietpage --help` needs no parser

    return clean_page(Page(url=url, html=html), keep=keep, drop=drop)
