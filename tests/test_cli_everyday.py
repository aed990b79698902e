"""Commands of every day: save from a pipe, read, tag, archive, count, let programs in, complete."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from commands import run

from quietpage.article import Article, Page
from quietpage.cli.terminal import columns, set_article
from quietpage.library.library import Library
from quietpage.web.pairing import token_hash

STORY = "The ferry to the island leaves at seven in the morning, and nobody remembers a day when it did not. "
PAGE = f"<title>The ferry</title><nav><a href=/>Home</a></nav><article><h1>The ferry</h1><p>{STORY * 5}</p></article>"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "library.db"
    with Library(path) as library:
        for number, word in enumerate(("umbrella", "summit"), 1):
            url = f"https://site.test/{number}"
            html = f"<h2>Part</h2><p>The {word} <a href='https://a.test/'>text</a></p>"
            library.save(Article(url, f"About the {word}", html, f"The {word} text", site="Site"), Page(url, "<p>x"))
    return path


def plain(html: str, width: int = 40) -> list[str]:
    return [click.unstyle(line) for line in set_article("Title", "", html, width)][2:]


# save


def test_save_keeps_a_page_from_a_pipe(db: Path) -> None:
    result = run("--db", db, "save", "-", "--url", "https://harbor.test/ferry", "--json", given=PAGE)
    told = json.loads(result.stdout)
    assert (told["outcome"], told["title"], told["url"]) == ("created", "The ferry", "https://harbor.test/ferry")
    assert run("--db", db, "save", "-", "--url", "https://harbor.test/ferry", given=PAGE).exit_code == 0
    with Library(db) as library:
        assert library.get(told["id"]).versions == 1


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "shift_jis", "utf-16"])
def test_save_reads_a_page_in_the_encoding_it_declares(db: Path, encoding: str) -> None:
    word = "паром" if encoding == "windows-1251" else "連絡船"
    page = PAGE.replace("<title>", f"<meta charset={encoding}><title>").replace("The ferry", word)
    told = json.loads(
        run("--db", db, "save", "-", "--url", "https://harbor.test/", "--json", given=page.encode(encoding)).stdout
    )
    assert told["title"] == word


def test_save_needs_an_address_for_what_comes_by_a_pipe(db: Path) -> None:
    assert run("--db", db, "save", "-", given=PAGE).exit_code == 2
    assert run("--db", db, "save", "-", "--url", "harbor", given=PAGE).exit_code == 2
    assert "nothing in it" in run("--db", db, "save", "-", "--url", "https://harbor.test/", given=" ").stderr


def test_save_keeps_what_text_there_is_and_says_that_it_is_no_article(db: Path) -> None:
    result = run("--db", db, "save", "-", "--url", "https://harbor.test/", given="<p>Short.")
    assert result.exit_code == 1
    assert "No article found; its text is kept." in result.stderr


# read


def test_read_prints_headings_text_and_numbered_links(db: Path) -> None:
    lines = run("--db", db, "read", "1").stdout.splitlines()
    assert lines[0] == "About the umbrella"
    assert lines[2:] == ["", "Part", "", "The umbrella text[1]", "", "[1] https://a.test/"]
    assert lines[-1] == "[1] https://a.test/"
    assert json.loads(run("--db", db, "read", "1", "--json").stdout)["title"] == "About the umbrella"
    assert "no article 9" in run("--db", db, "read", "9").stderr.lower()


def test_lines_are_as_wide_as_asked_also_in_wide_characters() -> None:
    marked = "<p>" + "e\u0301te\u0301 " * 30 + "</p>"
    mixed = "<p>" + "灯台の光が海を照らす。" * 12 + "</p><p>" + "word " * 60 + "</p>" + marked
    lines = plain(mixed, 40)
    assert max(map(columns, lines)) <= 40
    assert not any(line.startswith("。") for line in lines)
    assert min(columns(line) for line in lines[:3]) > 36


def test_lists_quotations_and_code_keep_their_form() -> None:
    html = "<ul><li>one</li><li>two<ol><li>in</li></ol></li></ul><blockquote><p>said so</p></blockquote>"
    assert plain(html) == ["• one", "• two", "", "  1. in", "", "│ said so"]
    assert plain("<pre><code>if x:\n    y  =  1</code></pre>") == ["    if x:", "        y  =  1"]
    assert plain("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>") == ["a │ b", "1 │ 2"]
    assert plain("<p>one<br>two</p>") == ["one", "two"]


def test_what_a_page_writes_commands_no_terminal() -> None:
    text = "\n".join(set_article("t\x1b]0;x\x07", "", "<p>a\x1b[2Jb</p><a href='https://x/\x1b[1m'>c</a>", 40))
    assert "\x1b]" not in text and "\x1b[2J" not in text and "\x07" not in text


# tags and states


def test_tag_gives_takes_and_lists(db: Path) -> None:
    assert "sea" in run("--db", db, "tag", "1", "2", "--add", "sea", "--add", "port").stdout
    assert json.loads(run("--db", db, "tag", "1", "--drop", "port", "--json").stdout) == {"1": ["sea"]}
    assert json.loads(run("--db", db, "tag", "--json").stdout) == {"port": 1, "sea": 2}
    assert run("--db", db, "tag", "--add", "sea").exit_code == 2


def test_states_change_for_all_or_for_none(db: Path) -> None:
    assert [one["state"] for one in json.loads(run("--db", db, "archive", "1", "2", "--json").stdout)] == [
        "archived",
        "archived",
    ]
    assert "unread" in run("--db", db, "unread", "1").stdout
    assert json.loads(run("--db", db, "favorite", "2", "--json").stdout)[0]["favorite"] is True
    assert json.loads(run("--db", db, "favorite", "2", "--off", "--json").stdout)[0]["favorite"] is False
    assert run("--db", db, "archive", "1", "77").exit_code == 1
    with Library(db) as library:
        assert library.get(1).state == "unread"


def test_delete_takes_several(db: Path) -> None:
    assert json.loads(run("--db", db, "delete", "1", "2", "--json").stdout) == {"deleted": [1, 2]}
    assert "library is empty" in run("--db", db, "list").stderr


def test_stats_count(db: Path) -> None:
    assert json.loads(run("--db", db, "stats", "--json").stdout)["total"] == 2
    assert run("--db", db, "stats").stdout.startswith("2 articles")


# browsers


def test_a_program_gets_a_token_once_and_can_be_disconnected(db: Path) -> None:
    made = json.loads(run("--db", db, "browsers", "add", "My script", "--json").stdout)
    assert made["token"].encode() not in db.read_bytes()
    with Library(db) as library:
        found = library.browsers.by_token_hash(token_hash(made["token"]))
        assert found and found.name == "My script"
    assert "My script" in run("--db", db, "browsers").stdout
    assert made["token"] not in run("--db", db, "browsers", "list", "--json").stdout
    assert run("--db", db, "browsers", "revoke", made["id"]).exit_code == 0
    with Library(db) as library:
        assert library.browsers.by_token_hash(token_hash(made["token"])) is None
    assert run("--db", db, "browsers", "revoke", "nobody").exit_code == 1


# about the command


def test_version_and_extension_say_where_they_are() -> None:
    assert json.loads(run("version", "--json").stdout)["quietpage"]
    folder = Path(run("extension", "--path").stdout.strip())
    assert (folder / "manifest.json").is_file()
    assert "Load unpacked" in run("extension").stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_printed_for_a_shell(shell: str) -> None:
    assert "_QUIETPAGE_COMPLETE" in run("completion", shell).stdout
