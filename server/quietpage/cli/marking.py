"""Commands that say what became of articles: tags, states, favorites."""

from __future__ import annotations

from pathlib import Path

import click

from quietpage.cli.group import clear_errors, main
from quietpage.cli.printing import json_text, shown
from quietpage.library.library import Library

IDS = click.argument("ids", metavar="ID…", type=click.IntRange(1), nargs=-1, required=True)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print what the articles are now, as JSON.")


@main.command()
@click.argument("ids", metavar="[ID…]", type=click.IntRange(1), nargs=-1)
@click.option("--add", multiple=True, metavar="TAG", help="Give the articles this tag.")
@click.option("--drop", multiple=True, metavar="TAG", help="Take this tag from them.")
@click.option("--json", "as_json", is_flag=True, help="Print the tags as JSON.")
@click.pass_obj
@clear_errors
def tag(db: Path, ids: tuple[int, ...], add: tuple[str, ...], drop: tuple[str, ...], as_json: bool) -> None:
    """Give articles tags, take tags from them, and list them; without ID, all tags of the library."""
    if (add or drop) and not ids:
        raise click.UsageError("Say which articles: their ids.")
    with Library(db) as library:
        if not ids:
            every = library.tags.all()
            if as_json:
                return click.echo(json_text({one.value: one.articles for one in every}))
            return click.echo("\n".join(f"{one.articles:>5}  {shown(one.value)}" for one in every)) if every else None
        if add or drop:
            library.shelf.tag(ids, add=add, drop=drop)
        tags = {one: library.get(one).tags for one in dict.fromkeys(ids)}
    if as_json:
        return click.echo(json_text(tags))
    for one, names in tags.items():
        click.echo(f"{one:>5}  {shown(', '.join(names)) or '(no tags)'}")
    return None


@main.command()
@IDS
@AS_JSON
@click.pass_obj
@clear_errors
def archive(db: Path, ids: tuple[int, ...], as_json: bool) -> None:
    """Put articles into the archive: they are found, and out of the way."""
    marked(db, ids, as_json, state="archived")


@main.command()
@IDS
@AS_JSON
@click.pass_obj
@clear_errors
def unread(db: Path, ids: tuple[int, ...], as_json: bool) -> None:
    """Let articles be unread again, also such that were archived."""
    marked(db, ids, as_json, state="unread")


@main.command()
@IDS
@click.option("--off", is_flag=True, help="They are none any more.")
@AS_JSON
@click.pass_obj
@clear_errors
def favorite(db: Path, ids: tuple[int, ...], off: bool, as_json: bool) -> None:
    """Make articles favorites."""
    marked(db, ids, as_json, favorite=not off)


def marked(
    db: Path, ids: tuple[int, ...], as_json: bool, *, state: str | None = None, favorite: bool | None = None
) -> None:
    """Change the articles, all or none, and print what they are now."""
    with Library(db) as library:
        library.shelf.mark(ids, state=state, favorite=favorite)
        kept = [library.get(one) for one in dict.fromkeys(ids)]
    if as_json:
        return click.echo(json_text([{"id": one.id, "state": one.state, "favorite": one.favorite} for one in kept]))
    for one in kept:
        click.echo(f"{one.id:>5}  {one.state}{' · favorite' if one.favorite else ''}  {shown(one.article.title)}")
    return None
