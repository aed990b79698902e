"""Other articles beside the story, and copies of what it says."""

from __future__ import annotations

from quietpage import clean
from quietpage.cleaner.beside import without_counts
from quietpage.cleaner.document import parse

SAYING = "The ferry left the harbor before sunrise, and the whole town came down to the pier to watch it go. "
STORY = "".join(f"<p>{number}. {SAYING * 3}</p>" for number in range(6))
TEASER = "A baker in the old town has begun to sell his bread by the slice, and the queue is around the corner by six."
ARTICLE = f"<article><h1>The last ferry</h1>{STORY}</article>"
TEASERS = "".join(f"<article><h2>Bread, part {number}</h2><p>{number}: {TEASER}</p></article>" for number in range(4))
TITLE = "<title>The last ferry</title>"
URL = "https://site.test/2026/ferry"


def test_teasers_of_other_articles_are_not_the_story_s() -> None:
    article = clean(f"{TITLE}<main>{ARTICLE}{TEASERS}</main>", URL)
    assert "5. The ferry" in article.text
    assert "baker" not in article.text


def test_articles_within_the_article_are_not_the_story_s() -> None:
    article = clean(f"{TITLE}<main><article><h1>The last ferry</h1>{STORY}{TEASERS}</article></main>", URL)
    assert "5. The ferry" in article.text
    assert "baker" not in article.text


def test_the_posts_of_a_thread_are_articles_and_stay() -> None:
    article = clean(f"{TITLE}<main>{ARTICLE}{TEASERS}</main>", "https://forum.site.test/t/ferry")
    assert article.text.count("baker") == 4


def test_a_list_of_articles_stays_whole() -> None:
    article = clean(f"<title>Bread</title><main><h1>Bread</h1>{TEASERS}</main>", "https://site.test/bread")
    assert article.text.count("baker") == 4


def test_a_copy_for_phones_goes() -> None:
    article = clean(f"{TITLE}<main>{ARTICLE}<div class='mobile'><div>{STORY}</div></div></main>", URL)
    assert article.text.count("5. The ferry") == 1


def test_a_refrain_stays() -> None:
    article = clean(f"{TITLE}<main><article><h1>The last ferry</h1>{STORY}{STORY}</article></main>", URL)
    assert article.text.count("5. The ferry") == 2


def test_teasers_that_follow_an_article_go() -> None:
    teasers = "".join(f'<li><a href="/{n}">Bread, part {n}, a story</a><p>{n}: {TEASER}</p></li>' for n in range(4))
    says = '<meta property="og:type" content="article">'
    page = f"<main><div class='text'><h1>The last ferry</h1>{STORY}</div><div><ul>{teasers}</ul></div></main>"
    assert "baker" not in clean(f"{says}{TITLE}{page}", URL).text


def test_what_follows_without_links_is_the_article_s() -> None:
    says = '<meta property="og:type" content="article">'
    page = f"<main><div><h1>The last ferry</h1>{STORY}</div><div><p>{TEASER}</p></div></main>"
    assert "baker" in clean(f"{says}{TITLE}{page}", URL).text


HEADLINES = "".join(f'<li><a href="/{n}">The bakers of the old town, part {n}</a></li>' for n in range(3))


def test_a_list_of_headlines_within_an_article_goes() -> None:
    says = '<meta property="og:type" content="article">'
    page = f"<article><h1>The last ferry</h1>{STORY}<ul>{HEADLINES}</ul>{STORY.replace('.', '!')}</article>"
    article = clean(f"{says}{TITLE}{page}", URL)
    assert "bakers" not in article.text
    assert "5! The ferry" in article.text


def test_a_list_that_says_something_stays() -> None:
    says = '<meta property="og:type" content="article">'
    stops = "".join(f"<li>Stop {n}, where the <a href='/{n}'>old pier</a> was</li>" for n in range(3))
    page = f"<article><h1>The last ferry</h1>{STORY}<ul>{stops}</ul>{STORY.replace('.', '!')}</article>"
    assert "Stop 2" in clean(f"{says}{TITLE}{page}", URL).text


def test_links_that_a_line_announces_as_related_go() -> None:
    box = '<div class="text"><span>See also</span><h4><a href="/x">The bakers of the old town strike</a></h4></div>'
    page = f"<article><h1>The last ferry</h1>{STORY}{box}{STORY.replace('.', '!')}</article>"
    assert "bakers" not in clean(f"{TITLE}{page}", URL).text


def test_a_count_alone_in_a_box_goes_and_a_cell_s_number_stays() -> None:
    document = parse("<div class='votes'>57</div><p>Text</p><table><tr><td>2190</td></tr></table>", URL)
    left = without_counts(document, frozenset(range(len(document.blocks))))
    assert [document.blocks[at].text for at in sorted(left)] == ["Text", "2190"]
