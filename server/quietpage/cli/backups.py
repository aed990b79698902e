"""Commands that take a library to safety, and bring it, or an article of it, back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from quietpage.cli.group import clear_errors, main, no_server
from quietpage.cli.printing import json_text
from quietpage.library import backups
from quietpage.library.library import Library


@main.command("backup")
@click.argument("to", metavar="[PATH]", type=click.Path(path_type=Path), required=False)
@click.option("--json", "as_json", is_flag=True, help="Print where it is as JSON.")
@click.pass_obj
@clear_errors
def back_up(db: Path, to: Path | None, as_json: bool) -> None:
    """Copy the library, as it is at this moment, to a new file, and check the copy.

    The server may run, and saves go on. PATH is a new file, or a folder; without it, the folder `backups` beside the
    library. The server makes one there every day, and keeps seven days and four weeks of them.
    """
    folder = backups.folder_of(db) if to is None else to
    if to is None or to.is_dir():
        to = backups.by_hand(db, folder, datetime.now())
    made = backups.back_up(db, to)
    if as_json:
        return click.echo(json_text({"path": str(made.path), "articles": made.articles, "bytes": made.size}))
    return click.echo(f"{made.path}: {made.articles} articles, {megabytes(made.size)}, checked.")


@main.command()
@click.argument("what")
@click.option("--json", "as_json", is_flag=True, help="Print what is back as JSON.")
@click.pass_obj
@clear_errors
def restore(db: Path, what: str, as_json: bool) -> None:
    """Take an article out of the trash (WHAT is its number), or put a backup in the library's place (its file).

    A backup is checked first. The library that was there is kept beside it; no server may be running on it.
    """
    if not what.isdecimal():
        return restore_library(db, found_backup(db, what), as_json=as_json)
    with Library(db) as library:
        library.restore(int(what))
    return click.echo(json_text({"restored": [int(what)]}) if as_json else f"Article {what} is back.")


def found_backup(db: Path, name: str) -> Path:
    """The file of this name, here or among the library's backups."""
    path, among = Path(name), backups.folder_of(db) / name
    return among if among.exists() and not path.exists() else path


def restore_library(db: Path, backup: Path, *, as_json: bool) -> None:
    """Put a backup in the library's place, while nobody can start a server on it."""
    with no_server(db, "restore the backup"):
        restored = backups.restore(backup, db, datetime.now())
    if as_json:
        replaced = str(restored.replaced) if restored.replaced else None
        return click.echo(json_text({"backup": str(backup), "articles": restored.articles, "replaced": replaced}))
    click.echo(f"The library is as it was in {backup}: {restored.articles} articles.")
    if restored.replaced:
        click.echo(f"What was there before is kept: {restored.replaced}")
    return None


def megabytes(size: int) -> str:
    """A size in bytes, for people."""
    return f"{size / 1_000_000:.1f} MB"
