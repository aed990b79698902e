"""Commands that find what is kept, show it, and throw it away."""

from __future__ import annotations

from pathlib import Path

import click

from quietpage.cli.group import clear_errors, main
from quietpage.cli.printing import FORMATS, formatted, json_text, kept_facts, requoted, show_hits, shown
from quietpage.formats.highlights import FORMATS as HIGHLIGHT_FORMATS
from quietpage.library.highlight_rows import COLORS
from quietpage.library.library import Library


@main.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print the hits as JSON.")
@click.pass_obj
@clear_errors
def search(db: Path, words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Find saved articles that hold all WORDS.

    Also: "a phrase", a begin*, one OR other, (parentheses), title: byline: site: tag: lang: is:unread has:image
    saved:2026-11 published:>2026-01-01 words:>2000. What is left out takes a minus; put -- before the first: -- -word.
    """
    query = " ".join(map(requoted, words))
    with Library(db) as library:
        show_hits(library.search(query, limit=limit), as_json, "Nothing found.")


@main.command("list")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print the articles as JSON.")
@click.pass_obj
@clear_errors
def list_articles(db: Path, limit: int, as_json: bool) -> None:
    """List saved articles, newest first."""
    with Library(db) as library:
        show_hits(library.recent(limit=limit), as_json, "The library is empty.")


@main.command()
@click.argument("article_id", metavar="ID", type=int)
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.pass_obj
@clear_errors
def show(db: Path, article_id: int, form: str) -> None:
    """Print a saved article."""
    with Library(db) as library:
        kept = library.get(article_id)
        said = library.imports.said_of(article_id)
    facts = kept_facts(kept) | ({"imported": said} if said else {})
    click.echo(json_text(facts) if form == "json" else formatted(kept.article, form))


@main.command()
@click.argument("ids", metavar="ID…", type=click.IntRange(1), nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print the ids of what was deleted as JSON.")
@click.pass_obj
@clear_errors
def delete(db: Path, ids: tuple[int, ...], as_json: bool) -> None:
    """Move articles to the trash, where they stay for 30 days: all of them, or none where one is not there."""
    ids = tuple(dict.fromkeys(ids))
    with Library(db) as library:
        library.shelf.delete(ids)
    if as_json:
        return click.echo(json_text({"deleted": ids}))
    for one in ids:
        click.echo(f"Article {one} is in the trash. `quietpage restore {one}` takes it out again.")
    return None


@main.command()
@click.argument("words", nargs=-1)
@click.option("--format", "form", type=click.Choice(tuple(HIGHLIGHT_FORMATS)), default="markdown", show_default=True)
@click.option("--color", type=click.Choice(COLORS), help="Only of this color.")
@click.option("--article", "article_id", metavar="ID", type=int, help="Only of this article.")
@click.pass_obj
@clear_errors
def highlights(db: Path, words: tuple[str, ...], form: str, color: str | None, article_id: int | None) -> None:
    """Print highlights and notes, from article to article; only those that have all WORDS, where there are any."""
    with Library(db) as library:
        marks = library.marks.every(" ".join(words), color=color, article_id=article_id)
        for piece in HIGHLIGHT_FORMATS[form].write(marks):
            click.echo(shown(piece.replace("\r\n", "\n")), nl=False)
