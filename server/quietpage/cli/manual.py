"""The manual page, from what each command says of itself."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from quietpage import __version__
from quietpage.cli import main
from quietpage.settings import TABLE, place

ENDS = (("0", "All is done."), ("1", "Something went wrong, which standard error says."), ("2", "Called wrongly."))


def manual() -> str:
    """The whole page in roff, with the macros of man(7)."""
    lines = [
        f'.TH QUIETPAGE 1 "" "Quietpage {__version__}" "Quietpage"',
        *(".SH NAME", "quietpage \\- " + roff((main.help or "").strip())),
        *(".SH SYNOPSIS", ".B quietpage", "[\\fIoptions\\fR] \\fIcommand\\fR [\\fIarguments\\fR]"),
        *(".SH OPTIONS", *options(main, click.Context(main, info_name="quietpage"))),
        *(".SH COMMANDS", *commands(main, click.Context(main, info_name="quietpage"))),
        ".SH SETTINGS",
    ]
    for row in TABLE.values():
        usual = row.usual.replace("`", "")
        lines += [".TP", f".B {roff(row.name)}", roff(f"{row.meaning} ({row.variable}; without it: {usual})")]
    lines += [".SH EXIT STATUS"]
    for status, meaning in ENDS:
        lines += [".TP", f".B {status}", roff(meaning)]
    lines += [".SH FILES", roff(place().name + ": the settings; quietpage config path says where.")]
    return "\n".join(lines) + "\n"


def commands(group: click.Group, context: click.Context) -> Iterator[str]:
    """Each command of a group, and of the groups in it."""
    for name, command in sorted(group.commands.items()):
        inner = click.Context(command, info_name=name, parent=context)
        usage = " ".join((inner.command_path, *command.collect_usage_pieces(inner)))
        yield from (f'.SS "{roff(inner.command_path)}"', f".B {roff(usage)}", ".PP")
        for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
            yield from (roff(" ".join(paragraph.split())), ".PP")
        yield from options(command, inner)
        if isinstance(command, click.Group):
            yield from commands(command, inner)


def options(command: click.Command, context: click.Context) -> Iterator[str]:
    """The options of a command, each with what it does."""
    for one in command.get_params(context):
        if (record := one.get_help_record(context)) is not None:
            yield from (".TP", f".B {roff(record[0])}", roff(" ".join(record[1].split())) or "\\&")


def roff(text: str) -> str:
    """Text as roff has it: no character of it is a command."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq")
    return f"\\&{text}" if text.startswith((".", "'")) else text
