"""Do epubcheck's schemas take our books? One of the golden pages, one of the attacks in tests/payloads.py.

    PYTHONPATH=server:tests python tests/benchmarks/books.py [/usr/share/java/epubcheck.jar]

On Debian ``apt-get install epubcheck`` brings the checker. Each book takes half a minute.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from payloads import PARAGRAPH, PAYLOADS

from quietpage.article import Page
from quietpage.cleaner.pipeline import clean
from quietpage.cleaner.sanitize import sanitize
from quietpage.formats import epub
from quietpage.formats.taking import of_query
from quietpage.library import records
from quietpage.library.library import Library
from quietpage.web.exporting import TOOLS

PAGES = Path(__file__).resolve().parent.parent / "pages"


def main() -> int:
    """Write both books and check them; how many were refused."""
    jar = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/java/epubcheck.jar"
    refused = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, fill in (("golden", with_pages), ("attacks", with_attacks)):
            with Library(Path(folder) / f"{name}.db") as library:
                fill(library)
                book = Path(folder) / f"{name}.epub"
                with book.open("wb") as file:
                    file.writelines(epub.write(of_query(library, "", TOOLS)))
            print(f"{name}: {book.stat().st_size:,} bytes", flush=True)
            refused += subprocess.run(["java", "-jar", jar, str(book)], check=False).returncode != 0
    return refused


def with_pages(library: Library) -> None:
    """The pages of tests/pages, cleaned."""
    for folder in sorted(PAGES.iterdir()):
        url = json.loads((folder / "facts.json").read_text(encoding="utf-8"))["url"]
        page = Page(url, (folder / "source.html").read_bytes())
        library.save(clean(page), page)


def with_attacks(library: Library) -> None:
    """An article for each attack, which stands in all its texts."""
    at = datetime(2026, 11, 1, tzinfo=UTC)
    articles = (
        records.Article(
            id=number,
            address=f"https://site.test/{number}",
            url=f"https://site.test/{number}",
            title=payload,
            html=f"{PARAGRAPH}{payload}{PARAGRAPH}",
            text=payload,
            byline=payload,
            site=payload,
            language=payload,
            saved_at=at,
            updated_at=at,
            note=records.Note(note=payload, created_at=at, updated_at=at),
        )
        for number, payload in enumerate(PAYLOADS, start=1)
    )
    library.restoring.all(articles, sanitize)


if __name__ == "__main__":
    sys.exit(main())
