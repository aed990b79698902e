"""Comments under an article go, the posts of a thread stay."""

from __future__ import annotations

import pytest

from quietpage import clean

SAYING = "The ferry left the harbor before sunrise, and the whole town came down to the pier to watch it go. "
STORY = f"<h1>The last ferry</h1>{''.join(f'<p>{number}. {SAYING * 3}</p>' for number in range(6))}"
OPINION = "I was on that ferry myself, and I can tell you that the captain wept when the lights went out behind us. "
COMMENTS = "".join(f"<li class='comment'><p>{number}: {OPINION * 2}</p></li>" for number in range(5))
PAGE = f"<title>The last ferry</title><body class='comments-open'><main><article>{STORY}</article>"


@pytest.mark.parametrize(
    "section", ['<div id="comments">', '<ol class="comment-list">', '<section class="kommentare">']
)
def test_comments_under_an_article_go(section: str) -> None:
    article = clean(f"{PAGE}{section}<ul>{COMMENTS}</ul></main>", "https://site.test/2026/ferry")
    assert "5. The ferry" in article.text
    assert "captain wept" not in article.text


@pytest.mark.parametrize(
    "url", ["https://forum.site.test/x", "https://site.test/threads/ferry.12/", "https://site.test/t/1"]
)
def test_the_posts_of_a_thread_stay(url: str) -> None:
    article = clean(f'{PAGE}<div id="comments"><ul>{COMMENTS}</ul></div></main>', url)
    assert "5. The ferry" in article.text
    assert article.text.count("captain wept") == 10


def test_a_page_that_says_it_is_a_discussion_is_one() -> None:
    said = '<script type="application/ld+json">{"@type": "DiscussionForumPosting"}</script>'
    article = clean(f'{said}{PAGE}<div id="comments"><ul>{COMMENTS}</ul></div></main>', "https://site.test/1")
    assert "captain wept" in article.text


def test_the_name_on_the_whole_page_means_nothing() -> None:
    article = clean(f"<title>T</title><body class='comments'>{STORY}", "https://site.test/ferry")
    assert "5. The ferry" in article.text
