"""Inside the found content: what goes, what stays, what is made whole."""

from __future__ import annotations

import pytest
from cleaner.story import AFTER, BEFORE, around, tidied

from quietpage.article import Removed
from quietpage.cleaner.metadata import Metadata
from quietpage.cleaner.text import plain_text
from quietpage.cleaner.tidy import tidy


@pytest.mark.parametrize(
    "related",
    [
        '<p>See also <a href="/a">The night the river rose</a></p>',
        '<p>See also:&nbsp; <a href="/a">The night the river rose</a></p>',
        '<p><strong><a href="/a">READ MORE: The night the river rose</a></strong></p>',
        '<div><span>Related</span><a href="/a">The night the river rose</a></div>',
        '<div><div><p>Read also</p><p><a href="/a">The night the river rose</a></p></div></div>',
        '<h4>See also</h4><ul><li><a href="/a">One story of ours</a></li><li><a href="/b">Another one</a></li></ul>',
        '<div class="related-stories"><ul><li><a href="/a">One</a></li><li><a href="/b">Another</a></li></ul></div>',
        '<blockquote><p>Also read: <a href="/a">The night the river rose</a></p></blockquote>',
        '<p>Lire aussi : <a href="/a">La nuit où le fleuve a monté</a></p>',
        '<p>Lesen Sie auch: <a href="/a">Die Nacht, in der der Fluss stieg</a></p>',
        '<p><a href="/a">Leggi anche: La notte in cui il fiume si alzò</a></p>',
        '<p>Lea también: <a href="/a">La noche en que creció el río</a></p>',
        '<p>Leia também: <a href="/a">A noite em que o rio subiu</a></p>',
        '<p>Читайте также: <a href="/a">Ночь, когда поднялась река</a></p>',
        '<p>相关阅读:<a href="/a">河水上涨的那一夜</a></p>',
        '<p><a href="/city/flood">The night the river rose above the old mill</a></p>',
    ],
)
def test_a_related_link_between_paragraphs_is_dropped(related: str) -> None:
    assert around(related) == ""


@pytest.mark.parametrize(
    "clutter",
    [
        "<p>Press play to listen to this article</p>",
        "<p><em>Voiced by artificial intelligence.</em></p>",
        '<figure class="audio"><figcaption>Listen to the story</figcaption><audio src="/a.mp3"></audio></figure>',
        '<div class="audio-player"><span>Play</span><span>3:20</span></div>',
        "<voice-player><span>Listen (3 min)</span></voice-player>",
        "<p>Advertisement</p>",
        "<div><p>Story continues below advertisement</p></div>",
        '<div class="newsletter"><h3>Morning mail</h3><p>All the news at seven.</p></div>',
        "<p>Sign up for our newsletter</p>",
        '<ul class="share"><li><a href="#">Facebook</a></li><li><a href="#">Email</a></li></ul>',
        '<div><a href="#">Share</a> <a href="#">Tweet</a></div>',
        '<p>Follow us on <a href="https://social.example/x">Facebook</a></p>',
        "<p>5 min read</p>",
        '<p>Tags: <a href="/t/a">river</a>, <a href="/t/b">bridge</a></p>',
        "<h3>Leave a Reply</h3><p>Your email address will not be published. Required fields are marked *</p>",
        '<form><label>Name</label><input name="n"><button>Send</button></form>',
        '<div class="author-box"><p>Ann writes about the city.</p></div>',
        "<noscript>Please enable JavaScript</noscript>",
        "<button>Copy link</button>",
        "<p> </p><div><span></span></div>",
    ],
)
def test_clutter_in_the_text_is_dropped(clutter: str) -> None:
    assert around(clutter) == ""


@pytest.mark.parametrize(
    "kept",
    [
        "<p>Jacopo Barigazzi contributed reporting.</p>",
        "<p>Scholz agreed last week.</p>",
        "<p>No.</p>",
        '<p>The mayor, who <a href="https://a.example/">said so in May</a>, did not answer.</p>',
        '<p>See also the report of 1974, which <a href="https://a.example/">is kept</a>, for what was said.</p>',
        "<p>Related to this is the question of who owns the pillars, and since when.</p>",
        "<p>Share of the vote: 41 percent.</p>",
        "<p>Comments were not invited.</p>",
        "<p>Print was dead, he said. Email had killed it.</p>",
        "<ul><li>Email</li><li>A letter to the town hall, by the end of the month</li></ul>",
        '<p>The full text is here: <a href="https://law.example/1">https://law.example/1</a></p>',
        "<blockquote><p>We shall not close it.</p></blockquote>",
        "<p>Follow us, she said, and went down the stairs to the old port.</p>",
    ],
)
def test_what_is_the_storys_stays(kept: str) -> None:
    assert around(kept) == kept


