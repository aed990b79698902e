"""How dates and numbers read on the pages."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from markupsafe import Markup, escape

from quietpage import __version__
from quietpage.library.kept import Hit, KeptArticle
from quietpage.web.assets import command, home_shortened
from quietpage.web.narrowing import written

MINUTE, HOUR, DAY = 60, 3600, 86_400


def register(app: Flask, db: Path) -> None:
    """Make these known to the templates of ``app``."""
    app.jinja_env.filters.update(day=day, ago=ago, number=number, host=host, code=code, path=home_shortened)
    app.jinja_env.filters.update(tag_filter=tag_filter)
    app.jinja_env.globals.update(acts_on=acts_on, version=__version__, command=command(db))


def day(moment: datetime) -> str:
    """A date as people write it: ``7 July 2026``."""
    return f"{moment.day} {moment:%B %Y}"


def ago(moment: datetime, now: datetime | None = None) -> str:
    """How long ago, as roughly as people say it; a date when it is more than a week."""
    seconds = ((now or datetime.now(UTC)) - moment).total_seconds()
    if seconds < MINUTE:
        return "just now"
    if seconds < HOUR:
        return counted(int(seconds / MINUTE), "minute")
    if seconds < DAY:
        return counted(int(seconds / HOUR), "hour")
    if seconds < 2 * DAY:
        return "yesterday"
    if seconds < 7 * DAY:
        return counted(int(seconds / DAY), "day")
    return day(moment)


def counted(amount: int, unit: str) -> str:
    """``1 minute ago``, ``5 minutes ago``."""
    return f"{amount} {unit}{'' if amount == 1 else 's'} ago"


def number(amount: int) -> str:
    """A number with its thousands set apart: ``1,204``."""
    return f"{amount:,}"


def code(text: str) -> Markup:
    """A docstring's text, with what stands between backticks set as code."""
    return Markup(re.sub(r"`+([^`]+)`+", r"<code>\1</code>", str(escape(text))))


def host(url: str) -> str:
    """The site of an address, without the ``www.`` nobody says."""
    try:
        return (urlsplit(url).hostname or url).removeprefix("www.")
    except ValueError:
        return url


def tag_filter(name: str) -> str:
    """The search for what has a tag: ``tag:sea``."""
    return written("tag", name)


def acts_on(one: Hit | KeptArticle) -> tuple[tuple[str, str], ...]:
    """What can be done with an article as it stands: each act, and its name on a button."""
    love = ("unfavorite", "Unfavorite") if one.favorite else ("favorite", "Favorite")
    delete = ("delete", "Delete")
    if one.state == "archived":
        return love, ("unread", "Unarchive"), delete
    return love, ("unread", "Unread") if one.state == "read" else ("read", "Read"), ("archived", "Archive"), delete
