"""Bring the catalogues of the pages' texts up to date: ``.venv/bin/python tests/catalogues.py``, after a text changed.

Texts that are new get an empty translation to be filled in; those no longer used go. A new language is begun with
``.venv/bin/python tests/catalogues.py --begin pt``. A test tells when this has to be run.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "server"))

from quietpage.library.filters import EXPECTED  # noqa: E402  the path has to be known first
from quietpage.library.query import HINTS  # noqa: E402
from quietpage.settings import TABLE  # noqa: E402
from quietpage.web.language import CATALOGUES  # noqa: E402
from quietpage.web.problems import TYPES  # noqa: E402

KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "later": None}
OPTIONS = {"**.html": {"trimmed": "true", "silent": "false"}}
WIDTH = 120


def template() -> Catalog:
    """Every text that the pages say, without translations, in the order of the alphabet."""
    catalogue = Catalog(project="Quietpage", charset="utf-8")
    methods = [("**.py", "python"), ("**.html", "jinja2.ext.babel_extract")]
    for _, _, message, _, _ in extract_from_dir(ROOT / "server/quietpage/web", methods, OPTIONS, KEYWORDS):
        catalogue.add(message)
    for text in (
        *HINTS,
        *EXPECTED.values(),
        *(kind.title for kind in TYPES.values()),
        *(row.meaning for row in TABLE.values()),
    ):
        catalogue.add(text)
    return catalogue


def read(language: str) -> Catalog:
    """The catalogue of a language."""
    path = CATALOGUES / f"{language}.po"
    if not path.exists():
        return Catalog(language, project="Quietpage", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, language)


def brought_up_to_date(language: str) -> Catalog:
    """A catalogue with the texts there are now."""
    old, new = read(language), Catalog(language, project="Quietpage", charset="utf-8", fuzzy=False)
    for message in template():
        if message.id:
            known = old.get(message.id)
            new.add(message.id, known.string if known and known.id == message.id else "", flags=message.flags)
    return new


def write(catalogue: Catalog) -> None:
    """Put a catalogue back in its place, without the date and the tool that wrote it: they would change each time."""
    lines = [
        f'"Language: {catalogue.locale}\\n"',
        '"MIME-Version: 1.0\\n"',
        '"Content-Type: text/plain; charset=utf-8\\n"',
    ]
    head = ['msgid ""', 'msgstr ""', *lines, f'"Plural-Forms: {catalogue.plural_forms}\\n"', ""]
    path = CATALOGUES / f"{catalogue.locale}.po"
    with path.open("wb") as file:
        file.write("\n".join([*head, ""]).encode())
        write_po(file, catalogue, width=WIDTH, sort_output=True, omit_header=True, no_location=True)


if __name__ == "__main__":
    begun = sys.argv[2:] if sys.argv[1:2] == ["--begin"] else []
    for language in sorted({*begun, *(path.stem for path in CATALOGUES.glob("*.po"))}):
        catalogue = brought_up_to_date(language)
        write(catalogue)
        missing = sum(
            not all(message.string if message.pluralizable else [message.string]) for message in catalogue if message.id
        )
        print(f"{language}: {len(catalogue)} texts, {missing} without a translation")
