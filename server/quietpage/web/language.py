"""The language of the pages: the first of those the browser asks for that Quietpage speaks.

The catalogues are gettext's ``translations/*.po``; the text in the code is English. Each is read when it is first
needed (some 10 ms), so nothing has to be compiled.
"""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import cast

from babel.core import Locale
from babel.dates import format_date, format_skeleton, format_timedelta
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations
from flask import Flask, Response, g, has_request_context, request
from werkzeug.datastructures import LanguageAccept

CATALOGUES = Path(__file__).parent / "translations"
ENGLISH = "en"
LANGUAGES = (ENGLISH, *sorted(path.stem for path in CATALOGUES.glob("*.po")))
# Dates and numbers as one English for all countries has them: 7 July 2026
LOCALES = {ENGLISH: Locale("en", "GB")} | {language: Locale(language) for language in LANGUAGES if language != ENGLISH}


def register(app: Flask) -> None:
    """Let the templates of ``app`` speak the language of each request."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals.update(page_language=language, page_direction=direction)
    app.after_request(name_language)


def language() -> str:
    """The language of this request's page; English where there is no request."""
    try:
        return cast(str, g.language)  # asked for some hundred times a page
    except (AttributeError, RuntimeError):
        if not has_request_context():
            return ENGLISH
    g.language = preferred(request.accept_languages)
    return cast(str, g.language)


def preferred(accepted: LanguageAccept) -> str:
    """The one of our languages that a browser likes best: ``de`` for one that asks for ``de-AT``."""
    for wanted in accepted.values():
        if (known := wanted.replace("_", "-").split("-")[0].lower()) in LANGUAGES:
            return known
    return ENGLISH


def direction() -> str:
    """``rtl`` or ``ltr``."""
    return LOCALES[language()].text_direction


def name_language(response: Response) -> Response:
    """Tell caches that a page depends on the browser's languages."""
    if response.mimetype == "text/html":
        response.vary.add("Accept-Language")
    return response


@cache
def catalogue(language: str) -> NullTranslations:
    """The translations into a language; into English, the texts themselves."""
    if language == ENGLISH:
        return NullTranslations()
    from babel.messages.mofile import write_mo  # late: 50 ms at the start, which English never needs
    from babel.messages.pofile import read_po

    with (CATALOGUES / f"{language}.po").open("rb") as file:
        messages = read_po(file, language)
    compiled = io.BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return Translations(compiled)


def gettext(text: str) -> str:
    """A text in the language of the page."""
    return str(catalogue(language()).gettext(text))


def later(text: str) -> str:
    """A text that is looked up in the catalogues when it is shown; this marks it for them."""
    return text


def ngettext(one: str, many: str, amount: int) -> str:
    """A text about so many, in the language of the page."""
    return str(catalogue(language()).ngettext(one, many, amount))


# Dates and numbers: a list shows the same ones over and over, and Babel takes some 50 µs for each


def number(amount: int) -> str:
    """A number with its thousands set apart: ``1,204``."""
    return number_in(amount, language())


def day(moment: date) -> str:
    """A date as people write it: ``7 July 2026``."""
    return day_in(moment.year, moment.month, moment.day, language())


def month(first: date, *, short: bool = False) -> str:
    """A month with its year: ``July 2026``, or ``Jul 2026``."""
    return format_skeleton("yMMM" if short else "yMMMM", first, locale=LOCALES[language()])


def ago(moment: datetime, now: datetime | None = None) -> str:
    """How long ago, as roughly as people say it: ``5 minutes ago``; a date when it is more than a week."""
    past = (now or datetime.now(UTC)) - moment
    if past < timedelta(minutes=1):
        return gettext("just now")
    if timedelta(days=1) <= past < timedelta(days=2):
        return gettext("yesterday")
    if past < timedelta(days=7):
        return minutes_ago_in(past // timedelta(minutes=1), language())
    return day(moment)


@lru_cache(maxsize=4096)
def number_in(amount: int, language: str) -> str:
    return format_decimal(amount, locale=LOCALES[language])


@lru_cache(maxsize=4096)
def day_in(year: int, month: int, day: int, language: str) -> str:
    return format_date(date(year, month, day), "long", LOCALES[language])


@lru_cache(maxsize=4096)
def minutes_ago_in(minutes: int, language: str) -> str:
    return format_timedelta(timedelta(minutes=-minutes), add_direction=True, locale=LOCALES[language], threshold=1)
