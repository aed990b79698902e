"""``quietpage import``: what it says, what it keeps, and that a broken file keeps nothing."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import Result
from commands import run

from quietpage.library.library import Library

HEADER = "title,url,time_added,tags,status"
ROWS = "The tides,https://a.example/tides,1700000000,sea,unread\nB,nowhere,1,,unread\n"
SENTENCE = "The ferry to the island leaves at seven in the morning, and nobody remembers a day when it did not. "
BODY = "".join(f"<p>{number}. {SENTENCE * 3}</p>" for number in range(5))


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "library.db"


@pytest.fixture
def pocket(tmp_path: Path) -> Path:
    path = tmp_path / "part_000000.csv"
    path.write_text(f"{HEADER}\n{ROWS}", "utf-8")
    return path


def bring(db: Path, *arguments: str | Path) -> Result:
    return run("--db", db, "import", *arguments)


def test_it_says_what_came_in_and_why_a_row_did_not(db: Path, pocket: Path) -> None:
    result = bring(db, pocket)
    assert result.stdout == "1 new, 0 merged, 0 as they were, 1 skipped.\n"
    assert result.stderr == "  row 3: “nowhere” is no address of a page\n"
    assert bring(db, pocket).stdout == "0 new, 0 merged, 1 as they were, 1 skipped.\n"


def test_a_dry_run_says_what_would_come_in(db: Path, pocket: Path) -> None:
    assert bring(db, pocket, "--dry-run").stdout == "1 would be new, 0 would be merged, 0 as they were, 1 skipped.\n"
    with Library(db) as library:
        assert library.recent().total == 0


def test_a_report_tells_of_each_row(db: Path, pocket: Path, tmp_path: Path) -> None:
    bring(db, pocket, "--report", tmp_path / "report.csv")
    with (tmp_path / "report.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [
            ["row", "url", "became", "article", "why"],
            ["row 2", "https://a.example/tides", "new", "1", ""],
            ["row 3", "", "skipped", "", "“nowhere” is no address of a page"],
        ]


def test_numbers_as_json(db: Path, pocket: Path) -> None:
    told = json.loads(bring(db, pocket, "--json").stdout)
    assert (told["new"], told["skipped"][0]["row"]) == (1, "row 3")


def test_one_broken_file_among_several_keeps_nothing(db: Path, pocket: Path, tmp_path: Path) -> None:
    (tmp_path / "cut.json").write_text(
        '[{"href": "https://a.example/", "description": "A", "toread": "no"}, {', "utf-8"
    )
    result = bring(db, pocket, tmp_path / "cut.json")
    assert result.exit_code == 1
    assert "cut.json is not a whole JSON file" in result.stderr
    assert result.stderr.endswith("Nothing was imported.\n")
    with Library(db) as library:
        assert library.recent().total == 0


def test_a_body_is_cleaned_and_keeps_its_facts(db: Path, tmp_path: Path) -> None:
    entry = {
        "title": "The ferry",
        "url": "https://a.example/ferry",
        "content": f"{BODY}<script>alert(1)</script><p onclick=x>The end comes at noon.</p>",
        "created_at": "2023-11-14T23:13:20+0100",
        "is_archived": 1,
        "annotations": [{"text": "really?", "quote": "at seven in the morning"}],
    }
    (tmp_path / "wallabag.json").write_text(json.dumps([entry]), "utf-8")
    bring(db, tmp_path / "wallabag.json")
    with Library(db) as library:
        kept = library.get(1)
        assert (kept.article.title, kept.state, kept.versions) == ("The ferry", "archived", 1)
        assert kept.saved_at.isoformat() == "2023-11-14T22:13:20+00:00"
        assert "onclick" not in kept.article.html and "script" not in kept.article.html
        (mark,) = library.marks.of(1).highlights
        assert (mark.passage.exact, mark.note) == ("at seven in the morning", "really?")
        assert library.search("ferry island").total == 1


def test_a_folder_of_saved_pages_comes_in(db: Path, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for name in ("one", "two"):
        head = f'<title>{name}</title><link rel="canonical" href="https://a.example/{name}">'
        (folder / f"{name}.html").write_text(f"<!doctype html><html><head>{head}</head><article>{BODY}", "utf-8")
    assert bring(db, folder).stdout == "2 new, 0 merged, 0 as they were, 0 skipped.\n"


def test_an_export_of_a_library_comes_back(db: Path, pocket: Path, tmp_path: Path) -> None:
    bring(db, pocket)
    lines = tmp_path / "library.jsonl"
    run("--db", db, "export", "--format", "json", "-o", lines)
    other = tmp_path / "other.db"
    assert bring(other, lines).stdout == "1 new, 0 merged, 0 as they were, 0 skipped.\n"
    assert bring(other, lines).stdout == "0 new, 0 merged, 1 as they were, 0 skipped.\n"
    with Library(other) as library:
        assert (library.get(1).article.title, library.get(1).tags) == ("The tides", ("sea",))


def test_a_part_of_an_export_is_refused(db: Path, pocket: Path, tmp_path: Path) -> None:
    bring(db, pocket)
    lines = tmp_path / "library.jsonl"
    run("--db", db, "export", "--format", "json", "-o", lines)
    lines.write_bytes(b"".join(lines.read_bytes().splitlines(keepends=True)[:-1]))
    result = bring(tmp_path / "other.db", lines)
    assert result.exit_code == 1
    assert "library.jsonl is not a whole library. Line 3: The file ends before its end" in result.stderr


def test_reading_what_is_not_captured_yet_says_so(db: Path, pocket: Path) -> None:
    bring(db, pocket)
    result = run("--db", db, "read", "1")
    assert "not captured yet" in result.stdout and " min " not in result.stdout
    assert "Only the address of this page was imported." in result.stderr


def test_pictures_that_were_left_out_are_told(db: Path, tmp_path: Path) -> None:
    head = '<title>T</title><link rel="canonical" href="https://a.example/t">'
    image = f'<img alt="A pier" src="data:image/png;base64,{"A" * 800}">'
    (tmp_path / "t.html").write_text(f"<!doctype html><html><head>{head}</head><article>{BODY}{image}", "utf-8")
    result = bring(db, tmp_path / "t.html", "--report", tmp_path / "report.csv")
    why = "pictures left out: 1 × Expected a JPEG, PNG, GIF, WebP or AVIF image"
    assert result.stderr == f"  t.html: {why}\n"
    assert (tmp_path / "report.csv").read_text("utf-8").splitlines()[1] == (f't.html,https://a.example/t,new,1,"{why}"')
    assert json.loads(bring(db, tmp_path / "t.html", "--json").stdout)["incomplete"][0]["why"] == why
