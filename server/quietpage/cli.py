"""The ``quietpage`` command. Thin: each command is one call of the rooms below, and its printing."""

from __future__ import annotations

import contextlib
import functools
import json
import re
import sys
import webbrowser
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import click

from quietpage import Article, InvalidSelector, NotAnArticle, Page, Removed, __version__, clean
from quietpage.formats.highlights import FORMATS as HIGHLIGHT_FORMATS
from quietpage.library.corrections import Correction
from quietpage.library.database import DatabaseError
from quietpage.library.highlight_rows import COLORS
from quietpage.library.library import Hit, Hits, KeptArticle, Library, LibraryUnreadable, NoSuchArticle
from quietpage.library.location import default_db
from quietpage.pdf import UnreadablePdf, page_from_pdf

if TYPE_CHECKING:
    from quietpage.web.cleaning import Step

P = ParamSpec("P")
R = TypeVar("R")
FORMATS = ("text", "html", "markdown", "json")
REMOVED_SHOWN_CHARS = 70
NOTED_EVERY = 20  # articles cleaned anew: so many at most are cleaned twice, where a run is broken off
# What a page could command a terminal with (ECMA-48: C0 but tab and newline, DEL, C1)
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def clear_errors(command: Callable[P, R]) -> Callable[P, R]:
    """Say in one sentence what went wrong, never with a stack trace."""

    @functools.wraps(command)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except (NoSuchArticle, LibraryUnreadable) as error:
            raise click.ClickException(str(error)) from None
        except DatabaseError as error:
            raise click.ClickException(f"The library cannot be read or written just now ({error}).") from None

    return guarded


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="quietpage")
@click.option(
    "--db",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="QUIETPAGE_DB",
    help="The library's file. Without it: the one in your platform's data folder.",
)
@click.pass_context
def main(context: click.Context, db: Path | None) -> None:
    """Save web pages clean, on your own machine, and find them again."""
    context.obj = db or default_db()
    for stream in (sys.stdout, sys.stderr):  # a console that lacks a character shows a mark instead of failing
        with contextlib.suppress(AttributeError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]


@main.command()
@click.option("--port", type=click.IntRange(0, 65535), help="The port. Without it: the first free one from 8765 on.")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen on. Anything but this machine's own lets others of your network reach the server.",
)
@click.option("--db", type=click.Path(dir_okay=False, path_type=Path), help="The library's file.")
@click.option("--no-browser", is_flag=True, help="Print the link instead of opening the browser.")
@click.pass_obj
@clear_errors
def serve(default: Path, port: int | None, host: str, db: Path | None, no_browser: bool) -> None:
    """Start the server, and open your library in the browser."""
    from quietpage.web.serve import NoPort, run

    try:
        run(db or default, host, port, open_browser=not no_browser)
    except NoPort as error:
        raise click.ClickException(str(error)) from None
    except KeyboardInterrupt:
        return


@main.command("open")
@click.option("--print", "only_print", is_flag=True, help="Print the link instead of opening it.")
@click.pass_obj
@clear_errors
def open_library(db: Path, only_print: bool) -> None:
    """Let a browser in, and open your library there. The link is good once, for ten minutes."""
    from quietpage.web.instance import running_at

    url = running_at(db) if db.exists() else None
    if url is None:
        raise click.ClickException("No server is running for this library. Start it with `quietpage serve`.")
    with Library(db) as library:
        link = f"{url}/open?code={library.links.mint()}&next=/"
    if only_print or not webbrowser.open(link):
        click.echo(link)


