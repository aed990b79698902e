"""The guide speaks of what is there: every command, key, search, button and picture named in it exists."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import click
import pytest

from quietpage.cli import main as cli
from quietpage.formats.exports import FORMATS
from quietpage.library.filters import EXPECTED, NAMES
from quietpage.library.query import COLUMNS, parse
from quietpage.web.app import MOST_BODY_BYTES
from quietpage.web.guide import FILES, GUIDES, STATIC

ROOT = Path(__file__).resolve().parent.parent
WEB, EXTENSION = ROOT / "server" / "quietpage" / "web", ROOT / "extension"
GUIDE = (GUIDES / "guide.md").read_text(encoding="utf-8")
BOTH = [(GUIDES / file).read_text(encoding="utf-8") for file in FILES]
SMALL = 60_000  # bytes of a picture at most


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def task(title: str) -> str:
    """What the guide says under a heading."""
    return re.split(r"^##", GUIDE.split(f"### {title}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def first_column(text: str) -> set[str]:
    """The code in the first cells of a table."""
    rows = re.findall(r"^\| (`.+?) \|", text, re.MULTILINE)
    return {code for row in rows for code in re.findall(r"`([^`]+)`", row)}


def calls() -> list[list[str]]:
    """Every call of the command that a guide names, as its words."""
    spans = [span for text in BOTH for span in re.findall(r"`(quietpage [^`]+)`", text)]
    blocks = [block for text in BOTH for block in re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)]
    lines = [call for block in blocks for call in re.findall(r"\bquietpage ([^|&)\n]+)", block)]
    return [shlex.split(call.removeprefix("quietpage ")) for call in (*spans, *lines)]


@pytest.mark.parametrize("words", calls(), ids=" ".join)
def test_a_command_of_the_guide_exists_with_its_options(words: list[str]) -> None:
    if words == ["…"]:
        return
    command, names = cli, list(words)
    while isinstance(command, click.Group) and names and not names[0].startswith("-"):
        if names[0] not in command.commands and command is not cli:
            break  # a group that is called by itself takes arguments
        command = command.commands[names.pop(0)]
    known = {name for option in command.params for name in option.opts}
    assert {name for name in names if name.startswith("-") and name != "-"} <= known


def test_the_guide_names_the_commands_that_its_tasks_need() -> None:
    assert {words[0] for words in calls()} >= {
        "serve",
        "save",
        "import",
        "export",
        "backup",
        "restore",
        "doctor",
        "config",
    }


def test_the_keys_of_the_reader_are_those_it_has() -> None:
    templates = "".join(read(path) for path in (WEB / "templates").glob("*.html"))
    pressed = set(re.findall(r'data-key="([^"{]+)"', templates))
    acts = re.search(r"set keys = (\{.+?\})", templates)
    steps = re.search(r"STEPS = (\{.+?\})", read(WEB / "static" / "reader-keys.js"))
    assert acts and steps
    keys = pressed | set(json.loads(acts[1]).values()) | set(re.findall(r"(\w): ", steps[1]))
    assert first_column(task("Read with the keyboard")) == keys


def test_the_keys_of_the_library_are_those_it_lists() -> None:
    listed = set(re.findall(r'\("(.)", _\(', read(WEB / "templates" / "keys.html")))
    assert first_column(task("Put articles in order")) == listed


def test_the_browser_s_own_keys_are_those_of_the_manifest() -> None:
    manifest = json.loads(read(EXTENSION / "manifest.json"))
    keys = {one["suggested_key"]["default"] for one in manifest["commands"].values() if "suggested_key" in one}
    assert set(re.findall(r"`(Alt\+[^`]+)`", GUIDE)) == keys
    assert f"Type `{manifest['omnibox']['keyword']}`" in task("Search from the address bar")


def test_every_search_of_the_guide_is_understood_and_none_is_left_out() -> None:
    searches = first_column(task("Search for exactly what you mean"))
    assert [hint for search in searches for hint in parse(search).hints] == []
    assert {name for search in searches for name in re.findall(r"(\w+):", search)} == {*COLUMNS, *NAMES}
    for name in ("is", "has"):
        values = {value for search in searches for value in re.findall(rf"{name}:(\w+)", search)}
        assert values == set(re.split(r", | or ", EXPECTED[name].removeprefix("one of ")))


def test_every_button_that_the_guide_names_is_there() -> None:
    words = [one["message"] for one in json.loads(read(EXTENSION / "_locales" / "en" / "messages.json")).values()]
    files = [*(WEB / "templates").glob("*.html"), *WEB.glob("*.py")]
    said = "\n".join([*words, *(read(path) for path in files)])
    named = set(re.findall(r"\*\*(.+?)\*\*", GUIDE.replace("\n", " ")))
    assert len(named) > 30
    assert {name for name in named if not re.search(rf"(?<![\w]){re.escape(name)}(?!\w)", said)} == set()


def test_the_formats_are_those_that_go_out() -> None:
    assert first_column(task("Export everything, or what a search finds")) == set(FORMATS)


def test_the_pictures_are_there_small_and_all_shown() -> None:
    documents = [*BOTH, read(ROOT / "README.md")]
    shown = {name for text in documents for name in re.findall(r"!\[[^\]]+\]\([^)]*static/(guide/[^)]+)\)", text)}
    kept = {path.relative_to(STATIC).as_posix(): path.stat().st_size for path in (STATIC / "guide").iterdir()}
    assert shown == set(kept)
    assert len(kept) <= 10
    assert max(kept.values()) <= SMALL


@pytest.mark.parametrize("file", FILES)
def test_links_of_a_guide_lead_to_headings(file: str) -> None:
    places = {
        name: {
            re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in re.findall(r"^#+ (.+)$", text, re.M)
        }
        for name, text in zip(FILES, BOTH, strict=True)
    }
    for target in re.findall(r"(?<!!)\[[^\]\n]+\]\((?!https:)([^)]+)\)", read(GUIDES / file)):
        path, _, place = target.partition("#")
        assert not place or place in places[path or file], target
        assert (path or file) in FILES, target
    for name, place in re.findall(r"/guides/(\w+\.md)#([^)]+)\)", read(ROOT / "README.md")):
        assert place in places[name], place


def test_the_proxy_s_limit_is_the_server_s() -> None:
    assert f"client_max_body_size {MOST_BODY_BYTES >> 20}m;" in GUIDE
