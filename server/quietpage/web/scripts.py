"""How a language is written: whose craft an article's type follows, and which files of a font it needs first."""

from __future__ import annotations

from pathlib import Path

FONTS = Path(__file__).parent / "static" / "fonts"
LANGUAGES = {  # ISO 639 codes, by script; what is not here is written in the letters that most of Europe has
    "latin-ext": "az bs ca cs cy eo et ga gn gsw ha haw hr hu ig is kl lt lv mi mt pl ro se sk sl sq tk tr uz vi yo",
    "cyrillic": "ab ba be bg ce cv kk ky mk mn os ru sah sr tg tt uk",
    "greek": "el grc",
    "arabic": "ar arz ckb fa ks pnb prs ps sd ug ur",
    "hebrew": "he yi",
    "han": "ja yue zh",
    "hangul": "ko",
    "stacked": "as bn bo dz gu hi km kn lo ml mr my ne or pa sa si ta te th",  # signs above and below their letters
}
SCRIPTS = {language: script for script, languages in LANGUAGES.items() for language in languages.split()}


def script_of(language: str | None) -> str:
    """The script of a language by its BCP 47 tag; ``latin`` where it is not known."""
    return SCRIPTS.get((language or "").replace("_", "-").split("-")[0].lower(), "latin")


def first_fonts(font: str, language: str | None) -> tuple[str, ...]:
    """The files of a font, without their ending, that an article in this language needs at its first paint."""
    names = dict.fromkeys((f"{font}-latin", f"{font}-{script_of(language)}"))
    return tuple(name for name in names if (FONTS / f"{name}.woff2").exists())
