"""How the commands print: articles, hits, and JSON, fit for a terminal whatever a page holds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

import click

from quietpage import Article, Removed
from quietpage.library.library import Hit, Hits, KeptArticle

FORMATS = ("text", "html", "markdown", "json")
REMOVED_SHOWN_CHARS = 70
# What a page could command a terminal with (ECMA-48: C0 but tab and newline, DEL, C1)
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


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
    length = length_of(hit.reading_minutes, captured=hit.captured)
    facts = " · ".join(fact for fact in (hit.site, day(hit.saved_at), length) if fact)
    snippet = "".join(bold(part.text) if part.match else shown(part.text) for part in hit.snippet)
    lines = [f"{hit.id:>5}  {bold(hit.title or hit.url)}", f"       {shown(facts)}"]
    return "\n".join([*lines, f"       {snippet}"] if snippet else lines)


def length_of(minutes: int, *, captured: bool) -> str:
    """How long an article takes to read, where its page is there."""
    return f"{minutes} min" if captured else "not captured yet"


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
