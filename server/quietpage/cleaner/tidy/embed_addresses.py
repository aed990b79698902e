"""Where what an embed shows can be seen by itself: the page of a video, for the address of its player."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, unquote, urlsplit

# How the most used players write their addresses, and where each shows the same to a reader. These are formats, as
# those of <video> or AMP are; an address in no such form is linked as it stands.
FORMS = tuple(
    (re.compile(pattern), address)
    for pattern, address in (
        (r"^(https?://[^?#]+/)embed/?(?:\?[^#]*)?#\?secret=.*", r"\1"),  # a post of a blog, shown in another
        (r"youtube(?:-nocookie)?\.com/embed/videoseries\?.*\blist=([\w-]+)", r"https://www.youtube.com/playlist?list=\1"),
        (r"youtube(?:-nocookie)?\.com/(?:embed|v|live)/([\w-]{6,})", r"https://www.youtube.com/watch?v=\1"),
        (r"player\.vimeo\.com/video/(\d+)", r"https://vimeo.com/\1"),
        (r"dailymotion\.com/(?:embed/video/|player.*[?&]video=)(\w+)", r"https://www.dailymotion.com/video/\1"),
        (r"open\.spotify\.com/embed(?:-podcast)?/(\w+/\w+)", r"https://open.spotify.com/\1"),
        (r"embed\.podcasts\.apple\.com/([^?]+)", r"https://podcasts.apple.com/\1"),
        (r"tiktok\.com/(?:embed(?:/v\d)?|player/v\d)/(\d+)", r"https://www.tiktok.com/@/video/\1"),
        (r"instagram\.com/((?:p|reel|tv)/[\w-]+)/embed", r"https://www.instagram.com/\1/"),
        (r"platform\.(?:twitter|x)\.com/embed/.*[?&]id=(\d+)", r"https://x.com/i/status/\1"),
        (r"codepen\.io/([\w-]+)/embed/(?:preview/)?(\w+)", r"https://codepen.io/\1/pen/\2"),
        (r"archive\.org/embed/([^?]+)", r"https://archive.org/details/\1"),
        (r"embed\.ted\.com/(talks/[^?]+)", r"https://www.ted.com/\1"),
        (r"loom\.com/embed/(\w+)", r"https://www.loom.com/share/\1"),
        (r"streamable\.com/[eos]/(\w+)", r"https://streamable.com/\1"),
        (r"player\.twitch\.tv/\?.*\bvideo=v?(\d+)", r"https://www.twitch.tv/videos/\1"),
        (r"player\.twitch\.tv/\?.*\bchannel=(\w+)", r"https://www.twitch.tv/\1"),
        (r"google\.[a-z.]+/maps/embed\?.*!2d(-?[\d.]+)!3d(-?[\d.]+)", r"https://www.google.com/maps?q=\2,\1"),
        (r"(openstreetmap\.org)/export/embed.*[?&]marker=(-?[\d.]+),(-?[\d.]+)", r"https://www.\1/?mlat=\2&mlon=\3"),
    )
)  # fmt: skip
# The same players as elements of their own, which have an attribute in place of an address.
ELEMENTS = {
    "amp-youtube": ("data-videoid", "https://www.youtube.com/watch?v={}"),
    "lite-youtube": ("videoid", "https://www.youtube.com/watch?v={}"),
    "youtube-video": ("video-id", "https://www.youtube.com/watch?v={}"),
    "amp-vimeo": ("data-videoid", "https://vimeo.com/{}"),
    "lite-vimeo": ("videoid", "https://vimeo.com/{}"),
    "amp-dailymotion": ("data-videoid", "https://www.dailymotion.com/video/{}"),
    "amp-soundcloud": ("data-trackid", "https://api.soundcloud.com/tracks/{}"),
    "amp-instagram": ("data-shortcode", "https://www.instagram.com/p/{}/"),
    "amp-twitter": ("data-tweetid", "https://x.com/i/status/{}"),
    "amp-tiktok": ("data-src", "https://www.tiktok.com/@/video/{}"),
    "amp-facebook": ("data-href", "{}"),
}
INSTEAD_OF_PLAYER = "data-plyr-provider data-provider data-video-provider data-service data-type".split()
NUMBERS = "data-plyr-embed-id data-embed-id data-video-id data-videoid data-youtube-id data-id data-embed".split()
PROVIDERS = {
    "youtube": (r"[\w-]{11}", "https://www.youtube.com/watch?v={}"),
    "vimeo": (r"\d{5,}", "https://vimeo.com/{}"),
}
SHOWN_BY_VIEWER = re.compile(r"/(?:player|plugins|viewer|embed|op|gview|oembed|share)\b", re.I)
WHAT_IS_SHOWN = ("url", "href", "src", "file")
MAX_ADDRESS_CHARS = 2000  # a longer one is no address of a page
IDENTIFIER = re.compile(r"[\w-]{1,40}$")


def seen_at(address: str) -> str:
    """The address at which a reader sees what an embed's ``address``, absolute, shows."""
    for pattern, page in FORMS:
        if found := pattern.search(address):
            return found.expand(page)
    try:
        parts = urlsplit(address)
        shown = parse_qs(parts.query) if SHOWN_BY_VIEWER.search(parts.path) else {}
    except ValueError:
        return address
    inner = (unquote(shown[name][0]) for name in WHAT_IS_SHOWN if name in shown)
    return next((url for url in inner if url.startswith(("https://", "http://"))), address)


def of_element(name: str, value_of: Callable[[str], str]) -> str:
    """The address of what a player that is an element of its own shows; "" where it says none."""
    attribute, address = ELEMENTS[name]
    value = value_of(attribute)
    if address == "{}":
        return value
    return address.format(value) if IDENTIFIER.match(value) else ""


def of_stand_in(value_of: Callable[[str], str]) -> str:
    """The address of the video that an element stands for until it is clicked, by its data; "" for any other."""
    said = " ".join(map(value_of, ("class", *INSTEAD_OF_PLAYER))).lower()
    for provider, (identifier, address) in PROVIDERS.items():
        own = value_of(f"data-{provider}-id")
        if own or provider in said:
            value = own or next((value for name in NUMBERS if (value := value_of(name))), "")
            if re.fullmatch(identifier, value):
                return address.format(value)
    return ""
