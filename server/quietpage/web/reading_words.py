"""What the reader's scripts say, in the language of the page."""

from __future__ import annotations

import json

from quietpage.web.language import gettext


def reading_words() -> str:
    """The words by the names that the scripts use (static/reader-words.js), as JSON."""
    place = gettext("%(number)s of %(all)s") % {"number": "{number}", "all": "{all}"}
    words = {
        "actual-size": gettext("Actual size"),
        "aloud": gettext("Read aloud"),
        "close": gettext("Close"),
        "copied": gettext("Copied"),
        "copy": gettext("Copy this code"),
        "keys": gettext("Keyboard shortcuts"),
        "no-voices": gettext("This browser has no voices to read with."),
        "note": gettext("Note {sign}"),
        "outline": gettext("Outline"),
        "page-before": gettext("Page before"),
        "page-next": gettext("Next page"),
        "page-place": place,
        "pages": gettext("Pages"),
        "paragraph-before": gettext("Paragraph before"),
        "paragraph-next": gettext("Next paragraph"),
        "pause": gettext("Pause"),
        "picture": gettext("Picture"),
        "picture-before": gettext("Picture before"),
        "picture-next": gettext("Next picture"),
        "picture-place": place,
        "play": gettext("Play"),
        "screen-next": gettext("Further down"),
        "sentence-before": gettext("Sentence before"),
        "sentence-next": gettext("Next sentence"),
        "single-keys": gettext("Shortcuts of a single key"),
        "space": gettext("Space"),
        "speed": gettext("Speed"),
        "to-note": gettext("To the note in the text"),
        "voice": gettext("Voice"),
        "voice-fails": gettext("This voice does not answer. Try another one."),
    }
    return json.dumps(words, ensure_ascii=False)
