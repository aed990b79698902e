"""How the library's SQLite file looks: its tables and full-text index, and the migrations that brought it there."""

from __future__ import annotations

from collections import Counter

from sqlite_utils import Database, Migrations

from quietpage.library.checksums import create_checksums
from quietpage.library.citations import create_links
from quietpage.library.correction_rows import create_corrections
from quietpage.library.feed_rows import create_feeds
from quietpage.library.highlight_rows import create_highlights
from quietpage.library.image_rows import create_images
from quietpage.library.import_rows import create_imports
from quietpage.library.rows import filtered_facts, indexed
from quietpage.library.tallies import create_tallies
from quietpage.library.uncaptured_rows import create_uncaptured
from quietpage.library.vocabulary import add_words, distinct_words

SEARCHED = ("title", "byline", "headings", "text", "bigrams")  # the full-text index's columns at first, in this order
RANKED = (*SEARCHED, "salient")  # then
INDEXED = (*RANKED, "notes")  # and now
# 2: folds every diacritic. M*: a combining mark belongs to its word, as the vowels of Devanagari, Thai and Arabic do;
# by FTS5's default they would cut the word apart.
TOKENIZER = "porter unicode61 remove_diacritics 2 categories 'L* N* Co M*'"

migrations = Migrations("quietpage")


@migrations()
def create_articles(db: Database) -> None:
    """Articles, the captures they came from, and what was removed from them."""
    db.table("articles").create(
        {
            "id": int,
            "address": str,  # the canonicalised URL: one article an address
            "url": str,
            "canonical_url": str,
            "title": str,
            "byline": str,
            "site": str,
            "language": str,
            "direction": str,
            "published_at": str,  # RFC 3339 in the page's own offset
            "saved_at": str,  # all other times are in UTC, of fixed width: they sort as text
            "updated_at": str,
            "deleted_at": str,
            "excerpt": str,
            "html": str,
            "text": str,
            "headings": str,
            "bigrams": str,
            "word_count": int,
            "reading_minutes": int,
            "lead_image": str,
            "warning": str,
            "content_sha256": str,
            "state": str,
            "progress": float,
            "versions": int,
        },
        pk="id",
        not_null={"address", "url", "title", "html", "text", "saved_at", "updated_at", "versions"},
        defaults={"state": "unread", "progress": 0.0, "versions": 0},
    )
    db.table("articles").create_index(["address"], unique=True)
    db.table("articles").create_index(["saved_at", "id"])
    db.table("articles").enable_fts(SEARCHED, create_triggers=True, tokenize=TOKENIZER)
    db.table("versions").create(
        {
            "id": int,
            "article_id": int,
            "number": int,
            "url": str,
            "captured_at": str,
            "page": bytes,  # the captured page: UTF-8 (or the served bytes), zlib
            "page_sha256": str,
            "content_sha256": str,
            "warning": str,
        },
        pk="id",
        foreign_keys=[("article_id", "articles", "id")],
        not_null={"article_id", "number", "page"},
    )
    db.table("versions").create_index(["article_id", "number"], unique=True)
    db.table("captures").create(  # every acknowledged delivery, so that a repeated one is recognised
        {"capture_id": str, "article_id": int, "version": int},
        pk="capture_id",
        foreign_keys=[("article_id", "articles", "id")],
    )
    db.table("removed").create(
        {"id": int, "article_id": int, "step": str, "reason": str, "html": str},
        pk="id",
        foreign_keys=[("article_id", "articles", "id")],
    )
    db.table("removed").create_index(["article_id"])
    db.table("tags").create({"id": int, "name": str}, pk="id")
    db.table("tags").create_index(["name"], unique=True)
    db.table("article_tags").create(
        {"article_id": int, "tag_id": int},
        pk=("article_id", "tag_id"),
        foreign_keys=[("article_id", "articles", "id"), ("tag_id", "tags", "id")],
    )


@migrations()
def create_browsers(db: Database) -> None:
    """Connected browsers, one-time links, and the secret that signs session cookies."""
    db.table("browsers").create(
        {
            "id": str,
            "name": str,
            "origin": str,
            "token_hash": bytes,
            "proof_key": bytes,
            "created_at": str,
            "last_seen_at": str,
            "revoked_at": str,
        },
        pk="id",
    )
    db.table("browsers").create_index(["token_hash"], unique=True)
    db.table("one_time_links").create({"code_sha256": bytes, "expires_at": str}, pk="code_sha256")
    db.table("secrets").create({"name": str, "value": bytes}, pk="name")


