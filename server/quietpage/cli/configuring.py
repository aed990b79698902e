"""The command that shows and changes settings."""

from __future__ import annotations

import click

from quietpage import settings
from quietpage.cli.group import clear_errors, main
from quietpage.cli.printing import json_text


@main.group(invoke_without_command=True)
@click.pass_context
def config(context: click.Context) -> None:
    """Show and change settings: how Quietpage runs on this machine.

    The server has them at its next start, `backups` at once. The page Settings shows the same.
    """
    if context.invoked_subcommand is None:
        context.invoke(list_settings)


@config.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@clear_errors
def list_settings(as_json: bool = False) -> None:
    """List all settings, what they are, and where that was said: environment, file or default."""
    found = settings.read()
    if as_json:
        told = {name: {"value": one.value, "source": one.source} for name, one in found.items()}
        return click.echo(json_text(told))
    for name, one in found.items():
        row = settings.TABLE[name]
        value = settings.written(one.value) if one.value is not None else f"({row.without.replace('`', '')})"
        click.echo(f"{click.style(name, bold=True)} = {value}")
        click.echo(f"    {row.meaning} · {one.source}, {row.variable}")
    return None


@config.command("get")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@clear_errors
def get_setting(name: str, as_json: bool) -> None:
    """Print a setting. Where none is set and the default is found out at the start, nothing is printed."""
    one = settings.read()[settings.row(name).name]
    if as_json:
        return click.echo(json_text({"value": one.value, "source": one.source}))
    text = settings.written(one.value) if not isinstance(one.value, str) else one.value
    return click.echo(text) if text else None


@config.command("set")
@click.argument("name")
@click.argument("value")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@clear_errors
def set_setting(name: str, value: str, as_json: bool) -> None:
    """Write a setting into the file; comments there stay."""
    kept = settings.keep(name, value)
    name = settings.row(name).name
    click.echo(json_text({name: kept}) if as_json else f"{name} = {settings.written(kept)}")


@config.command("unset")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print what holds now as JSON.")
@clear_errors
def unset_setting(name: str, as_json: bool) -> None:
    """Take a setting out of the file, so that its default holds."""
    settings.keep(name, None)
    if as_json:
        name = settings.row(name).name
        click.echo(json_text({name: settings.read()[name].value}))


@config.command("path")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@clear_errors
def settings_path(as_json: bool) -> None:
    """Print where the file of settings is, or would be."""
    click.echo(json_text({"path": str(settings.place())}) if as_json else settings.place())
