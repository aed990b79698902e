"""The command that lets the server start with a person's session, and not any more."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click

from quietpage.cli.group import clear_errors, main
from quietpage.cli.printing import json_text
from quietpage.cli.starters import Command, Starter, starter
from quietpage.library.location import default_db


@main.group("service")
def service() -> None:
    """Let the server start with your session, without a terminal; no administrator is needed."""


@service.command()
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_obj
@clear_errors
def install(db: Path, as_json: bool) -> None:
    """Start the server now, and with each session. Once more is no harm: it then runs as this call says."""
    one = here(db)
    one.file.parent.mkdir(parents=True, exist_ok=True)
    one.file.write_bytes(one.content)
    if one.system != "systemd":  # which takes a changed unit in by itself
        for command in one.undo:
            done(command)
    for command in one.install:
        if problem := done(command):
            raise click.ClickException(f"{one.file} is written, but {one.system} did not take it: {problem}")
    told = {"system": one.system, "installed": True, "file": str(one.file)}
    click.echo(json_text(told) if as_json else f"Quietpage starts with your session ({one.system}, {one.file}).")


@service.command()
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_obj
@clear_errors
def remove(db: Path, as_json: bool) -> None:
    """Stop the server, and start it no more with the session. The library stays as it is."""
    one = here(db)
    was = one.file.exists()
    for command in one.undo:
        done(command)
    one.file.unlink(missing_ok=True)
    for command in one.after_removal:
        done(command)
    if as_json:
        return click.echo(json_text({"system": one.system, "installed": False, "was_installed": was}))
    return click.echo(
        "Quietpage no longer starts with your session." if was else "Quietpage did not start with your session."
    )


@service.command()
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_obj
@clear_errors
def status(db: Path, as_json: bool) -> None:
    """Say whether the server starts with the session, and whether one is running."""
    from quietpage.web.instance import running_at

    one = here(db)
    url = running_at(db) if db.exists() else None
    problem = done(one.ask) if one.file.exists() else ""
    told = {"system": one.system, "installed": one.file.exists(), "file": str(one.file), "running_at": url}
    if as_json:
        return click.echo(json_text(told | {"problem": problem or None}))
    click.echo(f"Starts with your session: {'yes' if told['installed'] else 'no'} ({one.system}, {one.file}).")
    click.echo(f"Running: {f'at {url}' if url else 'no'}.")
    return click.echo(f"{one.system} says: {problem}", err=True) if problem else None


def here(db: Path) -> Starter:
    """How that goes on this machine, for this library."""
    program = Path(sys.executable)
    windowless = program.with_name("pythonw.exe")
    program = windowless if sys.platform == "win32" and windowless.exists() else program
    named = () if db == default_db() else ("--db", str(db.absolute()))
    call = (str(program), "-m", "quietpage", *named, "serve", "--background")
    user_id = os.getuid() if sys.platform != "win32" else 0
    return starter(sys.platform, call, home=Path.home(), user_id=user_id)


def done(command: Command) -> str:
    """Run a command of the system's; answers what went wrong, if anything did."""
    try:
        ran = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    except OSError:
        return f"there is no {command[0]} on this machine."
    return "" if ran.returncode == 0 else (ran.stderr or ran.stdout).strip() or f"{command[0]} ended with an error."
