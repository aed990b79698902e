"""A library as JSON Lines: what went out comes back by value, and a broken file is refused with its line."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from quietpage.cleaner.sanitize import sanitize
from quietpage.formats.library_lines import BadLibraryFile, is_library, read, write
from quietpage.formats.taking import of_article, of_query
from quietpage.library.library import Library
from quietpage.web.exporting import TOOLS


def lines_of(library: Library, query: str = "") -> list[bytes]:
    return b"".join(write(of_query(library, query, TOOLS))).splitlines(keepends=True)


def restored(lines: list[bytes], path: Path) -> Library:
    other = Library(path)
    other.restoring.all(read(lines), sanitize)
    return other


def test_a_library_comes_back_by_value(library: Library, tmp_path: Path) -> None:
    lines = lines_of(library)
    with restored(lines, tmp_path / "other.db") as other:
        assert lines_of(other)[1:] == lines[1:]
        for table in ("articles", "versions", "highlights", "article_notes", "removed", "captures", "tags", "tallies",
                      "links", "sketches", "words", "images", "article_images", "thumbnails", "corrections",
                      "searches", "reading_settings", "checksums"):  # fmt: skip
            assert (table, rows(other, table)) == (table, rows(library, table))
        found = [hit.id for hit in other.search("ferry").hits]
        assert sorted(found) == sorted(hit.id for hit in library.search("ferry").hits)
        assert [hit.id for hit in other.search("second").hits] == [2]  # a word of a note


def rows(library: Library, table: str) -> list[str]:
    """All rows of a table, but for what is only its own: the numbers of rows that nothing names."""
    found = library.copying._database().conn.execute(f"select * from {table}").fetchall()
    unnamed = {"id"} if table in ("versions", "removed", "tags", "corrections") else set()
    return sorted(str({name: row[name] for name in row.keys() if name not in unnamed}) for row in found)  # noqa: SIM118


def test_everything_is_in_it(library: Library) -> None:
    told = [json.loads(line) for line in lines_of(library)]
    header, end = told[0], told[-1]
    assert (header["format"], header["version"], header["query"]) == ("quietpage-library", 1, "")
    assert end == {"kind": "end", "articles": 3, "versions": 4, "images": 2}
    article = next(one for one in told if one["kind"] == "article" and one["id"] == 2)
    assert article["published_at"] == "2026-10-31T23:30:00+02:00"
    assert article["tags"] == ["2026", "Hafen", "low tide"]
    assert [one["color"] for one in article["highlights"]] == ["green", "yellow"]
    assert article["removed"][0]["step"] == "related"
    assert is_library(lines_of(library)[0])


def test_a_search_takes_only_what_it_finds(library: Library) -> None:
    kinds = [json.loads(line)["kind"] for line in lines_of(library, "is:favorite")]
    assert kinds == ["header", "image", "image", "article", "version", "end"]


def test_what_is_there_already_stays_as_it_is(library: Library) -> None:
    before = lines_of(library)
    library.marks.set_note(2, "another note")
    changed = lines_of(library)
    assert library.restoring.all(read(before), sanitize) == {"known": 3}
    assert lines_of(library)[1:] == changed[1:]


def test_a_file_cannot_bring_html_that_runs(library: Library, tmp_path: Path) -> None:
    lines = [
        line.replace(b"Part one</h2>", b"Part one</h2><script>x</script><img src=x onerror=y>")
        for line in lines_of(library)
    ]
    with restored(lines, tmp_path / "other.db") as other:
        html = other.get(2).article.html
        assert "script" not in html
        assert "onerror" not in html


def test_where_a_number_is_taken_another_one_is_given(library: Library, tmp_path: Path) -> None:
    lines = [line.replace(b"harbor.example", b"port.example") for line in lines_of(library)]
    assert library.restoring.all(read(lines), sanitize) == {"created": 3}
    kept = library.lookup("https://port.example/2")
    assert kept
    assert kept.id > 3
    assert library.marks.of(kept.id).note == library.marks.of(2).note
    assert library.captured_page(kept.id, 1) == library.captured_page(2, 1)


BROKEN: dict[str, Callable[[list[bytes]], list[bytes]]] = {
    "its end is missing": lambda lines: lines[:-1],
    "it is empty": lambda lines: [],
    "it has no header": lambda lines: lines[1:],
    "a line is missing": lambda lines: [*lines[:-2], lines[-1]],
    "a line is cut": lambda lines: [*lines[:3], lines[3][:50]],
    "something follows": lambda lines: [*lines, lines[1]],
    "an image is another": lambda lines: [line.replace(b'"data":"iVBO', b'"data":"iVBP') for line in lines],
    "it is from later": lambda lines: [lines[0].replace(b'"version":1', b'"version":2'), *lines[1:]],
    "a time is none": lambda lines: [line.replace(b'"saved_at":"2026', b'"saved_at":"noon') for line in lines],
    "a number is text": lambda lines: [line.replace(b'"progress":0.25', b'"progress":"0"') for line in lines],
    "it is no text": lambda lines: [b"\xff\xfe\n"],
    "it nests without end": lambda lines: [lines[0], b"[" * 100_000],
    "a page is another's": lambda lines: [line for line in lines if b'"kind":"article"' not in line],
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_file_is_refused(what: str, library: Library) -> None:
    with pytest.raises(BadLibraryFile, match="Line "):
        list(read(BROKEN[what](lines_of(library))))


def test_fields_of_a_later_version_are_passed_over(library: Library) -> None:
    lines = [line.replace(b'"kind":', b'"mood":"calm","kind":', 1) for line in lines_of(library)]
    assert len(list(read(lines))) == len(lines)


def test_one_article_is_a_file_too(library: Library, tmp_path: Path) -> None:
    lines = list(io.BytesIO(b"".join(write(of_article(library, 2, TOOLS)))))
    with restored(lines, tmp_path / "other.db") as other:
        assert other.get(2).article == library.get(2).article
