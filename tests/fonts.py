# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "fonttools==4.68.0", "brotli==1.2.1",
#   "fontpkg-source-serif-4==4.4", "fontpkg-source-sans-3==3.52", "fontpkg-source-code-pro==1.26",
# ]
# ///
"""Cut the fonts of the reader out of their families, and write the style sheets that name them.

Needs the packages above, which no other part of Quietpage does, and the npm package
``@fontsource-variable/atkinson-hyperlegible-next`` (5.3.0), unpacked: its folder is the argument. Run it after a
family's new version, in an environment of its own; what it writes to ``web/static`` is kept in the repository.
"""

from __future__ import annotations

import hashlib
import io
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

STATIC = Path(__file__).parent.parent / "server" / "quietpage" / "web" / "static"
FONTS = STATIC / "fonts"

# Each of these is loaded only where a page has a character of it. The last, whose characters go before those of the
# others, is all that most English pages need.
SCRIPTS = {
    "latin-ext": "U+100-36F,U+1D00-1DBF,U+1E00-1EFF,U+2070-20CF,U+2100-218F,U+2C60-2C7F,U+A720-A7FF,U+FB00-FB06",
    "greek": "U+370-3FF,U+1F00-1FFF",
    "cyrillic": "U+400-52F,U+1C80-1C8F,U+2116,U+2DE0-2DFF,U+A640-A69F",
    "latin": "U+0-FF,U+131,U+152-153,U+2C6,U+2DA,U+2DC,U+2000-206F,U+20AC,U+2122,U+2190-2193,U+2212,U+2215,U+221E,"
    "U+2248,U+2260,U+2264-2265,U+FEFF,U+FFFD",
}
FEATURES = "kern mark mkmk ccmp locl liga onum lnum tnum pnum frac numr dnom".split()
WEIGHTS = (400, 700)
FAMILY_NAME, UNIQUE_NAME, FULL_NAME, POSTSCRIPT_NAME, TYPOGRAPHIC_NAME, PREFIX_NAME = 1, 3, 4, 6, 16, 25
MOST_COMMON = "e" * 13 + "t" * 9 + "a" * 8 + "o" * 8 + "iinnsshhrr" * 3 + "dddlllluuuccmmwwffggyyppbbvk,." + " " * 20


@dataclass(frozen=True)
class Cut:
    """One file a script: ``name`` of the reader's face, the family's package and file, and the axes' limits."""

    name: str
    style: str
    package: str
    file: str
    axes: dict[str, float | tuple[float, float]]


# The roman has its optical sizes, from notes to headlines; its italic, which stands in running text, has the text's.
CUTS = (
    Cut("Serif", "normal", "source_serif_4", "SourceSerif4[opsz,wght].ttf", {"wght": WEIGHTS, "opsz": (12, 44)}),
    Cut("Serif", "italic", "source_serif_4", "SourceSerif4-Italic[opsz,wght].ttf", {"wght": WEIGHTS, "opsz": 20}),
    Cut("Sans", "normal", "source_sans_3", "SourceSans3[wght].ttf", {"wght": WEIGHTS}),
    Cut("Sans", "italic", "source_sans_3", "SourceSans3-Italic[wght].ttf", {"wght": WEIGHTS}),
    Cut("Mono", "normal", "source_code_pro", "SourceCodePro[wght].ttf", {"wght": WEIGHTS}),
    Cut("Legible", "normal", "", "atkinson-hyperlegible-next-{}-wght-normal.woff2", {"wght": WEIGHTS}),
    Cut("Legible", "italic", "", "atkinson-hyperlegible-next-{}-wght-italic.woff2", {"wght": WEIGHTS}),
)


@dataclass(frozen=True)
class Local:
    """A font that systems have, and how wide it sets common English text, in em: measured on the metric-compatible
    Liberation fonts. Until a face of ours is there, this one stands in for it, in its width and height."""

    names: tuple[str, ...]
    em: float


TIMES = Local(("Times New Roman", "Liberation Serif", "Tinos"), 0.3982)
ARIAL = Local(("Arial", "Liberation Sans", "Arimo"), 0.4405)
STANDS_IN = {"Serif": TIMES, "Sans": ARIAL, "Legible": ARIAL}


def main(npm: Path) -> None:
    FONTS.mkdir(exist_ok=True)
    for old in (*FONTS.glob("*.woff2"), *FONTS.glob("*.css")):
        old.unlink()
    for name in dict.fromkeys(cut.name for cut in CUTS):
        rules = [rule for cut in CUTS if cut.name == name for rule in faces(cut, npm)]
        rules += stand_ins(name, STANDS_IN[name]) if name in STANDS_IN else []
        text = "\n".join(["/* Written by tests/fonts.py: change that. The font's licence lies beside it. */", *rules])
        (FONTS / f"{name.lower()}.css").write_text(text + "\n", encoding="utf-8", newline="\n")
    for name, package in (("serif", "source_serif_4"), ("sans", "source_sans_3"), ("mono", "source_code_pro")):
        shutil.copyfile(folder(package) / "LICENSE", FONTS / f"{name}-OFL.txt")
    shutil.copyfile(npm / "LICENSE", FONTS / "legible-OFL.txt")