@migrations()
def index_the_kept(db: Database) -> None:
    """Indexes that list the kept articles, and know the trash, without reading any article."""
    db.execute("create index kept_newest on articles (saved_at, id) where deleted_at is null")
    db.execute("create index trash on articles (id) where deleted_at is not null")
    db.execute("drop index idx_articles_saved_at_id")


@migrations()
def keep_marks_in_words(db: Database) -> None:
    """Build the full-text index anew where it was made by another tokenizer."""
    db.table("articles").enable_fts(SEARCHED, create_triggers=True, tokenize=TOKENIZER, replace=True)


@migrations()
def keep_when_modified(db: Database) -> None:
    """When a page says that it was last changed."""
    db.table("articles").add_column("modified_at", str)


@migrations()
def add_filters(db: Database) -> None:
    """What searches filter by, in one narrow index; the full-text index follows changes of its own columns only."""
    articles = db.table("articles")
    for name in ("favorite", "pictures", "code_blocks"):
        articles.add_column(name, int, not_null_default=0)
    articles.add_column("host", str)
    for trigger in ("articles_ai", "articles_ad", "articles_au"):
        db.execute(f"drop trigger {trigger}")
    for (article_id,) in db.execute("select id from articles").fetchall():  # one at a time: together they are large
        row = db.execute("select url, html from articles where id = ?", (article_id,)).fetchone()
        articles.update(article_id, filtered_facts(row["url"], row["html"]))
    flags, facts = "deleted_at, state, favorite, pictures, code_blocks", "language, published_at, saved_at, host, site"
    db.execute(f"create index article_facts on articles (id, {flags}, word_count, {facts})")
    db.execute("create index article_hosts on articles (host)")
    db.execute("create index article_sites on articles (site)")
    follow_changes(db, SEARCHED)


@migrations()
def rank_at_any_size(db: Database) -> None:
    """Salient words in the full-text index, characters of unspaced scripts one by one, and the library's vocabulary."""
    db.table("articles").add_column("salient", str)
    db.execute("create table words (word text primary key, backwards text, articles integer not null) without rowid")
    db.execute("create index words_backwards on words (backwards)")
    counts = Counter[str]()
    for (article_id,) in db.execute("select id from articles").fetchall():
        row = db.execute("select title, byline, headings, text from articles where id = ?", (article_id,)).fetchone()
        changed = indexed(row["title"], row["byline"], row["headings"] or "", row["text"])
        db.execute(
            "update articles set bigrams = :bigrams, salient = :salient where id = :id", changed | {"id": article_id}
        )
        counts.update(distinct_words(row["title"], row["byline"], row["text"]))
    add_words(db, counts)
    index_anew(db, RANKED)


@migrations()
def keep_where_it_goes_on(db: Database) -> None:
    """The next page of an article of several."""
    db.table("articles").add_column("next_page", str)


@migrations()
def keep_sketches(db: Database) -> None:
    """What finds the same content elsewhere. Articles that are there already are sketched later, a few at a time."""
    db.execute(
        "create table sketches (article_id integer primary key references articles (id) on delete cascade, "
        "shingles integer not null, smallest blob not null)"
    )
    db.execute(
        "create table sketch_keys (key integer not null, article_id integer not null, primary key (key, article_id)) "
        "without rowid"
    )


@migrations()
def keep_shelves(db: Database) -> None:
    """What a library page needs at once: counts, orders to list by, tags in any case, and searches kept by name."""
    db.table("tags").add_column("folded", str)
    db.table("tags").add_column("articles", int, not_null_default=0)
    for row in db.execute("select id, name from tags").fetchall():
        db.execute("update tags set folded = ? where id = ?", (row["name"].casefold(), row["id"]))
    db.execute("create index tags_folded on tags (folded)")
    db.execute("create index article_languages on articles (language)")
    db.execute("create index tagged on article_tags (tag_id, article_id)")
    db.execute("create index kept_published on articles (coalesce(published_at, ''), id) where deleted_at is null")
    db.execute("create index kept_length on articles (word_count, id) where deleted_at is null")
    db.execute("create index trash_newest on articles (deleted_at, id) where deleted_at is not null")
    db.table("searches").create({"name": str, "query": str, "sort": str}, pk="name", not_null={"query"})
    create_tallies(db)


