"""What is counted as articles come, change and go: how many a site, a language, a state and a year have, and each tag.

Counting 100,000 articles takes longer than showing a page of them. Triggers keep the counts, in the transaction of the
change itself, so that they are never wrong and cost the same in a library of any size.
"""

from __future__ import annotations

from sqlite_utils import Database

# facet -> its value in a row; blank: none
FACETS = {
    "site": "coalesce({row}.host, '')",
    "language": "lower(substr(coalesce({row}.language, ''), 1, instr(coalesce({row}.language, '') || '-', '-') - 1))",
    "state": "{row}.state",
    "favorite": "case when {row}.favorite > 0 then 'favorite' else '' end",
    "year": "substr({row}.saved_at, 1, 4)",
}
COLUMNS = "deleted_at, host, language, state, favorite, saved_at"


def create_tallies(db: Database) -> None:
    """The counts of what is there already, and the triggers that keep them."""
    columns = "facet text, value text, articles integer not null"
    db.execute(f"create table tallies ({columns}, primary key (facet, value)) without rowid")
    db.execute("create index tallies_most on tallies (facet, articles)")
    for facet, value in FACETS.items():
        db.execute(
            f"""insert into tallies select '{facet}', {value.format(row="articles")}, count(*) from articles
                where deleted_at is null group by 2"""
        )
    db.execute(
        """update tags set articles = (select count(*) from article_tags join articles on articles.id = article_id
            where tag_id = tags.id and deleted_at is null)"""
    )
    count_articles(db)
    count_tags(db)


def count_articles(db: Database) -> None:
    """Keep the counts of the articles that are not in the trash."""
    come, go = (added(row, sign) for row, sign in (("new", "+"), ("old", "-")))
    come = f"{come} update tags set articles = articles + 1 where new.deleted_at is null and {tagged('new')};"
    go = f"{go} update tags set articles = articles - 1 where old.deleted_at is null and {tagged('old')};"
    db.execute(f"create trigger tally_insert after insert on articles begin {come} end")
    db.execute(f"create trigger tally_delete before delete on articles begin {go} end")
    db.execute(f"create trigger tally_update after update of {COLUMNS} on articles begin {go} {come} end")


def added(row: str, sign: str) -> str:
    """SQL that counts a row of a trigger in or out, once a facet."""
    return " ".join(
        f"""insert into tallies select '{facet}', {value.format(row=row)}, {sign}1 where {row}.deleted_at is null
            on conflict (facet, value) do update set articles = articles {sign} 1;"""
        for facet, value in FACETS.items()
    )


def tagged(row: str) -> str:
    """SQL for the tags of a row of a trigger."""
    return f"id in (select tag_id from article_tags where article_id = {row}.id)"


def count_tags(db: Database) -> None:
    """Keep the counts of the tags as they are given and taken."""
    for event, row, sign in (("insert", "new", "+"), ("delete", "old", "-")):
        db.execute(
            f"""create trigger tally_tag_{event} after {event} on article_tags begin
                update tags set articles = articles {sign} 1 where id = {row}.tag_id
                and exists (select 1 from articles where id = {row}.article_id and deleted_at is null); end"""
        )
