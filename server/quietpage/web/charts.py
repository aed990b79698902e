"""The statistics as pictures: what stands where in each chart. The templates draw them as SVG; every bar is a link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from babel.units import format_unit

from quietpage.cleaner.text import ENGLISH_WORDS_A_MINUTE
from quietpage.library.facets import Value
from quietpage.library.filters import STATES
from quietpage.library.statistics import LENGTHS, Statistics
from quietpage.web.language import LOCALES, gettext, language, ngettext, number
from quietpage.web.language import month as month_name
from quietpage.web.narrowing import LANGUAGES, STATE_NAMES, toggled

MONTHS_SHOWN = 24


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its place and its size in percent of the chart, what it says, and the search it leads to.

    ``mark`` is written below it, where there is room for it; the last of the highest is the ``peak``, which bears its
    number. ``language`` is that of the label where it is not English.
    """

    label: str
    says: str
    query: str
    size: float
    place: float = 0.0
    width: float = 0.0
    mark: str = ""
    peak: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars under one title; ``upright`` ones stand beside each other in the order of time."""

    title: str
    bars: tuple[Bar, ...]
    upright: bool = False


def charts(kept: Statistics, today: date) -> tuple[Chart, ...]:
    """Every chart that has something to show."""
    every = (
        Chart(
            gettext("Saved in the last %(months)d months") % {"months": MONTHS_SHOWN},
            months(kept.months, today),
            upright=True,
        ),
        Chart(gettext("Time to read"), bars(reading_times(kept.words))),
        Chart(gettext("Length"), bars(lengths(kept.lengths))),
        Chart(
            gettext("Sites"), bars((one.value, articles(one), "site", one.value, one.articles) for one in kept.sites)
        ),
        Chart(gettext("Languages"), bars(languages(kept.languages))),
    )
    return tuple(chart for chart in every if any(bar.size for bar in chart.bars))


def months(saved: Sequence[Value], today: date) -> tuple[Bar, ...]:
    """A bar for each of the last months, for those without articles too."""
    counts = {one.value: one.articles for one in saved}
    now = today.year * 12 + today.month - 1
    shown = [date(one // 12, one % 12 + 1, 1) for one in range(now - MONTHS_SHOWN + 1, now + 1)]
    amounts = [counts.get(f"{first:%Y-%m}", 0) for first in shown]
    most = max(amounts)
    peak = MONTHS_SHOWN - 1 - amounts[::-1].index(most)
    step = 100 / MONTHS_SHOWN
    marked = {first for first in shown[1:-1] if first.month in (1, 7)}
    return tuple(
        Bar(
            label=month_name(first),
            says=articles(Value("", amounts[at])),
            query=f"saved:{first:%Y-%m}",
            size=share(amounts[at], most),
            place=round(at * step + step * 0.1, 3),
            width=round(step * 0.8, 3),
            mark=month_name(first, short=True) if first in marked else "",
            peak=number(most) if at == peak and most else "",
        )
        for at, first in enumerate(shown)
    )


Row = tuple[str, str, str, str, int]  # label, what it says, the filter's name and value, the size


def bars(rows: Iterable[Row]) -> tuple[Bar, ...]:
    """Rows as bars under each other, the longest over the whole width."""
    rows = list(rows)
    most = max((row[4] for row in rows), default=0)
    return tuple(
        Bar(
            label,
            says,
            toggled("", name, value)[0],
            share(size, most),
            language=value if name == "lang" and value in LANGUAGES else "",
        )
        for label, says, name, value, size in rows
    )


def reading_times(words: Sequence[Value]) -> Iterable[Row]:
    """How long reading the articles of each state takes."""
    known = {one.value: one.articles for one in words}
    for state in STATES:
        if known.get(state):
            yield gettext(STATE_NAMES[state]), duration(known[state]), "is", state, known[state]


def lengths(counts: Sequence[Value]) -> Iterable[Row]:
    """How many articles are how long."""
    for one, end in zip(counts, [*LENGTHS[1:], None], strict=True):
        start = int(one.value)
        value = f">={start}" if end is None else f"{start}..{end - 1}"
        yield length_name(start, end), articles(one), "words", value, one.articles


def length_name(start: int, end: int | None) -> str:
    """What articles of so many words, below ``end``, are called."""
    if end is None:
        return gettext("%(start)s words and more") % {"start": number(start)}
    if not start:
        return gettext("Under %(end)s words") % {"end": number(end)}
    return gettext("%(start)s to %(end)s words") % {"start": number(start), "end": number(end - 1)}


def languages(counts: Sequence[Value]) -> Iterable[Row]:
    """How many articles are in which language."""
    for one in counts:
        yield LANGUAGES.get(one.value, one.value), articles(one), "lang", one.value, one.articles


def articles(one: Value) -> str:
    """``1 article``, ``1,204 articles``."""
    return ngettext("%(amount)s article", "%(amount)s articles", one.articles) % {"amount": number(one.articles)}


def duration(words: int) -> str:
    """How long so many words take to read, at the pace of English: ``40 minutes``, ``12 hours``."""
    minutes = max(1, round(words / ENGLISH_WORDS_A_MINUTE))
    amount, unit = (minutes, "minute") if minutes < 120 else (round(minutes / 60), "hour")
    return format_unit(amount, f"duration-{unit}", locale=LOCALES[language()])


def share(amount: int, most: int) -> float:
    """A part of the greatest, in percent; what is not nothing can be seen."""
    return round(max(1.0, 100 * amount / most), 2) if amount and most else 0.0
