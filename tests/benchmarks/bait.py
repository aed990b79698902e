"""Texts that a regular expression may take quadratic time for, made out of its own parts; and all those of the server.

Such a text repeats what the expression repeats, after what leads there, and ends with what fits nowhere: then an engine
that goes back tries every way to part it.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from re import _constants as ops  # type: ignore[attr-defined]  # the parser of ``re`` itself has no public name
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

ROOMS = ("cleaner", "formats", "library", "pdf", "web")
CALLS = frozenset("compile search match fullmatch sub subn split findall finditer".split())
MISFIT = "\0"  # what ends a bait: hardly any expression takes it
CLASSES = {
    ops.CATEGORY_DIGIT: "7", ops.CATEGORY_NOT_DIGIT: "x", ops.CATEGORY_SPACE: " ", ops.CATEGORY_NOT_SPACE: "x",
    ops.CATEGORY_WORD: "a", ops.CATEGORY_NOT_WORD: "-",
}  # fmt: skip
ANYTHING = "a 7-<\">'&"  # where an expression says what may not stand there, one of these may
MOST_BRANCHES = 6  # of alternatives, which in word lists are hundreds and alike


def server_patterns() -> dict[str, re.Pattern[str]]:
    """Every expression of the server's rooms by where it stands: those with names, and those written in a call."""
    found: dict[str, re.Pattern[str]] = {}
    for room in ROOMS:
        package = importlib.import_module(f"quietpage.{room}")
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            module = importlib.import_module(info.name)
            place = info.name.removeprefix("quietpage.")
            for name, value in vars(module).items():
                for number, pattern in enumerate(patterns_in(value, set())):
                    found.setdefault(f"{place}.{name}" + (f"[{number}]" if number else ""), pattern)
            for line, pattern in patterns_called(Path(module.__file__ or "")):
                found[f"{place}:{line}"] = pattern
    return unlike(found)


def unlike(found: dict[str, re.Pattern[str]]) -> dict[str, re.Pattern[str]]:
    """Each expression once."""
    first = {(pattern.pattern, pattern.flags): place for place, pattern in reversed(found.items())}
    return {place: found[place] for place in found if first[found[place].pattern, found[place].flags] == place}


def patterns_in(value: Any, seen: set[int]) -> Iterator[re.Pattern[str]]:
    """The expressions in a module's value: itself, in what it holds, in the fields of our own objects."""
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, re.Pattern):
        yield (
            value
            if isinstance(value.pattern, str)
            else re.compile(value.pattern.decode("latin-1"), value.flags & ~re.ASCII)
        )
    elif isinstance(value, dict):
        for inner in (*value, *value.values()):
            yield from patterns_in(inner, seen)
    elif isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            yield from patterns_in(inner, seen)
    elif type(value).__name__ == "AnyCase":
        yield re.compile(value.pattern)
    elif type(value).__module__.startswith("quietpage.") and not isinstance(value, type):
        for name in (*getattr(value, "__dict__", ()), *getattr(type(value), "__slots__", ())):
            yield from patterns_in(getattr(value, name, None), seen)


def patterns_called(file: Path) -> Iterator[tuple[int, re.Pattern[str]]]:
    """The expressions that a file writes in a call of ``re``, with their line."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CALLS
        of_re = called and isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.args
        if of_re and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
            yield node.lineno, re.compile(node.args[0].value)


@dataclass(frozen=True, order=True)
class Bait:
    """What leads to a part that is repeated, that part, and what it ends with."""

    lead: str
    unit: str
    end: str

    def of(self, chars: int) -> str:
        """The text, of about so many characters."""
        return self.lead + self.unit * (chars // len(self.unit)) + self.end


def baits(pattern: re.Pattern[str]) -> list[Bait]:
    """Texts that are each to be hard on this expression in their way."""
    tree = parser.parse(
        pattern.pattern, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags
    )
    units = set(sample(tree)) | {sample(tree), " ", "a"}
    made = {(lead, unit) for lead, unit in led_to(list(tree), "")} | {("", unit) for unit in units}
    return sorted(Bait(lead, unit, end) for lead, unit in made if unit for end in (MISFIT, ""))


def led_to(nodes: list[Any], lead: str) -> Iterator[tuple[str, str]]:
    """Each repeated part of an expression with a text that leads to it; and each text that leads anywhere, repeated."""
    for number, node in enumerate(nodes):
        kind, told = node
        if kind in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
            inner = sample(told[2])
            yield lead, inner
            yield "", lead + inner
            after = sample(nodes[number + 1 :])
            yield lead, inner + after  # what is repeated, and what would end it, over and over
            yield lead, after
            yield from led_to(list(told[2]), lead)
        elif kind is ops.SUBPATTERN:
            yield from led_to(list(told[3]), lead)
        elif kind is ops.ATOMIC_GROUP:
            yield from led_to(list(told), lead)
        elif kind is ops.BRANCH:
            for branch in told[1][:MOST_BRANCHES]:
                yield from led_to(list(branch), lead)
        lead += sample([node])


def sample(nodes: Iterable[Any]) -> str:
    """A short text that a part of an expression takes."""
    return "".join(map(sample_of, nodes))


def sample_of(node: Any) -> str:
    """The same of one node of its tree."""
    kind, told = node
    if kind is ops.LITERAL:
        return chr(told)
    if kind in (ops.NOT_LITERAL, ops.ANY):
        return next(one for one in ANYTHING if one != (chr(told) if told else ""))
    if kind is ops.IN:
        return one_of(told)
    if kind in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        return sample(told[2]) * max(1, min(told[0], 3))
    if kind is ops.SUBPATTERN:
        return sample(told[3])
    if kind is ops.ATOMIC_GROUP:
        return sample(told)
    if kind is ops.BRANCH:
        return sample(told[1][0])
    return ""  # an assertion, an anchor, a reference


def one_of(told: list[Any]) -> str:
    """A character of a class."""
    if told[0][0] is ops.NEGATE:
        return next((one for one in ANYTHING if not any(is_in(one, item) for item in told[1:])), "é")
    kind, value = told[0]
    return chr(value) if kind is ops.LITERAL else chr(value[0]) if kind is ops.RANGE else CLASSES.get(value, "a")


def is_in(character: str, item: Any) -> bool:
    """Whether a character belongs to one item of a class."""
    kind, value = item
    if kind is ops.LITERAL:
        return ord(character) == value
    if kind is ops.RANGE:
        return bool(value[0] <= ord(character) <= value[1])
    signs = {
        ops.CATEGORY_DIGIT: r"\d", ops.CATEGORY_NOT_DIGIT: r"\D", ops.CATEGORY_SPACE: r"\s",
        ops.CATEGORY_NOT_SPACE: r"\S", ops.CATEGORY_WORD: r"\w", ops.CATEGORY_NOT_WORD: r"\W",
    }  # fmt: skip
    return bool(re.match(signs[value], character)) if value in signs else False
