"""A line before each post of a thread says who wrote it, and when."""

from __future__ import annotations

import re
import time

import pytest

from quietpage import clean
from quietpage.cleaner.document import parse
from quietpage.cleaner.post_marks import marks_in
from quietpage.cleaner.posts import heads_of_posts

THREAD = "https://board.example/threads/kites.5/"
ONE = "The wind drops every day at four, and then nothing heavier than paper stays up over the bay. "
TWO = "It does not, if you walk out past the second pier, where the land no longer shelters you from it. "
HEAD = re.compile(r"<p><cite>(.*?)</cite>(?: · <time(?: datetime=\"([^\"]*)\")?>(.*?)</time>)?</p>\s*<(\w+)>")


def thread(*posts: str, wrapper: str = "<div>{}</div>") -> str:
    return f"<title>Kites</title><h1>Kites over the bay</h1>{wrapper.format(''.join(posts))}"


def lines(html: str) -> list[tuple[str, str]]:
    """The lines above the posts where all paragraphs are content, each with the tag that it stands before."""
    document = parse(html, THREAD)
    texts = frozenset(at for at, block in enumerate(document.blocks) if block.element.tag == "p")
    found = sorted(heads_of_posts(document, texts, tuple(marks_in(document.body))).lines.items())
    return [
        (re.sub("<[^>]+>", "", line), document.body[place : place + 99].split(">")[0] + ">") for place, line in found
    ]


def heads(html: str, url: str = THREAD) -> list[tuple[str, ...]]:
    """Names, times and moments in the clean page, each with what follows."""
    return [(name, time, moment, tag) for name, moment, time, tag in HEAD.findall(clean(html, url).html)]


@pytest.mark.parametrize(
    "post",
    [
        '<div class="post"><span class="username">{0}</span> <time>{1}</time><div class="body"><p>{2}</p></div></div>',
        '<div class="post"><a href="/u/{0}"><b>{0}</b></a><i class="post-date">{1}</i><div><p>{2}</p></div></div>',
        '<article><header><time>{1}</time></header><div><h4 itemprop="author">{0}</h4></div><p>{2}</p></article>',
        '<div class="post"><p class="author">by <a class="username" href="/u/{0}">{0}</a> » {1}</p><div><p>{2}</p>'
        "</div></div>",
        '<div class="reply"><div class="text"><p>{2}</p></div><div class="foot">answered <time>{1}</time> '
        '<div class="user-details"><a href="/users/{0}">{0}</a><span>1,204</span></div></div></div>',
        '<div class="post"><a class="avatar" href="/u/{0}"><span>X</span></a><div class="author">{0}</div>'
        "<div class='joined'>Joined: 4 May 2009</div><div class='when'>{1}</div><div><p>{2}</p></div></div>",
    ],
)
def test_name_and_time_stand_before_the_text_wherever_the_page_has_them(post: str) -> None:
    page = thread(
        post.format("Ines", "3 March 2024, 10:15", ONE * 2), post.format("Otto", "4 March 2024, 09:00", TWO * 2)
    )
    assert heads(page) == [("Ines", "3 March 2024, 10:15", "", "p"), ("Otto", "4 March 2024, 09:00", "", "p")]


def test_rows_of_a_table_are_posts_too() -> None:
    row = '<tr><td><a href="/member.php?u=1">{0}</a><br>Posts: 12</td><td>May 3, 2024, 9:01 pm<p>{1}</p></td></tr>'
    page = thread(row.format("Ines", ONE), row.format("Otto", TWO), wrapper="<table>{}</table>")
    assert lines(page) == [("Ines · May 3, 2024, 9:01 pm", "<p>"), ("Otto · May 3, 2024, 9:01 pm", "<p>")]


def test_names_and_texts_that_take_turns_belong_together() -> None:
    turn = '<h4 class="author">{0}</h4><time>{1}</time><div class="text"><p>{2}</p></div>'
    page = thread(turn.format("Ines", "10:15", ONE * 2), turn.format("Otto", "10:20", TWO * 2))
    assert [head[:2] for head in heads(page)] == [("Ines", "10:15"), ("Otto", "10:20")]


