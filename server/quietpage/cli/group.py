"""The ``quietpage`` command itself: what all its commands share."""

from __future__ import annotations

import contextlib
import functools
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

from quietpage import __version__
from quietpage import settings as settings_file
from quietpage.library.backups import BackupFailed
from quietpage.library.database import DatabaseError
from quietpage.library.library import LibraryUnreadable, NoSuchArticle
from quietpage.library.location import default_db
from quietpage.settings import BadSetting, Settings

P = ParamSpec("P")
R = TypeVar("R")
WITHOUT_SETTINGS = ("config", "version", "completion", "manual")


def clear_errors(command: Callable[P, R]) -> Callable[P, R]:
    """Say in one sentence what went wrong, never with a stack trace."""

    @functools.wraps(command)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except (NoSuchArticle, LibraryUnreadable, BackupFailed, BadSetting) as error:
            raise click.ClickException(str(error)) from None
        except BrokenPipeError:  # `| head` has seen enough: click ends quietly
            raise
        except OSError as error:  # where the file is: no right to write, no such folder, the disk is away
            raise click.ClickException(f"{error.filename or 'The library'}: {error.strerror or error}.") from None
        except DatabaseError as error:
            raise click.ClickException(f"The library cannot be read or written just now ({error}).") from None

    return guarded


@contextlib.contextmanager
def no_server(db: Path, then: str) -> Iterator[None]:
    """While this lasts, nobody can start a server on the library; one that runs has to be stopped before ``then``."""
    from quietpage.web.instance import AlreadyServed, Instance  # late: most commands need no server

    try:
        instance = Instance(db)
    except AlreadyServed as server:
        raise click.ClickException(f"{server}. Stop it first, then {then}.") from None
    with contextlib.closing(instance):
        yield


def settings(context: click.Context) -> Settings:
    """The person's settings. Commands that have nothing to do with them, or mend them, run without."""
    try:
        return settings_file.settled(settings_file.read())
    except BadSetting as error:
        if context.invoked_subcommand in WITHOUT_SETTINGS:
            return Settings()
        raise click.ClickException(str(error)) from None


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="quietpage")
@click.option(
    "--db",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The library's file. Without it: the one of your settings, or the one in your platform's data folder.",
)
@click.pass_context
def main(context: click.Context, db: Path | None) -> None:
    """Save web pages clean, on your own machine, and find them again."""
    chosen = settings(context)
    context.obj = db or (Path(chosen.db) if chosen.db else default_db())
    for stream in (sys.stdout, sys.stderr):  # a console that lacks a character shows a mark instead of failing
        with contextlib.suppress(AttributeError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
