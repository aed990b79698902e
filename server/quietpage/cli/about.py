"""Commands about the command itself: its version, completion and manual, the extension that came along."""

from __future__ import annotations

import platform

import click
from click.shell_completion import get_completion_class

from quietpage import __version__
from quietpage.cli.group import clear_errors, main
from quietpage.cli.printing import json_text


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def version(as_json: bool) -> None:
    """Print the version of Quietpage, and of the Python it runs on."""
    told = {"quietpage": __version__, "python": platform.python_version(), "system": platform.system()}
    click.echo(json_text(told) if as_json else f"quietpage {__version__}, Python {platform.python_version()}")


@main.command()
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
def completion(shell: str) -> None:
    """Print what completes commands and options in a shell.

    bash: quietpage completion bash >> ~/.bashrc; zsh: >> ~/.zshrc;
    fish: > ~/.config/fish/completions/quietpage.fish
    """
    known = get_completion_class(shell)
    assert known is not None  # click has these three
    click.echo(known(main, {}, "quietpage", "_QUIETPAGE_COMPLETE").source())


@main.command("manual")
def print_manual() -> None:
    """Print the manual page of this version, as man reads it: quietpage manual | man -l -

    To have it as `man quietpage`: quietpage manual > ~/.local/share/man/man1/quietpage.1
    """
    from quietpage.cli.manual import manual  # late: it looks at every command

    click.echo(manual(), nl=False)


@main.command()
@click.option("--path", "only_path", is_flag=True, help="Print the folder, and nothing else.")
@click.option("--open", "opened", is_flag=True, help="Show the folder in the file manager.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@clear_errors
def extension(only_path: bool, opened: bool, as_json: bool) -> None:
    """Say where the browser extension is, and how a browser loads it."""
    from quietpage.web.assets import extension_folder

    folder = extension_folder()
    if folder is None:
        raise click.ClickException("This Quietpage came without its extension. Install it again.")
    if opened:
        click.launch(str(folder))
    if as_json:
        return click.echo(json_text({"path": str(folder)}))
    click.echo(folder)
    if not only_path:
        click.echo("Chrome, Edge, Brave: chrome://extensions, Developer mode, Load unpacked, this folder.", err=True)
        click.echo("Firefox: about:debugging, This Firefox, Load Temporary Add-on, manifest.json in it.", err=True)
    return None
