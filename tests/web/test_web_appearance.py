"""How pages look: the attributes that give them their look, the form, the person's own style sheet."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from web.conftest import Extension

from quietpage.library.library import Library
from quietpage.library.reading_settings import LONGEST_CSS, SIZES

STATIC = Path(__file__).resolve().parent.parent.parent / "server" / "quietpage" / "web" / "static"


def root(page: str) -> dict[str, str]:
    """The data attributes of a page's first element."""
    opened = re.search("<html[^>]*>", page)
    assert opened
    return dict(re.findall(r'data-([a-z_]+)="([^"]*)"', opened[0]))


def change(me: FlaskClient, **values: str) -> int:
    return me.post("/settings/reading", data=values, headers={"Sec-Fetch-Site": "same-origin"}).status_code


def test_every_page_has_the_look_that_was_chosen(me: FlaskClient, extension: Extension) -> None:
    extension.save()
    assert root(me.get("/read/1").text)["scheme"] == "system"
    assert change(me, font="legible", size="24", width="wide", theme="black", alignment="justified") == 303
    for path in ("/read/1", "/", "/settings"):
        look = root(me.get(path).text)
        assert look["font"] == "legible"
        assert (look["size"], look["width"], look["alignment"]) == ("24", "wide", "justified")
        assert (look["theme"], look["scheme"], look["dark"]) == ("black", "dark", "black")


def test_whoever_was_not_let_in_sees_the_usual_look(me: FlaskClient, stranger: FlaskClient) -> None:
    change(me, theme="black")
    assert root(stranger.get("/sign-in").text)["scheme"] == "system"


def test_by_the_clock_the_server_says_whether_it_is_dark(me: FlaskClient) -> None:
    now = datetime.now()
    before, after = (f"{now + timedelta(hours=hours):%H:%M}" for hours in (-2, 2))
    change(me, theme="clock", dark_from=before, dark_to=after, light="white", dark="black")
    look = root(me.get("/").text)
    assert (look["scheme"], look["light"], look["dark"]) == ("dark", "white", "black")
    change(me, dark_from=after, dark_to=before)
    assert root(me.get("/").text)["scheme"] == "light"


def test_buttons_step_the_size_and_switch_light_and_dark_without_scripts(library: Library, me: FlaskClient) -> None:
    reading = library.reading
    change(me, size="larger")
    assert reading.get().size == 20
    for _ in SIZES:
        change(me, size="smaller")
    assert reading.get().size == SIZES[0]
    change(me, switch="yes", theme="paper", dark="black")
    assert reading.get().theme == "dark"
    change(me, switch="yes")
    assert reading.get().theme == "paper"


def test_the_form_leads_back_to_its_page_and_nowhere_else(me: FlaskClient) -> None:
    for back, path in (("/read/1", "/read/1"), ("/settings#look", "/settings#look"), ("//evil.example", "/")):
        answer = me.post("/settings/reading", data={"back": back, "width": "wide"})
        assert answer.headers["Location"] == path


@pytest.mark.parametrize("value", [{"font": "x"}, {"size": "19px"}, {"css": "a" * (LONGEST_CSS + 1)}])
def test_what_nobody_can_choose_is_refused(me: FlaskClient, value: dict[str, str]) -> None:
    assert change(me, **value) == 400


def test_another_site_and_a_stranger_change_nothing(library: Library, me: FlaskClient, stranger: FlaskClient) -> None:
    elsewhere = {"Sec-Fetch-Site": "cross-site", "Origin": "http://evil.example"}
    assert me.post("/settings/reading", data={"theme": "black"}, headers=elsewhere).status_code == 403
    assert change(stranger, theme="black") != 204
    assert library.reading.get().theme == "system"


# The person's own style sheet


def test_the_own_style_sheet_is_a_file_of_its_own_and_the_reader_s_alone(
    me: FlaskClient, stranger: FlaskClient, extension: Extension
) -> None:
    extension.save()
    assert "own.css" not in me.get("/read/1").text
    css = ".body { color: rebeccapurple }\r\n/* </style><script>alert(1)</script> */"
    change(me, css=css)
    page = me.get("/read/1").text
    (address,) = re.findall(r'href="(/settings/own\.css[^"]*)"', page)
    assert "alert(1)" not in page
    assert "/settings/own.css" not in me.get("/settings").text
    answer = me.get(address)
    assert answer.text == css.replace("\r\n", "\n")
    assert answer.mimetype == "text/css"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert css[:20] not in stranger.get(address).text


def test_no_page_may_load_styles_images_or_fonts_from_elsewhere(me: FlaskClient, extension: Extension) -> None:
    extension.save()
    policy = me.get("/read/1").headers["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "style-src 'self'", "font-src 'self'", "img-src 'self' data:"} <= set(policy)


def test_the_preloaded_font_has_the_very_address_of_the_style_sheet(me: FlaskClient, extension: Extension) -> None:
    extension.save()
    for font in ("serif", "sans", "mono", "legible"):
        change(me, font=font)
        preloaded = re.search(r'rel="preload" href="/static/fonts/([^"]+)"', me.get("/read/1").text)
        assert preloaded
        assert f'url("{preloaded[1]}")' in (STATIC / "fonts" / f"{font}.css").read_text(encoding="utf-8")
