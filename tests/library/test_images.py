"""Images of kept articles: kept once, within bounds, and gone with the last article that shows them."""

from __future__ import annotations

import hashlib

import pytest
from images import gif, png, png_claiming

from quietpage.article import Article, Page
from quietpage.library import images
from quietpage.library.images import ImagesFull, ImageTooLarge, NoSuchPicture, NotAnImage
from quietpage.library.library import Library, NoSuchArticle
from quietpage.library.pictures import pictures_of

PIER, BOAT = "https://harbor.example/pier.png?a=1&b=2", "https://cdn.example/boat.png"
HTML = f'<p>Sea</p><img src="{PIER.replace("&", "&amp;")}" alt="A pier"><img src="{BOAT}" alt="">'


def keep(library: Library, html: str = HTML, url: str = "https://harbor.example/", lead: str | None = None) -> int:
    article = Article(url=url, title="T", html=html, text=html, lead_image=lead)
    return library.save(article, Page(url, html)).id


def stored(library: Library) -> int:
    return int(library._database().conn.execute("select count(*) from images").fetchone()[0])


def test_an_image_is_kept_under_the_hash_of_its_bytes(library: Library) -> None:
    article, data = keep(library), png(30, 20)
    image, new = library.images.keep(article, PIER, data)
    assert new
    assert image.sha256 == hashlib.sha256(data).hexdigest()
    assert (image.type, image.width, image.height, image.size) == ("image/png", 30, 20, len(data))
    assert library.images.of(article) == {PIER: image}
    assert library.images.read(image.sha256) == ("image/png", data)
    assert library.images.missing(article) == (BOAT,)


def test_the_same_image_again_changes_nothing(library: Library) -> None:
    article = keep(library)
    first, _ = library.images.keep(article, PIER, png())
    assert library.images.keep(article, PIER, png()) == (first, False)


def test_an_image_that_two_articles_show_is_stored_once_and_stays_with_the_last(library: Library) -> None:
    one, other = keep(library), keep(library, url="https://harbor.example/other")
    library.images.keep(one, PIER, png())
    library.images.keep(other, BOAT, png())
    library.images.keep_thumbnail(other, gif())
    assert stored(library) == 2
    library.shelf.delete([one, other])
    library.shelf.purge([one])
    assert stored(library) == 2
    library.shelf.purge([other])
    assert stored(library) == 0


def test_a_later_image_of_the_same_address_takes_the_place_of_the_earlier(library: Library) -> None:
    article = keep(library)
    library.images.keep(article, PIER, png(2, 2))
    later, _ = library.images.keep(article, PIER, png(3, 3))
    assert library.images.of(article) == {PIER: later}
    assert stored(library) == 1


def test_an_article_that_changes_keeps_the_images_of_its_versions(library: Library) -> None:
    article = keep(library)
    library.images.keep(article, PIER, png())
    assert keep(library, "<p>All the pictures went.</p>") == article
    assert list(library.images.of(article)) == [PIER]


def test_only_what_the_article_shows_is_kept(library: Library) -> None:
    article = keep(library)
    with pytest.raises(NoSuchPicture):
        library.images.keep(article, "https://elsewhere.example/x.png", png())
    with pytest.raises(NoSuchArticle):
        library.images.keep(article + 1, PIER, png())
    with pytest.raises(NoSuchArticle):
        library.images.keep_thumbnail(2**70, png())
    library.delete(article)
    with pytest.raises(NoSuchArticle):
        library.images.keep(article, PIER, png())
    assert stored(library) == 0


def test_an_article_without_pictures_wants_the_one_it_is_announced_by(library: Library) -> None:
    lead = "https://harbor.example/lead.jpg"
    assert library.images.missing(keep(library, "<p>Words.</p>", lead=lead)) == (lead,)
    assert library.images.missing(keep(library, url="https://b.example/", lead=lead)) == (PIER, BOAT)
    assert library.images.missing(keep(library, "<p>Words</p>", "https://c.example/", "ftp://x.example/a")) == ()


def test_what_is_no_image_or_too_large_is_refused(library: Library) -> None:
    article = keep(library)
    for data in (b"<svg xmlns='http://www.w3.org/2000/svg'/>", png_claiming(60_000, 60_000)):
        with pytest.raises(NotAnImage):
            library.images.keep(article, PIER, data)
    with pytest.raises(ImageTooLarge, match="8,192 KiB"):
        library.images.keep(article, PIER, png() + bytes(images.MOST_IMAGE_BYTES))
    with pytest.raises(ImageTooLarge):
        library.images.keep_thumbnail(article, png() + bytes(images.MOST_THUMBNAIL_BYTES))
    with pytest.raises(ImageTooLarge):
        library.images.keep_thumbnail(article, png(641, 1))
    assert stored(library) == 0


def test_an_article_keeps_sixty_images_and_forty_megabytes(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = [f"https://harbor.example/{number}.gif" for number in range(61)]
    article = keep(library, "".join(f'<img src="{source}" alt="x">' for source in sources))
    assert len(library.images.missing(article)) == images.MOST_IMAGES == 60
    with pytest.raises(NoSuchPicture):
        library.images.keep(article, sources[60], gif())
    monkeypatch.setattr(images, "MOST_ARTICLE_BYTES", 2 * len(png()) + 5)
    library.images.keep(article, sources[0], png(2, 2))
    library.images.keep(article, sources[1], png(2, 2))  # the same bytes count once
    library.images.keep(article, sources[2], png(2, 2, (1, 2, 3)))
    with pytest.raises(ImagesFull):
        library.images.keep(article, sources[3], png(3, 3))
    library.images.keep(article, sources[2], gif())  # what it takes the place of does not count


def test_thumbnails_are_found_for_a_whole_list(library: Library) -> None:
    one, other = keep(library), keep(library, url="https://harbor.example/other")
    first, new = library.images.keep_thumbnail(one, png(160, 90))
    assert new
    assert library.images.keep_thumbnail(one, png(160, 90)) == (first, False)
    assert library.images.thumbnails([one, other, 99]) == {one: first}
    later, _ = library.images.keep_thumbnail(one, png(90, 160))
    assert library.images.thumbnails([one]) == {one: later}
    assert stored(library) == 1


def test_pictures_are_named_once_and_in_order_without_decorations() -> None:
    html = (
        f'<img src="{BOAT}"><p>&lt;img src="https://no.example/"&gt;</p><img alt="<img>" src="{PIER}">'
        f'<img src="{BOAT}" alt="again"><img src="https://p.example/p.gif" width="1" height="1">'
        '<img src="https://p.example/smile.gif" width="20" alt="A smile"><img src="data:image/png;base64,AA">'
        '<img src="https://[bad"><img alt="none">'
    )
    assert pictures_of(html) == (BOAT, PIER, "https://p.example/smile.gif")
