"""Where somebody was on a page is where the reader opens its article."""

from __future__ import annotations

import pytest

from quietpage.web.reached import reached

from .conftest import STORY, Extension

TEXT = "\n\n".join(
    f"Paragraph {number} tells what the ferry {number} did that morning." + " It waited." * 9 for number in range(10)
)
FIFTH = "Paragraph 5 tells what\n   the ferry 5 did that morning. It waited. It waited."


def test_a_passage_is_found_again_whatever_its_spaces() -> None:
    assert reached(TEXT, FIFTH) == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize(
    "passage",
    [
        "",
        "It waited.",
        "It waited. It waited. It waited. It waited.",
        "Paragraph 11 tells what the ferry 11 did then",
        TEXT[:80],
    ],
    ids=["nothing", "too short", "more than once", "not there", "the beginning"],
)
def test_no_place_is_made_up(passage: str) -> None:
    assert reached(TEXT, passage) is None


def test_a_new_article_begins_where_its_page_was_read_and_is_unread(extension: Extension) -> None:
    saved = extension.save(passage="which she had not done in all the years before, and nobody asked her why").json
    assert (saved["progress"], saved["state"]) == (0.0, "unread")
    html = STORY.replace("</article>", f"<p>{FIFTH}</p></article>")
    assert FIFTH in html
    saved = extension.save(url="https://harbor.example/long", capture_id="c-2", html=html, passage=FIFTH).json
    assert saved["progress"] > 0.1
    assert saved["state"] == "unread"


def test_an_article_that_is_there_already_keeps_its_place(extension: Extension) -> None:
    html = STORY.replace("</article>", f"<p>{FIFTH}</p></article>")
    extension.save()
    assert extension.save(capture_id="c-2", html=html, passage=FIFTH).json["progress"] == 0.0
