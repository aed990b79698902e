"""How a person likes to read: the look of articles, the same in every browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import time
from typing import Any, Literal

from sqlite_utils import Database

from quietpage.library.database import writing
from quietpage.library.rows import storable

FONTS = ("serif", "sans", "mono", "legible")
SIZES = (15, 16, 17, 18, 19, 20, 22, 24, 27, 30)  # CSS pixels where the browser's own size is its usual 16
WIDTHS = ("narrow", "medium", "wide")
LEADINGS = ("tight", "normal", "loose")
ALIGNMENTS = ("ragged", "justified")
LIGHT_THEMES = ("paper", "white", "grey")
DARK_THEMES = ("dark", "black")
THEMES = ("system", "clock", *LIGHT_THEMES, *DARK_THEMES)
LONGEST_CSS = 20_000  # characters: a whole style sheet for an article is some 10,000
CHOICES: dict[str, tuple[object, ...]] = {
    "font": FONTS,
    "size": SIZES,
    "width": WIDTHS,
    "leading": LEADINGS,
    "alignment": ALIGNMENTS,
    "theme": THEMES,
    "light": LIGHT_THEMES,
    "dark": DARK_THEMES,
}

Scheme = Literal["light", "dark", "system"]


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """The look of articles. Raises ValueError for what nobody can choose.

    ``light`` and ``dark`` are the themes that the themes ``system`` and ``clock`` choose between; by the clock, it is
    dark from ``dark_from`` to ``dark_to``. ``css`` is a style sheet of the person's own.
    """

    font: str = "serif"
    size: int = 19
    width: str = "medium"
    leading: str = "normal"
    alignment: str = "ragged"
    theme: str = "system"
    light: str = "paper"
    dark: str = "dark"
    dark_from: time = time(20)
    dark_to: time = time(7)
    css: str = ""

    def __post_init__(self) -> None:
        for name, choices in CHOICES.items():
            if getattr(self, name) not in choices:
                raise ValueError(f"{name} is one of {', '.join(map(str, choices))}.")
        if len(self.css) > LONGEST_CSS:
            raise ValueError(f"A style sheet of one's own has {LONGEST_CSS} characters at most.")

    def changed(self, values: Mapping[str, str]) -> ReadingSettings:
        """These settings with others in their place, given as text; unknown names are passed over.

        Raises ValueError for what nobody can choose.
        """
        known = {field.name for field in fields(self)}
        return replace(self, **{name: _read(name, text) for name, text in values.items() if name in known})

    def scheme(self, now: time) -> Scheme:
        """Whether it is light or dark at this time of day, or as the system has it."""
        if self.theme == "system":
            return "system"
        if self.theme == "clock":
            return "dark" if self.is_night(now) else "light"
        return "dark" if self.theme in DARK_THEMES else "light"

    def is_night(self, now: time) -> bool:
        """Whether it is dark by the clock. From a time to the same time is all day."""
        begun, ended = now >= self.dark_from, now >= self.dark_to
        return begun and not ended if self.dark_from < self.dark_to else begun or not ended


def _read(name: str, text: str) -> Any:
    if name == "size":
        return int(text)
    if name in ("dark_from", "dark_to"):
        return time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)
    return storable(text)


def _written(value: object) -> str:
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


class Reading:
    """The reading settings of a library, each a row of its own: what is not there is as it is at first."""

    def __init__(self, database: Callable[[], Database]) -> None:
        self._database = database

    def get(self) -> ReadingSettings:
        """The settings. What another version wrote that this one does not know is as it is at first."""
        return _settings(self._database())

    def change(self, values: Mapping[str, str]) -> ReadingSettings:
        """Change some settings, given as text. Raises ValueError, and changes nothing, where one cannot be chosen."""
        with writing(self._database()) as db:
            settings = _settings(db).changed(values)
            rows = [{"name": name, "value": _written(value)} for name, value in asdict(settings).items()]
            db.table("reading_settings").upsert_all((row for row in rows if row["name"] in values), pk="name")
        return settings

    def reset(self) -> None:
        """Make everything as it was at first, but keep the style sheet: it cannot be had back."""
        with writing(self._database()) as db:
            db.conn.execute("delete from reading_settings where name != 'css'")


def _settings(db: Database) -> ReadingSettings:
    settings = ReadingSettings()
    for name, value in db.conn.execute("select name, value from reading_settings"):
        try:
            settings = settings.changed({name: value})
        except ValueError:
            continue
    return settings
