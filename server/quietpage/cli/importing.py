"""The command that brings in what other programs have kept."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from quietpage.cli.group import clear_errors, main
from quietpage.cli.printing import json_text, shown
from quietpage.formats.imports.source import BadFile
from quietpage.library.library import Library

if TYPE_CHECKING:
    from quietpage.web.importing import Imported

SKIPPED_SHOWN = 10
SHOWN_EVERY = 20  # entries


@main.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="FILE…")
@click.option("--dry-run", is_flag=True, help="Say what would come in, and keep nothing.")
@click.option(
    "--report", type=click.File("w", encoding="utf-8", lazy=True), help="Write what became of each row, as CSV."
)
@click.option("--json", "as_json", is_flag=True, help="Print the numbers, and what was skipped, as JSON.")
@click.pass_obj
@clear_errors
def import_files(db: Path, files: tuple[Path, ...], dry_run: bool, report: TextIO | None, as_json: bool) -> None:
    """Bring in what other programs have kept: exports, bookmarks, saved pages, archives, or folders of them.

    The format is known by the content: Pocket, Instapaper, wallabag, Omnivore, Readwise Reader, Raindrop, Karakeep,
    Pinboard, bookmarks of browsers and Linkding, HTML and SingleFile, MHTML, WARC, Markdown with front matter, and zip
    files of these. Dates, tags, states, notes and highlights come along. Where a file has only an address, the article
    is not captured yet: `is:uncaptured` finds these. Once more is no harm: what is there already stays as it is.
    """
    counts = Counter[str]()
    skipped: list[Imported] = []
    incomplete: list[Imported] = []  # without some of their pictures
    lines = csv.writer(report) if report else None
    if lines:
        lines.writerow(("row", "url", "became", "article", "why"))
    with Library(db) as library:
        for one in each(library, files, dry_run=dry_run):
            counts[one.became] += 1
            if one.became == "skipped":
                skipped.append(one)
            elif one.why:
                incomplete.append(one)
            if lines:
                lines.writerow((one.row, one.url, one.became, one.article_id or "", one.why))
    if as_json:
        numbers = {name: counts[name] for name in ("new", "merged", "same")}
        return click.echo(json_text(numbers | {"skipped": reasons(skipped), "incomplete": reasons(incomplete)}))
    click.echo(told(counts, dry_run=dry_run))
    for some in (skipped, incomplete):
        for one in some[:SKIPPED_SHOWN]:
            click.echo(f"  {shown(one.row)}: {shown(one.why)}", err=True)
        if len(some) > SKIPPED_SHOWN:
            click.echo(f"  … and {len(some) - SKIPPED_SHOWN} more; --report FILE lists them all.", err=True)
    return None


def reasons(rows: list[Imported]) -> list[dict[str, str]]:
    """Rows as JSON has them."""
    return [{"row": one.row, "url": one.url, "why": one.why} for one in rows]


def each(library: Library, files: tuple[Path, ...], *, dry_run: bool) -> Iterator[Imported]:
    """What becomes of each entry of all files, which are read through first; a terminal shows how far it is."""
    from quietpage.web.importing import amount, take_in  # late: most commands need no parser

    kept, live = 0, sys.stderr.isatty()
    try:
        total = sum(amount(file) for file in files)
        for file in files:
            for one in take_in(library, file, dry_run=dry_run):
                kept += 1
                if live and kept % SHOWN_EVERY == 0:
                    click.echo(f"\r\x1b[K{kept} of {total}", nl=False, err=True)
                yield one
        click.echo("\r\x1b[K", nl=False, err=True) if live else None
    except BadFile as error:
        so_far = f"{kept} entries before it were kept." if kept else "Nothing was imported."
        raise click.ClickException(f"{error} {so_far}") from None


def told(counts: Counter[str], *, dry_run: bool) -> str:
    """The numbers in a sentence."""
    would = "would be " if dry_run else ""
    parts = (f"{counts['new']} {would}new", f"{counts['merged']} {would}merged", f"{counts['same']} as they were")
    return f"{', '.join(parts)}, {counts['skipped']} skipped."
