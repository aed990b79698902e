"""What a person does to all the articles a search finds, however many, and how it is undone. One call, one commit."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from sqlite_utils import Database

from quietpage.library.database import writing
from quietpage.library.filters import STATES
from quietpage.library.matching import FACTS, plan
from quietpage.library.query import parse
from quietpage.library.rows import storable
from quietpage.library.shelf import purge_due
from quietpage.library.tags import made_id, tag_id, tidied
from quietpage.library.times import now

Doing = Literal["unread", "reading", "read", "archived", "favorite", "unfavorite", "tag", "untag", "delete", "restore"]
DOINGS: tuple[Doing, ...] = get_args(Doing)
COLUMNS = {"favorite": "favorite", "unfavorite": "favorite", "delete": "deleted_at", "restore": "deleted_at"}
KEPT_ACTS = 20  # so many can be undone; each holds a short row for every article it changed
CHANGED = "select article_id from befores where act = :act"


class NoSuchAct(LookupError):
    """There was no such act, or it was undone, or it is too long ago."""


@dataclass(frozen=True, slots=True)
class Done:
    """How many articles an act changed, and the number by which it is undone: None where it changed nothing."""

    articles: int
    act: int | None = None


class Acts:
    """Acts on all the articles a search finds. The latest are remembered, with how each article was before."""

    def __init__(self, database: Callable[[], Database]) -> None:
        self._database = database

    def on_all(self, query: str, doing: Doing, *, tags: Iterable[str] = ()) -> Done:
        """Do something to every article that has all of a query; to the whole library where it is blank.

        "restore" looks in the trash, all else outside of it. "tag" gives the ``tags``, "untag" takes them. A word means
        itself: none is put in place of a misspelt one. Raises ValueError for what cannot be done.
        """
        if doing not in DOINGS:
            raise ValueError(f"Nothing is called {doing!r}; there are {', '.join(DOINGS)}.")
        with writing(self._database()) as db:
            ids = all_of(db, query, trashed=doing == "restore")
            act = begun(db, doing)
            if doing in ("tag", "untag"):
                change_tags(db, act, ids, tidied(tags), given=doing == "tag")
            else:
                change_column(db, act, ids, doing)
            done = ended(db, act)
            if doing == "delete":
                purge_due(db)
        return done

    def undo(self, act: int) -> int:
        """Put back what an act changed, where nobody has changed it since; how many articles. Raises NoSuchAct."""
        with writing(self._database()) as db:
            row = db.conn.execute("select doing, done_at from acts where id = ?", (act,)).fetchone()
            if row is None:
                raise NoSuchAct(f"There is no act {act} to undo.")
            doing = row["doing"]
            if doing in ("tag", "untag"):
                put_tags_back(db, act, given=doing == "tag")
                changed = articles_of(db, act)
            else:
                changed = put_column_back(db, act, doing, row["done_at"])
            db.conn.execute("delete from acts where id = ?", (act,))
        return changed


def all_of(db: Database, text: str, *, trashed: bool) -> str:
    """The ids of all articles that have all of a search, as JSON."""
    query = parse(storable(text))
    if query.tree is None and not query.blank:
        return "[]"
    question = f"select id from {FACTS} where deleted_at is {'not null' if trashed else 'null'}"
    values: dict[str, str | int] = {}
    if query.tree is not None:
        found = plan(query.tree, lambda _: 0)
        values = found.condition.values | {"match": found.match or ""}
        question += f" and {found.condition.sql}" if found.condition.sql else ""
        question += " and id in (select rowid from articles_fts where articles_fts match :match)" if found.match else ""
    return json.dumps([row[0] for row in db.conn.execute(question, values)])


def begun(db: Database, doing: Doing) -> int:
    """The number of a new act."""
    return int(db.conn.execute("insert into acts (done_at, doing) values (?, ?)", (now(), doing)).lastrowid or 0)


def ended(db: Database, act: int) -> Done:
    """What an act came to. One that changed nothing is not remembered, nor are those of long ago."""
    changed = articles_of(db, act)
    gone, below = ("id = ?", act) if not changed else ("id <= ?", act - KEPT_ACTS)
    db.conn.execute(f"delete from acts where {gone}", (below,))
    return Done(changed, act if changed else None)


def articles_of(db: Database, act: int) -> int:
    """How many articles an act changed."""
    question = "select count(distinct article_id) from befores where act = ?"
    return int(db.conn.execute(question, (act,)).fetchone()[0])


def given_value(doing: str, done_at: str) -> str | int | None:
    """What an act writes into its column."""
    values: dict[str, str | int | None] = {"favorite": 1, "unfavorite": 0, "delete": done_at, "restore": None}
    return doing if doing in STATES else values[doing]


def change_column(db: Database, act: int, ids: str, doing: Doing) -> None:
    """Change the column of an act, of those articles where that changes anything."""
    column = COLUMNS.get(doing, "state")
    done_at = db.conn.execute("select done_at from acts where id = ?", (act,)).fetchone()[0]
    values = {"act": act, "ids": ids, "given": given_value(doing, done_at)}
    db.conn.execute(
        f"""insert into befores select :act, id, {column} from {FACTS}
            where id in (select value from json_each(:ids)) and {column} is not :given""",
        values,
    )
    db.conn.execute(f"update articles set {column} = :given where id in ({CHANGED})", values)


def put_column_back(db: Database, act: int, doing: str, done_at: str) -> int:
    """The column of an act as it was, where it still is what the act made it."""
    column = COLUMNS.get(doing, "state")
    before = "(select was from befores where act = :act and article_id = articles.id)"
    return db.conn.execute(
        f"update articles set {column} = {before} where id in ({CHANGED}) and {column} is :given",
        {"act": act, "given": given_value(doing, done_at)},
    ).rowcount


def change_tags(db: Database, act: int, ids: str, names: Sequence[str], *, given: bool) -> None:
    """Give tags or take them, from those articles where that changes anything."""
    for name in names:
        tag = made_id(db, name) if given else tag_id(db, name)
        has = "exists (select 1 from article_tags where article_id = value and tag_id = :tag)"
        db.conn.execute(
            f"insert into befores select :act, value, :tag from json_each(:ids) where {'not' if given else ''} {has}",
            {"act": act, "tag": tag, "ids": ids},
        )
    (give_remembered if given else take_remembered)(db, act)


def put_tags_back(db: Database, act: int, *, given: bool) -> None:
    """The tags of an act as they were."""
    (take_remembered if given else give_remembered)(db, act)


def give_remembered(db: Database, act: int) -> None:
    """Give the tags that an act is about; one that is no more is not made again."""
    db.conn.execute(
        """insert or ignore into article_tags (article_id, tag_id)
            select article_id, was from befores where act = ? and was in (select id from tags)""",
        (act,),
    )


def take_remembered(db: Database, act: int) -> None:
    """Take the tags that an act is about."""
    pairs = "select article_id, was from befores where act = ?"
    db.conn.execute(f"delete from article_tags where (article_id, tag_id) in ({pairs})", (act,))
