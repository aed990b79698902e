"""The themes: text stands out from its ground in each of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quietpage.library.reading_settings import DARK_THEMES, LIGHT_THEMES, THEMES

STATIC = Path(__file__).resolve().parent.parent.parent / "server" / "quietpage" / "web" / "static"
BODY_TEXT, SMALL_TEXT = 7.0, 4.5  # contrast: WCAG 2.2, success criteria 1.4.6 and 1.4.3


def tokens() -> dict[str, dict[str, str]]:
    """What custom properties each selector sets, outside media queries: the themes, and the highlights' colors."""
    css = "".join((STATIC / sheet).read_text(encoding="utf-8") for sheet in ("tokens.css", "highlights.css"))
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", css)
    found: dict[str, dict[str, str]] = {}
    for selectors, block in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
        for selector in selectors.split(","):
            found.setdefault(selector.strip(), {}).update(re.findall(r"(--[a-z-]+):\s*([^;]+);", block))
    return found


def color(name: str, theme: str) -> str:
    """A color as a theme has it, as ``#rrggbb``."""
    side = "light" if theme in LIGHT_THEMES else "dark"
    values = tokens()[":root"] | tokens().get(f'[data-{side}="{theme}"]', {})
    value = values[name]
    while not value.startswith("#"):
        pair = re.fullmatch(r"light-dark\((.+), (.+)\)", value)
        value = pair[1 if side == "light" else 2] if pair else values[value.removeprefix("var(").removesuffix(")")]
    return value


def luminance(color: str) -> float:
    """The relative luminance of WCAG 2.2."""
    shares = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(ink: str, ground: str) -> float:
    light, dark = sorted((luminance(ink), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [*LIGHT_THEMES, *DARK_THEMES])
def test_text_stands_out_in_every_theme(theme: str) -> None:
    least = {("--ink", "--paper"): BODY_TEXT, ("--accent", "--paper"): BODY_TEXT, ("--ink", "--sunk"): BODY_TEXT}
    least |= {("--ink", "--mark"): BODY_TEXT, ("--on-primary", "--primary"): SMALL_TEXT}
    for ground in ("--paper", "--sheet", "--sunk"):
        least |= {(ink, ground): SMALL_TEXT for ink in ("--ink-soft", "--danger", "--accent-strong")}
    least |= {("--line-strong", "--paper"): 3.0, ("--focus", "--paper"): 3.0}  # what is no text: 1.4.11
    for ink in ("yellow", "green", "blue", "pink"):
        least |= {("--ink", f"--ink-{ink}"): BODY_TEXT, (f"--edge-{ink}", "--paper"): 3.0}
    found = {pair: contrast(color(pair[0], theme), color(pair[1], theme)) for pair in least}
    assert {pair: round(found[pair], 2) for pair in least if found[pair] < least[pair]} == {}


def test_every_theme_has_colors() -> None:
    themed = {name for selector in tokens() for name in re.findall(r'\[data-(?:light|dark)="([a-z]+)"\]', selector)}
    assert themed | {"system", "clock"} == set(THEMES)
