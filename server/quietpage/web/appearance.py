"""How articles look: what a person chose, as attributes of every page, and the form by which they choose.

The attributes are there when the page comes, so that it is never painted in another look first. Where scripts run,
static/appearance.js changes them at once and sends the same form without leaving the page.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import datetime

from flask import Blueprint, Flask, Response, abort, g, redirect, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from quietpage.library.database import DatabaseError
from quietpage.library.reading_settings import DARK_THEMES, LIGHT_THEMES, LONGEST_CSS, SIZES, ReadingSettings
from quietpage.web.guard import own_path
from quietpage.web.scripts import first_fonts, script_of
from quietpage.web.state import here

appearance = Blueprint("appearance", __name__)
STEPS = {"smaller": -1, "larger": 1}


def register(app: Flask) -> None:
    """Add the form's address to ``app``, and what the templates need."""
    app.register_blueprint(appearance)
    app.jinja_env.globals.update(reading_settings=reading_settings, look=look, own_sheet=own_sheet)
    app.jinja_env.globals.update(sizes=" ".join(map(str, SIZES)), longest_css=LONGEST_CSS)
    app.jinja_env.globals.update(script_of=script_of, first_fonts=first_fonts)


def reading_settings() -> ReadingSettings:
    """The settings of the person who asks; the usual ones for whoever was not let in, or while the library fails."""
    if "reading_settings" not in g:
        g.reading_settings = ReadingSettings()
        if "since" in session:
            with suppress(DatabaseError):  # the page that says so has a look as well
                g.reading_settings = here().library.reading.get()
    found: ReadingSettings = g.reading_settings
    return found


def look() -> dict[str, str]:
    """The attributes by which the style sheets give a page its look."""
    chosen = reading_settings()
    return {
        "data-font": chosen.font,
        "data-size": str(chosen.size),
        "data-width": chosen.width,
        "data-leading": chosen.leading,
        "data-alignment": chosen.alignment,
        "data-theme": chosen.theme,
        "data-scheme": chosen.scheme(datetime.now().time()),
        "data-light": chosen.theme if chosen.theme in LIGHT_THEMES else chosen.light,
        "data-dark": chosen.theme if chosen.theme in DARK_THEMES else chosen.dark,
    }


def own_sheet() -> str | None:
    """The address of the person's own style sheet, which names its content; None where there is none."""
    css = reading_settings().css
    return url_for("appearance.sheet", v=hashlib.sha256(css.encode()).hexdigest()[:12]) if css else None


@appearance.get("/settings/own.css")
def sheet() -> Response:
    """The person's own style sheet. By the pages' security policy it can load nothing from elsewhere."""
    return Response(here().library.reading.get().css, mimetype="text/css")


@appearance.post("/settings/reading")
def change() -> AnyResponse:
    """Change how articles look, and go back to the page that the form is on."""
    reading = here().library.reading
    if "reset" in request.form:
        reading.reset()
        return redirect(own_path(request.form.get("back")), 303)
    try:
        reading.change(chosen(reading.get()))
    except ValueError:
        abort(400)
    return redirect(own_path(request.form.get("back")), 303)


def chosen(now: ReadingSettings) -> dict[str, str]:
    """What the form asks for, beside its buttons: one step of size, or the other of light and dark."""
    values = {name: text.replace("\r\n", "\n") for name, text in request.form.items()}
    if (step := STEPS.get(values.get("size", ""))) is not None:
        values["size"] = str(SIZES[min(max(SIZES.index(now.size) + step, 0), len(SIZES) - 1)])
    if "switch" in values:
        is_dark = now.scheme(datetime.now().time()) == "dark"
        values["theme"] = now.light if is_dark else now.dark
    return values
