"""The page of settings: who is connected, how articles look, how Quietpage runs, and where everything is.

How it runs is the file that `quietpage config` shows and changes. Where files are and by which address the server is
reached is shown, and changed in a terminal alone: a slip would put Quietpage out of reach, this page with it, and a
page that other machines may reach has no say in which files the server writes. There is no call for it: a browser's
token saves articles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from quietpage import settings as settings_file
from quietpage.settings import LEVELS, TABLE, BadSetting, Row, Set, Value
from quietpage.web.assets import extension_folder
from quietpage.web.guard import begin_session
from quietpage.web.language import gettext, later
from quietpage.web.log import usual_file
from quietpage.web.pages import pages
from quietpage.web.state import Config, here

CHANGED_HERE = ("port", "open_browser", "backups", "log_level")
NO_PORT = later("The extension looks for Quietpage at the ports 8765 to 8769 alone. Any other is set in a terminal.")
TAKEN_PORT = later("Another program has this port. Choose another one, or leave it empty.")
NO_SUCH = later("This setting cannot have this value.")


@dataclass(frozen=True, slots=True)
class Shown:
    """A setting on the page: what it is now, what it ``was`` at the start where that still holds, what was typed."""

    row: Row
    now: Set
    was: Set | None = None
    usual: Value = None  # what holds where it is not set
    typed: str | None = None
    error: str | None = None
    behind_proxy: bool = False

    @property
    def changeable(self) -> bool:
        """Whether this page changes it: what is said before the file would hold all the same."""
        if self.row.name not in CHANGED_HERE or (self.row.name == "port" and self.behind_proxy):
            return False
        return self.now.source in ("file", "default")

    @property
    def text(self) -> str:
        """What its field holds."""
        if self.typed is not None:
            return self.typed
        return str(self.now.value).lower() if isinstance(self.now.value, bool) else str(self.now.value or "")


@pages.get("/settings")
def settings() -> str:
    """The connected browsers, what a person corrected, how Quietpage runs, and where everything is."""
    try:
        return settings_page(shown(here().config), kept="kept" in request.args)
    except BadSetting as error:
        return settings_page((), trouble=str(error))


@pages.post("/settings/running")
def change_running() -> AnyResponse | tuple[str, int]:
    """Change how Quietpage runs; where a field cannot be so, nothing is changed, and the page says which."""
    config = here().config
    try:
        asked = [tried(one, request.form.get(one.row.name), config) for one in shown(config) if one.changeable]
        if any(one.error for one in asked):
            names = {one.row.name: one for one in asked}
            return settings_page(tuple(names.get(one.row.name, one) for one in shown(config))), 422
        changes = {one.row.name: value_of(one) for one in asked if one.typed is not None}
        now = {one.row.name: one.now.value for one in asked}
        settings_file.change({name: value for name, value in changes.items() if value != now[name]})
    except BadSetting as error:
        return settings_page((), trouble=str(error)), 409
    except OSError as error:
        trouble = f"{settings_file.place()}: {error.strerror or error}."
        return settings_page(shown(config), trouble=trouble), 500
    return redirect(url_for("pages.settings", kept="yes", _anchor="running"), 303)


@pages.post("/settings/browsers/<browser_id>/revoke")
def revoke(browser_id: str) -> AnyResponse:
    """Disconnect a browser."""
    if here().library.browsers.get(browser_id) is None:
        abort(404)
    here().library.browsers.revoke(browser_id)
    return redirect(url_for("pages.settings"), 303)


@pages.post("/settings/sessions/end")
def end_other_sessions() -> AnyResponse:
    """End the session of every browser but this one: cookies that another key has signed are worth nothing."""
    current_app.secret_key = here().library.secret(renew=True)
    begin_session()
    return redirect(url_for("pages.settings", alone="yes", _anchor="reading"), 303)


def settings_page(running: tuple[Shown, ...], *, trouble: str | None = None, kept: bool = False) -> str:
    """The whole page, with the settings of how Quietpage runs as they are to be shown."""
    return render_template(
        "settings.html",
        browsers=[browser for browser in here().library.browsers.all() if browser.revoked_at is None],
        corrections=here().library.corrections.all(),
        feeds=here().library.feeds.all(),
        config=here().config,
        folder=extension_folder(),
        running=running,
        trouble=trouble,
        kept=kept,
        levels=LEVELS,
        settings_place=settings_file.place(),
    )


def shown(config: Config) -> tuple[Shown, ...]:
    """All settings, in the order of the table. Raises BadSetting."""
    usual: Mapping[str, Value] = {"db": str(config.db), "port": config.port, "log_file": str(usual_file())}
    public = config.public is not None
    return tuple(
        Shown(TABLE[name], now, was(now, config, TABLE[name]), usual.get(name), behind_proxy=public)
        for name, now in config.settings_now().items()
    )


def was(now: Set, config: Config, row: Row) -> Set | None:
    """What the server was started with, where a setting has changed since, and the server has not followed."""
    started = config.settings.get(row.name)
    return started if started is not None and not row.at_once and started.value != now.value else None


def tried(one: Shown, text: str | None, config: Config) -> Shown:
    """A setting with what was typed, and what is wrong with that; as it is, where the form has it not."""
    if text is None:
        return one
    one = replace(one, typed=text.strip())
    try:
        value = value_of(one)
    except BadSetting:
        wrong = NO_PORT if one.row.kind == "port" else NO_SUCH
        return replace(one, error=gettext(wrong))
    if one.row.kind == "port" and isinstance(value, int) and value != one.now.value:
        return replace(one, error=wrong_port(value, config))
    return one


def value_of(one: Shown) -> Value:
    """The value that was typed; None where the field was left empty that may be. Raises BadSetting."""
    if not one.typed and one.row.default is None:
        return None
    return settings_file.parsed(one.row, one.typed or "", one.row.name)


def wrong_port(port: int, config: Config) -> str | None:
    """What keeps the server from this port at its next start, or the extension from finding it there."""
    from quietpage.web.serve import KNOWN_PORTS, NoPort, bind  # late: it makes the application that this is a part of

    if port not in KNOWN_PORTS:
        return gettext(NO_PORT)
    if port == config.port:
        return None
    try:
        bind(config.host, port).close()
    except NoPort:
        return gettext(TAKEN_PORT)
    return None
