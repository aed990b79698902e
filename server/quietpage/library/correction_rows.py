"""How corrections stand in the file, and in which articles' pages each found something."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlite_utils import Database

from quietpage.library.rows import filtered_facts, storable


def create_corrections(db: Database) -> None:
    """Corrections, and in which articles' pages each found something."""
    db.execute(
        "create table corrections (id integer primary key, kind text not null, selector text not null, "
        "site text not null, article_id integer references articles on delete cascade, example text not null, "
        "created_at text not null)"
    )
    db.execute("create index corrections_of_sites on corrections (site)")
    db.execute("create index corrections_of_articles on corrections (article_id) where article_id is not null")
    db.execute(
        "create table corrected (correction_id integer not null references corrections on delete cascade, "
        "article_id integer not null references articles on delete cascade, primary key (correction_id, article_id)) "
        "without rowid"
    )
    db.execute("create index corrected_articles on corrected (article_id)")


def note_corrected(db: Database, article_id: int, url: str, selectors: Sequence[str]) -> None:
    """Note which corrections found something in an article's page, within the transaction that shows the article."""
    db.conn.execute("delete from corrected where article_id = ?", (article_id,))
    if selectors:
        db.conn.execute(
            """insert into corrected select id, :article from corrections where site = :site
                and selector in (select value from json_each(:selectors))
                and (article_id is null or article_id = :article)""",
            {"article": article_id, "site": site_of(url), "selectors": json.dumps(list(selectors))},
        )


def site_of(url: str) -> str:
    """The site of an address: its host, without the ``www.`` nobody says."""
    return str(filtered_facts(storable(url), "")["host"])
