"""Articles as bookmarks, in the HTML that all browsers and bookmark managers read: Netscape's bookmark file.

https://learn.microsoft.com/en-us/previous-versions/windows/internet-explorer/ie-developer/platform-apis/aa753582(v=vs.85)
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from quietpage.formats.html_page import web_address
from quietpage.formats.taking import Selection, Taken, day

HEAD = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<!-- This is an automatically generated file. It will be read and overwritten. Exported from Quietpage on {}. -->
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p>
    <DT><H3 ADD_DATE="{}">{}</H3>
    <DL><p>
"""


def write(selection: Selection) -> Iterator[bytes]:
    """A folder with a bookmark for each article."""
    folder = escape(f"{selection.title}, {day(selection.at)}")
    yield HEAD.format(day(selection.at), int(selection.at.timestamp()), folder).encode("utf-8", "replace")
    for taken in selection.articles():
        yield bookmark(taken).encode("utf-8", "replace")
    yield b"    </DL><p>\n</DL><p>\n"


def bookmark(taken: Taken) -> str:
    """One of them, with its tags; its note, or how it begins, describes it."""
    kept, article = taken.kept, taken.kept.article
    told = {
        "HREF": web_address(article.url),
        "ADD_DATE": str(int(kept.saved_at.timestamp())),
        "LAST_MODIFIED": str(int(kept.updated_at.timestamp())),
        "TAGS": ",".join(tag.replace(",", " ") for tag in kept.tags),
        "TOREAD": "1" if kept.state in ("unread", "reading") else "0",
    }
    attributes = " ".join(f'{name}="{escape(value)}"' for name, value in told.items())
    about = " ".join((taken.marked.note or article.excerpt).split())
    return f"        <DT><A {attributes}>{escape(taken.title)}</A>\n" + (
        f"        <DD>{escape(about)}\n" if about else ""
    )