@main.command("clean")
@click.argument("file", type=click.Path(allow_dash=True, exists=True, dir_okay=False, path_type=Path))
@click.option("--url", required=True, help="The page's address, against which its links are resolved.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--keep", multiple=True, metavar="CSS", help="Keep what this selects, whatever the cleaner thinks of it.")
@click.option("--drop", multiple=True, metavar="CSS", help="Leave out what this selects.")
@click.option("--no-rules", is_flag=True, help="Leave off what your library has corrected on this site.")
@click.option("--explain", is_flag=True, help="Tell on standard error what each step removed, and why.")
@click.pass_obj
@clear_errors
def clean_page(
    db: Path,
    file: Path,
    url: str,
    form: str,
    keep: tuple[str, ...],
    drop: tuple[str, ...],
    no_rules: bool,
    explain: bool,
) -> None:
    """Clean a saved page (FILE, or - for standard input) without keeping it.

    What you have corrected on its site in your library holds here too. Ends with status 1 when the page holds no
    article; what text it has is printed all the same.
    """
    try:
        with click.open_file(str(file), "rb") as stream:
            html = stream.read()
    except OSError as error:
        raise click.ClickException(f"{file} cannot be read: {error.strerror}.") from None
    try:
        article, problem = cleaned(Page(url, html), keep, drop, () if no_rules else rules_for(db, url)), None
    except NotAnArticle as nothing:
        article, problem = nothing.remains, nothing.reason
    except InvalidSelector as error:
        raise click.ClickException(str(error)) from None
    click.echo(formatted(article, form))
    if own := len(set(article.corrected) - {*keep, *drop}):
        click.echo(f"Corrected as in your library ({own}); --no-rules leaves that off.", err=True)
    if explain:
        click.echo(explanation(article.removed), err=True)
    if problem:
        raise click.ClickException(f"No article found. {problem}")


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--url", help="Where it is from. Without it, the file's own address.")
@click.pass_obj
@clear_errors
def save(db: Path, file: Path, url: str | None) -> None:
    """Keep a PDF document: its text, as an article."""
    from quietpage.web.cleaning import clean_for  # late: most commands need no parser

    try:
        page = Page(url=url or file.resolve().as_uri(), html=page_from_pdf(file.read_bytes()), title=file.stem)
    except UnreadablePdf as why:
        raise click.ClickException(str(why)) from None
    with Library(db) as library:
        saved = library.save(clean_for(library, page), page)
        title = library.get(saved.id).article.title
    click.echo(f"{saved.id:>5}  {bold(title)}")


@main.command("reclean")
@click.argument("asked", nargs=-1, metavar="[IDS|QUERY]")
@click.option("--all", "everything", is_flag=True, help="Every article of the library.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--yes", is_flag=True, help="Change it without showing it first.")
@click.option("--restart", is_flag=True, help="Begin anew where an earlier run was broken off.")
@click.pass_obj
@clear_errors
def reclean_articles(
    db: Path, asked: tuple[str, ...], everything: bool, dry_run: bool, yes: bool, restart: bool
) -> None:
    """Clean articles anew from the pages they were captured from: IDS, what a QUERY finds, or --all.

    Shows what would change, and asks. When each was saved, its state and its tags stay; a good article is never
    replaced by a page without one. A run that was broken off goes on where it was.
    """
    if bool(asked) == everything:
        raise click.UsageError("Say which articles: their ids, a search, or --all.")
    with Library(db) as library:
        run = "--all" if everything else " ".join(map(requoted, asked))
        by_id = asked and all(word.isdecimal() for word in asked)
        ids = [int(word) for word in asked] if by_id else library.ids("" if everything else run)
        reached = 0 if by_id or restart or dry_run else library.recleanings.reached(run)
        if left := [one for one in ids if one > reached]:
            click.echo(f"Going on after article {reached}.", err=True) if reached else None
        problems = reclean_some(library, run, left, dry_run=dry_run, yes=yes)
    if problems:
        raise click.ClickException(f"{problems} of {len(left)} could not be cleaned.")


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
    click.echo(json_text(kept_facts(kept)) if form == "json" else formatted(kept.article, form))


@main.command()
@click.argument("article_id", metavar="ID", type=int)
@click.pass_obj
@clear_errors
def delete(db: Path, article_id: int) -> None:
    """Move an article to the trash, where it stays for 30 days."""
    with Library(db) as library:
        library.delete(article_id)
    click.echo(f"Article {article_id} is in the trash. `quietpage restore {article_id}` takes it out again.")