@migrations()
def keep_acts(db: Database) -> None:
    """What was done to many articles at once, and how each of them was before: its state, a tag it had or had not."""
    db.execute("create table acts (id integer primary key, done_at text not null, doing text not null)")
    db.execute(
        "create table befores (act integer not null references acts on delete cascade, "
        "article_id integer not null references articles on delete cascade, was)"
    )
    db.execute("create index before_acts on befores (act, article_id, was)")
    db.execute("create index before_articles on befores (article_id)")


@migrations()
def forget_purged_sketches(db: Database) -> None:
    """What articles that were deleted for good left behind."""
    db.execute("delete from sketch_keys where article_id not in (select id from articles)")


@migrations()
def keep_images(db: Database) -> None:
    """Images, by the SHA-256 of their bytes, and which of them each article shows."""
    create_images(db)


@migrations()
def keep_reading_settings(db: Database) -> None:
    """How a person likes to read, a row for each setting that is not as it is at first."""
    db.execute("create table reading_settings (name text primary key, value text not null) without rowid")


@migrations()
def keep_links(db: Database) -> None:
    """Where articles link to. Those of articles that are there already are read later, a few at a time."""
    create_links(db)


@migrations()
def keep_corrections(db: Database) -> None:
    """What a person corrected, which version each article shows, and how far cleaning many articles anew came.

    An article shows its newest version with the content it has: of an article with one version, that one. Where none
    has it, because a better cleaner changed it meanwhile, the newest is as good a guess as any.
    """
    create_corrections(db)
    db.execute("create table recleanings (asked text primary key, reached integer not null, at text not null)")
    db.table("articles").add_column("shown", int, not_null_default=1)
    same = "article_id = articles.id and versions.content_sha256 = articles.content_sha256"
    newest = f"coalesce((select max(number) from versions where {same}), articles.versions)"
    db.execute(f"update articles set shown = {newest} where articles.versions > 1")


@migrations()
def keep_highlights(db: Database) -> None:
    """Highlights and notes. An article's notes are a column of the full-text index, which is built anew."""
    create_highlights(db)
    db.table("articles").add_column("notes", str, not_null_default="")
    index_anew(db, INDEXED)


@migrations()
def keep_feeds(db: Database) -> None:
    """Addresses by which a person's own reader app reads."""
    create_feeds(db)


@migrations()
def keep_imports(db: Database) -> None:
    """What was said elsewhere of articles that came from there, and articles whose page is not captured yet."""
    create_imports(db)


@migrations()
def keep_checksums(db: Database) -> None:
    """What tells an article that was changed by a failing disk, or by another program."""
    create_checksums(db)


@migrations()
def keep_tries(db: Database) -> None:
    """Why the page of an entry was not captured, and where the pages of others were found."""
    create_uncaptured(db)


def index_anew(db: Database, columns: tuple[str, ...]) -> None:
    """Make the full-text index once more, of these columns."""
    for trigger in ("articles_ai", "articles_ad", "articles_au"):
        db.execute(f"drop trigger if exists {trigger}")
    db.execute("drop table articles_fts")
    tokenizer = TOKENIZER.replace("'", "''")
    db.execute(
        f"create virtual table articles_fts using fts5({', '.join(columns)}, content='articles', content_rowid='id', "
        f"tokenize='{tokenizer}')"
    )
    db.execute("insert into articles_fts (articles_fts) values ('rebuild')")
    follow_changes(db, columns)


def follow_changes(db: Database, columns: tuple[str, ...]) -> None:
    """Triggers that keep the full-text index true to the articles, at no cost where other columns change."""
    names, old, new = (", ".join(f"{row}{name}" for name in columns) for row in ("", "old.", "new."))
    forget = f"insert into articles_fts (articles_fts, rowid, {names}) values ('delete', old.id, {old});"
    learn = f"insert into articles_fts (rowid, {names}) values (new.id, {new});"
    db.execute(f"create trigger articles_ai after insert on articles begin {learn} end")
    db.execute(f"create trigger articles_ad after delete on articles begin {forget} end")
    db.execute(f"create trigger articles_au after update of {names} on articles begin {forget} {learn} end")


STEPS = (
    create_articles,
    create_browsers,
    index_the_kept,
    keep_marks_in_words,
    keep_when_modified,
    add_filters,
    rank_at_any_size,
    keep_where_it_goes_on,
    keep_sketches,
    keep_shelves,
    keep_acts,
    forget_purged_sketches,
    keep_images,
    keep_reading_settings,
    keep_links,
    keep_corrections,
    keep_highlights,
    keep_feeds,
    keep_imports,
    keep_checksums,
    keep_tries,
)
