"""What an article links to, and which kept articles link to it: an index of the addresses behind its links."""

from __future__ import annotations

import html as markup
import json
import re

from sqlite_utils import Database

from quietpage.library.addresses import address
from quietpage.library.kept import Beside

LINK = re.compile(r'<a\s[^>]*?\bhref="(https?://[^"]{1,2000})"')  # as the sanitiser writes it
MOST_LINKS = 2_000  # of one article; a list of all links of a site has some
MOST_CITING = 20
SMALL_BATCH = 50  # articles, after which others may write


def create_links(db: Database) -> None:
    """The tables. ``linking`` says whose links are known, for articles of before are read later, a few at a time."""
    db.execute(
        "create table links (article_id integer not null references articles (id) on delete cascade, "
        "address text not null, primary key (article_id, address)) without rowid"
    )
    db.execute("create index linked on links (address)")
    db.execute(
        "create table linking (article_id integer primary key references articles (id) on delete cascade, "
        "links integer not null)"
    )


def addresses_in(html: str) -> tuple[str, ...]:
    """The canonical addresses that sanitized HTML links to, each once, in order."""
    urls = dict.fromkeys(LINK.findall(html)) if "<a " in html else {}
    found = dict.fromkeys(address(markup.unescape(url)) for url in urls)
    return tuple(found)[:MOST_LINKS]


def remember(db: Database, article_id: int, html: str) -> None:
    """Keep where an article links to, in place of what was kept of an earlier text."""
    forget(db, article_id)
    found = addresses_in(html)
    db.conn.execute("insert into linking (article_id, links) values (?, ?)", (article_id, len(found)))
    rows = [(article_id, one) for one in sorted(found)]
    db.conn.executemany("insert into links (article_id, address) values (?, ?)", rows)


def forget(db: Database, article_id: int) -> None:
    """Keep it no longer."""
    for table in ("links", "linking"):
        db.conn.execute(f"delete from {table} where article_id = ?", (article_id,))


def index_some(db: Database, above: int, limit: int = SMALL_BATCH) -> int | None:
    """Read the links of the next articles with ids above one; the last one's id, None when all are read."""
    question = """select id from articles indexed by article_facts where id > ?
        and id not in (select article_id from linking) order by id limit ?"""
    ids = [row[0] for row in db.conn.execute(question, (above, limit))]
    for article_id in ids:
        row = db.conn.execute("select html from articles where id = ?", (article_id,)).fetchone()
        remember(db, article_id, row[0])
    return ids[-1] if ids else None


def cited_by(db: Database, article_id: int) -> tuple[Beside, ...]:
    """The kept articles that link to this one, the last saved first."""
    own = db.conn.execute("select address, canonical_url from articles where id = ?", (article_id,)).fetchone()
    if own is None:
        return ()
    addresses = {own["address"], address(own["canonical_url"] or own["address"])}
    rows = db.conn.execute(
        """select distinct id, title, site, url, language, direction from articles
            where id in (select article_id from links where address in (select value from json_each(:addresses)))
            and id <> :own and deleted_at is null order by saved_at desc, id desc limit :most""",
        {"addresses": json.dumps(sorted(addresses)), "own": article_id, "most": MOST_CITING},
    )
    return tuple(Beside(**row) for row in rows)


def saved_among(db: Database, article_id: int, html: str) -> dict[str, Beside]:
    """Those of an article's links that lead to other kept articles, by their canonical address."""
    question = """select address, id, title, site, url, language, direction from articles
        where address in ({}) and id <> :own and deleted_at is null"""
    values: dict[str, str | int] = {"own": article_id}
    if db.conn.execute("select 1 from linking where article_id = ?", (article_id,)).fetchone():
        question = question.format("select address from links where article_id = :own")
    else:  # saved before links were kept, and not reached by index_some yet
        question = question.format("select value from json_each(:addresses)")
        values["addresses"] = json.dumps(addresses_in(html))
    rows = db.conn.execute(question, values)
    return {row["address"]: Beside(*row[1:]) for row in rows}
