"""The guides as the server shows them: to anybody on this machine, with contents, and nothing from elsewhere."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from flask.testing import FlaskClient

GUIDES = ["/guide", "/guide/api"]


@pytest.mark.parametrize("path", GUIDES)
def test_a_guide_is_shown_to_whoever_was_not_let_in(stranger: FlaskClient, path: str) -> None:
    """An extension that is not connected yet links there, and nothing private is in it."""
    answer = stranger.get(path)
    assert answer.status_code == 200
    assert '<div class="guide" lang="en" dir="ltr">' in answer.text


@pytest.mark.parametrize("path", GUIDES)
def test_every_place_a_guide_links_to_is_there_once(stranger: FlaskClient, path: str) -> None:
    page = stranger.get(path).text
    places = Counter(re.findall(r' id="([^"]+)"', page))
    assert max(places.values()) == 1
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(places)
    for other, place in re.findall(r'href="(/guide[^"#]*)#([^"]+)"', page):
        assert f'id="{place}"' in stranger.get(other).text


@pytest.mark.parametrize("path", GUIDES)
def test_own_links_and_pictures_of_a_guide_are_answered(me: FlaskClient, path: str) -> None:
    page = me.get(path).text
    for address in set(re.findall(r'(?:href|src)="(/[^"#]*)', page)):
        assert me.get(address.replace("&amp;", "&")).status_code == 200, address


def test_a_picture_says_its_size_before_it_comes(stranger: FlaskClient) -> None:
    pictures = re.findall(r"<img (?:src=\"/static/guide)[^>]+>", stranger.get("/guide").text)
    assert len(pictures) > 5
    assert all(re.search(r'alt="[^"]{10,}".* width="\d+" height="\d+" loading="lazy"', one) for one in pictures)


def test_whoever_reads_in_another_language_is_told_that_the_guides_are_in_english(stranger: FlaskClient) -> None:
    assert "The guides are in English." not in stranger.get("/guide").text
    page = stranger.get("/guide", headers={"Accept-Language": "de"}).text
    assert page.index('class="soft"') < page.index('lang="en"')


@pytest.mark.parametrize("path", ["/", "/settings", "/welcome", "/api/docs"])
def test_the_guide_is_a_link_away(me: FlaskClient, path: str) -> None:
    assert 'href="/guide' in me.get(path).text