@pytest.mark.parametrize(
    "picture",
    [
        '<figure><img src="/a.jpg"><figcaption>The bridge</figcaption></figure>',
        '<div class="wp-caption"><a href="/b"><img src="/a.jpg"></a><p class="wp-caption-text">The bridge</p></div>',
        '<p><img src="/a.jpg"></p><p class="caption">The bridge</p>',
        '<div><img src="/a.jpg"><span class="image-caption">The bridge</span></div>',
        '<amp-img src="/a.jpg"></amp-img><p class="credit">The bridge</p>',
    ],
)
def test_a_caption_becomes_the_figures(picture: str) -> None:
    result = around(picture)
    assert result.count("<figure>") == result.count("<figcaption>The bridge</figcaption></figure>") == 1
    assert plain_text(result) == ""


def test_a_credit_line_below_a_picture_is_its_caption() -> None:
    result = around("<p><img src='/a.jpg'></p><p>The bridge Photo by Ann Lee/AFP via Getty Images</p>")
    assert "<figcaption>The bridge Photo by Ann Lee/AFP via Getty Images</figcaption></figure>" in result


def test_a_paragraph_below_a_picture_is_not_its_caption() -> None:
    assert plain_text(around('<p><img src="/a.jpg"></p><p>Reuters was first to report it.</p>')) == (
        "Reuters was first to report it."
    )


@pytest.mark.parametrize(
    "image",
    [
        '<img src="/a.jpg">',
        '<img data-src="/a.jpg" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
        '<img data-lazy-src="https://news.example/a.jpg">',
        '<img src="/img/placeholder.png" data-original="../a.jpg">',
        '<img class="lazy"><noscript><img src="/a.jpg"></noscript>',
        '<img data-srcset="/s.jpg 400w, /a.jpg 1600w" src="/blank.gif">',
        '<picture><source srcset="/a.jpg 2x"><img></picture>',
    ],
)
def test_every_kind_of_lazy_picture_shows(image: str) -> None:
    assert 'src="https://news.example/a.jpg"' in around(f"<p>{image}</p>")


def test_a_pixel_that_counts_readers_is_no_picture() -> None:
    assert around('<p><img src="https://count.example/p.gif" width="1" height="1"></p>') == ""


def test_a_form_of_hidden_fields_holds_what_stands_in_it() -> None:
    post = '<form action="#"><input type="hidden" name="post" value="7"><div><p>It fell at noon.</p></div></form>'
    assert around(post) == "<p>It fell at noon.</p>"


def test_an_emoji_picture_becomes_its_character() -> None:
    assert around('<p>Well done <img class="emoji" src="/e.png" alt="🎉"></p>') == "<p>Well done 🎉</p>"


def test_links_are_absolute_and_lead_somewhere() -> None:
    html = '<p>a <a href="/x">b</a> <a href="javascript:void(0)">c</a> <a href="y?q=1&amp;r=2">d</a> e</p>'
    assert around(html) == (
        '<p>a <a href="https://news.example/x">b</a> c <a href="https://news.example/city/y?q=1&amp;r=2">d</a> e</p>'
    )


def test_footnotes_keep_their_places() -> None:
    html = '<p>A word<sup><a href="#n1" id="r1">1</a></sup>.</p><div id="n1"><p>The note <a href="#r1">↩</a></p></div>'
    result = around(html)
    assert '<a href="#n1" id="r1">1</a>' in result
    assert '<div id="n1"><p>The note' in result


def test_a_table_of_data_stays_a_table() -> None:
    html = "<table><tbody><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></tbody></table>"
    assert around(html) == html


def test_a_table_that_says_it_is_for_layout_becomes_its_text() -> None:
    table = '<table role="presentation"><tr><th>Left</th><td>One.</td></tr><tr><th>Right</th><td>Two.</td></tr></table>'
    assert "<table" not in around(table)


def test_a_table_of_layout_becomes_its_text() -> None:
    html = (
        "<table><tr><td><a href='/a'>World</a> <a href='/b'>Money</a> <a href='/c'>Sport</a></td>"
        f"<td>{BEFORE}One<br><br>Two {AFTER}</td></tr></table>"
    )
    assert tidied(html).replace("\n", "") == f"{BEFORE}<p>One</p><p>Two </p>{AFTER}"


