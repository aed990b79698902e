"""Commands that read: an article in the terminal, and the library from afar."""

from __future__ import annotations

import shutil
from dataclasses import asdict
from pathlib import Path

import click

from quietpage.cli.group import clear_errors, main
from quietpage.cli.printing import bold, day, json_text, kept_facts, length_of, shown
from quietpage.cli.terminal import MEASURE, set_article
from quietpage.library.facets import Value
from quietpage.library.library import Library


@main.command()
@click.argument("article_id", metavar="ID", type=click.IntRange(1))
@click.option("--width", type=click.IntRange(20, 400), help=f"Columns of a line; {MEASURE} at most without it.")
@click.option("--json", "as_json", is_flag=True, help="Print the article as JSON.")
@click.pass_obj
@clear_errors
def read(db: Path, article_id: int, width: int | None, as_json: bool) -> None:
    """Read an article in the terminal, page by page. Its links are numbered, and listed at the end."""
    with Library(db) as library:
        kept = library.get(article_id)
    if as_json:
        return click.echo(json_text(kept_facts(kept)))
    article = kept.article
    if article.warning:
        click.echo(shown(article.warning), err=True)
    length = length_of(article.reading_minutes, captured=kept.versions > 0)
    facts = (article.byline, article.site, day(article.published_at), length, article.url)
    measure = width or min(shutil.get_terminal_size().columns, MEASURE)
    lines = set_article(article.title, " · ".join(fact for fact in facts if fact), article.html, measure)
    return click.echo_via_pager("\n".join(lines))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_obj
@clear_errors
def stats(db: Path, as_json: bool) -> None:
    """Tell how many articles there are: by month, state, length, site and language."""
    with Library(db) as library:
        counted = library.statistics()
    if as_json:
        return click.echo(json_text(asdict(counted)))
    click.echo(f"{counted.total} articles")
    tables: dict[str, tuple[Value, ...]] = {
        "by month": counted.months,
        "words, by state": counted.words,
        "from so many words on": counted.lengths,
        "sites": counted.sites,
        "languages": counted.languages,
    }
    for name, values in tables.items():
        if values:
            click.echo(f"\n{bold(name)}")
        for one in values:
            click.echo(f"{one.articles:>9}  {shown(one.value)}")
    return None
