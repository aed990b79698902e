"""The quietpage command as tests call it."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from quietpage.cli import main


def run(*arguments: str | Path, given: str | bytes | None = None) -> Result:
    """Call it with these arguments, and ``given`` on standard input; what it raises is raised here."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=given, catch_exceptions=False)
