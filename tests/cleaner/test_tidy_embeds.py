"""Embeds inside the content: what is shown becomes a link, what listens in or advertises goes."""

from __future__ import annotations

import pytest
from cleaner.story import AFTER, BEFORE, around

from quietpage.cleaner.metadata import Metadata
from quietpage.cleaner.text import plain_text
from quietpage.cleaner.tidy import tidy
from quietpage.cleaner.tidy.embed_addresses import seen_at

VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


def linked(address: str, words: str, caption: str = "") -> str:
    return f'<figure><figcaption><a href="{address}">{words}</a>{caption}</figcaption></figure>'


@pytest.mark.parametrize(
    "embed",
    [
        '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ?rel=0" width="560" height="315"></iframe>',
        '<iframe src="//www.youtube-nocookie.com/embed/dQw4w9WgXcQ" title="YouTube video player"></iframe>',
        '<div class="video-wrap"><p><iframe data-src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe></p></div>',
        '<iframe data-src="https://www.youtube.com/embed/dQw4w9WgXcQ" src="about:blank"></iframe>'
        '<noscript><iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe></noscript>',
        '<amp-youtube data-videoid="dQw4w9WgXcQ" width="480" height="270"></amp-youtube>',
        '<lite-youtube videoid="dQw4w9WgXcQ"></lite-youtube>',
        '<div class="player" data-plyr-provider="youtube" data-plyr-embed-id="dQw4w9WgXcQ"></div>',
        '<div class="youtube-player" data-id="dQw4w9WgXcQ"></div>',
    ],
)
def test_a_player_in_any_shape_becomes_a_link_to_what_it_plays(embed: str) -> None:
    assert around(embed) == linked(VIDEO, "▶ youtube.com")


def test_a_link_says_the_embeds_title_and_where_it_leads() -> None:
    html = '<iframe src="https://player.vimeo.com/video/123456" title="How the bridge was built"></iframe>'
    assert around(html) == linked("https://vimeo.com/123456", "▶ How the bridge was built (vimeo.com)")


@pytest.mark.parametrize(
    "figure",
    [
        f'<figure>{"<div>" * 2}<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>{"</div>" * 2}'
        "<figcaption>The opening</figcaption></figure>",
        '<div class="video-player"><iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>'
        '<p class="caption">The opening</p></div>',
    ],
)
def test_the_caption_of_an_embed_stays_with_it(figure: str) -> None:
    assert around(figure) == linked(VIDEO, "▶ youtube.com", " The opening")


def test_a_video_of_the_page_keeps_its_still_picture() -> None:
    html = '<video controls poster="/p.jpg"><source src="/v.mp4" type="video/mp4">No video here</video>'
    assert around(html) == (
        '<figure><img src="https://news.example/p.jpg" alt=""><figcaption><a href="https://news.example/v.mp4">'
        "▶ news.example</a></figcaption></figure>"
    )


def test_the_words_of_a_link_to_an_embed_are_not_the_articles() -> None:
    assert plain_text(around('<iframe src="https://player.vimeo.com/video/123456" title="A film"></iframe>')) == ""


@pytest.mark.parametrize(
    "sound",
    [
        '<figure class="wp-block-audio"><audio src="/bell.mp3"></audio><figcaption>The bell</figcaption></figure>',
        '<div class="podcast-player"><audio src="/bell.mp3" title="The bell"></audio></div>',
    ],
)
def test_a_sound_that_is_told_of_is_linked(sound: str) -> None:
    result = around(sound)
    assert 'href="https://news.example/bell.mp3"' in result
    assert "The bell" in result


@pytest.mark.parametrize(
    "clutter",
    [
        '<iframe src="https://www.googletagmanager.com/ns.html?id=1" width="0" height="0"></iframe>',
        '<iframe src="about:blank" title="A frame"></iframe>',
        '<iframe src="javascript:void(0)" title="A frame"></iframe>',
        '<iframe src="https://a.example/embed/1" data-qp-hidden title="A frame"></iframe>',
        '<div class="ad-slot"><iframe src="https://a.example/embed/1" width="300" height="250"></iframe></div>',
        '<iframe title="3rd party ad content" src="https://a.example/frame.html" width="300" height="250"></iframe>',
        '<iframe src="https://social.example/plugins/like.php?href=x" allowfullscreen></iframe>',
        '<iframe src="https://letters.example/embed/subscribe" title="Letter"></iframe>',
        '<iframe src="https://news.example/other-story/embed/#?secret=x" title="Another story"></iframe>',
        '<div class="listen-to-article"><audio src="/a.mp3" title="The article"></audio></div>',
        '<figure><figcaption>Listen to this article</figcaption><audio src="/a.mp3"></audio></figure>',
        '<iframe src="https://a.example/embed/1" title="Listen to this article"></iframe>',
        '<div class="related-video"><video src="/v.mp4"></video></div>',
        "<video></video>",
        '<amp-youtube data-videoid="&quot;&gt;x"></amp-youtube>',
        f'<iframe src="https://a.example/embed/{"x" * 5000}"></iframe>',
    ],
)
def test_an_embed_that_shows_nothing_of_the_story_goes(clutter: str) -> None:
    assert around(clutter) == ""


def test_a_player_before_the_text_begins_reads_it_out() -> None:
    html = f'<div><p><audio controls src="/a.mp3"></audio></p>{BEFORE}{AFTER}</div>'
    assert tidy(html, Metadata(title="T"), "https://news.example/", []) == BEFORE + AFTER


def test_a_quoted_post_keeps_its_words_and_its_link() -> None:
    post = (
        '<blockquote class="twitter-tweet"><p lang="en">Closed until May.</p>— City <a href="https://x.example/1">March'
        "</a></blockquote>"
    )
    assert around(post) == post.replace("— City", "<p>— City").replace("</blockquote>", "</p></blockquote>")


@pytest.mark.parametrize(
    ("embed", "page"),
    [
        ("https://www.youtube.com/embed/videoseries?list=PL12", "https://www.youtube.com/playlist?list=PL12"),
        ("https://open.spotify.com/embed/episode/4abC?utm=1", "https://open.spotify.com/episode/4abC"),
        ("https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/a/b&c=f", "https://soundcloud.com/a/b"),
        ("https://docs.example/viewer?url=https://a.example/p.pdf&embedded=true", "https://a.example/p.pdf"),
        ("https://codepen.io/ann/embed/abCD?height=3", "https://codepen.io/ann/pen/abCD"),
        ("https://www.google.com/maps/embed?pb=!1m1!2d2.29!3d48.85!2m3", "https://www.google.com/maps?q=48.85,2.29"),
        ("https://blog.example/a-post/embed/#?secret=abc", "https://blog.example/a-post/"),
        ("https://charts.example/abc/3/", "https://charts.example/abc/3/"),
        ("https://a.example/player?url=javascript:alert(1)", "https://a.example/player?url=javascript:alert(1)"),
    ],
)
def test_an_embed_is_linked_where_a_reader_sees_it_by_itself(embed: str, page: str) -> None:
    assert seen_at(embed) == page
