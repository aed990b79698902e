"""Commands that clean a page: from a file, or anew in the library."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quietpage import Article, InvalidSelector, NotAnArticle, Page
from quietpage.cli.group import clear_errors, main
from quietpage.cli.printing import FORMATS, bold, explanation, formatted, json_text, requoted, shown
from quietpage.library.corrections import Correction
from quietpage.library.library import Library, LibraryUnreadable
from quietpage.pdf import UnreadablePdf, page_from_pdf

if TYPE_CHECKING:
    from quietpage.web.cleaning import Step

MOST_BYTES = 20 * 1024 * 1024  # as much as the API takes
NOTED_EVERY = 20  # articles cleaned anew: so many at most are cleaned twice, where a run is broken off


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
@click.argument("file", type=click.Path(allow_dash=True, exists=True, dir_okay=False, path_type=Path))
@click.option("--url", help="Where it is from. Without it, the file's own address.")
@click.option("--json", "as_json", is_flag=True, help="Print what was kept as JSON.")
@click.pass_obj
@clear_errors
def save(db: Path, file: Path, url: str | None, as_json: bool) -> None:
    """Keep a page, or a PDF document's text, as an article: FILE, or - for standard input.

    Ends with status 1 when the page holds no article; what text it has is kept all the same.
    """
    from quietpage.web import packed  # late: most commands need no parser
    from quietpage.web.cleaning import clean_for

    page, problem = page_of_file(file, url), None
    with Library(db) as library:
        try:
            article = clean_for(library, page)
        except NotAnArticle as nothing:
            article, problem = replace(nothing.remains, warning=nothing.reason), nothing.reason
        saved = packed.save(library, article, page)
        title = library.get(saved.id).article.title
    if as_json:
        click.echo(json_text({"id": saved.id, "outcome": saved.outcome, "title": title, "url": page.url}))
    else:
        click.echo(f"{saved.id:>5}  {bold(title or page.url)}")
    if problem:
        raise click.ClickException(f"No article found; its text is kept. {problem}")


def page_of_file(file: Path, url: str | None) -> Page:
    """A file, or standard input, as a page; its characters are told as a browser tells them."""
    piped = str(file) == "-"
    if url is None and piped:
        raise click.UsageError("Standard input has no address: say where it is from with --url.")
    if url is not None and not re.match(r"(https?://[^\s/]+|file:///)\S*$", url, re.IGNORECASE):
        raise click.BadParameter("Expected an absolute http or https address.", param_hint="--url")
    with click.open_file(str(file), "rb") as stream:
        content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise click.ClickException(f"{file} is larger than 20 MiB.")
    if not content.strip():
        raise click.ClickException("There is nothing in it." if piped else f"There is nothing in {file}.")
    address = url or file.resolve().as_uri()
    if not content.startswith(b"%PDF-"):
        return Page(url=address, html=content)
    try:
        return Page(url=address, html=page_from_pdf(content), title=None if piped else file.stem)
    except UnreadablePdf as why:
        raise click.ClickException(str(why)) from None


@main.command("reclean")
@click.argument("asked", nargs=-1, metavar="[IDS|QUERY]")
@click.option("--all", "everything", is_flag=True, help="Every article of the library.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--yes", is_flag=True, help="Change it without showing it first.")
@click.option("--restart", is_flag=True, help="Begin anew where an earlier run was broken off.")
@click.option("--json", "as_json", is_flag=True, help="Print what became of them as JSON.")
@click.pass_obj
@clear_errors
def reclean_articles(
    db: Path, asked: tuple[str, ...], everything: bool, dry_run: bool, yes: bool, restart: bool, as_json: bool
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
        ids = [int(word) for word in asked] if by_id else library.ids("-is:uncaptured" if everything else run)
        reached = 0 if by_id or restart or dry_run else library.recleanings.reached(run)
        if left := [one for one in ids if one > reached]:
            click.echo(f"Going on after article {reached}.", err=True) if reached else None
        done = reclean_some(library, run, left, dry_run=dry_run, yes=yes, silent=as_json)
    problems = sum(step.problem is not None for step in done.steps.values())
    if as_json:
        told = [step_facts(step) for step in done.steps.values()]
        click.echo(json_text({"asked": len(left), "changed": done.changed, "problems": problems, "articles": told}))
    if problems:
        raise click.ClickException(f"{problems} of {len(left)} could not be cleaned.")


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
    from quietpage.web.apart import clean_bounded
    from quietpage.web.cleaning import Selectors, clean_corrected

    if not (keep or drop):
        return clean_corrected(page, rules)
    known = Selectors.of(rules)
    return clean_bounded(page, keep=(*known.keep, *keep), drop=(*known.drop, *drop))


@dataclass(slots=True)
class Done:
    """What a run came to: how many articles were changed, and what became, or would become, of those worth a word."""

    changed: int = 0
    steps: dict[int, Step] = field(default_factory=dict)

    def note(self, step: Step) -> None:
        """Keep a step by its article; of most there is nothing to say."""
        if step.problem or (step.recleaned and step.recleaned.outcome != "unchanged"):
            self.steps[step.article_id] = step


def reclean_some(
    library: Library, run: str, ids: Sequence[int], *, dry_run: bool, yes: bool, silent: bool = False
) -> Done:
    """Clean articles anew, or say what that would change and ask."""
    done, chosen = Done(), list(ids)
    if dry_run or not yes:
        for step in watched(library, ids, dry_run=True, silent=silent):
            done.note(step)
        chosen = [step.article_id for step in done.steps.values() if is_changed(step)]
        click.echo(f"{len(chosen)} of {len(ids)} would change.", err=True)
        if dry_run or not chosen or not click.confirm("Change them?", err=True):
            return done
    for count, step in enumerate(watched(library, chosen, quiet=not yes, silent=silent), start=1):
        done.changed += is_changed(step)
        done.note(step)
        if count % NOTED_EVERY == 0:
            library.recleanings.reach(run, step.article_id)
    library.recleanings.finish(run)
    click.echo(f"{done.changed} of {len(ids)} changed.", err=True)
    return done


def is_changed(step: Step) -> bool:
    """Whether an article reads otherwise now, or would."""
    return step.recleaned is not None and step.recleaned.outcome == "changed"


def watched(
    library: Library, ids: Sequence[int], *, dry_run: bool = False, quiet: bool = False, silent: bool = False
) -> Iterator[Step]:
    """Clean articles anew; each that is other then gets a line, and a terminal shows how far it is."""
    from quietpage.web.cleaning import reclean_each

    live = sys.stderr.isatty()
    for count, step in enumerate(reclean_each(library, ids, dry_run=dry_run), start=1):
        click.echo("\r\x1b[K", nl=False, err=True) if live else None
        if not silent and (line := step_line(step, quiet=quiet)):
            click.echo(line)
        click.echo(f"{count} of {len(ids)}", nl=False, err=True) if live else None
        yield step
    click.echo("\r\x1b[K", nl=False, err=True) if live else None


def step_facts(step: Step) -> dict[str, Any]:
    """The same for programs."""
    told = asdict(step.recleaned) if step.recleaned else {"outcome": "failed"}
    return {"id": step.article_id, "title": step.title, **told, "problem": step.problem}


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
