"""How the library's file keeps what imports said of articles beside their facts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from quietpage.library.rows import storable
from quietpage.library.times import now


def create_imports(db: Database) -> None:
    """What imports said of articles that has no place among their facts, and which articles are not captured yet."""
    db.execute(
        """create table imported (article_id integer not null references articles on delete cascade,
            source text not null, at text not null, more text not null, primary key (article_id, source))"""
    )
    db.execute("create index uncaptured on articles (id) where versions = 0")


def said_of(db: Database, article_id: int) -> dict[str, Any]:
    """What each import said of an article, by the name of its format."""
    question = "select source, more from imported where article_id = ? order by source"
    rows = db.conn.execute(question, (article_id,)).fetchall()
    return {row["source"]: json.loads(row["more"]) for row in rows}


def add_more(db: Database, article_id: int, source: str, more: Mapping[str, Any]) -> bool:
    """Keep what a file says beside an article's facts; of the same source the latest holds."""
    if not more:
        return False
    said = storable(json.dumps(more, ensure_ascii=False, sort_keys=True, default=str))
    db.conn.execute(
        """insert into imported values (:id, :source, :now, :more) on conflict (article_id, source)
            do update set more = excluded.more, at = excluded.at where more != excluded.more""",
        {"id": article_id, "source": source, "now": now(), "more": said},
    )
    return bool(db.conn.execute("select changes()").fetchone()[0])
