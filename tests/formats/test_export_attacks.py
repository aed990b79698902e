"""Attacks on whoever opens what went out: in no format anything runs, loads, or breaks out of its place."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from html.parser import HTMLParser
from itertools import islice

import pytest
import yaml
from harmless import harms
from markdown_it import MarkdownIt
from payloads import PAYLOADS

from quietpage.cleaner.sanitize import sanitize
from quietpage.formats.exports import FORMATS
from quietpage.formats.html_page import POLICY, STYLE
from quietpage.formats.taking import of_query
from quietpage.formats.vault import document
from quietpage.library.library import Library
from quietpage.web.exporting import TOOLS

OWN = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
XHTML = "{http://www.w3.org/1999/xhtml}"
# Raw HTML is shown as text: an export needs none, but for the few elements that Markdown has no sign for
RENDERER = MarkdownIt("commonmark", {"html": True}).enable("table")


def out(library: Library, name: str) -> bytes:
    return b"".join(FORMATS[name].write(of_query(library, "", TOOLS)))


def in_zip(data: bytes, ending: str) -> dict[str, str]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(ending)}


def loads(html: str) -> list[str]:
    """The addresses that a page would load something from."""
    return [
        value
        for value in re.findall(r'<(?:img|link|source)[^>]* (?:src|href)="([^"]*)"', html)
        if not value.startswith("data:")
    ]


def test_a_page_of_its_own_runs_nothing_and_loads_nothing(attacked: Library) -> None:
    pages = in_zip(out(attacked, "html"), ".html")
    assert len(pages) == len(PAYLOADS) + 1
    for name, page in pages.items():
        assert page.count(OWN) == 1 == page.count(f"<style>{STYLE}</style>"), name
        inner = page.replace(OWN, "").replace(f"<style>{STYLE}</style>", "")
        found = [harm for harm in harms(inner, page=True) if not re.match(r"mark (id|title)=", harm)]
        assert (name, found) == (name, [])
        assert loads(inner) == []


def test_a_book_is_well_formed_and_runs_nothing(attacked: Library) -> None:
    chapters = in_zip(out(attacked, "epub"), ".xhtml")
    assert len(chapters) == len(PAYLOADS) + 1
    for name, chapter in chapters.items():
        root = ET.fromstring(chapter)
        assert (name, [harm for harm in xml_harms(root)]) == (name, [])


def xml_harms(root: ET.Element) -> list[str]:
    """What would run or load in a document of XML, whose names are matched as they are written."""
    found = []
    for element in root.iter():
        tag = element.tag.rpartition("}")[2].lower()
        if tag in ("script", "iframe", "object", "embed", "style", "base", "meta", "form", "svg", "audio", "video"):
            found.append(tag)
        for name, value in element.attrib.items():
            if name.lower().startswith("on") or name in ("style", "srcset", "background", "poster", "action"):
                found.append(f"{tag} {name}")
            if name in ("src",) and not value.startswith("images/"):
                found.append(f"{tag} {name}={value}")
            if name == "href" and not re.match(r"https?://|mailto:|#|style\.css$|article-\d+\.xhtml$", value):
                found.append(f"{tag} {name}={value}")
    return found


def test_markdown_rendered_back_says_what_it_said_and_nothing_more(attacked: Library) -> None:
    selection = of_query(attacked, "", TOOLS)
    for taken in islice(selection.articles(), 0, None, 2):
        made = document(taken, selection).text
        facts, body = made.removeprefix("---\n").split("\n---\n", 1)
        told = yaml.safe_load(facts)
        assert told["title"] == taken.title
        assert told["author"] == taken.kept.article.byline
        assert all(re.fullmatch(r"[\w/-]+", tag) for tag in told["tags"])
        html = RENDERER.render(body)
        assert (taken.title, [harm for harm in harms(html) if "http://evil.test" in harm or "ran=" in harm]) == (
            taken.title,
            [],
        )
        assert harms(sanitize(html)) == []
        for words in (taken.title, taken.marked.note):
            assert "".join(words.split()) in "".join(text_of(html).split())


def text_of(html: str) -> str:
    reading = Reading()
    reading.feed(html)
    return "".join(reading.texts)


class Reading(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_bookmarks_hold_no_more_than_bookmarks(attacked: Library) -> None:
    page = out(attacked, "bookmarks").decode()
    tags = set(re.findall(r"<(/?[a-z!][a-z0-9-]*)", page, re.IGNORECASE))
    assert tags == {
        "!DOCTYPE",
        "!--",
        "META",
        "TITLE",
        "/TITLE",
        "H1",
        "/H1",
        "DL",
        "/DL",
        "p",
        "DT",
        "DD",
        "H3",
        "/H3",
        "A",
        "/A",
    }
    assert page.count("<A ") == len(PAYLOADS)


@pytest.mark.parametrize("name", ["csv", "json"])
def test_tables_and_lines_hold_each_text_in_its_place(name: str, attacked: Library) -> None:
    text = out(attacked, name).decode("utf-8-sig")
    if name == "csv":
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        assert len(rows) == len(PAYLOADS)
        titles = [taken.kept.article.title for taken in of_query(attacked, "", TOOLS).articles()]
        assert [row["title"].removeprefix("'") for row in rows] == titles
        formulas = [cell for row in rows for cell in row.values() if cell.lstrip().startswith(("=", "+", "-", "@"))]
        assert formulas == []
    else:
        lines = [json.loads(line) for line in text.splitlines()]
        assert sum(line["kind"] == "article" for line in lines) == len(PAYLOADS)
