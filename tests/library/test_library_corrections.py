"""Corrections are kept for an article or for a site, found again for a page, and know which articles they touched."""

from __future__ import annotations

from quietpage.article import Article, Page
from quietpage.library.library import Library

URL = "https://www.harbor.example/ferry"


def keep(library: Library, url: str = URL, *corrected: str) -> int:
    article = Article(url, "The ferry", f"<p>{url}</p>", url, corrected=corrected)
    return library.save(article, Page(url, "<p>x")).id


def selectors(library: Library, url: str) -> list[str]:
    return [correction.selector for correction in library.corrections.of_page(url)]


def test_a_site_s_correction_holds_for_its_pages_and_no_others(library: Library) -> None:
    library.corrections.add("drop", ".promo", URL, example="Buy  now\n!")
    assert selectors(library, "http://harbor.example/another") == [".promo"]
    assert selectors(library, "https://sea.harbor.example/") == []
    correction = library.corrections.all()[0]
    assert (correction.site, correction.example, correction.article_id) == ("harbor.example", "Buy now !", None)


def test_an_article_s_correction_holds_for_it_alone(library: Library) -> None:
    article = keep(library)
    library.corrections.add("keep", ".note", URL, article_id=article)
    assert selectors(library, URL) == [".note"]
    assert selectors(library, URL + "2") == []


def test_the_same_correction_is_kept_once(library: Library) -> None:
    ids = [library.corrections.add("drop", ".promo", URL) for _ in range(2)]
    assert ids[0] == ids[1]
    assert library.corrections.add("keep", ".promo", URL) != ids[0]


def test_a_correction_counts_the_articles_in_which_it_found_something(library: Library) -> None:
    first = library.corrections.add("drop", ".promo", URL)
    other = library.corrections.add("drop", ".other", URL)
    articles = [keep(library, f"{URL}/{number}", ".promo") for number in range(3)]
    elsewhere = keep(library, "https://elsewhere.example/", ".promo")
    assert library.corrections.touched(first) == tuple(articles)
    assert [one.articles for one in library.corrections.all()] == [0, 3]
    library.delete(articles[0])
    assert library.corrections.touched(first) == tuple(articles[1:])
    assert elsewhere not in library.corrections.touched(first)
    assert library.corrections.touched(other) == ()


def test_a_correction_goes_with_what_it_touched(library: Library) -> None:
    correction = library.corrections.add("drop", ".promo", URL)
    keep(library, URL, ".promo")
    library.corrections.drop(correction)
    library.corrections.drop(correction)
    assert library.corrections.get(correction) is None
    assert library.corrections.all() == ()


def test_an_article_that_goes_for_good_takes_its_corrections_along(library: Library) -> None:
    article = keep(library, URL, ".note")
    library.corrections.add("keep", ".note", URL, article_id=article)
    library.delete(article)
    library.shelf.purge([article])
    assert library.corrections.all() == ()
