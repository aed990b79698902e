"""Articles for measuring search: generated text whose words are as frequent as words are, the same on every machine.

Words follow Zipf's law; each article has a few words of its own, which it repeats and some of which its title names;
one article in fifty is written in Han characters with Latin words between.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from quietpage.article import Article

SEED = 20261101
WORDS = 120_000
WORDS_AN_ARTICLE = 700  # about; from half as many to ten sevenths
TOPIC_WORDS = 12  # an article's own words, each said two to six times
FIRST_TOPIC = 300  # commoner words are nobody's topic
HAN_CHARACTERS = 3_000
HAN_SHARE = 50  # one article in so many
SITES = [f"site{number}.example" for number in range(200)]
FIRST_DAY = datetime(2020, 1, 1, tzinfo=UTC)
SYLLABLES = [first + second for first in "bcdfghklmnprst" for second in "aeiou"]
ENDINGS = ["", "", "", "", "s", "ed", "ing", "er", "ly"]


def vocabulary() -> list[str]:
    """Pronounceable words, commonest and shortest first."""
    source, words = random.Random(SEED), dict[str, None]()
    while len(words) < WORDS:
        rank = len(words)
        syllables = 2 if rank < 1_000 else 3 if rank < 15_000 else source.choice([4, 4, 5])
        words["".join(source.choices(SYLLABLES, k=syllables)) + source.choice(ENDINGS)] = None
    return list(words)


class Writer:
    """Writes articles of about so many words, one after the other."""

    def __init__(self, words_an_article: int = WORDS_AN_ARTICLE) -> None:
        self.shortest, self.longest = words_an_article // 2, words_an_article * 10 // 7
        self.source = random.Random(SEED + 1)
        self.words = vocabulary()
        self.topical, self.bylines = self.words[FIRST_TOPIC:], self.words[2_000:6_000]
        self.weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(WORDS)))
        self.topics = list(itertools.accumulate(1 / (rank + FIRST_TOPIC) ** 0.8 for rank in range(FIRST_TOPIC, WORDS)))
        self.han = [chr(0x4E00 + 3 * number) for number in range(HAN_CHARACTERS)]
        self.han_weights = list(itertools.accumulate(1 / (rank + 5) for rank in range(HAN_CHARACTERS)))

    def article(self, number: int) -> Article:
        """The article of this number; only articles asked for in order are the same every time."""
        topic = self.source.choices(self.topical, cum_weights=self.topics, k=TOPIC_WORDS)
        words = self.source.choices(
            self.words, cum_weights=self.weights, k=self.source.randint(self.shortest, self.longest)
        )
        words += [word for word in topic for _ in range(self.source.randint(2, 6))]
        self.source.shuffle(words)
        if number % HAN_SHARE == 0:
            words = words[:200] + [self.run() for _ in range(80)]
            self.source.shuffle(words)
        paragraphs = [" ".join(words[at : at + 80]).capitalize() + "." for at in range(0, len(words), 80)]
        heading = " ".join(self.source.sample(topic, 3))
        title = " ".join([*self.source.sample(topic, 3), *self.source.choices(words, k=4)]).capitalize()
        html = f"<h2>{heading}</h2>" + "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        return Article(
            url=f"https://{SITES[number % len(SITES)]}/{number}",
            title=title,
            html=html,
            text="\n".join([heading, *paragraphs]),
            byline=" ".join(self.source.choices(self.bylines, k=2)).title(),
            site=SITES[number % len(SITES)],
            language="zh" if number % HAN_SHARE == 0 else "en",
            published_at=FIRST_DAY + timedelta(minutes=30 * number),
            excerpt=paragraphs[0][:200],
            word_count=len(words),
            reading_minutes=max(1, len(words) // 230),
        )

    def run(self) -> str:
        """Some Han characters without spaces."""
        return "".join(self.source.choices(self.han, cum_weights=self.han_weights, k=self.source.randint(4, 16)))


def articles(amount: int, words_an_article: int = WORDS_AN_ARTICLE) -> Iterator[Article]:
    """The first articles, always the same."""
    writer = Writer(words_an_article)
    return (writer.article(number) for number in range(amount))
