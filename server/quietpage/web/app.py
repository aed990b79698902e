"""The web application, put together: what it holds, who guards it, what it answers."""

from __future__ import annotations

from flask import Flask

from quietpage.library.library import Library
from quietpage.web import (
    api,
    appearance,
    arrivals,
    assets,
    exporting,
    feeds,
    guard,
    guide,
    images,
    language,
    notes,
    pages,
    problems,
    settings_page,
    single_file,
    uncaptured,
    version_calls,
)
from quietpage.web.row_number import RowId
from quietpage.web.state import Config, Quietpage

__all__ = ["Config", "create_app", "settings_page", "single_file", "version_calls"]

MOST_BODY_BYTES = 48 * 1024 * 1024  # a page of 20 MiB, written as JSON


def create_app(config: Config) -> Flask:
    """Return the application of the library at ``config.db``, which is opened, and made where there is none.

    Raises what ``Library`` raises.
    """
    app = Flask("quietpage.web")
    library = Library(config.db)
    app.extensions["quietpage"] = Quietpage(config, library)
    app.config.update(MAX_CONTENT_LENGTH=MOST_BODY_BYTES, MAX_FORM_MEMORY_SIZE=100_000, TRAP_HTTP_EXCEPTIONS=False)
    app.url_map.converters["int"] = RowId
    guard.register(app, config, library.secret())
    problems.register(app)
    assets.register(app)
    language.register(app)
    images.register(app)
    api.register(app)
    pages.register(app, config.db)
    appearance.register(app)
    notes.register(app)
    exporting.register(app)
    feeds.register(app)
    arrivals.register(app)
    guide.register(app)
    uncaptured.register(app)
    return app
