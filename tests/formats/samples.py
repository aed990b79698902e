"""Files as other programs write them, by their documentation and their sources."""

from __future__ import annotations

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
