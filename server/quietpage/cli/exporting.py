"""The command that takes articles out of the library, in whatever format."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from quietpage.cli.group import clear_errors, main
from quietpage.cli.printing import requoted, shown
from quietpage.formats.exports import FORMATS, name_of
from quietpage.formats.folder import NotOurFolder, update
from quietpage.formats.taking import Selection, Tools, of_query
from quietpage.library.library import Library


@main.command("export")
@click.argument("words", metavar="[QUERY]", nargs=-1)
@click.option("--format", "form", type=click.Choice(tuple(FORMATS)), default="json", show_default=True)
@click.option("-o", "--output", "to", metavar="PATH", type=click.Path(path_type=Path), help="A file, or a folder.")
@click.option("--overwrite", is_flag=True, help="In a folder of Markdown: notes that you changed, too.")
@click.pass_obj
@clear_errors
def export(db: Path, words: tuple[str, ...], form: str, to: Path | None, overwrite: bool) -> None:
    """Take out the articles that have all of QUERY, or the whole library, as one file.

    Without PATH the file goes to standard output. Into a folder, Markdown is written as an Obsidian vault: one note an
    article, each in the file it had there before; what has not changed since is not touched, and neither are notes that
    you changed.
    """
    query = " ".join(map(requoted, words))
    with Library(db) as library:
        texts = FORMATS[form].texts
        selection = of_query(library, query, tools(), texts_only=texts)
        if missing := selection.without_text:
            so = "they are left out" if texts else "they have no text"
            click.echo(f"{missing} not captured yet: {so}; `is:uncaptured` finds them.", err=True)
        elif not selection.ids:
            click.echo("No article has all of that." if query else "The library is empty.", err=True)
        if to is None:
            return stream(selection, form)
        if form == "markdown" and (to.is_dir() or not to.suffix):
            return into_folder(selection, to, overwrite=overwrite)
        return into_file(selection, form, to)


def tools() -> Tools:
    """What the formats borrow."""
    from quietpage.web.exporting import TOOLS  # late: it brings the whole of the web along

    return TOOLS


def stream(selection: Selection, form: str) -> None:
    """A file to standard output; a reader who goes away ends it."""
    kind = FORMATS[form]
    pieces = kind.write(selection)
    if sys.stdout.isatty():
        if kind.kind(selection)[0].startswith("application/") and form != "json":
            raise click.ClickException("This is no text for a terminal: name a file, with -o.")
        for piece in pieces:
            click.echo(shown(piece.decode("utf-8", "replace")), nl=False)
        return
    out = sys.stdout.buffer
    try:
        for piece in pieces:
            out.write(piece)
        out.flush()
    except BrokenPipeError:
        raise SystemExit(1) from None


def into_file(selection: Selection, form: str, to: Path) -> None:
    """Write one file, which takes the place of another only when it is whole."""
    kind = FORMATS[form]
    to = to / name_of(selection, kind) if to.is_dir() else to
    beside = to.with_name(f".{to.name}.part")
    try:
        with beside.open("wb") as file:
            file.writelines(kind.write(selection))
        beside.replace(to)
    except OSError as error:
        raise click.ClickException(f"{to} cannot be written: {error.strerror}.") from None
    finally:
        beside.unlink(missing_ok=True)
    articles = len(selection.ids)
    click.echo(f"{shown(str(to))}: {articles} {'article' if articles == 1 else 'articles'}.", err=True)


def into_folder(selection: Selection, folder: Path, *, overwrite: bool) -> None:
    """Bring a folder of notes up to date, and say what became of it."""
    try:
        with click.progressbar(length=len(selection.ids), label="Writing", file=sys.stderr) as bar:
            done = update(selection, folder, overwrite=overwrite, progress=lambda: bar.update(1))
    except NotOurFolder as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{folder} cannot be written: {error.strerror}.") from None
    counts = ", ".join(f"{done.counts[name]} {name}" for name in ("new", "changed", "unchanged"))
    click.echo(f"{shown(str(folder))}: {counts}.", err=True)
    if done.left:
        click.echo(f"You changed these since; --overwrite writes them anew: {shown(', '.join(done.left))}", err=True)
