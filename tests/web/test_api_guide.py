"""The examples of the API's guide are run, in their order, against a real server; each answer is as shown there."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from quietpage.library.library import Library
from quietpage.web.guide import GUIDES
from quietpage.web.pairing import new_token, proof_key, token_hash

from .served import Served

TEXT = (GUIDES / "api.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LEFT_OUT = "…"


def blocks() -> list[tuple[str, str]]:
    """Each block's language and text, in order."""
    return [(found[1], found[2]) for found in BLOCK.finditer(TEXT)]


def same(shown: Any, got: Any) -> bool:
    """Whether an answer holds all that is shown of it."""
    if shown == LEFT_OUT:
        return got is not None
    if isinstance(shown, dict):
        return isinstance(got, dict) and all(name in got and same(shown[name], got[name]) for name in shown)
    if isinstance(shown, list):
        return isinstance(got, list) and len(shown) == len(got) and all(map(same, shown, got))
    return bool(shown == got)


def fits(kind: str, shown: str, got: str) -> bool:
    if kind == "json":
        return same(json.loads(shown), json.loads(got))
    pattern = ".*".join(map(re.escape, shown.strip().split(LEFT_OUT)))
    return re.fullmatch(pattern, got.strip().replace("\r\n", "\n"), re.DOTALL) is not None


# Tries the examples one after the other: in a process of its own, for here nothing may open an address (conftest.py).
# "set -eu": an example must not fail unheard, nor use a variable that the guide does not set.
READER = """
import contextlib, io, json, subprocess, sys

names, answers = {}, []
for kind, text in json.load(sys.stdin):
    said = io.StringIO()
    if kind == "python":
        with contextlib.redirect_stdout(said):
            exec(compile(text, "api.md", "exec"), names)
    else:
        call = ["bash", "-c", "set -eu\\n" + text]
        said.write(subprocess.run(call, stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout)
    answers.append(said.getvalue())
json.dump(answers, sys.stdout)
"""


def given_token(served: Served) -> dict[str, str]:
    """What the first example of all puts into variables."""
    token = new_token()
    library: Library = served.app.extensions["quietpage"].library
    library.browsers.add(name="My scripts", origin="", token_hash=token_hash(token), proof_key=proof_key(token))
    set_before = {"TOKEN": token, "QUIETPAGE": f"http://127.0.0.1:{served.port}"}
    return set_before | {"AUTH": f"Authorization: Bearer {token}", "JSON": "Content-Type: application/json"}


@pytest.mark.skipif(
    sys.platform == "win32" or not shutil.which("curl"), reason="its examples are for a shell with curl"
)
def test_every_example_is_answered_as_the_guide_shows(served: Served, tmp_path: Path) -> None:
    examples = [(kind, text) for kind, text in blocks() if kind in ("sh", "python")][1:]
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", READER],
        input=json.dumps(examples),
        cwd=tmp_path,
        env=os.environ | given_token(served),
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    answers, said, compared = iter(json.loads(done.stdout)), "", 0
    for kind, text in blocks()[1:]:
        if kind in ("sh", "python"):
            said = next(answers)
        else:
            assert fits(kind, text, said), f"the guide shows\n{text}\nand the answer is\n{said}"
            compared += 1
    assert compared > 15
    assert (tmp_path / "sea.epub").read_bytes().startswith(b"PK")


def test_the_guide_gets_its_token_by_a_command_that_prints_it_alone(tmp_path: Path) -> None:
    call = re.search(r"export TOKEN=\$\(quietpage (.+)\)", TEXT)
    assert call
    words = [
        sys.executable,
        "-m",
        "quietpage",
        "--db",
        str(tmp_path / "library.db"),
        *call[1].replace('"', "").split(" ", 2),
    ]
    assert re.fullmatch(r"[\w-]{43}\s*", subprocess.run(words, capture_output=True, text=True, check=True).stdout)


def test_an_answer_that_lacks_what_is_shown_does_not_fit() -> None:
    assert fits("json", '{"a": [{"b": "…"}]}', '{"a": [{"b": 1, "c": 2}], "d": 3}')
    assert not fits("json", '{"a": [{"b": 1}]}', '{"a": []}')
    assert not fits("json", '{"a": null, "b": 1}', '{"a": null}')
    assert fits("text", "one\n…", "one\ntwo\nthree\n")
    assert not fits("text", "one", "one two")