@main.command()
@click.argument("article_id", metavar="ID", type=int)
@click.pass_obj
@clear_errors
def restore(db: Path, article_id: int) -> None:
    """Take an article out of the trash."""
    with Library(db) as library:
        library.restore(article_id)
    click.echo(f"Article {article_id} is back.")


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


# Cleaning


def rules_for(db: Path, url: str) -> tuple[Correction, ...]:
    """What a library has corrected on a page's site; none where there is no library, or none that can be read."""
    if not db.exists():
        return ()
    try:
        with Library(db) as library:
            return library.corrections.of_page(url)
    except LibraryUnreadable as error:
        click.echo(f"Your library's corrections are left off: {shown(str(error))}", err=True)
        return ()


def cleaned(page: Page, keep: tuple[str, ...], drop: tuple[str, ...], rules: Sequence[Correction]) -> Article:
    """Clean a page as a library has it, and as the command line says."""
    from quietpage.web.cleaning import Selectors, clean_corrected

    if not (keep or drop):
        return clean_corrected(page, rules)
    known = Selectors.of(rules)
    return clean(page.html, page.url, keep=(*known.keep, *keep), drop=(*known.drop, *drop))


def reclean_some(library: Library, run: str, ids: Sequence[int], *, dry_run: bool, yes: bool) -> int:
    """Clean articles anew, or say what that would change and ask; answers how many could not be cleaned."""
    problems, chosen = 0, list(ids)
    if dry_run or not yes:
        steps = list(watched(library, ids, dry_run=True))
        chosen = [step.article_id for step in steps if step.recleaned and step.recleaned.outcome == "changed"]
        problems = sum(step.problem is not None for step in steps)
        click.echo(f"{len(chosen)} of {len(ids)} would change.", err=True)
        if dry_run or not chosen or not click.confirm("Change them?", err=True):
            return problems
    changed = 0
    for count, step in enumerate(watched(library, chosen, quiet=not yes), start=1):
        changed += step.recleaned is not None and step.recleaned.outcome == "changed"
        problems += step.problem is not None
        if count % NOTED_EVERY == 0:
            library.recleanings.reach(run, step.article_id)
    library.recleanings.finish(run)
    click.echo(f"{changed} of {len(ids)} changed.", err=True)
    return problems


def watched(library: Library, ids: Sequence[int], *, dry_run: bool = False, quiet: bool = False) -> Iterator[Step]:
    """Clean articles anew; each that is other then gets a line, and a terminal shows how far it is."""
    from quietpage.web.cleaning import reclean_each

    live = sys.stderr.isatty()
    for count, step in enumerate(reclean_each(library, ids, dry_run=dry_run), start=1):
        click.echo("\r\x1b[K", nl=False, err=True) if live else None
        if line := step_line(step, quiet=quiet):
            click.echo(line)
        click.echo(f"{count} of {len(ids)}", nl=False, err=True) if live else None
        yield step
    click.echo("\r\x1b[K", nl=False, err=True) if live else None


def step_line(step: Step, *, quiet: bool) -> str:
    """What became of one article, where anything did."""
    begin = f"{step.article_id:>5}  {bold(step.title)}"
    if step.problem:
        return f"{begin}  {shown(step.problem)}"
    done = step.recleaned
    if done is None or done.outcome == "unchanged" or quiet:
        return ""
    if done.outcome == "kept":
        return f"{begin}  stays: its page gives no article now"
    paragraphs = f"{done.paragraphs} paragraph{'' if done.paragraphs == 1 else 's'} changed"
    return f"{begin}  {done.words_before} → {done.words_after} words, {paragraphs}"


# How things are printed


