"""How addresses, filters, acts and hints read on the pages."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from markupsafe import Markup, escape

from quietpage import __version__
from quietpage.library.kept import Hit, KeptArticle
from quietpage.library.query import Hint
from quietpage.web.assets import command, home_shortened
from quietpage.web.language import ago, day, gettext, number
from quietpage.web.narrowing import STATE_NAMES, written
from quietpage.web.reading_words import reading_words


def register(app: Flask, db: Path) -> None:
    """Make these known to the templates of ``app``."""
    app.jinja_env.filters.update(day=day, ago=ago, number=number, host=host, code=code, path=home_shortened)
    app.jinja_env.filters.update(tag_filter=tag_filter)
    app.jinja_env.globals.update(
        acts_on=acts_on, hint_text=hint_text, said=said, state_name=state_name, version=__version__, command=command(db)
    )
    app.jinja_env.globals.update(reading_words=reading_words)


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
    love = ("unfavorite", gettext("Unfavorite")) if one.favorite else ("favorite", gettext("Favorite"))
    delete = ("delete", gettext("Delete"))
    if one.state == "archived":
        return love, ("unread", gettext("Unarchive")), delete
    read = ("unread", gettext("Unread")) if one.state == "read" else ("read", gettext("Read"))
    return love, read, ("archived", gettext("Archive")), delete


def state_name(state: str) -> str:
    """What a state is called."""
    return gettext(STATE_NAMES[state])


def hint_text(hint: Hint) -> str:
    """A hint in the language of the page."""
    values = {name: gettext(value) if name == "expected" else value for name, value in hint.values}
    return gettext(hint.text) % values


def said() -> str:
    """What the library's script tells a screen reader after an act, and of what is selected, as JSON."""
    words = {
        "read": gettext("Marked as read."),
        "unread": gettext("Marked as unread."),
        "archived": gettext("Archived."),
        "favorite": gettext("Added to the favorites."),
        "unfavorite": gettext("No longer a favorite."),
        "tag": gettext("Tagged."),
        "untag": gettext("Tags removed."),
        "delete": gettext("Deleted."),
        "restore": gettext("Restored."),
        "selected": gettext("Selected: {number}"),
        "all": gettext("All selected"),
    }
    return json.dumps(words, ensure_ascii=False)