def test_formulas_are_kept_once() -> None:
    katex = (
        '<span class="katex"><span class="katex-mathml"><math><mi>x</mi></math></span>'
        '<span class="katex-html" aria-hidden="true"><span>x</span></span></span>'
    )
    assert around(f"<p>so {katex} it is</p>") == "<p>so <math><mi>x</mi></math> it is</p>"


def test_double_line_breaks_part_paragraphs_and_single_ones_stay() -> None:
    assert around("<div>one<br>\n<br>two<br>three</div>") == "<p>one</p><p>two<br>three</p>"


def test_an_item_that_is_one_paragraph_needs_none() -> None:
    html = '<ol><li><div class="step"><div>one</div></div></li><li><div lang="la"><p>duo</p></div></li></ol>'
    assert around(html) == '<ol><li>one</li><li><div lang="la"><p>duo</p></div></li></ol>'


def test_text_beside_blocks_gets_a_paragraph() -> None:
    assert around("<div>one <b>b</b><p>two</p>three</div>") == "<p>one <b>b</b></p><p>two</p><p>three</p>"


def test_headings_start_at_two_and_leave_none_out() -> None:
    result = tidied(f"<div><h1>Part</h1>{BEFORE}<h4>Piece</h4>{AFTER}</div>")
    assert result == f"<h2>Part</h2>{BEFORE}<h3>Piece</h3>{AFTER}"


def test_a_bold_line_between_paragraphs_is_a_heading() -> None:
    assert around("<p><strong>The price</strong></p>") == "<h2>The price</h2>"


@pytest.mark.parametrize("line", ["<p><b>Not so fast.</b></p>", "<p><b>Ann</b> said so</p>"])
def test_a_bold_sentence_is_none(line: str) -> None:
    assert around(line) == line


@pytest.mark.parametrize(
    "opening",
    [
        "<h1>A bridge too old</h1>",
        "<p>By Ann Lee</p>",
        "<p>By Ann Lee, March 3, 2024</p>",
        "<p>Published: 3 March 2024</p>",
    ],
)
def test_headline_byline_and_date_are_not_said_twice(opening: str) -> None:
    assert tidied(f"<div>{opening}{BEFORE}{AFTER}</div>", title="A bridge too old", byline="Ann Lee") == BEFORE + AFTER


def test_the_mark_beside_a_heading_goes() -> None:
    assert around('<h2 id="a">Part<a href="#a">¶</a></h2>').startswith('<h2 id="a">Part</h2>')


def test_each_removal_says_step_reason_and_what() -> None:
    removed: list[Removed] = []
    tidy(
        f'<div>{BEFORE}<p>See also <a href="/a">Other</a></p>{AFTER}</div>',
        Metadata(title="T"),
        "https://news.example/",
        removed,
    )
    assert [(piece.step, piece.html) for piece in removed] == [("related", '<p>See also <a href="/a">Other</a></p>')]
    assert removed[0].reason


@pytest.mark.parametrize("tag", ["div", "blockquote", "b", "ul><li", "table><tbody><tr><td"])
def test_nesting_as_deep_as_browsers_allow_is_no_trouble(tag: str) -> None:
    opening = f"<{tag}>" * (512 // (tag.count("<") + 1))
    closing = "".join(f"</{name}>" for name in reversed(tag.split("><"))) * (512 // (tag.count("<") + 1))
    assert "word" in tidied(f"{opening}word{closing}")


@pytest.mark.parametrize(
    "junk", ["", " ", "<", "<p", "</p></div>", "<p a=\"'>x", "<!-- x", "<td>x</td>", "<a href='http://['>x</a>"]
)
def test_anything_can_be_tidied(junk: str) -> None:
    assert isinstance(tidied(junk), str)


@pytest.mark.parametrize(
    "html",
    [
        f"rain<p></p>rain{AFTER}",
        f"<div><p>rain<table></table>rain</p>{AFTER}</div>",
        f"<div><p><em>rain<div></div>rain</em></p>{AFTER}</div>",
        f"<div><p><em>rain<form><input></form>rain</em></p>{AFTER}</div>",
    ],
)
def test_words_around_a_block_that_goes_stay_apart(html: str) -> None:
    assert plain_text(tidied(html)).split()[:2] == ["rain", "rain"]


@pytest.mark.parametrize("element", ["span", "em", "b", "small"])
def test_words_that_the_browser_did_not_display_leave_their_line(element: str) -> None:
    article = tidied(
        f'<p>The ferry <{element} data-qp-hidden="">or not</{element}>leaves at noon, said the master.</p>'
    )
    assert "The ferry leaves at noon" in article
    assert "or not" not in article
