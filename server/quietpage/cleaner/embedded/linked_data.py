"""The text that a page's JSON-LD holds: an article's body, a discussion's posts, a recipe, a description.

The properties are those of schema.org.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from quietpage.cleaner.embedded.compose import Post, author_of, day_of, html_of, thread
from quietpage.cleaner.embedded.identity import Identity
from quietpage.cleaner.embedded.prose import as_html, unescaped
from quietpage.cleaner.metadata.json_ld import ARTICLE_TYPES, as_list, load, objects, types

DESCRIBED_TYPES = re.compile(r"Product|JobPosting|Event|Course|Episode|VideoObject|Book|SoftwareApplication|Dataset")
DISCUSSION_TYPES = re.compile(r"Question|ForumPosting|SocialMediaPosting|Conversation")
REPLIES = ("acceptedAnswer", "suggestedAnswer", "comment")
TEXTS = ("articleBody", "text", "reviewBody")
MOST_POSTS = 1000


@dataclass(frozen=True, slots=True)
class Told:
    """A text of an object, as HTML. ``verdict`` says whether it is the page's own, None where it says nothing of that;
    ``in_posts``, whether it is a discussion."""

    html: str
    verdict: bool | None
    in_posts: bool


def linked_texts(scripts: Iterable[str], identity: Identity) -> Iterator[Told]:
    """The texts of a page's objects."""
    for script in scripts:
        for item in objects(load(script)):
            kinds = " ".join(types(item))
            if html := text_of(item, kinds):
                yield Told(html, identity.judges(item), bool(DISCUSSION_TYPES.search(kinds)))


def text_of(item: dict[str, Any], kinds: str) -> str:
    """What an object says in words, as HTML; "" where it says nothing but facts."""
    if "Recipe" in kinds:
        return recipe(item)
    if "HowTo" in kinds:
        return description(item) + steps(item.get("step"))
    if DISCUSSION_TYPES.search(kinds):
        return thread(list(posts(item)))
    if ARTICLE_TYPES.search(kinds):
        return html_of(text) if (text := own_text(item)) else ""
    return description(item) if DESCRIBED_TYPES.search(kinds) else ""


def own_text(item: dict[str, Any]) -> str:
    """The text of an article, a question, an answer or a comment."""
    return next((text for key in TEXTS if isinstance(text := item.get(key), str) and text.strip()), "")


def posts(item: dict[str, Any]) -> Iterator[Post]:
    """A question and its answers, a post and its replies, and theirs."""
    waiting: list[Any] = [item]
    for _ in range(MOST_POSTS):
        if not waiting:
            return
        one = waiting.pop()
        if not isinstance(one, dict):
            continue
        if text := own_text(one):
            yield Post(html_of(text), author_of(one), day_of(one))
        waiting += reversed([reply for key in REPLIES for reply in as_list(one.get(key))])


def description(item: dict[str, Any]) -> str:
    """What a thing is described by."""
    text = item.get("description")
    return html_of(text) if isinstance(text, str) else ""


def recipe(item: dict[str, Any]) -> str:
    """A recipe: what it is, what it takes, what to do."""
    ingredients = strings(item.get("recipeIngredient") or item.get("ingredients"))
    listed = f"<ul>{''.join(f'<li>{line(text)}</li>' for text in ingredients)}</ul>" if ingredients else ""
    done = steps(item.get("recipeInstructions"))
    return description(item) + listed + done if listed and done else ""


def steps(value: Any) -> str:
    """Instructions as a list, those of a section under its name."""
    if isinstance(value, str):
        return html_of(value)
    pieces: list[str] = []
    for step in as_list(value):
        if isinstance(step, dict) and isinstance(step.get("itemListElement"), list):
            name = step.get("name")
            pieces.append(f"<h3>{line(name)}</h3>" if isinstance(name, str) and name else "")
            pieces.append(ordered(step["itemListElement"]))
    return "".join(pieces) if pieces else ordered(as_list(value))


def ordered(values: list[Any]) -> str:
    """Steps as an ordered list."""
    texts = strings(values)
    return f"<ol>{''.join(f'<li>{line(text)}</li>' for text in texts)}</ol>" if texts else ""


def strings(value: Any) -> list[str]:
    """The texts of values that are strings, or objects with a text or a name."""
    found = ((one.get("text") or one.get("name")) if isinstance(one, dict) else one for one in as_list(value))
    return [text for text in found if isinstance(text, str) and text.strip()]


def line(text: str) -> str:
    """One line's HTML."""
    html = as_html(text)
    return html if "<" in html else escape(unescaped(text))