def faces(cut: Cut, npm: Path) -> Iterator[str]:
    """Write a file for each script that the font has; answers the rules that name them."""
    for script, characters in SCRIPTS.items():
        source = source_of(cut, script, npm)
        if source.exists() and (content := cut_out(source, cut, characters_of(script))):
            path = FONTS / "-".join([cut.name.lower(), *(["italic"] * (cut.style == "italic")), f"{script}.woff2"])
            path.write_bytes(content)
            print(f"{len(content):7} {path.name}")
            yield face(cut, path, characters)


def characters_of(script: str) -> set[int]:
    """The characters of a script; those that another one after it has too are that one's."""
    known = set(subset.parse_unicodes(SCRIPTS[script]))
    later = list(SCRIPTS)[list(SCRIPTS).index(script) + 1 :]
    return known.difference(*(subset.parse_unicodes(SCRIPTS[one]) for one in later))


def folder(package: str) -> Path:
    return Path(import_module(f"fontpkg_{package}").ROOT)


def source_of(cut: Cut, script: str, npm: Path) -> Path:
    return folder(cut.package) / "files" / cut.file if cut.package else npm / "files" / cut.file.format(script)


def cut_out(source: Path, cut: Cut, characters: set[int]) -> bytes:
    """The font with these characters and axes, under our own name; nothing where it has none of their letters."""
    font = TTFont(source)
    wanted = characters & set(font.getBestCmap())
    if not any(chr(one).isalpha() for one in wanted):
        return b""
    options = subset.Options(layout_features=FEATURES, hinting=False, notdef_outline=True, name_IDs=["*"])
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    font = instancer.instantiateVariableFont(reopened(font), cut.axes)
    rename(font, f"Quietpage {cut.name}")
    out = io.BytesIO()
    font.flavor = "woff2"
    font.save(out)
    return out.getvalue()


def reopened(font: TTFont) -> TTFont:
    """The same font, read anew: what it lost is gone from its lazily read tables too."""
    out = io.BytesIO()
    font.flavor = None
    font.save(out)
    out.seek(0)
    return TTFont(out)


def rename(font: TTFont, family: str) -> None:
    """A changed font must not bear the name that its licence reserves; its copyright and licence stay."""
    compact = family.replace(" ", "")
    names = {FAMILY_NAME: family, UNIQUE_NAME: compact, FULL_NAME: family, POSTSCRIPT_NAME: compact}
    names |= {TYPOGRAPHIC_NAME: family, PREFIX_NAME: compact}
    for record in list(font["name"].names):
        if record.nameID in names:
            font["name"].setName(
                names[record.nameID], record.nameID, record.platformID, record.platEncID, record.langID
            )


def face(cut: Cut, path: Path, characters: str) -> str:
    version = hashlib.sha256(path.read_bytes()).hexdigest()[:12]  # as in web/assets.py: browsers keep it for good
    return (
        f'@font-face {{ font-family: "Quietpage {cut.name}"; font-weight: {WEIGHTS[0]} {WEIGHTS[1]}; '
        f"{'font-style: italic; ' * (cut.style == 'italic')}font-display: optional; "
        f'src: url("{path.name}?v={version}"); unicode-range: {characters} }}'
    )


def stand_ins(name: str, local: Local) -> Iterator[str]:
    font = TTFont(FONTS / f"{name.lower()}-latin.woff2")
    em, hhea = font["head"].unitsPerEm, font["hhea"]
    adjust = average_width(font) / local.em
    for ending, weight in (("", ""), (" Bold", "font-weight: 600 900; ")):
        sources = ", ".join(f'local("{one}{ending}")' for one in local.names)
        yield (
            f'@font-face {{ font-family: "Quietpage {name} Stand-in"; {weight}src: {sources}; '
            f"size-adjust: {adjust:.2%}; ascent-override: {hhea.ascent / em / adjust:.2%}; "
            f"descent-override: {-hhea.descent / em / adjust:.2%}; "
            f"line-gap-override: 0%; unicode-range: U+0-52F,U+1E00-20CF,U+2100-218F }}"
        )


def average_width(font: TTFont) -> float:
    """How wide common English text is a character, in em."""
    cmap, widths = font.getBestCmap(), font["hmtx"]
    total = sum(widths[cmap[ord(letter)]][0] for letter in MOST_COMMON)
    return total / len(MOST_COMMON) / font["head"].unitsPerEm


if __name__ == "__main__":
    main(Path(sys.argv[1]))
