"""A piece of an article is found again in its page, and a site's rule finds its like in the site's other pages."""

from __future__ import annotations

import pytest

from quietpage.article import Article, Page
from quietpage.cleaner.locate import Places
from quietpage.cleaner.pipeline import clean

URL = "https://harbor.example/2026/ferry"
SENTENCE = "{} left the harbor before sunrise, and the whole town came down to the pier to watch it go once more."
BLURB = "The harbor master keeps a ledger of every hull that came in, and reads from it aloud to whoever asks at noon."
OTHER = "The keeper of another week told of the ships at sea, and how the light had burned through the winter nights."
SHAPES = {
    "a class": '<div class="pier-note"><p>{}</p></div>',
    "an id": '<section id="pier-note"><p>{}</p></section>',
    "a class among looks": '<div class="mt-4 flex letter"><div class="css-1x2y3z"><p>{}</p></div></div>',
    "a built class": '<div class="Letter_box__x7Yz{number}"><p>{}</p></div>',
    "an element of its own": "<harbor-letter><p>{}</p></harbor-letter>",
    "an attribute": '<div data-component="letter"><p>{}</p></div>',
    "a role": '<div class="post-{number}99" role="complementary"><p>{}</p></div>',
    "the box around": '<div class="letter"><h4>The ledger</h4><p>{}</p></div>',
}


def page(number: int, shape: str, blurb: str = BLURB) -> Page:
    """A page of one site: each has another number of paragraphs before and behind the box."""
    story = [f'<p class="text">{SENTENCE.format(f"Ferry {number} of {at}")}</p>' for at in range(8 + number)]
    story.insert(2 + number, shape.format(blurb, number=number))
    return Page(
        f"{URL}-{number}",
        f"<html><head><title>Ferry {number}</title></head><body><nav><a href=/>Home</a></nav>"
        f'<article class="story" id="post-4{number}1"><h1>Ferry {number}</h1>{"".join(story)}</article></body></html>',
    )


def blocks(article: Article) -> list[str]:
    return article.text.split("\n\n")


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_rule_for_the_site_finds_the_like_in_other_pages(shape: str) -> None:
    located = Places(page(0, shape)).block(BLURB)
    assert located and located.site
    for number in (1, 2):
        other = page(number, shape, OTHER)
        without = clean(other, drop=[located.site])
        assert "another week" in clean(other).text
        assert "another week" not in without.text
        assert without.text.count("left the harbor") == 8 + number


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_rule_for_this_page_finds_the_piece_alone(shape: str) -> None:
    located = Places(page(1, shape)).block(BLURB)
    assert located
    before, after = clean(page(1, shape)), clean(page(1, shape), drop=[located.here])
    assert [block for block in blocks(before) if block not in blocks(after)] == [BLURB]
    assert after.corrected == (located.here,)


def test_no_rule_for_the_site_is_made_of_what_all_paragraphs_have() -> None:
    located = Places(page(1, SHAPES["a class"])).block(SENTENCE.format("Ferry 1 of 4"))
    assert located
    assert located.site is None
    assert "Ferry 1 of 4" not in clean(page(1, SHAPES["a class"]), drop=[located.here]).text


def test_of_equal_texts_the_one_that_was_pointed_at_is_found() -> None:
    html = "<p>Advertisement</p><p>One</p><p>Advertisement</p><p>Two</p>"
    places = Places(Page(URL, html))
    assert [places.block("Advertisement", nth).here for nth in (0, 1)] == [  # type: ignore[union-attr]
        "html > body > p:nth-of-type(1)",
        "html > body > p:nth-of-type(3)",
    ]


def test_spaces_and_soft_hyphens_do_not_matter() -> None:
    located = Places(Page(URL, "<p id=one>The har\u00adbor <b>at\n noon</b></p>")).block("The  harbor at noon")
    assert located
    assert located.here == "#one"


def test_a_text_that_was_tidied_inside_is_known_by_its_ends() -> None:
    long = SENTENCE.format("Ferry one") + "<sup>[12]</sup> " + SENTENCE.format("Ferry two")
    located = Places(Page(URL, f"<div><p class=first>{long}</p><p>More</p></div>")).block(
        SENTENCE.format("Ferry one") + " " + SENTENCE.format("Ferry two")
    )
    assert located
    assert located.here == ".first"


def test_hiding_a_caption_leaves_its_picture() -> None:
    html = "<div class=shot><img src=/a.png><p class=words>The pier at low water</p></div>"
    located = Places(Page(URL, html)).block("The pier at low water")
    assert located
    assert located.here == ".words"


@pytest.mark.parametrize("removed", ["nav", ".related", "aside", ".bare"])
def test_what_the_cleaner_removed_is_put_back(removed: str) -> None:
    story = "".join(f"<p>{SENTENCE.format(f'Ferry {at}')}</p>" for at in range(6))
    html = f"""<html><body><nav><a href="/">Front page</a> <a href="/sea">Sea</a> <a href="/pier">Pier</a></nav>
        <article><h1>The ferry</h1>{story}
        <div class="related"><h3>Related</h3><ul><li><a href="/1">Another boat sinks in the bay</a></li></ul></div>
        <aside><p>Ann lives here. <a href=/follow>Follow her</a></p></aside>{story}</article>
        <div class="bare"><iframe src="https://player.example/1"></iframe></div></body></html>"""
    article = clean(Page(URL, html))
    places = Places(Page(URL, html))
    pieces = [places.piece(piece.html) for piece in article.removed]
    found = {piece.here for piece in pieces if piece}
    tag = {"nav": "nav:nth-of-type(1)", "aside": "aside:nth-of-type(1)"}.get(removed, removed)
    if removed != ".bare":
        assert any(tag in one for one in found), (article.removed, found)


def test_a_piece_without_text_is_found_by_what_it_shows() -> None:
    html = '<main><figure class="photo"><img src="/a.png"></figure><figure><img src="/b.png"></figure></main>'
    located = Places(Page(URL, html)).piece('<figure><img src="/b.png"></figure>')
    assert located
    assert located.here == "html > body > main:nth-of-type(1) > figure:nth-of-type(2)"


@pytest.mark.parametrize("html", ["", "<p>Nothing like it</p>", "nor this", "<img src=/z.png>"])
def test_what_is_not_in_the_page_is_not_found(html: str) -> None:
    assert Places(Page(URL, "<p>The page</p>")).piece(html) is None


def test_text_in_scripts_is_no_place() -> None:
    assert Places(Page(URL, "<script>Hello there</script><p>One</p>")).block("Hello there") is None
