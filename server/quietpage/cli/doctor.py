"""The command that looks a library over, and saves what is whole of a hurt one."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quietpage.cli.group import clear_errors, main, no_server
from quietpage.cli.printing import shown
from quietpage.library.checkup import Finding
from quietpage.library.library import Library

if TYPE_CHECKING:
    from quietpage.library.recovery import Orphan

SIGNS = {"ok": "✓", "note": "·", "bad": "✗"}
COLORS = {"ok": "green", "note": "yellow", "bad": "red"}
MOST_NAMED = 20
NAMES = {"versions": "captured pages", "articles": "articles", "images": "pictures", "removed": "removed pieces"}


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.option(
    "--recover",
    "to",
    metavar="NEWFILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Save what is whole of a damaged library into a new file.",
)
@click.pass_obj
@clear_errors
def doctor(db: Path, as_json: bool, to: Path | None) -> None:
    """Look everything over, and say what is wrong and what to do about it.

    Ends with status 1 when something is wrong. Changes nothing, and with --recover nothing but NEWFILE.
    """
    if to is not None:
        return recover(db, to)
    from quietpage.web.checkup import examine

    found: list[Finding] = []
    for finding in examine(db, datetime.now()):
        found.append(finding)
        if not as_json:
            show(finding)
    well = all(finding.level != "bad" for finding in found)
    if as_json:
        click.echo(json.dumps({"ok": well, "checks": [asdict(one) for one in found]}, ensure_ascii=False, indent=2))
    elif well:
        click.echo("\nAll is well.")
    if not well:
        raise click.exceptions.Exit(1)
    return None


def show(finding: Finding) -> None:
    """Print what a check found, and what to do about it."""
    sign = click.style(SIGNS[finding.level], fg=COLORS[finding.level])
    click.echo(f"{sign} {finding.name:<12} {shown(finding.said)}")
    if finding.remedy:
        click.echo(f"  {'':<12} → {shown(finding.remedy)}")


def recover(db: Path, to: Path) -> None:
    """Save what is whole; articles whose text is lost are cleaned anew from their captured pages."""
    from quietpage.library import recovery

    with no_server(db, "recover"):
        done = recovery.recover(db, to)
    again = clean_anew(to, done.orphans)
    click.echo(f"{done.path}: " + ", ".join(f"{count} {NAMES.get(name, name)}" for name, count in done.saved.items()))
    if again:
        click.echo(f"{len(again)} more articles were cleaned anew from the pages they came from.")
    lost = {name: [one for one in ids if name != "articles" or one not in again] for name, ids in done.lost.items()}
    for name, ids in lost.items():
        if not ids:
            continue
        more = f" and {len(ids) - MOST_NAMED} more" if len(ids) > MOST_NAMED else ""
        click.echo(f"Lost: {len(ids)} {NAMES.get(name, name)} ({', '.join(map(str, ids[:MOST_NAMED]))}{more})")
    if done.changed:
        click.echo(
            f"Not as they were written, but kept: articles {', '.join(map(str, done.changed[:MOST_NAMED]))}. "
            "`reclean` makes them anew from the pages they came from."
        )
    if not (any(lost.values()) or done.changed):
        click.echo("Nothing is lost.")
    click.echo(f"{db} was left as it was. To use the new one: quietpage restore {to}")


def clean_anew(to: Path, orphans: tuple[Orphan, ...]) -> set[int]:
    """Bring articles back whose captured pages are whole; answers the ids they had."""
    from quietpage import NotAnArticle, Page
    from quietpage.library.times import read_time
    from quietpage.web.cleaning import clean_for
    from quietpage.web.packed import save

    back: set[int] = set()
    if not orphans:
        return back
    with Library(to) as library:
        for one in orphans:
            page = Page(one.url, one.page, captured_at=read_time(one.captured_at) if one.captured_at else None)
            try:
                save(library, clean_for(library, page), page)
            except (NotAnArticle, ValueError):  # the second: a time or an address that is hurt
                continue
            back.add(one.article_id)
    return back
