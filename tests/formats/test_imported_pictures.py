"""Pictures that come with a page, within it or beside it, are kept with the article; what is no picture is left out."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from random import randbytes

import pytest
from images import gif, png, png_claiming

from quietpage.article import content_address
from quietpage.formats.exports import FORMATS
from quietpage.formats.taking import of_article, of_query
from quietpage.library import images
from quietpage.library.library import Library
from quietpage.web import packed
from quietpage.web.cleaning import reclean
from quietpage.web.exporting import TOOLS
from quietpage.web.importing import Imported, take_in
from quietpage.web.reading import for_reading

from .samples import zipped

URL = "https://a.example/tides"
TEXT = "".join(
    f"<p>{number}. {'High water comes twice a day, and low water follows it. ' * 6}</p>" for number in range(6)
)
PIER, BOAT, MOON = (png(300, 200, color) + b"\0" * 400 for color in ((1, 2, 3), (4, 5, 6), (7, 8, 9)))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "library.db") as library:
        yield library


def bring(library: Library, path: Path, content: bytes | str = b"") -> Imported:
    """Take in a file of one page."""
    if content:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (one,) = take_in(library, path)
    return one


def data(picture: bytes, kind: str = "image/png") -> str:
    return f"data:{kind};base64,{b64encode(picture).decode()}"


def single_file(*pictures: str, style: str = "") -> str:
    shown = "".join(f"<figure>{picture}<figcaption>Seen</figcaption></figure>{TEXT}" for picture in pictures)
    return (
        f"<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: {URL} \n"
        f" saved date: Tue Nov 14 2023 23:13:20 GMT+0100 (CET)\n--><meta charset=utf-8><title>The tides</title>{style}"
        f"<body><article><h1>The tides</h1>{TEXT}{shown}</article>"
    )


def kept(library: Library) -> dict[str, bytes]:
    """The pictures of the first article that it shows, by their addresses there."""
    html, shown = library.get(1).article.html, library.images.of(1)
    assert all(f'src="{source.replace("&", "&amp;")}"' in html for source in shown)
    return {source: library.images.read(one.sha256)[1] for source, one in shown.items()}  # type: ignore[index]


def by_content(*pictures: bytes) -> dict[str, bytes]:
    return {content_address(one): one for one in pictures}


def test_pictures_within_a_single_file_are_kept_and_shown(library: Library, tmp_path: Path) -> None:
    page = single_file(f'<img src="{data(PIER)}" alt="A pier">', f"<img alt=Boat src={data(BOAT)} data-src=/late.png>")
    one = bring(library, tmp_path / "tides.html", page)
    assert (one.became, one.why) == ("new", "")
    assert kept(library) == by_content(PIER, BOAT)
    html = library.get(1).article.html
    assert "data:" not in html and len(html) < len(page) - 800
    shown = for_reading(html, library.images.of(1))
    assert (shown.html.count('src="/images/'), shown.missing) == (2, 0)
    assert library.images.missing(1) == ()


def test_its_page_stays_whole_and_gives_the_same_again(library: Library, tmp_path: Path) -> None:
    page = single_file(f'<img src="{data(PIER)}" alt="A pier">')
    bring(library, tmp_path / "tides.html", page)
    assert library.captured_page(1, 1).decode() == page
    assert reclean(library, 1).outcome == "unchanged"
    assert bring(library, tmp_path / "tides.html").became == "same"


def test_an_article_whose_pictures_were_in_its_html_has_them_when_it_is_cleaned_anew(library: Library) -> None:
    from quietpage import Page, clean

    page = Page(URL, single_file(f'<img src="{data(PIER)}" alt="A pier">'))
    library.save(clean(page.html, URL), page)
    assert "data:" in library.get(1).article.html
    assert reclean(library, 1).outcome == "changed"
    assert kept(library) == by_content(PIER)


def test_a_picture_that_single_file_wrote_once_for_two_places_is_kept(library: Library, tmp_path: Path) -> None:
    style = f'<style>:root{{--sf-img-4: url("{data(MOON)}")}}</style>'
    place = 'src=\'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"></svg>\''
    image = f'<img {place} style="background-size:cover!important;background-image:var(--sf-img-4)!important" alt=Moon>'
    bring(library, tmp_path / "tides.html", single_file(image, style=style))
    assert kept(library) == by_content(MOON)


def mhtml(*parts: tuple[str, bytes], html: str) -> bytes:
    head = (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {URL}\r\nSubject: The tides\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="B"\r\n\r\n'
        f"--B\r\nContent-Type: text/html; charset=utf-8\r\nContent-Location: {URL}\r\n\r\n{html}\r\n"
    )
    rest = "".join(
        f"--B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n{name}\r\n\r\n"
        f"{b64encode(picture).decode()}\r\n"
        for name, picture in parts
    )
    return f"{head}{rest}--B--\r\n".encode()


def test_parts_of_mhtml_are_kept_by_their_location(library: Library, tmp_path: Path) -> None:
    where = "https://cdn.example/pier.png?a=1&b=2"
    html = (
        f'<article><h1>The tides</h1>{TEXT}<img src="{where.replace("&", "&amp;")}" data-src="/other.png" alt=Pier>'
        f'{TEXT}<img src="cid:boat@x" alt=Boat>{TEXT}<img src="https://cdn.example/gone.png" alt=Gone></article>'
    )
    parts = (f"Content-Location: {where}", PIER), ("Content-ID: <boat@x>", BOAT)
    one = bring(library, tmp_path / "tides.mhtml", mhtml(*parts, html=html))
    assert (one.became, one.why) == ("new", "")
    assert kept(library) == {where: PIER, **by_content(BOAT)}
    assert library.images.missing(1) == ("https://cdn.example/gone.png",)
    assert reclean(library, 1).outcome == "unchanged"
    assert bring(library, tmp_path / "tides.mhtml").became == "same"


def warc(url: str, kind: str, body: bytes) -> bytes:
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2023-11-14T22:13:20Z\r\n"
    head += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    return head.encode() + answer + b"\r\n\r\n"


@pytest.mark.parametrize("zipped_up", [False, True])
def test_responses_of_a_warc_file_are_kept(library: Library, tmp_path: Path, zipped_up: bool) -> None:
    html = f'<article><h1>The tides</h1>{TEXT}<img src="/pier.png" alt=Pier>{TEXT}<img src=/boat.png alt=B></article>'
    records = (
        warc("https://a.example/pier.png", "image/png", PIER),
        warc(URL, "text/html", html.encode()),
        warc("https://a.example/boat.png", "image/png", BOAT),
    )
    if zipped_up:
        import gzip

        records = tuple(map(gzip.compress, records))  # type: ignore[assignment]
    bring(library, tmp_path / f"crawl.warc{'.gz' if zipped_up else ''}", b"".join(records))
    assert kept(library) == {"https://a.example/pier.png": PIER, "https://a.example/boat.png": BOAT}


NOTE = (
    f"---\ntitle: The tides\nsource: {URL}\n---\n![Pier](images/a%20pier.png)\n\n{re.sub('<[^>]*>', '', TEXT)}\n\n"
    "![[boat.png|300]]\n\n![Out](../../secret.png)\n"
)
FILES = {
    "notes/tides.md": NOTE.encode(),
    "notes/images/a pier.png": PIER,
    "attached/boat.png": BOAT,
}


def test_files_beside_a_note_of_markdown_are_kept(library: Library, tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(MOON)
    for name, content in FILES.items():
        (tmp_path / "vault" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "vault" / name).write_bytes(content)
    assert bring(library, tmp_path / "vault").became == "new"
    assert kept(library) == by_content(PIER, BOAT)
    assert reclean(library, 1).outcome == "unchanged"


def test_files_beside_a_page_in_an_archive_are_kept(library: Library, tmp_path: Path) -> None:
    saved = f"<!-- saved from url=(0023){URL} --><!doctype html><html><title>T</title><article><h1>T</h1>{TEXT}"
    page = f'{saved}<img src="./tides_files/pier.png" srcset="https://a.example/large.png 2x" alt=Pier></article>'
    bring(library, tmp_path / "t.zip", zipped({"x/tides.html": page.encode(), "x/tides_files/pier.png": PIER}))
    assert kept(library) == by_content(PIER)


def test_an_export_as_markdown_comes_back_with_its_pictures(library: Library, tmp_path: Path) -> None:
    bring(library, tmp_path / "tides.html", single_file(f'<img src="{data(PIER)}" alt="A pier">'))
    vault = b"".join(FORMATS["markdown"].write(of_query(library, "", TOOLS)))
    with Library(tmp_path / "other.db") as other:
        bring(other, tmp_path / "vault.zip", vault)
        assert kept(other) == by_content(PIER)


def test_every_export_has_them(library: Library, tmp_path: Path) -> None:
    bring(library, tmp_path / "tides.html", single_file(f'<img src="{data(PIER)}" alt="A pier">'))
    page = b"".join(FORMATS["html"].write(of_article(library, 1, TOOLS)))
    assert b64encode(PIER) in page and b"ni:///" not in page
    lines = tmp_path / "library.jsonl"
    lines.write_bytes(b"".join(FORMATS["json"].write(of_query(library, "", TOOLS))))
    with Library(tmp_path / "other.db") as other:
        list(take_in(other, lines))
        assert kept(other) == by_content(PIER)


HOSTILE = {
    "a script": (b"<script>alert(1)</script>" * 20, "Expected a JPEG, PNG, GIF, WebP or AVIF image"),
    "a drawing": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'>" * 8, "Expected a JPEG"),
    "a bomb": (png_claiming(60_000, 60_000) + b"\0" * 400, "more than 100 million pixels"),
    "a giant": (b"\x89PNG" + b"\0" * images.MOST_IMAGE_BYTES, "It may have 8,192 KiB"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_picture_is_left_out_and_told(library: Library, tmp_path: Path, name: str) -> None:
    content, why = HOSTILE[name]
    page = single_file(f'<img src="{data(content)}" alt="Ship">', f'<img src="{data(BOAT)}" alt="Boat">')
    one = bring(library, tmp_path / "tides.html", page)
    assert one.became == "new" and one.why.startswith("pictures left out: 1 × ") and why in one.why
    assert kept(library) == by_content(BOAT)
    html = library.get(1).article.html
    assert len(html) < 20_000 and "data:" not in html
    assert "Ship" in for_reading(html, library.images.of(1)).html


def test_a_file_that_is_larger_than_any_page_is_refused(library: Library, tmp_path: Path) -> None:
    from quietpage.formats.imports.source import BadFile

    with (tmp_path / "tides.html").open("wb") as file:
        file.write(single_file('<img src="data:image/png;base64,').encode())
        file.truncate(100 * 1024 * 1024)
    with pytest.raises(BadFile, match="is larger than 64 MB"):
        bring(library, tmp_path / "tides.html")


def test_a_giant_is_not_even_unpacked(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MOST_IMAGE_BYTES", 1024)
    one = bring(library, tmp_path / "tides.html", single_file(f'<img src="{data(MOON + bytes(4096))}" alt=Moon>'))
    assert one.why == "pictures left out: 1 × It may have 1 KiB"


def test_no_more_than_sixty_are_kept(library: Library, tmp_path: Path) -> None:
    pictures = [png(60, 60, (number, 0, 0)) + b"\0" * 400 for number in range(62)]
    page = single_file(
        "".join(f'<img src="{data(one)}" alt="{n}"><p>Picture {n}</p>' for n, one in enumerate(pictures))
    )
    one = bring(library, tmp_path / "tides.html", page)
    assert one.why == "pictures left out: 2 × An article keeps 60 pictures"
    assert kept(library) == by_content(*pictures[:60])


def test_all_of_an_article_have_so_many_bytes_together(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(images, "MOST_ARTICLE_BYTES", len(PIER) + len(BOAT))
    page = single_file(*(f'<img src="{data(one)}" alt="x">' for one in (PIER, BOAT, MOON)))
    one = bring(library, tmp_path / "tides.html", page)
    assert one.why.startswith("pictures left out: 1 × The images of one article may have")
    assert kept(library) == by_content(PIER, BOAT)


def test_a_broken_picture_in_an_archive_leaves_out_no_page(library: Library, tmp_path: Path) -> None:
    saved = f'<link rel=canonical href="{URL}"><html><title>T</title><article><h1>T</h1>{TEXT}<img src=a.png alt=A>'
    archive = zipped({"tides.html": f"<!doctype html>{saved}".encode(), "a.png": PIER + randbytes(100_000)})
    at = archive.rindex(b"PK\x01\x02", 0, archive.rindex(b"PK\x01\x02")) - 100
    one = bring(library, tmp_path / "t.zip", archive[:at] + bytes(10) + archive[at + 10 :])
    assert one.became == "new" and one.why.startswith("pictures left out: 1 × ")


def test_a_picture_alone_is_no_page(library: Library, tmp_path: Path) -> None:
    one = bring(library, tmp_path / "t.zip", zipped({"a.gif": gif(30, 40)}))
    assert (one.became, one.why) == ("skipped", "it is a picture, and no page is there that shows it")


def test_what_is_there_already_gains_only_what_it_shows(library: Library, tmp_path: Path) -> None:
    bring(library, tmp_path / "tides.html", single_file())
    assert bring(library, tmp_path / "more.html", single_file(f'<img src="{data(PIER)}" alt="x">')).became == "merged"
    assert kept(library) == {}
    assert reclean(library, 1, version=2).outcome == "changed"  # the person chooses the other version
    assert kept(library) == by_content(PIER)


def test_the_bodies_of_wallabag_may_hold_pictures_too(library: Library, tmp_path: Path) -> None:
    entry = {"url": URL, "title": "The tides", "content": f'{TEXT}<img src="{data(PIER)}" alt=x>', "is_archived": 0}
    bring(library, tmp_path / "w.json", json.dumps([entry]))
    assert kept(library) == by_content(PIER)


BAIT = (
    "<img a='",
    "<img a=\"<img b='x",
    "<img " + "a" * 50,
    "<img a=b ",
    "<img src=data:image/png;base64,",
    "var(--sf-img-1)--sf-img-1:url(data:image/png",
)


@pytest.mark.parametrize("bait", BAIT)
def test_hostile_markup_is_read_in_linear_time(bait: str) -> None:
    from time import process_time

    from quietpage import Page
    from quietpage.web.packed import addressed

    page = Page(URL, "data:image/ page saved with singlefile " + bait * (500_000 // len(bait)))
    began = process_time()
    addressed(page)
    assert process_time() - began < 1.0
