"""Commands that run the server and lead to it."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from quietpage import settings
from quietpage.cli.group import clear_errors, main
from quietpage.cli.printing import json_text
from quietpage.library.library import Library


@main.command()
@click.option("--port", type=click.IntRange(0, 65535), help="The port. Without it: the first free one from 8765 on.")
@click.option(
    "--host",
    help="The address to listen on, 127.0.0.1 without it. Any but this machine's own needs --behind-proxy.",
)
@click.option(
    "--behind-proxy",
    metavar="URL",
    help="The https address of a reverse proxy before the server, by which other machines reach it.",
)
@click.option("--db", type=click.Path(dir_okay=False, path_type=Path), help="The library's file.")
@click.option(
    "--no-browser/--browser", is_flag=True, default=None, help="Print the link instead of opening the browser."
)
@click.option("--background", is_flag=True, help="Open nothing, and write what happens to the log alone.")
@click.pass_obj
@clear_errors
def serve(
    default: Path,
    port: int | None,
    host: str | None,
    behind_proxy: str | None,
    db: Path | None,
    no_browser: bool | None,
    background: bool,
) -> None:
    """Start the server, and open your library in the browser. What is not said here, the settings say."""
    from quietpage.web.serve import NoPort, NotPrivate, run

    of_group = click.get_current_context().find_root().params
    flags = {
        "db": None if (named := db or of_group.get("db")) is None else str(named),
        "host": host,
        "port": port,
        "behind_proxy": behind_proxy,
        "open_browser": None if no_browser is None else not no_browser,
    }
    found = settings.read() | settings.given(flags)
    chosen = settings.settled(found)
    if background:
        from quietpage.web.log import say_into, usual_file

        say_into(Path(chosen.log_file) if chosen.log_file else usual_file(), chosen.log_level)
    try:
        run(
            db or default,
            chosen.host,
            chosen.port,
            open_browser=chosen.open_browser,
            behind_proxy=chosen.behind_proxy,
            background=background,
            found=found,
        )
    except (NoPort, NotPrivate) as error:
        raise click.ClickException(str(error)) from None
    except KeyboardInterrupt:
        return


@main.command("open")
@click.option("--print", "only_print", is_flag=True, help="Print the link instead of opening it.")
@click.option("--json", "as_json", is_flag=True, help="Print the link as JSON, and open nothing.")
@click.pass_obj
@clear_errors
def open_library(db: Path, only_print: bool, as_json: bool) -> None:
    """Let a browser in, and open your library there. The link is good once, for ten minutes."""
    from quietpage.web.instance import running_at

    url = running_at(db) if db.exists() else None
    if url is None:
        raise click.ClickException("No server is running for this library. Start it with `quietpage serve`.")
    with Library(db) as library:
        link = f"{url}/open?code={library.links.mint()}&next=/"
    if as_json:
        return click.echo(json_text({"link": link}))
    if only_print or not webbrowser.open(link):
        click.echo(link)
    return None
