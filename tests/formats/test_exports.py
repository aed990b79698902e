"""What goes out in each format, and that outside readers of the format take it."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from html import escape, unescape
from pathlib import Path

import pytest
import yaml

from quietpage.article import Article, Page
from quietpage.cleaner.sanitize import sanitize
from quietpage.formats.exports import FORMATS, name_of
from quietpage.formats.folder import update
from quietpage.formats.names import Names, file_name
from quietpage.formats.taking import of_article, of_query
from quietpage.library.library import Library
from quietpage.web.exporting import TOOLS

from .conftest import fill

OPF, DC = "{http://www.idpf.org/2007/opf}", "{http://purl.org/dc/elements/1.1/}"
EPUBCHECK = Path("/usr/share/java/epubcheck.jar")


def out(library: Library, name: str, article_id: int | None = None) -> bytes:
    selection = of_query(library, "", TOOLS) if article_id is None else of_article(library, article_id, TOOLS)
    return b"".join(FORMATS[name].write(selection))


def unzipped(data: bytes) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("name", FORMATS)
def test_every_export_says_whence_and_when(name: str, library: Library) -> None:
    selection = of_article(library, 2, TOOLS)
    data = b"".join(FORMATS[name].write(selection))
    if data.startswith(b"PK"):
        data = b"".join(unzipped(data).values())
    assert b"https://harbor.example/2" in data
    assert selection.at.date().isoformat().encode() in data


# Markdown


def test_markdown_is_a_note_with_what_is_known_and_its_pictures(library: Library) -> None:
    files = unzipped(out(library, "markdown"))
    assert sorted(name for name in files if name.endswith(".md")) == ["The last ferry (2).md", "The last ferry.md"]
    note = files["The last ferry (2).md"].decode()
    facts, body = note.removeprefix("---\n").split("\n---\n", 1)
    told = yaml.safe_load(facts)
    assert told["title"] == "The last ferry"
    assert told["source"] == "https://harbor.example/2"
    assert told["tags"] == ["2026", "Hafen", "low-tide"]
    assert (told["state"], told["favorite"], told["progress"]) == ("reading", True, 0.25)
    (picture,) = [name for name in files if name.startswith("images/")]
    assert f"![A ferry]({picture})" in body
    assert "[\\[Lost\\]](https://harbor.example/lost.png)" in body or "[Lost]" in body
    assert "> [!quote] Green\n> The ferry left\n>\n> \\=cmd()" in body
    assert "> [!note] Note\n> First line\\\n> second \\*line\\* & \\<b\\>" in body


def test_one_article_without_pictures_is_one_note(library: Library) -> None:
    selection = of_article(library, 1, TOOLS)
    assert FORMATS["markdown"].kind(selection) == ("text/markdown", "md")
    assert out(library, "markdown", 1).startswith(b'---\ntitle: "The last ferry"\n')


def test_a_folder_is_touched_only_where_something_changed(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    folder.mkdir()
    (folder / "the LAST ferry.md").write_text("my own note", encoding="utf-8")
    assert update(of_query(library, "", TOOLS), folder).counts == {"new": 2}
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    assert update(of_query(library, "", TOOLS), folder).counts == {"unchanged": 2}
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()} == before
    library.shelf.mark([1], favorite=True)
    assert update(of_query(library, "", TOOLS), folder).counts == {"unchanged": 1, "changed": 1}
    assert (folder / "the LAST ferry.md").read_text(encoding="utf-8") == "my own note"
    names = ["The last ferry (1).md", "The last ferry (2).md", "the LAST ferry.md"]
    assert sorted(path.name for path in folder.glob("*.md")) == names


# HTML


def test_a_page_holds_its_pictures_its_marks_and_no_more(library: Library) -> None:
    page = out(library, "html", 2).decode()
    assert page.count('src="data:image/png;base64,') == 1
    assert '<a href="https://harbor.example/lost.png" rel="noopener noreferrer">[Lost]</a>' in page
    assert re.search(r'<mark class="highlight"[^>]*>The ferry left</mark>', page)
    assert "second *line* &amp; &lt;b&gt;" in page
    assert "<script" not in page


# EPUB


def test_a_book_says_what_it_is_and_what_is_in_it(library: Library) -> None:
    data = out(library, "epub")
    assert data[30:58] == b"mimetypeapplication/epub+zip"  # by which systems know a book without unpacking it
    files = unzipped(data)
    package = ET.fromstring(files["EPUB/book.opf"])
    listed = {item.get("href"): item for item in package.iter(f"{OPF}item")}
    inside = {name.removeprefix("EPUB/") for name in files if name.startswith("EPUB/")}
    assert set(listed) == inside - {"book.opf"}
    assert listed["article-2.xhtml"].get("properties") == "mathml"
    assert [one.text for one in package.iter(f"{DC}creator")] == ["Lin Marsh"]
    names = [one.get("href") for one in ET.fromstring(files["EPUB/nav.xhtml"]).iter("{http://www.w3.org/1999/xhtml}a")]
    assert names == ["article-1.xhtml", "article-2.xhtml"]
    chapter = files["EPUB/article-2.xhtml"].decode()
    assert '<a href="#n1">Above</a>' in chapter
    assert '<a href="https://else.example/a%20b">out</a>' in chapter
    assert '<math display="block" xmlns="http://www.w3.org/1998/Math/MathML"><mfrac>' in chapter


NESTED = (  # what browsers make sense of, and a schema does not
    "<ul>words<p>more</p><li>one</li></ul>",
    "<dl><dd>first</dd><dt>last</dt></dl>", "<table>x<caption>c</caption></table>",
    "<h2><div>in <ul><li>a</li></ul></div></h2>", "<span><div>block</div></span>",
    "<details>open<summary>s</summary></details>",
    "<figure><p>a</p><figcaption>b</figcaption><p>c</p></figure>", "<ruby>a<rb>b</rb></ruby>", "<bdo>x</bdo>", "<col>",
    "<table><thead><tr><td>1</td></tr></thead><thead><tr><td>2</td></tr></thead><tr><th>h<h3>x</h3></th></tr></table>",
    "<math><mfrac><mn>1</mn></mfrac></math>", "<math>words<mi>x</mi></math>",
    "<a href='http://[bad'>x</a>", "<li>alone</li>",
    "<time datetime='noon'>noon</time>", "<p id='a b'>x</p><p id='a b'>y</p>",
    "<img src='data:image/avif;base64,AAAA' alt='x'>",
    "<ol start='x' reversed type='q'><li value='1.5'>x</li></ol>", "<a href='#none'>x</a>",
    "<dl><div><dt>a</dt></div></dl>",
    "<del><p>x</p></del>", "<p><ins><div>x</div></ins></p>", "<a href='http://a.test/%zz'><h2>x</h2></a>", "<td>x</td>",
)  # fmt: skip


@pytest.fixture
def odd(tmp_path: Path) -> Iterator[Library]:
    """Everything nested as it should not be."""
    with Library(tmp_path / "odd.db") as library:
        fill(library)
        for number, html in enumerate(NESTED):
            url = f"https://odd.test/{number}"
            library.save(Article(url, f"Odd {number}", sanitize(html), "text"), Page(url, html))
        yield library


@pytest.mark.skipif(not EPUBCHECK.exists() or not shutil.which("java"), reason="epubcheck is not installed")
def test_epubcheck_finds_nothing(odd: Library, tmp_path: Path) -> None:
    """tests/benchmarks/books.py checks the golden pages and all attacks, too."""
    path = tmp_path / "book.epub"
    path.write_bytes(out(odd, "epub"))
    done = subprocess.run(["java", "-jar", EPUBCHECK, path], capture_output=True, text=True, timeout=240)
    assert (done.returncode, done.stderr) == (0, "")


def test_no_word_is_lost_where_the_nesting_changes(odd: Library) -> None:
    files = unzipped(out(odd, "epub"))
    for taken in of_query(odd, "", TOOLS).articles():
        chapter = "".join(ET.fromstring(files[f"EPUB/article-{taken.kept.id}.xhtml"]).itertext())
        said = re.sub(r"(?s)<img[^>]*>", "", taken.kept.article.html)
        words = re.findall(r"\w+", "".join(ET.fromstring(f"<x>{xml_of(said)}</x>").itertext()))
        missing = [word for word in words if word not in chapter]
        assert (taken.title, missing) == (taken.title, [])


def xml_of(html: str) -> str:
    """The texts of sanitized HTML."""
    return escape(unescape(re.sub(r'<(?:[^>"]|"[^"]*")*>', " ", html)))


# Tables and lists


def test_a_table_has_a_line_for_each(library: Library) -> None:
    rows = list(csv.DictReader(io.StringIO(out(library, "csv").decode("utf-8-sig"), newline="")))
    assert [row["id"] for row in rows] == ["1", "2"]
    assert rows[1]["tags"] == "2026|Hafen|low tide"
    assert rows[1]["published"] == "2026-10-31T23:30:00+02:00"
    assert rows[1]["highlights"] == "1"


def test_bookmarks_have_their_dates_and_tags(library: Library) -> None:
    page = out(library, "bookmarks").decode()
    assert page.startswith("<!DOCTYPE NETSCAPE-Bookmark-file-1>")
    assert '<A HREF="https://harbor.example/2" ADD_DATE="1793606400"' in page
    assert 'TAGS="2026,Hafen,low tide" TOREAD="1">The last ferry</A>' in page


def test_text_is_what_there_is_to_read(library: Library) -> None:
    text = out(library, "text", 2).decode()
    assert text.startswith("The last ferry\nLin Marsh · The Harbor Post · 2026-10-31\nhttps://harbor.example/2\n")
    assert "» The ferry left\n  =cmd()" in text


# Names


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("A/B\\C: \"D\" <E> | F? *", "A B C D E F"),
        ("CON", "_CON"), ("con.txt", "_con.txt"), ("Lpt¹", "_Lpt¹"), ("console", "console"), ("COM10", "COM10"),
        (" .hidden. ", "hidden"), ("...", "Untitled"), ("", "Untitled"), ("\x00\x1f\u202e", "Untitled"),
        ("Cafe\u0301", "Café"), ("a\tb\nc", "a b c"), ("100% [[link]] #tag ^x", "100% link tag x"),
        ("x" * 300, "x" * 150), ("漢" * 100, "漢" * 50), ("é" * 100, "é" * 75), ("a. " * 60, ("a. " * 50).strip(". ")),
        ("\ud800lone", "lone"),
    ],
)  # fmt: skip
def test_a_name_is_one_on_every_system(title: str, name: str) -> None:
    assert file_name(title) == name
    assert len(file_name(title).encode()) <= 150


def test_names_are_apart_on_systems_that_know_no_case() -> None:
    names = Names()
    titles = ("Straße", "STRASSE", "strasse (1)", "Cafe\u0301", "CAFÉ")
    assert [names.of(number, title) for number, title in enumerate(titles)] == [
        "Straße", "STRASSE (1)", "strasse (1) (2)", "Café", "CAFÉ (4)",
    ]  # fmt: skip
    assert names.of(1, "Another title") == "STRASSE (1)"


def test_an_export_has_a_name(library: Library) -> None:
    assert name_of(of_article(library, 2, TOOLS), FORMATS["epub"]) == "The last ferry.epub"
    selection = of_query(library, 'title:"last"', TOOLS)
    assert name_of(selection, FORMATS["html"]) == f"quietpage title last {selection.at.date()}.zip"
