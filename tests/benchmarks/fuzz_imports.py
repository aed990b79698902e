"""Look for files that importing cannot take: whatever one holds, it is taken in as far as it goes, or refused.

    python tests/benchmarks/fuzz_imports.py --seconds 600      # at its best with atheris

An export of each program that Quietpage imports, and of its own, is where it begins. Each is counted, imported into a
library, and imported once more, which must bring no new article.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS.parent / "server"), str(TESTS)]

from benchmarks.fuzzing import Check, Target, main  # noqa: E402
from formats.samples import EVERY_FORMAT  # noqa: E402

MAX_BYTES = 20_000
MOST_SECONDS = 5.0  # of CPU, instrumented, for one of so many bytes
URL, AT = "https://a.example/", "2026-11-28T07:30:53Z"
PER_LIBRARY = 200  # files, then a new one, so that it stays small
EXPORTED = "\n".join(
    json.dumps(record, separators=(",", ":"))
    for record in (
        {"kind": "header", "format": "quietpage-library", "version": 1, "exported_at": AT, "source": "", "query": ""},
        {
            **{
                "kind": "article",
                "id": 1,
                "address": URL,
                "url": URL,
                "title": "The tides",
                "html": "<p>High water.</p>",
            },
            **{
                "text": "High water.",
                "direction": "ltr",
                "saved_at": AT,
                "updated_at": AT,
                "excerpt": "",
                "word_count": 2,
            },
            **{"reading_minutes": 1, "state": "unread", "favorite": False, "progress": 0.0, "versions": 1, "shown": 1},
            **{
                "tags": ["sea"],
                "highlights": [],
                "removed": [],
                "rules": [],
                "captures": [],
                "images": {},
                "imported": {},
            },
        },
        {
            **{"kind": "version", "address": URL, "number": 1, "url": URL, "captured_at": AT, "page": "<p>High water."},
            **{
                "content_sha256": "9485c6bcabdfd3477aa5af05ac301a7b27bb63ee52cb409dbb4fc696ddb6b0f1",
                "page_bytes": None,
            },
        },
        {"kind": "end", "articles": 1, "versions": 1, "images": 0},
    )
).encode()
WORDS = rb"""title url tags status URL Folder https://a.example/ &amp; <DT><A HREF= <DL><p> ADD_DATE= --- source: &a *a
!!python/object WARC/1.0 Content-Length: WARC-Type: response boundary= --B-- quoted-printable base64 is_archived
content {"a": [[ \ud800 1e999 true null "bookmarks" createdAt 1700000000 9999-12-31 kind highlights""".split()
SIGNS = (b"PK\x03\x04", b"PK\x01\x02", b"\xff\xfe", b"\x1f\x8b\x08", b"\xef\xbb\xbf")


def promises() -> Check:
    """Load importing, and return the check of one file."""
    importing, libraries = import_module("quietpage.web.importing"), import_module("quietpage.library.library")
    bad_file = import_module("quietpage.formats.imports.source").BadFile
    names = sorted(EVERY_FORMAT)
    folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    opened: list[object] = []
    count = 0

    def library(number: int) -> object:
        """The library at hand; it keeps nothing when the machine stops, which is faster."""
        if number % PER_LIBRARY == 0:
            one = libraries.Library(Path(folder.name, f"{number}.db"))
            one._database().conn.execute("pragma synchronous=off")
            opened[:] = [one]
        return opened[0]

    def check(data: bytes) -> None:
        """A file is refused before any of it is kept, or all that it counts becomes an article or is skipped."""
        nonlocal count
        kept = library(count)
        count += 1
        path = Path(folder.name, names[len(data) % len(names)])
        path.write_bytes(data)
        begun = time.process_time()
        try:
            amount = importing.amount(path)
        except bad_file:
            return
        rows = list(importing.take_in(kept, path))
        assert len(rows) == amount, f"{amount} counted, {len(rows)} came"
        assert not any("while cleaning it" in row.why for row in rows), [row.why for row in rows]
        assert not any(row.became == "new" for row in importing.take_in(kept, path)), "once more, it is doubled"
        assert time.process_time() - begun < MOST_SECONDS, "it takes too long"

    return check


TARGET = Target(promises, {**EVERY_FORMAT, "library.jsonl": EXPORTED}, (*WORDS, *SIGNS), MAX_BYTES)

if __name__ == "__main__":
    sys.exit(main(__doc__, TARGET))
