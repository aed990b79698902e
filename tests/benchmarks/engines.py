"""Other ways to search the articles of a library: SQLite's FTS5 as it comes, tantivy, Xapian, LIKE.

Each is indexed beside the library's file, once, and answers with the first 20 hits and a snippet of each, as a program
would have it that goes by the engine's manual. Those that are not installed are left out (pip install tantivy;
apt install python3-xapian, for the system's Python).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from quietpage.library.schema import TOKENIZER

try:
    import tantivy
except ImportError:
    tantivy = None
try:
    import xapian
except ImportError:
    xapian = None

HITS = 20
SNIPPET_CHARS = 220
XAPIAN_MOST = 2_000  # articles; it took 15 ms CPU to index each
Search = Callable[[str], int]


@dataclass(frozen=True)
class Question:
    """One search in our language, and in those of FTS5 and of other engines; "" where an engine cannot be asked."""

    ours: str
    fts5: str
    others: str = ""

    def text_for(self, engine: str) -> str:
        """The same as an engine wants it."""
        if engine == "FTS5":
            return self.fts5
        return self.fts5.strip('"* ').split('"')[0] if engine == "LIKE" else self.others


def engines(path: Path) -> dict[str, Search]:
    """Every engine that is there, over the articles of a library."""
    found: dict[str, Search] = {"FTS5": bare_fts5(path, path.with_suffix(".fts5"))}
    if tantivy:
        found["tantivy"] = in_tantivy(path, path.with_suffix(".tantivy"))
    if xapian and articles_in(path) <= XAPIAN_MOST:
        found["Xapian"] = in_xapian(path, path.with_suffix(".xapian"))
    return found


def articles_in(path: Path) -> int:
    """How many articles a library has."""
    return int(sqlite3.connect(path).execute("select count(*) from articles").fetchone()[0])


def bare_fts5(path: Path, side: Path) -> Search:
    """FTS5 as it comes, over the library's own rows, with its columns and its tokenizer."""
    db = sqlite3.connect(side)
    db.execute("attach ? as library", (str(path),))
    if not db.execute("select 1 from sqlite_schema").fetchone():
        db.execute("pragma synchronous = off")
        columns = "title, byline, headings, text, bigrams"
        tokenizer = TOKENIZER.replace("'", "''")
        db.execute(f"create table kept (id integer primary key, {', '.join(columns.split(', '))})")
        db.execute(f"insert into kept select id, {columns} from library.articles")
        db.execute(
            f"create virtual table bare using fts5({columns}, content=kept, content_rowid=id, tokenize='{tokenizer}')"
        )
        db.execute("insert into bare (bare) values ('rebuild')")
        db.commit()
    question = f"""with best as materialized (
            select rowid as id, bm25(bare, 10, 5, 3, 1, 1) as score from bare where bare match :match
            order by score limit {HITS})
        select bare.rowid, snippet(bare, 3, '[', ']', '…', 32) from bare cross join best on best.id = +bare.rowid
        where bare match :match order by score"""
    return lambda match: len(db.execute(question, {"match": match}).fetchall())


def in_tantivy(path: Path, folder: Path) -> Search:
    """Tantivy with title and text, stored, and its own snippets."""
    schema = tantivy.SchemaBuilder()
    for name in ("title", "text"):
        schema.add_text_field(name, stored=True, tokenizer_name="en_stem")
    built = folder.exists()
    folder.mkdir(exist_ok=True)
    index = tantivy.Index(schema.build(), path=str(folder))
    if not built:
        writer = index.writer(200_000_000, 1)
        for title, text in sqlite3.connect(path).execute("select title, text from articles order by id"):
            writer.add_document(tantivy.Document(title=[title], text=[text]))
        writer.commit()
        writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(text: str) -> int:
        query = index.parse_query(text, ["title", "text"], field_boosts={"title": 3.0}, conjunction_by_default=True)
        snippets = tantivy.SnippetGenerator.create(searcher, query, index.schema, "text")
        found = searcher.search(query, HITS).hits
        return len([snippets.snippet_from_doc(searcher.doc(place)).to_html() for _, place in found])

    return search


def in_xapian(path: Path, folder: Path) -> Search:
    """Xapian with title and text, the text as a document's data, and its own snippets."""
    stemmer = xapian.Stem("english")
    if not folder.exists():
        writable = xapian.WritableDatabase(str(folder), xapian.DB_CREATE_OR_OPEN)
        generator = xapian.TermGenerator()
        generator.set_stemmer(stemmer)
        for title, text in sqlite3.connect(path).execute("select title, text from articles order by id"):
            document = xapian.Document()
            generator.set_document(document)
            generator.index_text(title, 3)
            generator.increase_termpos()
            generator.index_text(text)
            document.set_data(text)
            writable.add_document(document)
        writable.close()
    database = xapian.Database(str(folder))
    parser = xapian.QueryParser()
    parser.set_stemmer(stemmer)
    parser.set_stemming_strategy(xapian.QueryParser.STEM_SOME)
    parser.set_default_op(xapian.Query.OP_AND)
    parser.set_database(database)
    enquire = xapian.Enquire(database)

    def search(text: str) -> int:
        enquire.set_query(parser.parse_query(text))
        found = enquire.get_mset(0, HITS)
        return len([found.snippet(hit.document.get_data().decode(), SNIPPET_CHARS, stemmer) for hit in found])

    return search


def by_like(path: Path) -> Search:
    """LIKE over every text, newest first."""
    db = sqlite3.connect(path)
    question = f"select id, substr(text, 1, 200) from articles where text like ? order by id desc limit {HITS}"
    return lambda word: len(db.execute(question, (f"%{word}%",)).fetchall())
