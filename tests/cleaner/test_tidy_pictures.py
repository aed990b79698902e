"""Pictures inside the content: each shows, once, by the best of its addresses."""

from __future__ import annotations

import pytest
from cleaner.story import BASE, around

from quietpage.cleaner.tidy.picture_addresses import best_address, read_srcset

DOT = "data:image/gif;base64,R0lGODlhAQABAAAAACw="
BLURRED = "data:image/jpeg;base64," + "A" * 900


@pytest.mark.parametrize(
    "image",
    [
        f'<img src="{DOT}" data-src="/a.jpg" data-sizes="auto">',
        f'<img src="{DOT}" data-original-src="/a.jpg">',
        f'<img src="{DOT}" data-flickity-lazyload="/a.jpg">',
        f'<img src="{DOT}" data-made-up="/a.jpg">',
        '<img src="/a-150x150.jpg" data-src="/a.jpg">',
        '<img src="/a-300.jpg" srcset="/a-300.jpg 300w, /a.jpg 1200w, /a-9000.jpg 9000w" sizes="100vw">',
        '<img src="/a-1x.jpg" srcset="/a-1x.jpg 1x,/a.jpg 2x">',
        '<img srcset="/b.jpg 500w, /a.jpg 800w">',
        '<img src="/a.jpg" srcset="/t.jpg 100w, /s.jpg 300w">',
        '<img data-src="{&quot;/b.jpg&quot;:[300,200],&quot;/a.jpg&quot;:[1200,800]}">',
        '<img data-src="{&quot;small&quot;:&quot;/a.jpg&quot;}">',
        f'<img src="{DOT}"><noscript><img src="/_next/image?url=%2Fa.jpg&amp;w=1080&amp;q=75"></noscript>',
        '<img src="/_next/image?url=https%3A%2F%2Fnews.example%2Fa.jpg&amp;w=3840&amp;q=75">',
        '<picture><source data-srcset="/a.jpg 1200w"><img class="lazy"></picture>',
        '<amp-img src="/a.jpg" layout="responsive"><noscript><img src="/a.jpg"></noscript></amp-img>',
    ],
)
def test_a_picture_has_one_address_and_it_is_the_best(image: str) -> None:
    assert around(f"<p>{image}</p>") == '<p><img src="https://news.example/a.jpg" alt=""></p>'


def test_an_address_that_leaves_the_width_open_gets_the_largest_that_is_offered() -> None:
    image = {"data-src": "https://a.example/a_{width}x.jpg", "data-widths": "[180, 540, 1600, 4000]"}
    assert best_address(image, BASE) == "https://a.example/a_1600x.jpg"


@pytest.mark.parametrize(
    "figure",
    [
        f'<figure><img src="{BLURRED}" aria-hidden="true"><img data-src="/a.jpg" alt="A"></figure>',
        '<figure><div class="placeholder"><img src="/a-tiny.jpg"></div><img src="/a.jpg" alt="A"></figure>',
        '<figure><img src="/a.jpg?w=40&amp;blur=20" alt="A"><img src="/a.jpg?w=1200" alt="A"></figure>',
        '<figure><img src="/a.jpg" alt="A"><img class="lqip" src="/t.jpg" alt=""></figure>',
    ],
)
def test_what_stands_in_for_a_picture_goes_when_the_picture_is_there(figure: str) -> None:
    result = around(figure)
    assert result.count("<img") == 1
    assert 'alt="A"' in result


def test_two_pictures_of_one_script_are_two() -> None:
    assert around('<figure><img src="/show.php?id=1"><img src="/show.php?id=2"></figure>').count("<img") == 2


@pytest.mark.parametrize("shown", ["style=\"background-image: url('/a.jpg')\"", 'data-bg="/a.jpg"'])
def test_a_figures_background_is_its_picture(shown: str) -> None:
    html = f'<figure><div class="frame" {shown} aria-label="The bridge"></div><figcaption>In May</figcaption></figure>'
    assert around(html) == (
        '<figure><img src="https://news.example/a.jpg" alt="The bridge"><figcaption>In May</figcaption></figure>'
    )


def test_a_background_elsewhere_is_decoration() -> None:
    assert around('<div style="background-image:url(/a.jpg)"></div>') == ""


@pytest.mark.parametrize(
    ("srcset", "read"),
    [
        ("/a.jpg", [("/a.jpg", 1.0, "x")]),
        ("/a.jpg, /b.jpg 2x", [("/a.jpg", 1.0, "x"), ("/b.jpg", 2.0, "x")]),
        (
            "/w_4,h_2/a.jpg 400w,\n /w_8,h_4/a.jpg 800w",
            [("/w_4,h_2/a.jpg", 400.0, "w"), ("/w_8,h_4/a.jpg", 800.0, "w")],
        ),
        ("/a.jpg 1x,/b.jpg 1.5x", [("/a.jpg", 1.0, "x"), ("/b.jpg", 1.5, "x")]),
        ("/a.jpg 100w 50h, /b.jpg 200w 100h", [("/a.jpg", 100.0, "w"), ("/b.jpg", 200.0, "w")]),
        (",, , /a.jpg ,", [("/a.jpg", 1.0, "x")]),
        ("", []),
    ],
)
def test_srcsets_are_read_as_browsers_do(srcset: str, read: list[tuple[str, float, str]]) -> None:
    assert list(read_srcset(srcset)) == read


@pytest.mark.parametrize("value", ["[" * 10_000, "{", "{}", "[1]", '{"a": 1}', '{"/a.jpg": []}'])
def test_data_that_names_no_picture_names_none(value: str) -> None:
    assert best_address({"data-src": value}, BASE) == ""
