"""Commands about who was let in: connected browsers, and programs with a token of their own."""

from __future__ import annotations

from pathlib import Path

import click

from quietpage.cli.group import clear_errors, main
from quietpage.cli.printing import day, json_text, shown
from quietpage.library.library import Library


@main.group(invoke_without_command=True)
@click.pass_context
def browsers(context: click.Context) -> None:
    """List connected browsers and programs, let a program in, or disconnect one."""
    if context.invoked_subcommand is None:
        context.invoke(list_browsers)


@browsers.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_obj
@clear_errors
def list_browsers(db: Path, as_json: bool = False) -> None:
    """List what is connected, and what was."""
    with Library(db) as library:
        every = library.browsers.all()
    if as_json:
        names = ("id", "name", "origin", "created_at", "last_seen_at", "revoked_at")
        return click.echo(json_text([{name: getattr(one, name) for name in names} for one in every]))
    for one in every:
        ended = f"disconnected {day(one.revoked_at)}" if one.revoked_at else f"last seen {day(one.last_seen_at) or '–'}"
        click.echo(f"{one.id}  {shown(one.name)} · connected {day(one.created_at)} · {ended}")
    return None


@browsers.command("add")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_obj
@clear_errors
def add_browser(db: Path, name: str, as_json: bool) -> None:
    """Make a token for a program of yours, or another extension, and print it, this once."""
    from quietpage.web.pairing import new_token, proof_key, token_hash

    token = new_token()
    with Library(db) as library:
        made = library.browsers.add(name=name, origin="", token_hash=token_hash(token), proof_key=proof_key(token))
    if as_json:
        return click.echo(json_text({"id": made.id, "name": made.name, "token": token}))
    click.echo(token)
    click.echo(f"It is shown this once. `quietpage browsers revoke {made.id}` makes it worthless.", err=True)
    return None


@browsers.command("revoke")
@click.argument("browser_ids", metavar="ID…", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print the ids of what was disconnected as JSON.")
@click.pass_obj
@clear_errors
def revoke_browsers(db: Path, browser_ids: tuple[str, ...], as_json: bool) -> None:
    """Disconnect browsers or programs: their tokens are worthless at once."""
    with Library(db) as library:
        if unknown := [one for one in browser_ids if library.browsers.get(one) is None]:
            raise click.ClickException(f"No browser is called {shown(', '.join(unknown))}; `quietpage browsers` lists.")
        for one in browser_ids:
            library.browsers.revoke(one)
    click.echo(json_text({"revoked": browser_ids}) if as_json else f"{len(browser_ids)} disconnected.")
