"""Pass over what calls itself a site's chrome and holds little but links."""

from __future__ import annotations

import re

# What is passed over unread: see end_of_chrome()
CHROME_MAX_CHARS, CHROME_MAX_PARAGRAPHS, CHROME_MIN_LINKS, CHROME_LINKS_A_TEXT = 60_000, 5, 3, 0.5
NEVER_IN_CHROME = ("<h1", "<article", "<main")
BEGINS_TEXT = re.compile(r">\s*[^<\s]")


def end_of_chrome(body: str, start: int, name: str) -> int:
    """Where an element that calls itself the site's chrome ends, if it holds little but links; else 0.

    A quarter of all blocks stand in such elements, and 0.1 % of the content that would be found in them (2,000 pages
    of 2026-11).
    """
    end = end_of_element(body, start, name)
    if not end or any(body.find(tag, start + 1, end) > 0 for tag in NEVER_IN_CHROME):
        return 0
    links = body.count("<a ", start, end)
    paragraphs = body.count("<p>", start, end) + body.count("<p ", start, end)
    if links < CHROME_MIN_LINKS or paragraphs > CHROME_MAX_PARAGRAPHS:
        return 0
    texts = len(BEGINS_TEXT.findall(body, start, end))
    return end if links >= CHROME_LINKS_A_TEXT * texts else 0


def end_of_element(body: str, start: int, name: str) -> int:
    """Where the element that begins at ``start`` ends; 0 where that is too far."""
    opener, closer = f"<{name}", f"</{name}>"
    most = start + CHROME_MAX_CHARS
    end = body.find(closer, start, most)
    inner = start
    while end > 0 and (inner := body.find(opener, inner + len(opener), end)) > 0:
        end = body.find(closer, end + len(closer), most)
    return end + len(closer) if end > 0 else 0
