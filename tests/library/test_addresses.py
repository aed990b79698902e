"""When two URLs are one page."""

from __future__ import annotations

import pytest

from quietpage.library.addresses import address


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("http://Site.Test/a", "https://site.test/a"),
        ("https://site.test", "https://site.test/"),
        ("https://site.test:443/a", "https://site.test/a"),
        ("https://user:secret@site.test/a", "https://site.test/a"),
        ("https://site.test/a#part", "https://site.test/a"),
        ("https://site.test/a?utm_source=x&id=1&fbclid=y", "https://site.test/a?id=1"),
        ("https://[::1]:8080/a", "https://[::1]:8080/a"),
    ],
)
def test_spellings_of_one_address_are_one(url: str, same: str) -> None:
    assert address(url) == address(same) == same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://site.test/a?id=1", "https://site.test/a?id=2"),
        ("https://site.test/a", "https://site.test/A"),
        ("https://site.test/#!/a", "https://site.test/#!/b"),
        ("https://site.test/#:~:text=noon", "https://site.test/"),
        ("https://site.test/#:~:text=noon", "https://site.test/#:~:text=dusk"),
        ("https://site.test/#:~:selector(type=CssSelector,value=img)", "https://site.test/"),
        ("https://site.test:8080/a", "https://site.test/a"),
    ],
)
def test_different_pages_stay_different(one: str, other: str) -> None:
    assert address(one) != address(other)


@pytest.mark.parametrize("url", ["", "nonsense", "https://[broken/", "https://site.test:port/", "file:///tmp/a.html"])
def test_what_is_no_web_address_stays_as_it_is(url: str) -> None:
    assert address(url) == url


def test_an_address_of_an_address_is_the_same() -> None:
    once = address("HTTP://Site.test:80/a b?q=ü&utm_id=1#!x")
    assert address(once) == once
