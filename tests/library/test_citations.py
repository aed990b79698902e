"""Links between kept articles, in both directions, and the neighbours in a list."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from quietpage.article import Article, Page
from quietpage.library.citations import MOST_LINKS, addresses_in
from quietpage.library.library import Library
from quietpage.library.neighbours import Neighbours

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def keep(library: Library, name: str, *links: str, text: str = "", canonical_url: str | None = None) -> int:
    body = " ".join(f'<a href="{link}" rel="noopener noreferrer">x</a>' for link in links)
    url = f"https://{name}.example/story"
    article = Article(url, name, f"<p>{text}{body}</p>", text or name, canonical_url=canonical_url)
    saved_at = BEGIN + timedelta(hours=library.recent().total)
    return library.save(article, Page(url, f"<p>{text}{body}", captured_at=saved_at)).id


def test_links_are_read_as_canonical_addresses() -> None:
    html = (
        '<p><a href="http://A.example/?utm_source=x&amp;b=1#part">a</a> <a title="x" href="https://a.example/?b=1">b</a>'
        '<a href="#qp-note">1</a><a href="mailto:x@example.org">m</a><a>n</a></p>'
    )
    assert addresses_in(html) == ("https://a.example/?b=1",)
    assert len(addresses_in("".join(f'<a href="https://a.example/{n}">' for n in range(3000)))) == MOST_LINKS


def test_an_article_knows_which_of_its_links_are_saved_and_who_links_to_it(library: Library) -> None:
    target = keep(library, "target")
    one = keep(library, "one", "http://target.example/story?utm_medium=mail#top", "https://nowhere.example/")
    two = keep(library, "two", "https://target.example/story", "https://two.example/story")
    assert [other.id for other in library.cited_by(target)] == [two, one]
    assert library.cited_by(two) == ()  # that it links to itself is no news
    found = library.saved_among_links(library.get(one))
    assert {address: other.title for address, other in found.items()} == {"https://target.example/story": "target"}


def test_a_canonical_address_is_cited_too(library: Library) -> None:
    amp = keep(library, "amp", canonical_url="https://full.example/story")
    one = keep(library, "one", "https://full.example/story")
    assert [other.id for other in library.cited_by(amp)] == [one]


def test_links_follow_the_article(library: Library) -> None:
    target = keep(library, "target")
    one = keep(library, "one", "https://target.example/story")
    keep(library, "one", text="It links no more.")
    assert library.cited_by(target) == ()
    keep(library, "one", "https://target.example/story", text="And again.")
    assert [other.id for other in library.cited_by(target)] == [one]
    library.delete(one)
    assert library.cited_by(target) == ()
    library.restore(one)
    library.delete(target)
    assert library.saved_among_links(library.get(one)) == {}
    library.delete(one)
    library.shelf.purge([one])
    tables = [library._database().table(name) for name in ("links", "linking")]
    assert [len(list(table.rows_where("article_id = ?", [one]))) for table in tables] == [0, 0]


def ids(neighbours: Neighbours) -> tuple[int | None, int | None]:
    return (neighbours.above and neighbours.above.id, neighbours.below and neighbours.below.id)


@pytest.fixture
def five(library: Library) -> list[int]:
    return [keep(library, f"n{number}", text=f"lamp {'sea ' * (number % 2)}") for number in range(5)]


def test_neighbours_in_the_list_of_all_are_those_saved_before_and_after(library: Library, five: list[int]) -> None:
    assert ids(library.neighbours(five[2])) == (five[3], five[1])
    assert ids(library.neighbours(five[4])) == (None, five[3])
    library.delete(five[1])
    assert ids(library.neighbours(five[2])) == (five[3], five[0])
    assert ids(library.neighbours(99)) == (None, None)


def test_neighbours_in_a_search_are_those_of_its_hits(library: Library, five: list[int]) -> None:
    hits = [hit.id for hit in library.search("lamp sea").hits]
    assert ids(library.neighbours(hits[0], "lamp sea")) == (None, hits[1])
    longest = [hit.id for hit in library.search("", sort="longest").hits]
    assert ids(library.neighbours(longest[2], "", "longest")) == (longest[1], longest[3])


def test_an_article_that_left_its_list_still_has_neighbours_there(library: Library, five: list[int]) -> None:
    library.shelf.mark([five[2]], state="read")
    assert ids(library.neighbours(five[2], "is:unread")) == (five[3], five[1])
    library.shelf.mark(five, state="read")
    assert ids(library.neighbours(five[2], "is:unread")) == (None, None)
