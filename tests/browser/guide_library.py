"""The library that the guide's pictures show: a few articles of our own, saved on days long past."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from browser.servers import PAGES

from quietpage.article import Article, Page
from quietpage.cleaner.pipeline import clean
from quietpage.library.incoming import Captured, Incoming
from quietpage.library.library import Library


@dataclass(frozen=True)
class Story:
    """An article to be, and what its reader did with it."""

    url: str
    title: str
    site: str
    byline: str
    published: str
    saved: str
    text: tuple[str, ...]
    tags: tuple[str, ...] = ()
    state: str = "unread"
    favorite: bool = False


STORIES = (
    Story(
        "https://slipway.example/tide-table",
        "How to read a tide table",
        "The Slipway",
        "Ada Lin",
        "2026-02-20",
        "2026-03-01",
        (
            "A tide table gives four times a day: two for high water, two for low. The height beside each is measured "
            "from a mark that the sea hardly ever falls below, so that a chart's depths can be trusted.",
            "Each tide comes some fifty minutes later than on the day before, because the moon has moved on.",
        ),
        ("sea",),
    ),
    Story(
        "https://crumb.example/four-in-the-morning",
        "The bakery that opens at four",
        "Crumb",
        "Noor Haddad",
        "2026-02-27",
        "2026-03-04",
        (
            "At a quarter to four the first tram is not yet running, and eleven people stand before a lit window. They "
            "know each other by their orders, not by their names.",
            "The baker says that he would open later, if only the bread agreed.",
        ),
        ("cities",),
        "read",
    ),
    Story(
        "https://workbench.example/five-boats",
        "Five boats and the slow tide",
        "The Workbench",
        "Ben Hart",
        "2026-03-06",
        "2026-03-09",
        (
            "Every spring the five boats of the northern slipway are turned over, scraped and tarred. It takes three "
            "weekends, and it has always taken three weekends, whoever holds the brush.",
            "When the tide is right they go back in, one after the other, and nobody speaks while they do.",
            "This year a sixth boat waited behind the shed, with a new keel and no name.",
        ),
        ("sea", "craft"),
        "unread",
        True,
    ),
)
LIGHTHOUSE = Story(
    "https://shore-notes.example/lamp",
    "The lighthouse keeps its lamp",
    "Shore Notes",
    "Ida Marlow",
    "2026-03-10",
    "2026-03-12",
    (
        "For ninety years the lamp on the northern point has been lit by hand, an hour before sunset, by somebody from "
        "the village who climbs the hundred and twelve steps to do so.",
        "This spring the harbor office meant to replace it with a light that needs nobody. The village met in the "
        "school hall, talked until midnight, and voted to keep the lamp and the stairs.",
        "“It costs us a walk each evening,” said the oldest of the keepers, “and it gives us a reason to look at the "
        "sea once a day, whatever else the day was like.”",
        "The office has agreed to a trial of two years. A list of volunteers hangs in the bakery, and it is already "
        "full until the autumn after next.",
        "Ships have not needed the lamp since the war. They see the point on their screens, and the tide they read "
        "from a table. But from the boats, one of the keepers says, you can tell who lit it by how long it takes.",
    ),
    ("sea", "slow reading"),
)


def fill(library: Library) -> None:
    """Keep all of them; the first is the one that the pictures open."""
    take(library, LIGHTHOUSE, story_article(LIGHTHOUSE))
    for story in STORIES:
        take(library, story, story_article(story))
    html = (PAGES / "cluttered.html").read_text(encoding="utf-8")
    url = "https://continent.example/night-trains"
    trains = clean(Page(url, html))
    told = Story(url, trains.title, "Continent", "", "2026-03-02", "2026-03-14", (), ("cities",))
    take(library, told, trains, html)


def story_article(story: Story) -> Article:
    """The article that a story becomes when its page is cleaned."""
    article = clean(Page(story.url, page(story)))
    published = datetime.fromisoformat(story.published).replace(tzinfo=UTC)
    return replace(article, site=story.site, byline=story.byline, published_at=published)


def page(story: Story) -> str:
    """A page that tells a story."""
    text = "".join(f"<p>{one}</p>" for one in story.text)
    return (
        f'<!doctype html><html lang="en"><title>{story.title}</title><article><h1>{story.title}</h1>{text}'
        f"</article></html>"
    )


def take(library: Library, story: Story, article: Article, html: str = "") -> None:
    """Keep one as an import would: with the day it was saved."""
    said = Incoming(
        row="1",
        url=story.url,
        saved_at=datetime.fromisoformat(story.saved).replace(hour=9, tzinfo=UTC),
        tags=story.tags,
        state=story.state,
        favorite=story.favorite,
    )
    (arrival,) = library.imports.take("pictures", [Captured(said, article, Page(story.url, html or page(story)))])
    assert arrival.came == "new", arrival
