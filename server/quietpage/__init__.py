"""Quietpage: save web pages clean, on your own machine, and find them again.

The public face: ``clean(html, url)`` turns a page into an :class:`Article`.
"""

from __future__ import annotations

from quietpage.article import Article, NotAnArticle, Page, Removed

__version__ = "0.1.0"
__all__ = ["Article", "NotAnArticle", "Page", "Removed", "__version__", "clean"]


def clean(html: str | bytes, url: str) -> Article:
    """Return the clean article of a page.

    ``html`` is the page as rendered (str) or as served (bytes, decoded as a browser would);
    ``url`` is the page's absolute address, against which links are resolved.

    Raises :class:`NotAnArticle` when the page holds no readable text worth calling an article; its
    ``remains`` hold what text there was. Raises ``TypeError`` when ``html`` is neither str nor bytes.
    """
    from quietpage.cleaner.pipeline import clean as clean_page  # late: `quietpage --help` needs no parser

    return clean_page(Page(url=url, html=html))
