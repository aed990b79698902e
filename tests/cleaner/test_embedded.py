"""Pages that hold their text only in data, scripts or templates: clean() finds it there, and believes no other's."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from html import escape
from typing import Any

import pytest

from quietpage import Article, NotAnArticle, clean
from quietpage.cleaner import pipeline

URL = "https://garden.test/t/slugs-in-the-lettuce/41"
TITLE = "Slugs in the lettuce"
FIRST = "Every morning another row of my lettuce is gone, and all I find is a trail of slime over the boards."
SECOND = "Put a board between the rows in the evening, turn it over at dawn, and carry off what hides below it."
THIRD = "Water in the morning instead of the evening: what is dry by night is no road for anything that crawls."
STORY = [FIRST, SECOND, THIRD]


def page(*inside: str, title: str = TITLE, shown: str = "<p>Loading …</p>") -> str:
    return (
        f"<html lang=en><head><title>{title} – Garden Talk</title></head><body>{shown}{''.join(inside)}</body></html>"
    )


def state(data: Any) -> str:
    return f'<script type="application/json">{json.dumps(data)}</script>'


def linked(data: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", **data})}</script>'


def lines(html: str) -> list[str]:
    return clean(html, URL).text.split("\n\n")


def post(author: str, day: str, text: str) -> dict[str, Any]:
    return {"username": author, "created_at": f"{day}T07:30:00Z", "cooked": f"<p>{text}</p>", "reads": 7}


POSTS = [post("ada", "2026-05-01", FIRST), post("ben", "2026-05-02", SECOND), post("ada", "2026-05-03", THIRD)]
TOPIC = {"id": 41, "title": TITLE, "post_stream": {"posts": POSTS}, "suggested": [{"title": "Moles", "slug": "moles"}]}
SIGNED = ["ada, 2026-05-01", FIRST, "ben, 2026-05-02", SECOND, "ada, 2026-05-03", THIRD]


def test_the_posts_of_a_thread_in_a_scripts_data_are_found_with_who_wrote_them_and_when() -> None:
    assert lines(page(state({"topic": TOPIC}))) == SIGNED


def test_json_in_a_string_in_an_attribute_is_read_as_well() -> None:
    preloaded = json.dumps({"topic_41": json.dumps(TOPIC), "site": json.dumps({"groups": []})})
    assert lines(page(f'<div hidden data-preloaded="{escape(preloaded)}"></div>')) == SIGNED


def test_a_script_that_sets_a_name_to_data_is_read() -> None:
    assert lines(page(f"<script>window.__STATE__ = {json.dumps(TOPIC)};</script>")) == SIGNED


def test_an_articles_html_is_found_by_the_title_beside_it() -> None:
    body = f"<p>{FIRST}</p><h2>By night</h2><p>{SECOND}</p>"
    other = {"title": "How to build a cold frame", "slug": "cold-frame", "body": f"<p>{THIRD}</p>" * 9}
    data = {"props": {"pageProps": {"article": {"headline": TITLE, "body": body}, "more": [other]}}}
    assert lines(page(state(data))) == [FIRST, "By night", SECOND]


def test_an_article_is_found_by_its_address_where_its_title_is_another() -> None:
    items = [
        {
            "title": "Lettuce: the slugs",
            "slug": "slugs-in-the-lettuce",
            "content": {"rendered": f"<p>{FIRST}</p><p>{SECOND}</p>"},
        },
        {"title": "Moles", "slug": "moles-under-the-lawn", "content": {"rendered": f"<p>{THIRD}</p>" * 9}},
    ]
    article = clean(page(state(items)), "https://garden.test/blog/slugs-in-the-lettuce")
    assert article.text.split("\n\n") == [FIRST, SECOND]


def test_paragraphs_in_a_list_and_its_headings_keep_their_order() -> None:
    elements = [
        {"type": "text", "content": FIRST},
        {"type": "header", "content": "By night"},
        {"type": "text", "content": f"{SECOND} <b>Daily.</b>"},
        {"type": "image", "url": "https://garden.test/a.jpg"},
    ]
    article = clean(page(state({"story": {"headline": TITLE, "content_elements": elements}})), URL)
    assert article.text.split("\n\n") == [FIRST, "By night", f"{SECOND} Daily."]
    assert "<h2>By night</h2>" in article.html


def test_the_parts_of_a_line_in_a_text_tree_are_put_together() -> None:
    def words(*texts: str) -> list[dict[str, str]]:
        return [{"type": "text", "text": text} for text in texts]

    link = {"type": "link", "attrs": {"href": "/boards"}, "content": words("a board")}
    tree = {
        "type": "doc",
        "content": [
            {"type": "heading", "attrs": {"level": 2}, "content": words("By night")},
            {"type": "paragraph", "content": [*words("Put "), link, *words(SECOND.removeprefix("Put a board"))]},
            {"type": "paragraph", "content": words(THIRD)},
        ],
    }
    assert lines(page(state({"note": {"title": TITLE, "body": tree}}))) == ["By night", SECOND, THIRD]


def test_comments_in_the_data_of_an_article_are_not_the_article() -> None:
    comments = [
        {"author": {"name": name}, "text": f"{THIRD} {SECOND} {name} said so."} for name in ("Ada", "Ben", "Cy")
    ]
    data = {"title": TITLE, "body": f"<p>{FIRST}</p><p>{SECOND}</p>", "comments": comments}
    assert clean(page(state(data)), "https://garden.test/blog/41").text.split("\n\n") == [FIRST, SECOND]


def test_structured_data_of_a_discussion_give_its_posts() -> None:
    question = {
        "@type": "Question",
        "name": TITLE,
        "text": FIRST,
        "author": {"@type": "Person", "name": "Ada"},
        "acceptedAnswer": {"@type": "Answer", "text": f"<p>{SECOND}</p>", "author": {"name": "Ben"}},
        "suggestedAnswer": [{"@type": "Answer", "text": THIRD, "author": "Cy", "dateCreated": "2026-05-03"}],
    }
    html = page(linked({"@type": "QAPage", "mainEntity": question}))
    assert lines(html) == ["Ada", FIRST, "Ben", SECOND, "Cy, 2026-05-03", THIRD]


def test_a_recipe_is_what_it_takes_and_what_to_do() -> None:
    recipe = {
        "@type": "Recipe",
        "name": TITLE,
        "description": "What the slugs have left of the lettuce makes a soup for four, with a little cream in it.",
        "recipeIngredient": ["1 head of lettuce", "200 ml of cream &amp; salt"],
        "recipeInstructions": [
            "Cut the leaves into strips, and let them fall together in a little butter, with the lid on.",
            {
                "@type": "HowToStep",
                "text": "Wash the leaves twice, and look under each: who sleeps there does not wake from cold water.",
            },
        ],
    }
    article = clean(page(linked(recipe)), URL)
    assert "<li>200 ml of cream &amp; salt</li>" in article.html
    assert article.html.endswith("cold water.</li></ol>")


def test_a_template_that_holds_the_article_is_unfolded_and_judged() -> None:
    menu = "<nav class=menu><ul><li><a href=/a>Home</a><li><a href=/b>News</a><li><a href=/c>Shop</a></ul></nav>"
    story = "".join(f"<p>{text}</p>" for text in STORY * 2)
    article = clean(page(f"<template>{menu}<article><h1>{TITLE}</h1>{story}</article></template>"), URL)
    assert [line for line in article.text.split("\n\n") if line in STORY][:3] == STORY
    assert "Shop" not in article.text


def test_a_template_that_holds_something_else_is_not() -> None:
    notice = "".join(f"<p>{text}</p>" for text in STORY * 2)
    with pytest.raises(NotAnArticle):
        clean(page(f"<template><div class=consent><h2>Your choice</h2>{notice}</div></template>"), URL)


def test_a_short_article_that_is_shown_gives_way_to_no_text_of_nobody_knows_what() -> None:
    shown = f"<article><h1>{TITLE}</h1><p>{FIRST} {SECOND}</p></article>"
    assert clean(page(state({"body": LONG}), shown=shown), URL).text == f"{FIRST} {SECOND}"


def test_what_the_page_showed_instead_is_in_the_record() -> None:
    shown = "<article><p>Please wait until this page has loaded, which may take some time.</p></article>"
    removed = clean(page(state(TOPIC), shown=shown), URL).removed
    assert [(piece.step, "Please wait" in piece.html) for piece in removed if piece.step == "embedded"] == [
        ("embedded", True)
    ]


SHOWN = "<article>" + f"<p>{FIRST} {SECOND}</p>" * 2 + "</article>"
LONG = "".join(
    f"<p>Sentence number {number} of a text that nobody sees, since no script ever showed it.</p>"
    for number in range(40)
)


def test_data_that_hold_far_more_of_the_very_page_are_believed_rather_than_what_is_shown() -> None:
    assert "number 39" in clean(page(state({"title": TITLE, "body": LONG}), shown=SHOWN), URL).text


@pytest.mark.parametrize(
    "data",
    [
        {"title": "Moles under the lawn", "slug": "moles", "body": LONG},
        {"body": LONG},
        {"title": TITLE, "body": f"<p>{FIRST}</p>{LONG}"},
    ],
    ids=["of another page", "of nobody knows what", "of which a part is shown"],
)
def test_a_shown_text_is_not_replaced_by_one(data: dict[str, str]) -> None:
    assert clean(page(state(data), shown=SHOWN), URL).text == clean(page(shown=SHOWN), URL).text


def test_an_article_that_is_shown_costs_no_look_into_data(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(html: str) -> None:
        raise AssertionError("looked into the page's data")

    monkeypatch.setattr(pipeline, "read_unshown", never)
    assert "number 39" in clean(page(state(TOPIC), shown=f"<article>{LONG}</article>"), URL).text


def test_messages_of_the_application_are_no_article() -> None:
    messages = [
        {"key": f"m{number}", "label": f"Please enter a valid value in the field number {number}, thank you."}
        for number in range(40)
    ]
    with pytest.raises(NotAnArticle):
        clean(page(state({"title": TITLE, "messages": messages})), URL)


def test_data_are_as_hostile_as_the_page() -> None:
    body = f'<p onclick="alert(1)">{FIRST}<script>alert(2)</script></p><iframe src="javascript:alert(3)"></iframe>'
    body += f"<p>{SECOND}</p>"
    escaped = json.dumps({"title": TITLE, "body": body}).replace("</", "<\\/")
    article = clean(page(f'<script type="application/json">{escaped}</script>'), URL)
    assert article.text.split("\n\n") == [FIRST, SECOND]
    assert "alert" not in article.html


DEEP = 200_000


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[" * DEEP,
        "[" * DEEP + "]" * DEEP,
        '{"a":' * DEEP + "1" + "}" * DEEP,
        '{"title": "Slugs in the lettuce", "title": 1, "body": null, "body": {"body": []}}',
        '{"body": ' + "9" * 10_000 + "}",
        json.dumps({"title": TITLE, "body": "\ud800 \0 " + FIRST * 3}),
        json.dumps({"title": TITLE, "type": "heading", "level": True, "attrs": {"level": -3}, "body": FIRST * 3}),
        json.dumps({"posts": [{"author": [[]], "date": {"a": []}, "body": FIRST * 3}] * 9}),
        json.dumps({"recipeInstructions": [[], {"itemListElement": [{}]}], "@type": ["Recipe", 3]}),
        json.dumps({"@type": "Question", "name": TITLE, "suggestedAnswer": [[{}], 3, {"text": 4}], "text": []}),
    ],
)
@pytest.mark.parametrize("kind", ["application/json", "application/ld+json", "text/html", "text/javascript"])
def test_broken_and_deep_data_do_no_harm(text: str, kind: str) -> None:
    try:
        article = clean(page(f'<script type="{kind}">{text}</script>', f'<p data-state="{escape(text)}">'), URL)
    except NotAnArticle as nothing:
        article = nothing.remains
    assert isinstance(article, Article)
    article.html.encode()


def seconds(html: str) -> float:
    begun = time.process_time()
    with suppress(NotAnArticle):
        clean(html, URL)
    return time.process_time() - begun


@pytest.mark.parametrize(
    "make",
    [
        lambda size: state([{"title": f"Post {n}", "body": FIRST, "tags": ["a", "b"]} for n in range(size // 150)]),
        lambda size: state({f"key{n}": {"a": {"b": n, "c": "d e f"}} for n in range(size // 40)}),
        lambda size: state({"title": TITLE, "body": "<p" * (size // 2)}),
        lambda size: state({"title": TITLE, "body": "<script>" * (size // 8)}),
        lambda size: state({"title": TITLE, "body": "{" * (size // 2) + "}" * (size // 2)}),
        lambda size: "<p data-x='{" * (size // 12),
        lambda size: "<template>" * (size // 10) + FIRST * 9,
        lambda size: f"<script>a{' ' * size}</script>" + f"<textarea>{'<' * size}</textarea>",
    ],
)
def test_the_time_grows_with_the_data_and_no_faster(make: Any) -> None:
    small, large = 150_000, 1_200_000
    seconds(page(make(1000)))
    assert seconds(page(make(large))) < 3 * (large / small) * seconds(page(make(small))) + 0.5
