"""What every answer tells the browser: what may run and load in it, who may frame it, who may keep it."""

from __future__ import annotations

from flask import Response, request

from quietpage.web.state import here

# A captured page in its frame: nothing runs, nothing is loaded, nothing leads out of it, whatever is in it.
INERT = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; form-action 'none'; base-uri 'none'; "
INERT += "frame-ancestors 'self'"
FRAMED, FRAMING = "versions.captured_page", "versions.captured"

HEADERS = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        f"{power}=()"
        for power in (
            "accelerometer",
            "camera",
            "display-capture",
            "geolocation",
            "gyroscope",
            "hid",
            "microphone",
            "midi",
            "payment",
            "serial",
            "usb",
        )
    ),
}


def set_headers(response: Response) -> Response:
    """Set the security headers; private answers are kept by no cache; images are, whose address names them."""
    response.headers.update(HEADERS)
    if here().config.reached_by_proxy:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if request.endpoint == "images.image" and response.status_code in (200, 304):
        response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
        response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
        return response
    if request.endpoint == FRAMED and response.status_code == 200:
        response.headers["Content-Security-Policy"] = INERT
    elif request.endpoint == FRAMING:
        response.headers["Content-Security-Policy"] += "; frame-src 'self'"
    if request.endpoint == "static" and "v" in request.args and response.status_code == 200:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"  # the URL names the content
    elif request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    return response
