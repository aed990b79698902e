"""Files as other programs write them, by their documentation and their sources."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Mapping

POCKET = "title,url,time_added,tags,status\nThe tides,https://a.example/tides,1700000000,sea|moon,archive\n"

ENTRY = {
    "is_archived": 1,
    "is_starred": 0,
    "tags": ["sea", {"label": "moon", "slug": "moon"}],
    "id": 4,
    "title": "The tides",
    "url": "https://a.example/",
    "content": "<p>High water.</p>",
    "created_at": "2023-11-14T23:13:20+0100",
    "published_at": "2023-11-01T10:00:00+0100",
    "published_by": ["Ada", "Ben"],
    "annotations": [{"text": "when?", "quote": "High water", "created_at": "2023-11-14T23:13:20+0100", "ranges": []}],
    "language": "en_GB",
    "domain_name": "a.example",
}
WALLABAG = json.dumps([ENTRY])

NETSCAPE = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE><H1>Bookmarks</H1>
<DL><p>
  <DT><H3 ADD_DATE="1" PERSONAL_TOOLBAR_FOLDER="true">Bookmarks bar</H3>
  <DL><p>
    <DT><A HREF="https://a.example/?x=1&amp;y=2" ADD_DATE="1700000000" TAGS="sea,moon tide">The &lt;tides&gt;</A>
    <DD>a note
    <DT><H3>Cooking</H3>
    <DL><p><DT><A HREF="https://a.example/soup">Soup</A></DL><p>
    <DT><A HREF="javascript:void(0)">A tool</A>
  </DL><p>
  <DT><A HREF="https://a.example/last">Last</A>
</DL>"""

MHTML = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/tides\r\nSubject: The tides\r\n"
    "Date: Tue, 14 Nov 2023 22:13:20 -0000\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related; type="text/html"; boundary="B"\r\n\r\n'
    "--B\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n"
    "Content-Location: https://a.example/tides\r\n\r\n<p class=3D=22x=22>High water=C2=A0!</p>\r\n--B--\r\n"
)

OMNIVORE = {
    "metadata_0_to_1.json": json.dumps(
        [
            {
                "id": "1",
                "slug": "tides",
                "title": "The tides",
                "description": "About tides",
                "author": "Ada",
                "url": "https://a.example/tides",
                "state": "Archived",
                "readingProgress": 40,
                "thumbnail": None,
                "labels": ["sea"],
                "savedAt": "2023-11-14T22:13:20.000Z",
                "publishedAt": None,
            }
        ]
    ),
    "content/tides.html": "<p>High water.</p>",
    "highlights/tides.md": "> High water\n\nwhen?\n\n> Low\n> water\n",
}


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def warc_record(url: str, status: str, kind: str) -> bytes:
    body = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n<p>High water"
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2023-11-14T22:13:20Z\r\n"
    head += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
    return f"{head}{body}\r\n\r\n".encode()


LINK = {
    "createdAt": 1700000000,
    "title": "A",
    "content": {"type": "link", "url": "https://a.example/"},
    "archived": True,
}
PIN = {
    "href": "https://a.example/",
    "description": "The tides",
    "extended": "my note",
    "toread": "yes",
    "tags": "sea moon",
}
EVERY_FORMAT = {  # a file of each, by its name
    "pocket.csv": POCKET.encode(),
    "instapaper.csv": b'URL,Title,Selection,Folder,Timestamp,Tags\nhttps://a.example/,A,said,Starred,1700000000,"[""x""]"',
    "wallabag.csv": b'Title;URL;Content;Tags;"MIME Type";Language;"Creation date"\n'
    b'"The; tides";https://a.example/;"<p>High ""water""</p>";"sea, moon";text/html;en_GB;"14/11/2023 22:13:20"',
    "readwise.csv": b"Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen\n"
    b"A,https://a.example/,01h,\"['sea', 'moon tide']\",2023-11-14 22:13:20+00:00,0.4,later,True",
    "raindrop.csv": b"id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n"
    b'7,A,Again,About tides,https://a.example/,Sea,"x, y",2023-11-14T22:13:20Z,,"Highlight:High\nNote:when?",true',
    "wallabag.json": WALLABAG.encode(),
    "karakeep.json": json.dumps({"bookmarks": [LINK | {"tags": ["sea"], "note": "again"}]}).encode(),
    "pinboard.json": json.dumps([PIN | {"time": "2023-11-14T22:13:20Z", "hash": "x"}]).encode(),
    "bookmarks.html": NETSCAPE.encode(),
    "pocket.html": b"<!DOCTYPE html><html><head><title>Pocket Export</title></head><body><h1>Unread</h1><ul>"
    b'<li><a href="https://a.example/1" time_added="1700000000" tags="sea,moon">One</a></li></ul><h1>Read Archive</h1>',
    "page.mhtml": MHTML.encode(),
    "note.md": b"---\ntitle: The tides\nsource: https://a.example/\ntags: [sea, &a moon, *a]\n"
    b"saved: 2023-11-14\n---\n# Tides\n",
    "crawl.warc": warc_record("https://a.example/", "200 OK", "text/html"),
    "crawl.warc.gz": gzip.compress(warc_record("https://a.example/", "200 OK", "text/html"), mtime=0),
    "omnivore.zip": zipped(OMNIVORE),
    "page.html": b'<!doctype html><html><link rel=canonical href="https://a.example/"><p>Text',
    "single.html": b"<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://a.example/tides \n"
    b" saved date: Tue Nov 14 2023 23:13:20 GMT+0100 (CET)\n--><head><title>T</title>",
}
