"""When two URLs are one page: the address under which an article is kept once."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

DEFAULT_PORTS = {"http": 80, "https": 443}
# Parameters that tell the site where a reader came from, and never which page it is: the analytics and advertising
# tags documented by Google (utm_, gclid, gad_), Facebook (fbclid), Microsoft (msclkid), Twitter (twclid), Yandex
# (yclid, ysclid), Mailchimp (mc_), HubSpot (_hs, hsa_), Matomo (mtm_, pk_), Instagram (igshid) and others.
TRACKING = re.compile(
    r"utm_.*|gclid|gclsrc|dclid|gad_.*|gbraid|wbraid|fbclid|msclkid|twclid|ttclid|yclid|ysclid|_openstat|"
    r"mc_[ce]id|_hs(enc|mi)|hsa_.*|mtm_.*|pk_(campaign|kwd|source|medium|content)|igshid|igsh|vero_id|oly_(anon|enc)_id|"
    r"wt_zmc|__twitter_impression|cmpid|s_cid",
    re.IGNORECASE,
)


def host_of(url: str) -> str:
    """An address's host, without the ``www.`` that some spellings have; blank where there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def address(url: str) -> str:
    """Return the canonicalised address of a page: two spellings of one address give the same text.

    http counts as https; credentials, default port, fragment and tracking parameters are left out; scheme and host
    are lower case (RFC 3986 §6.2). Fragments that route (``#!``, ``#/``) name a page and stay, and so do the
    directives that name a passage (``#:~:text=``) or a picture (``#:~:selector(…)``): what is selected in a page is
    kept beside it, not in its place. Browsers hide them from the page (WICG, Text Fragments).
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        return url
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    if port and port != DEFAULT_PORTS[parts.scheme]:
        host += f":{port}"
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.fullmatch(pair[0])]
    fragment = parts.fragment if parts.fragment.startswith(("!", "/", ":~:text=", ":~:selector(")) else ""
    return urlunsplit(("https", host, parts.path or "/", urlencode(query), fragment))