def test_a_reply_inside_a_post_has_its_own_line() -> None:
    inner = f'<ul><li><span class="author">Otto</span><p>{TWO * 2}</p></li></ul>'
    page = thread(f'<li><span class="author">Ines</span><p>{ONE * 2}</p>{inner}</li>', wrapper="<ul>{}</ul>")
    assert [head[0] for head in heads(page)] == ["Ines", "Otto"]
    assert clean(page, THREAD).text.index("Otto") > clean(page, THREAD).text.index("The wind drops")


@pytest.mark.parametrize("begin", ["<blockquote><p>{}</p></blockquote>", "<ul><li>{}</li></ul>", "<pre>{}</pre>"])
def test_the_line_stands_outside_of_what_the_post_begins_with(begin: str) -> None:
    post = f'<div class="post"><b class="author">{{}}</b><div>{begin}<p>{{}}</p></div></div>'
    page = thread(post.format("Ines", ONE, ONE * 2), post.format("Otto", TWO, TWO * 2))
    tag = begin[1 : begin.index(">")]
    assert [(head[0], head[3]) for head in heads(page)] == [("Ines", tag), ("Otto", tag)]


def test_the_moment_is_kept_as_machines_read_it() -> None:
    said = '<b class="author">{}</b><time datetime="2024-03-03T10:15:00Z">2 hours ago</time>'
    post = f'<div class="post">{said}<p>{{}}</p></div>'
    page = thread(post.format("Ines", ONE * 2), post.format("Otto", TWO * 2))
    assert heads(page)[0] == ("Ines", "2 hours ago", "2024-03-03T10:15:00Z", "p")


def test_who_is_quoted_is_not_who_wrote() -> None:
    quote = f'<blockquote><cite class="author">Otto</cite><p>{TWO}</p></blockquote>'
    page = thread(
        f'<div class="post"><div>{quote}<p>{ONE * 2}</p></div></div>', f'<div class="post"><p>{TWO * 2}</p></div>'
    )
    assert lines(page) == []
    assert "<blockquote><p><cite>Otto</cite></p>" in clean(page, THREAD).html


def test_an_article_has_no_such_lines() -> None:
    post = '<div class="post"><span class="username">{0}</span><div class="body"><p>{1}</p></div></div>'
    page = thread(post.format("Ines", ONE * 4), post.format("Otto", TWO * 4))
    assert heads(page, "https://paper.example/kites") == []


def test_names_are_texts_not_markup() -> None:
    post = '<div class="post"><span class="username">&lt;i&gt; &amp; co</span><p>{}</p></div>'
    page = thread(post.format(ONE * 2), post.format(TWO * 2))
    assert [head[0] for head in heads(page)] == ["&lt;i&gt; &amp; co"] * 2


def test_each_of_three_thousand_posts_has_its_line_in_linear_time() -> None:
    post = '<div class="post"><div><b class="username">Ines {0}</b> <time>10:15</time></div><p>{0}: {1}</p></div>'
    page = thread(*(post.format(number, ONE) for number in range(3000)))
    begun = time.process_time()
    assert [name for name, _ in lines(page)] == [f"Ines {number} · 10:15" for number in range(3000)]
    assert time.process_time() - begun < 5


ENTRY = '<article><header><time datetime="2024-03-03T{0}:00Z">{0}</time><h3>{1}</h3></header><p>{2}</p></article>'
LIVE = '<script type="application/ld+json">{"@type": "LiveBlogPosting"}</script>'
ENTRIES = ENTRY.format("10:15", "The wind turns", ONE * 2) + ENTRY.format("10:20", "And turns again", TWO * 2)


def test_an_entry_of_a_live_page_begins_with_its_time() -> None:
    html = clean(LIVE + thread(ENTRIES), "https://paper.example/kites").html
    times = re.findall(r"<p><time datetime=\"([^\"]*)\">([^<]*)</time></p>\s*<h\d>([^<]*)<", html)
    assert times == [
        ("2024-03-03T10:15:00Z", "10:15", "The wind turns"),
        ("2024-03-03T10:20:00Z", "10:20", "And turns again"),
    ]
