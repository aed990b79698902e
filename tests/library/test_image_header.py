"""What an image is, by its bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some
from images import avif, box, gif, jpeg, png, png_claiming, segment, webp

from quietpage.library.image_header import ImageHeader, NotAnImage, read_header

WHOLE = (png(), gif(), jpeg(), jpeg(orientation=6), webp(b"VP8X"), webp(b"VP8L"), webp(b"VP8 "), avif())


@pytest.mark.parametrize(
    ("data", "header"),
    [
        (png(2, 3), ImageHeader("image/png", 2, 3)),
        (gif(3, 4), ImageHeader("image/gif", 3, 4)),
        (jpeg(5, 6), ImageHeader("image/jpeg", 5, 6)),
        (webp(b"VP8X", 700, 8), ImageHeader("image/webp", 700, 8)),
        (webp(b"VP8L", 7, 8000), ImageHeader("image/webp", 7, 8000)),
        (webp(b"VP8 ", 7, 8), ImageHeader("image/webp", 7, 8)),
        (avif(9, 10), ImageHeader("image/avif", 9, 10)),
    ],
    ids=lambda one: getattr(one, "type", ""),
)
def test_each_kind_says_what_it_is_and_how_large(data: bytes, header: ImageHeader) -> None:
    assert read_header(data) == header


@pytest.mark.parametrize(("orientation", "size"), [(1, (5, 6)), (3, (5, 6)), (6, (6, 5)), (8, (6, 5)), (99, (5, 6))])
def test_a_photograph_taken_sideways_is_as_large_as_it_is_shown(orientation: int, size: tuple[int, int]) -> None:
    header = read_header(jpeg(5, 6, orientation))
    assert (header.width, header.height) == size


def test_exif_data_that_lead_nowhere_change_nothing() -> None:
    for tiff in (b"", b"MM", b"MM\0*\xff\xff\xff\xff", b"II*\0\x08\0\0\0\xff\xff"):
        data = b"\xff\xd8" + segment(0xE1, b"Exif\0\0" + tiff) + jpeg(5, 6)[2:]
        assert read_header(data) == ImageHeader("image/jpeg", 5, 6)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<!doctype html><p>GIF89a",
        b"BM" + bytes(60),
        b"%PDF-1.7",
        box(b"ftyp", b"isom\0\0\0\0mp42"),  # a film
        b"RIFF\0\0\0\0WAVEfmt ",
        b"\x89PNG\r\n\x1a\n" + bytes(30),
        b"\xff\xd8\xff\xe0" + bytes(400),
        jpeg()[:20],
        png_claiming(0, 5),
        gif(0, 0),
        box(b"ftyp", b"avif\0\0\0\0"),
        b"RIFF\0\0\0\0WEBPVP9 " + bytes(40),
    ],
)
def test_what_is_no_image_is_refused(data: bytes) -> None:
    with pytest.raises(NotAnImage):
        read_header(data)


def test_a_gigantic_image_is_refused_by_what_it_claims() -> None:
    assert read_header(png_claiming(10_000, 10_000)).width == 10_000
    with pytest.raises(NotAnImage, match="100 million"):
        read_header(png_claiming(10_001, 10_000))
    with pytest.raises(NotAnImage, match="100 million"):
        read_header(avif(2**32 - 1, 2**32 - 1))


@pytest.mark.parametrize("whole", WHOLE)
def test_an_image_cut_off_anywhere_is_read_or_refused(whole: bytes) -> None:
    for end in range(len(whole)):
        try:
            assert read_header(whole[:end]) == read_header(whole)
        except NotAnImage:
            continue


@given(some.sampled_from(WHOLE), some.binary(max_size=80), some.integers(0, 60))
def test_whatever_the_bytes_they_are_read_or_refused(whole: bytes, noise: bytes, place: int) -> None:
    try:
        header = read_header(whole[:place] + noise + whole[place + len(noise) :])
    except NotAnImage:
        return
    assert header.width > 0 and header.height > 0


def test_endless_boxes_and_segments_end() -> None:
    for data in (
        box(b"ftyp", b"avif\0\0\0\0") + b"\0\0\0\x08free" * 200_000,
        b"\xff\xd8" + b"\xff\xd0" * 200_000,
        b"\xff\xd8" + b"\xff" * 200_000,
    ):
        with pytest.raises(NotAnImage):
            read_header(data)
