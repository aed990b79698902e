"""The manual page: every command and option is in it, and man's own formatter has nothing to say against it."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from commands import run

from quietpage.cli import main
from quietpage.cli.manual import manual, roff
from quietpage.settings import TABLE


def test_every_command_option_and_setting_is_in_it() -> None:
    page = manual().replace("\\-", "-")
    named = set(re.findall(r'^\.SS "quietpage (.+)"$', page, re.M))
    assert set(main.commands) <= named
    assert {"config set", "browsers add", "service install"} <= named
    for command in main.commands.values():
        for option in command.params:
            assert all(f"{name}" in page for name in option.opts if name.startswith("--")), option.opts
    assert all(f".B {name}" in page for name in TABLE)


def test_a_command_prints_it_whatever_the_settings_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIETPAGE_PORT", "many")
    assert run("manual").stdout == manual()


def test_text_is_no_command_of_the_formatter() -> None:
    assert roff(".so /etc/passwd").startswith("\\&.")
    assert roff("a\\b-c") == "a\\eb\\-c"


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not on this machine")
def test_groff_sets_it_without_a_warning() -> None:
    call = ["groff", "-man", "-Tutf8", "-Kutf8", "-wall", "-z"]
    done = subprocess.run(call, input=manual(), capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
