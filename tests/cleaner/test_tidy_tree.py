"""The content's tree: read as BeautifulSoup reads it, and moved about as BeautifulSoup moves it."""

from __future__ import annotations

import ast
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

from quietpage.cleaner.metadata import Metadata
from quietpage.cleaner.tidy.content import Content
from quietpage.cleaner.tidy.markup import source_of
from quietpage.cleaner.tidy.tree import parse

TIDY = Path(__file__).parents[2] / "server" / "quietpage" / "cleaner" / "tidy"
PAGE = (
    '<div class="a"><p>One <b>two</b> three<br>four</p> <ul><li>five</li><li><a href="/s">six <i>seven</i></a></li>'
    '</ul><blockquote><p>eight</p>nine <img src="/a.jpg" alt="ten"></blockquote></div>'
)


def read(html: str) -> Content:
    return Content.read(html, Metadata(title=""), "https://news.example/", [])


@pytest.mark.parametrize(
    "html",
    [
        PAGE,
        '<p title="a > b" lang="x<y">1 &lt; 2 &amp;amp; 3&nbsp;&copy; &quot;4&quot;</p>',
        "<p>one<!-- a > b <i> -->two</p>",
        '<p data-x="" data-y="a &amp; b">5 < 6 and 7 > 6</p>',
        '<p class="a=&quot;b&quot;" id="i"><img alt="1" src="/b"></p>',
        "<p>caf\u00e9<ruby>\u6f22<rt>kan</rt></ruby></p>",
    ],
)
def test_content_is_read_as_beautifulsoup_reads_it(html: str) -> None:
    ours, theirs = parse(html)[0], BeautifulSoup(html, "html.parser")
    for left, right in zip(ours.descendants, without_comments(theirs), strict=True):
        assert left == right if isinstance(left, str) else left.name == right.name  # type: ignore[attr-defined]
        if isinstance(left, Tag) and isinstance(right, Tag):
            assert left.attrs == {name: right.get_attribute_list(name) and flat(right[name]) for name in right.attrs}


def without_comments(soup: BeautifulSoup) -> list[PageElement]:
    for comment in soup.find_all(string=lambda text: type(text) is not NavigableString and text[:3] == " a "):
        comment.extract()
    soup.smooth()
    return list(soup.descendants)


def flat(value: object) -> str:
    return " ".join(value) if isinstance(value, list) else str(value)


@pytest.mark.parametrize("seed", range(40))
def test_nodes_are_moved_as_beautifulsoup_moves_them(seed: int) -> None:
    ours, theirs = parse(PAGE)[0], BeautifulSoup(PAGE, "html.parser")
    move_about(ours, seed)
    move_about(theirs, seed)
    assert written(ours) == written(theirs)
    check_links(ours)


def move_about(root: Tag, seed: int) -> None:
    """Move nodes at random, the same ones to the same places for the same seed."""
    choose = random.Random(seed)
    for _ in range(60):
        inside = walk(root)
        node, other = inside[choose.randrange(len(inside))], inside[choose.randrange(len(inside))]
        move = choose.choice(MOVES)
        if isinstance(other, Tag) and not any(above is node for above in (other, *other.parents)):
            move(node, other)


MOVES: list[Callable[[PageElement, Tag], object]] = [
    lambda node, other: other.append(node),
    lambda node, other: other.insert(1, node),
    lambda node, other: other.insert_before(node),
    lambda node, other: other.insert_after(node),
    lambda node, other: other.append("words"),
    lambda node, other: other.unwrap() if len(other.contents) > 2 else None,
    lambda node, other: other.clear() if len(other.contents) == 1 else None,
    lambda node, other: node.replace_with("more") if isinstance(node, str) else None,
]


def written(tag: Tag) -> str:
    return "".join(f"<{node.name}>" if isinstance(node, Tag) else str(node) for node in walk(tag))


def check_links(tag: Tag) -> None:
    """A tree by its lists of children must be the same by page order and by siblings."""
    by_lists = walk(tag)
    by_order, node = [], tag.next_element
    while node is not None:
        assert node.next_element is None or node.next_element.previous_element is node
        by_order.append(node)
        node = node.next_element
    assert [id(node) for node in by_lists] == [id(node) for node in by_order]
    for one in by_lists:
        siblings = one.parent.contents  # type: ignore[union-attr]
        at = next(at for at, sibling in enumerate(siblings) if sibling is one)
        assert one.previous_sibling is (siblings[at - 1] if at else None)
        assert one.next_sibling is (siblings[at + 1] if at + 1 < len(siblings) else None)


def walk(tag: Tag) -> list[PageElement]:
    found: list[PageElement] = []
    for node in tag.contents:
        found.append(node)
        found += walk(node) if isinstance(node, Tag) else []
    return found


def test_an_element_is_found_by_its_name_in_page_order() -> None:
    content = read(PAGE)
    assert [tag.get_text() for tag in content.all({"i", "b"})] == ["two", "seven"]
    content.rename(content.all({"b"})[0], "i")
    assert [tag.get_text() for tag in content.all({"i"})] == ["two", "seven"]
    assert content.all({"b"}) == []
    content.drop(content.all({"ul"})[0])
    assert [tag.get_text() for tag in content.all({"i"})] == ["two"]
    content.new("i")
    assert len(content.all({"i"})) == 1, "what has no place yet is not found"


def test_what_is_dropped_weighs_no_longer() -> None:
    content = read('<div><p>One <a href="/a">two</a></p><p>six<img src="/b.jpg"></p></div>')
    weight = content.weight(content.all({"div"})[0])
    assert (weight.chars, weight.link_chars, weight.blocks, weight.pictures) == (9, 3, 2, 1)
    content.drop(content.all({"p"})[0])
    assert (weight.chars, weight.link_chars, weight.blocks, weight.pictures) == (3, 0, 1, 1)
    assert source_of(content.all({"div"})[0]) == '<div><p>six<img src="/b.jpg"></p></div>'


@pytest.mark.parametrize("path", sorted(TIDY.glob("*.py")), ids=lambda path: path.name)
def test_a_step_renames_an_element_only_through_the_content(path: Path) -> None:
    """Else no later step would find it under its new name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        targets = node.targets if isinstance(node, ast.Assign) else []
        renamed = [one for one in targets if isinstance(one, ast.Attribute) and one.attr == "name"]
        assert not renamed or path.name in ("content.py", "node.py"), f"{path.name}:{node.lineno}: use content.rename()"  # type: ignore[attr-defined]
