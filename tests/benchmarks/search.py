"""Measure search in a large library beside its peers: time, forgiveness, what saving costs, disk.

    python tests/benchmarks/search.py --articles 10000                       # builds the library, then measures
    python tests/benchmarks/search.py --articles 100000 --library big.db     # keeps it, and takes it again next time

The articles are generated (library_text.py), so every machine has the same. All engines are asked in one run, so that a
busy machine slows all alike: the ratios count, the milliseconds are this machine's. engines.py says how each is set up.
Times are CPU milliseconds of the process.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import sqlite3
import string
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "server"))

from engines import HITS, Question, by_like, engines
from library_text import SITES, WORDS_AN_ARTICLE, articles
from timing import percentile, taken

from quietpage.article import Article, Page
from quietpage.library.library import Library
from quietpage.library.rows import article_row
from quietpage.library.schema import INDEXED as COLUMNS
from quietpage.library.schema import follow_changes
from quietpage.library.times import write_time
from quietpage.library.vocabulary import add_words, distinct_words

ROUNDS = 40  # questions of each kind


def build(path: Path, amount: int, words_an_article: int) -> None:
    """A library of generated articles. They go in together and are indexed afterwards, which saves most of the time."""
    with Library(path) as library:
        db = library._database()
        db.conn.execute("pragma synchronous = off")
        for trigger in ("articles_ai", "articles_ad", "articles_au"):
            db.conn.execute(f"drop trigger {trigger}")
        counts: dict[str, int] = {}
        for number, article in enumerate(articles(amount, words_an_article)):
            when = write_time(article.published_at) if article.published_at else ""
            row = article_row(article) | {"address": article.url, "saved_at": when, "updated_at": when, "versions": 1}
            names = ", ".join(row)
            db.conn.execute(f"insert into articles ({names}) values ({', '.join(f':{name}' for name in row)})", row)
            for word in distinct_words(article.title, article.byline, article.text):
                counts[word] = counts.get(word, 0) + 1
            if number % 1000 == 999:
                db.conn.commit()
        add_words(db, counts)
        db.conn.execute("insert into articles_fts (articles_fts) values ('rebuild')")
        follow_changes(db, COLUMNS)
        db.conn.commit()
        db.conn.execute("pragma wal_checkpoint(truncate)")


class Asker:
    """Asks about words that are in the library, as often as the kind of question wants."""

    def __init__(self, library: Library) -> None:
        self.db = library._database().conn
        self.source = random.Random(7)
        self.amount = int(self.db.execute("select count(*) from articles").fetchone()[0])
        words = self.db.execute("select word, articles from words order by articles desc").fetchall()
        share = [(row[0], row[1] / self.amount) for row in words]
        self.common = [word for word, part in share if part > 0.1]
        self.ordinary = [word for word, part in share if 0.002 < part < 0.05]
        alphabetic = [row for row in words if row[1] >= 2 and row[0].isalpha()]
        few = [row for row in alphabetic if row[1] <= 50] or alphabetic[-300:]  # among a million none is so rare
        self.rare = [row[0] for row in few]

    def text(self, question: str) -> str:
        """Something of an article picked at random."""
        return str(self.db.execute(question, (self.source.randint(1, self.amount),)).fetchone()[0])

    def words(self, chosen: Sequence[str]) -> Question:
        """These words, all of them."""
        return Question(" ".join(chosen), " AND ".join(f'"{word}"' for word in chosen), " ".join(chosen))

    def phrase(self) -> Question:
        """Two neighbours in a text."""
        words = self.text("select text from articles where id = ?").split("\n")[1].strip(".").lower().split()
        at = self.source.randrange(len(words) - 1)
        pair = f'"{words[at]} {words[at + 1]}"'
        return Question(pair, pair, pair)

    def beginning(self) -> Question:
        """The first three letters of an ordinary word."""
        start = self.source.choice(self.ordinary)[:3]
        return Question(f"{start}*", f'"{start}" *')

    def filtered(self, condition: str, words: Sequence[str]) -> Question:
        """A filter and a word."""
        word = self.source.choice(words)
        return Question(f"{condition} {word}", f'"{word}"', word)

    def misspelt(self) -> tuple[str, str]:
        """A word of five letters or more with one edit anywhere, and the word."""
        word = self.source.choice([w for w in self.source.sample(self.rare + self.ordinary, 50) if len(w) > 4])
        at, letter = self.source.randrange(len(word) - 1), self.source.choice(string.ascii_lowercase)
        edits = (
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
        return self.source.choice(edits), word

    def han(self) -> str:
        """One to four Han characters that stand together in a text."""
        numbers = self.db.execute("select id from articles where language = 'zh'").fetchall()
        text = self.db.execute("select text from articles where id = ?", self.source.choice(numbers)).fetchone()[0]
        runs = [run for run in text.split() if "\u4e00" <= run[0] <= "\u9fff"]
        run = self.source.choice(runs).strip(".")
        size = self.source.randint(1, 4)
        at = self.source.randrange(max(1, len(run) - size + 1))
        return str(run[at : at + size])

    def questions(self) -> dict[str, Callable[[], Question]]:
        """Every kind of question."""
        pick, sample = self.source.choice, self.source.sample
        return {
            "a rare word": lambda: self.words([pick(self.rare)]),
            "an ordinary word": lambda: self.words([pick(self.ordinary)]),
            "a common word": lambda: self.words([pick(self.common)]),
            "two common words": lambda: self.words(sample(self.common, 2)),
            "a common, an ordinary": lambda: self.words([pick(self.common), pick(self.ordinary)]),
            "a phrase": self.phrase,
            "a beginning": self.beginning,
            "is:unread, common": lambda: self.filtered("is:unread", self.common),
            "site:, ordinary": lambda: self.filtered(f"site:{pick(SITES)}", self.ordinary),
            "saved:, ordinary": lambda: self.filtered("saved:2021", self.ordinary),
            "a misspelt word": lambda: Question(self.misspelt()[0], "", ""),
            "Han characters": lambda: Question(self.han(), "", ""),
            "a question, 8 words": lambda: self.words([*sample(self.common, 4), *sample(self.ordinary, 4)]),
        }


def speed(library: Library, path: Path, rounds: int) -> None:
    """A row for each kind of question: the middle and the slow ones, and the same questions elsewhere, in turn."""
    asked = {"ours": partial(library.search, limit=HITS)} | engines(path)
    asker, like = Asker(library), by_like(path)
    others = list(asked)[1:]
    print(
        f"{'CPU ms':24}{'p50':>8}{'p99':>8}" + "".join(f"{name:>10}{'ratio':>7}" for name in others) + f"{'LIKE':>10}"
    )
    for kind, ask in asker.questions().items():
        questions = [ask() for _ in range(rounds)]
        times = in_turn(asked, questions)
        middle = percentile(times["ours"], 0.5)
        cells = f"{kind:24}{middle:8.1f}{percentile(times['ours'], 0.99):8.1f}"
        for name in others:
            other = percentile(times[name] or [0.0], 0.5)
            cells += f"{other:10.1f}{middle / other:7.2f}" if other else f"{'':17}"
        once = taken(partial(like, questions[0].text_for("LIKE"))) if questions[0].fts5 else 0.0
        print(cells + (f"{once:10.1f}" if once else ""), flush=True)


def in_turn(asked: Mapping[str, Callable[[str], object]], questions: Sequence[Question]) -> dict[str, list[float]]:
    """The time each engine takes for each question, all engines asked one after the other: a busy hour slows all."""
    times: dict[str, list[float]] = {name: [] for name in asked}
    for question in questions:
        for name, search in asked.items():
            text = question.ours if name == "ours" else question.text_for(name)
            if text:
                times[name].append(taken(partial(search, text)))
    return times


def forgiveness(library: Library, rounds: int) -> None:
    """How often a misspelt word finds an article with the word among the first ten, and Han characters any."""
    asker = Asker(library)
    found = tried = 0
    for _ in range(rounds):
        misspelt, word = asker.misspelt()
        hits = library.search(misspelt, limit=10).hits
        texts = (library.get(hit.id).article for hit in hits)
        found += any(word in f"{article.title} {article.text} {article.byline}".lower().split() for article in texts)
        tried += 1
    han = [asker.han() for _ in range(rounds)]
    seen = sum(library.search(run).total > 0 and not library.search(run).partial for run in han)
    print(f"misspelt words found among the first ten: {found / tried:.3f}; Han characters found: {seen / len(han):.3f}")


def saving(library: Library, amount: int, fresh: Sequence[Article]) -> None:
    """What saving costs here and in an empty library."""
    with tempfile.TemporaryDirectory() as folder, Library(Path(folder) / "library.db") as empty:
        times: dict[str, list[float]] = {"empty": [], "full": []}
        for article in fresh:
            for name, into in (("empty", empty), ("full", library)):
                began = time.process_time()
                saved = into.save(article, Page(article.url, article.html))
                times[name].append((time.process_time() - began) * 1000)
                del saved
    here, there = (sum(times[name]) / len(fresh) for name in ("full", "empty"))
    print(
        f"saving into {amount} articles: {here:.1f} ms CPU; into an empty library {there:.1f}: {here / there:.2f} times"
    )


def disk(path: Path) -> None:
    """The index's size beside the text's."""
    db = sqlite3.connect(path)
    text = db.execute("select sum(length(cast(text as blob))) from articles").fetchone()[0]
    kept = db.execute(
        "select sum(length(cast(bigrams as blob)) + length(cast(salient as blob))) from articles"
    ).fetchone()[0]
    with contextlib.suppress(sqlite3.OperationalError):  # a Python whose SQLite lacks dbstat
        names = "name like 'articles_fts%' or name like '%words%' or name like 'article\\_%' escape '\\'"
        index = db.execute(f"select sum(pgsize) from dbstat where {names}").fetchone()[0]
        print(f"index {(index + kept) / text:.2f} of the text's size")


@contextlib.contextmanager
def file_for(chosen: Path | None) -> Iterator[Path]:
    """The library's file: the one named, or one for this run."""
    if chosen:
        yield chosen
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "library.db"


def main() -> None:
    """Build what is not there, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--words", type=int, default=WORDS_AN_ARTICLE, help="in an article, about")
    parser.add_argument("--library", type=Path)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--saves", type=int, default=50)
    options = parser.parse_args()
    with file_for(options.library) as path:
        if not path.exists() or not os.path.getsize(path):
            build(path, options.articles, options.words)
        with Library(path) as library:
            amount = library.recent(limit=1).total
            print(f"{amount} articles, SQLite {sqlite3.sqlite_version}")
            speed(library, path, options.rounds)
            forgiveness(library, options.rounds * 5)
            disk(path)
            if options.saves:
                fresh = [
                    Article(
                        url=f"https://new.example/{time.time_ns()}/{number}",
                        title=one.title,
                        html=one.html,
                        text=one.text,
                    )
                    for number, one in enumerate(articles(options.saves))
                ]
                saving(library, amount, fresh)


if __name__ == "__main__":
    main()