def formatted(article: Article, form: str) -> str:
    """An article in one of FORMATS."""
    if form == "json":
        return json_text(asdict(article))
    if form == "html":
        return shown(article.html)
    if form == "markdown":
        from quietpage.cleaner.markdown import markdown

        return shown(f"# {article.title}\n\n{markdown(article.html)}".rstrip())
    facts = [fact for fact in (article.byline, article.site, day(article.published_at), article.url) if fact]
    return f"{bold(article.title)}\n{shown(' · '.join(facts))}\n\n{shown(article.text)}"


def shown(text: str) -> str:
    """Text fit for a terminal: a page's control characters become U+FFFD."""
    return CONTROLS.sub("\ufffd", text)


def bold(text: str) -> str:
    """The same, bold."""
    return click.style(shown(text), bold=True)


def kept_facts(kept: KeptArticle) -> dict[str, Any]:
    """A kept article as one flat object, as the API answers it."""
    facts = asdict(kept)
    return {"id": facts.pop("id"), **facts.pop("article"), **facts}


def json_text(value: object) -> str:
    """JSON in readable characters; control characters stay escaped."""
    written_out = json.dumps(value, ensure_ascii=False, indent=2, default=written)
    return CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", written_out)


def written(value: object) -> str:
    """Times as RFC 3339; nothing else needs help to become JSON."""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    raise TypeError(f"{type(value).__name__} has no JSON form")


def requoted(word: str) -> str:
    """A word of the command line as a search: the shell took the quotes off a phrase."""
    name, colon, value = word.partition(":")
    if not re.search(r"\s", word) or re.search(r"""["()]| OR """, word):
        return word
    return f'{name}:"{value}"' if colon and name.isalpha() else f'"{word}"'


def show_hits(hits: Hits, as_json: bool, nothing: str) -> None:
    """Print hits, with their matches bold on a terminal."""
    if as_json:
        return click.echo(json_text(asdict(hits) | {"hints": [str(hint) for hint in hits.hints]}))
    for hint in hits.hints:
        click.echo(shown(str(hint)), err=True)
    if hits.corrected:
        click.echo(f"Nothing has what you typed. Showing results for: {shown(hits.corrected)}", err=True)
    if not hits.hits:
        return click.echo(nothing, err=True)
    if hits.partial:
        click.echo("No article holds all of these words; these hold some.", err=True)
    for hit in hits.hits:
        click.echo(hit_line(hit))
    if hits.total > len(hits.hits):
        of = f"more than {hits.total}" if hits.capped else hits.total
        click.echo(f"{len(hits.hits)} of {of}; --limit shows more.", err=True)
    return None


def hit_line(hit: Hit) -> str:
    """One article of a list: its number, title, facts, and the passage that matches."""
    facts = " · ".join(fact for fact in (hit.site, day(hit.saved_at), f"{hit.reading_minutes} min") if fact)
    snippet = "".join(bold(part.text) if part.match else shown(part.text) for part in hit.snippet)
    lines = [f"{hit.id:>5}  {bold(hit.title)}", f"       {shown(facts)}"]
    return "\n".join([*lines, f"       {snippet}"] if snippet else lines)


def day(time: datetime | None) -> str | None:
    return time.date().isoformat() if time else None


def explanation(removed: Iterable[Removed]) -> str:
    """What each step removed, and why, as a table."""
    rows = [(shown(one.step), shown(one.reason), shown(shortened(one.html))) for one in removed]
    if not rows:
        return "Nothing was removed."
    wide = [max(len(row[column]) for row in rows) for column in (0, 1)]
    lines = [f"{step:<{wide[0]}}  {reason:<{wide[1]}}  {html}" for step, reason, html in rows]
    header = f"{'step':<{wide[0]}}  {'why':<{wide[1]}}  what"
    return "\n".join([bold(header), *lines])


def shortened(html: str) -> str:
    """The beginning of a removed piece, on one line."""
    line = " ".join(html.split())
    return line if len(line) <= REMOVED_SHOWN_CHARS else line[: REMOVED_SHOWN_CHARS - 1] + "…"
