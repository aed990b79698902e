"""Reading settings: what can be chosen, what is kept, and when it is dark by the clock."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest
from sqlite_utils import Database

from quietpage.library import database, schema
from quietpage.library.library import Library
from quietpage.library.reading_settings import LONGEST_CSS, ReadingSettings


def test_what_is_changed_is_kept_and_the_rest_is_as_it_was(library: Library) -> None:
    library.reading.change({"font": "sans", "size": "22"})
    library.reading.change({"theme": "clock", "dark_from": "21:30", "dark_to": "06:15"})
    assert library.reading.get() == ReadingSettings(
        font="sans", size=22, theme="clock", dark_from=time(21, 30), dark_to=time(6, 15)
    )


def test_another_connection_sees_a_change_at_once(library: Library, path: Path) -> None:
    with Library(path) as other:
        other.reading.change({"width": "wide"})
        assert library.reading.get().width == "wide"


@pytest.mark.parametrize(
    "value",
    [
        {"font": "comic"},
        {"size": "19px"},
        {"size": "1000"},
        {"theme": "<script>"},
        {"light": "black"},
        {"dark_from": "25:00"},
        {"alignment": ""},
        {"css": "a" * (LONGEST_CSS + 1)},
    ],
)
def test_what_nobody_can_choose_is_refused_and_nothing_changes(library: Library, value: dict[str, str]) -> None:
    with pytest.raises(ValueError):
        library.reading.change({"width": "narrow"} | value)
    assert library.reading.get() == ReadingSettings()


def test_unknown_names_are_passed_over(library: Library) -> None:
    library.reading.change({"back": "/read/1", "width": "narrow"})
    assert library.reading.get() == ReadingSettings(width="narrow")


def test_what_another_version_wrote_does_no_harm(library: Library, path: Path) -> None:
    library.reading.change({"size": "24"})
    with sqlite3.connect(path) as connection:
        connection.execute("insert into reading_settings values ('font', 'runes'), ('weather', 'fair')")
    connection.close()
    assert library.reading.get() == ReadingSettings(size=24)


def test_a_style_sheet_survives_a_reset(library: Library) -> None:
    library.reading.change({"size": "24", "css": ".body { color: red }"})
    library.reading.reset()
    assert library.reading.get() == ReadingSettings(css=".body { color: red }")


@pytest.mark.parametrize(
    ("dark_from", "dark_to", "now", "dark"),
    [
        ("20:00", "07:00", "23:59", True),
        ("20:00", "07:00", "06:59", True),
        ("20:00", "07:00", "07:00", False),
        ("20:00", "07:00", "19:59", False),
        ("01:00", "05:00", "03:00", True),
        ("01:00", "05:00", "23:00", False),
        ("12:00", "12:00", "11:00", True),
    ],
)
def test_it_is_dark_by_the_clock_across_midnight_too(dark_from: str, dark_to: str, now: str, dark: bool) -> None:
    settings = ReadingSettings(theme="clock").changed({"dark_from": dark_from, "dark_to": dark_to})
    assert settings.scheme(time.fromisoformat(now)) == ("dark" if dark else "light")


def test_a_theme_says_whether_it_is_light_or_dark() -> None:
    noon = time(12)
    schemes = {theme: replace(ReadingSettings(), theme=theme).scheme(noon) for theme in ("system", "grey", "black")}
    assert schemes == {"system": "system", "grey": "light", "black": "dark"}


def test_an_older_library_gets_its_settings(path: Path) -> None:
    database.create_private(path)
    db = Database(sqlite3.connect(path))
    schema.migrations.apply(db, stop_before=schema.keep_reading_settings.__name__)
    db.close()
    with Library(path) as library:
        library.reading.change({"font": "mono"})
        assert library.reading.get().font == "mono"
    assert path.with_name("library.db.before-keep_reading_settings").exists()
