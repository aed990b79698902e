"""Hundreds of attacks through the cleaner: nothing that comes out of it runs, loads by itself or takes a name."""

from __future__ import annotations

import pytest
from harmless import harms
from payloads import CLASSES, IMG, PAYLOADS, within_an_article

from quietpage import NotAnArticle, Page
from quietpage.cleaner.pipeline import clean
from quietpage.cleaner.sanitize import as_captured, sanitize


@pytest.mark.parametrize("html", [IMG, "<a href='java\tscript:x'>", "<p id=main>", "<img src=x style=x>", "<base>"])
def test_the_check_sees_an_attack(html: str) -> None:
    assert harms(html)


def test_there_are_hundreds_of_them() -> None:
    assert len(set(PAYLOADS)) >= 300


@pytest.mark.parametrize("kind", CLASSES)
def test_nothing_gets_through_the_sanitizer(kind: str) -> None:
    through = {payload: found for payload in CLASSES[kind] if (found := harms(sanitize(payload)))}
    assert through == {}


@pytest.mark.parametrize("kind", CLASSES)
def test_nothing_gets_through_in_the_midst_of_an_article(kind: str) -> None:
    through = {}
    for payload in CLASSES[kind]:
        page = Page("https://site.test/", within_an_article(payload))
        try:
            article = clean(page)
        except NotAnArticle as refusal:  # there are payloads that swallow all that follows
            article = refusal.remains
        if found := harms(article.html):
            through[payload] = found
    assert through == {}


@pytest.mark.parametrize("kind", CLASSES)
def test_sanitizing_again_changes_nothing(kind: str) -> None:
    changed = {}
    for payload in CLASSES[kind]:
        once = sanitize(payload)
        if sanitize(once) != once:
            changed[payload] = (once, sanitize(once))
    assert changed == {}


@pytest.mark.parametrize("kind", CLASSES)
def test_nothing_gets_through_in_a_page_as_it_was_captured(kind: str) -> None:
    through = {payload: found for payload in CLASSES[kind] if (found := harms(as_captured(payload)))}
    assert through == {}
