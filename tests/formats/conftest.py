"""A library with what an export has to take along, and one in which every text is an attack."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from images import png
from payloads import PAYLOADS

from quietpage.article import Article, Page, Removed
from quietpage.cleaner.sanitize import sanitize
from quietpage.library import records
from quietpage.library.anchoring import Selector
from quietpage.library.incoming import Captured, Incoming
from quietpage.library.library import Library

STORY = "The ferry left the harbor before sunrise, and the whole town came down to the pier to watch it go."
PICTURE = "https://harbor.example/ferry.png"
HTML = sanitize(f"""<h2 id="qp-one">Part one</h2><p>{STORY}</p>
<p><a href="#qp-one">Above</a> <a href="https://else.example/a b">out</a></p>
<figure><img src="{PICTURE}" alt="A ferry" width="40" height="30"><figcaption>The ferry</figcaption></figure>
<p><img src="https://harbor.example/lost.png" alt="Lost"></p>
<p><math display="block"><mfrac><mn>1</mn><mi>x</mi></mfrac></math></p><pre><code>a &lt; b</code></pre>""")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Two articles, all of whose sides are filled, one without anything, and one in the trash."""
    with Library(tmp_path / "library.db") as library:
        fill(library)
        yield library


def fill(library: Library) -> None:
    """Put them in."""
    for number, title in enumerate(("The last ferry", "The last ferry", "Tide: “neap” & spring?"), start=1):
        url = f"https://harbor.example/{number}"
        article = Article(
            url=url,
            title=title,
            html=HTML,
            text=f"Part one\n\n{STORY}\n\nThe ferry",
            canonical_url=f"{url}?c",
            byline="Lin Marsh",
            site="The Harbor Post",
            language="en-GB",
            published_at=datetime.fromisoformat("2026-10-31T23:30:00+02:00"),
            excerpt=STORY,
            word_count=20,
            lead_image=PICTURE,
            removed=(Removed("related", "a link box", "<p>See also</p>"),),
        )
        page = Page(
            url,
            f"<html>{number} \ud83d",
            captured_at=datetime(2026, 11, number, 8, tzinfo=UTC),
            capture_id=f"c{number}",
        )
        library.save(article, page)
    library.save(
        Article("https://harbor.example/1", "The last ferry", f"{HTML}<p>More</p>", f"{STORY} More"),
        Page("https://harbor.example/1", b"\xff<html>"),
    )
    library.images.keep(2, PICTURE, png(40, 30))
    library.images.keep_thumbnail(2, png(8, 8))
    library.shelf.tag([1, 2], add=["low tide", "Hafen", "2026"])
    library.shelf.mark([2], state="reading", favorite=True, progress=0.25)
    library.marks.set_note(2, "First line\nsecond *line* & <b>")
    library.marks.add(2, Selector(9, 23, "The ferry left", "", ""), "green", "=cmd()")
    library.marks.delete(library.marks.add(2, Selector(0, 8, "Part one", "", "")).id)
    library.corrections.add("drop", ".ad", "https://harbor.example/2", example="Buy")
    library.corrections.add("keep", ".aside", "https://harbor.example/2", article_id=2)
    library.searches.keep("At sea", "tag:sea", "longest")
    library.reading.change({"font": "sans"})
    said = Incoming("row 2", "https://harbor.example/2", more={"mood": ["calm"]})
    library.imports.take("Pocket", [Captured(said)])
    library.delete(3)


@pytest.fixture(scope="session")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Each payload in the midst of an article, and as every text that is known of it."""
    with Library(tmp_path_factory.mktemp("attacked") / "library.db") as library:
        library.restoring.all(map(attacking, range(len(PAYLOADS)), PAYLOADS), sanitize)
        yield library


def attacking(number: int, payload: str) -> records.Article:
    """An article all of whose texts are an attack."""
    at = datetime(2026, 11, 1, tzinfo=UTC)
    passage = {"begins": 0, "ends": 8, "exact": "Part one", "prefix": "", "suffix": payload}
    mark = {"id": number + 1, "color": "pink", "note": payload, "found": True, "created_at": at, "updated_at": at}
    return records.Article(
        id=number + 1,
        address=f"https://site.test/{number}",
        url=f"https://site.test/{number}",
        title=payload,
        html=f"<h2>Part one</h2><p>{STORY}</p>{payload}<p>{STORY}</p>",
        text=f"Part one {STORY} {payload}",
        byline=payload,
        site=payload,
        language=payload,
        excerpt=payload,
        saved_at=at,
        updated_at=at,
        tags=[payload],
        note=records.Note(note=payload, created_at=at, updated_at=at),
        highlights=[records.Mark(**passage, **mark)],
        lead_image=payload,
    )
