"""A Query becomes what SQLite is asked: an FTS5 expression and an SQL condition. Every text is quoted or bound."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from quietpage.library.bigrams import pairs
from quietpage.library.filters import Fact, Filter, Holds, Range
from quietpage.library.query import All, Any, Not, Part, Term, wanted
from quietpage.library.salience import marked, marked_beginning
from quietpage.library.vocabulary import words_in

FACTS = "articles indexed by article_facts"  # the narrow index that holds every filtered column: no article is read
MATCHING = "id in (select rowid from articles_fts where articles_fts match {})"
FLAGS = {"favorite": "favorite > 0", "image": "pictures > 0", "code": "code_blocks > 0"} | {
    "highlighted": "id in (select article_id from highlights where deleted_at is null)",
    "uncaptured": "id in (select id from articles where versions = 0)",
    "note": "id in (select article_id from marks where note != '')",
}
# The values of an indexed column, each once: one look-up a value, where "distinct" would read every article's
DISTINCT = """with recursive every (value) as (select min({0}) from articles
    union all select (select min({0}) from articles where {0} > value) from every where value is not null)"""
FACT_CONDITIONS = {
    "site": f"""id in (
        select id from articles indexed by article_hosts where host in (
            {DISTINCT.format("host")} select value from every where instr('.' || value || '.', '.' || {{0}} || '.'))
        union select id from articles indexed by article_sites where site in (
            {DISTINCT.format("site")} select value from every where instr(lower(value), {{0}})))""",
    "tag": """id in (select article_id from article_tags where tag_id in (
        select id from tags where folded = {0} or name = {0} collate nocase))""",
    "lang": f"""language in ({DISTINCT.format("language")}
        select value from every where lower(value) = {{0}} or instr(lower(value), {{0}} || '-') = 1)""",
    "is": "state = {0}",
}
POSTINGS_SCORED = 200_000  # bm25 reads every posting of every term, for its rarity: some 10 ms for 100,000
# A phrase of words that are commoner is scored as its words: its places are compared in each article, three times over
POSTINGS_PHRASE = 3_000
POSTINGS_TELLING = 40_000  # words in more articles tell next to nothing where others are there to score by
POSTINGS_READ = 4_000  # the same where any term will do and the postings are merged
RAREST = 3  # terms; FTS5 looks up all terms of a conjunction for every article that has one of them
RANGE_COLUMNS = {"saved": "saved_at", "published": "published_at", "words": "word_count"}


@dataclass(slots=True)
class Condition:
    """An SQL condition on articles with the values bound in it."""

    sql: str = ""
    values: dict[str, str | int] = field(default_factory=dict)
    saved: tuple[Range, ...] = ()  # of the days of saving in it: ids grow with them, mostly

    def bind(self, value: str | int) -> str:
        """Add a value; the placeholder that stands for it."""
        name = f"value{len(self.values)}"
        self.values[name] = value
        return f":{name}"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several terms of which an article needs any. ``match`` finds those that have it, ``about`` those about it
    (None: nothing does); ``postings`` says in how many it stands, roughly."""

    match: str
    about: str | None
    postings: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What finds the articles: they match ``match`` (None: all do) and fulfil ``condition`` (blank: all do).

    ``about`` finds those of them that are about a term. ``scored`` stands in for ``match`` where scoring that would
    read too much (blank: nothing tells them apart); None where it would not. ``some`` are the terms of which any will
    do, rarest first, none where there is but one; ``some_scored`` scores articles by as many of them as can be read.
    ``rarest`` finds those with the rarest of many terms: where none is, none has all (blank: the terms are few).
    """

    match: str | None
    condition: Condition
    about: str | None = None
    scored: str | None = None
    some: tuple[Choice, ...] = ()
    some_scored: str = ""
    rarest: str = ""


def plan(tree: Part, postings: Callable[[Part], int]) -> Plan:
    """How to find what a tree asks for. ``postings`` tells in how many articles a part stands, roughly."""
    parts = tree.parts if isinstance(tree, All) else (tree,)
    texts = [part for part in parts if is_text(part)]
    without = [part for part in parts if texts and isinstance(part, Not) and is_text(part.part)]
    condition = Condition()
    rest = [part for part in parts if part not in texts and part not in without]
    condition.sql = " and ".join(sql(part, condition) for part in rest)
    condition.saved = tuple(part for part in rest if isinstance(part, Range) and part.name == "saved")
    if not texts:
        return Plan(None, condition)
    rarest = sorted(texts, key=postings)
    match = match_of(All((*rarest, *without)))  # FTS5 reads the others from the first on
    found = Plan(match, condition, about_of(texts, without, match))
    common_phrase = any(is_phrase(term) and postings(term) > POSTINGS_PHRASE for part in texts for term in wanted(part))
    if common_phrase or sum(map(postings, texts)) > POSTINGS_SCORED:
        words = [word for part in rarest for term in wanted(part) for word in as_words(term)]
        found = replace(found, scored=scored_by([word for word in words if postings(word) <= POSTINGS_TELLING]))
    if len(texts) > 1:
        some = tuple(choice(part, without, postings(part)) for part in rarest)
        found = replace(found, some=some, some_scored=any_of(up_to(rarest, postings, POSTINGS_READ)))
    if len(texts) > RAREST:
        found = replace(found, rarest=match_of(All(tuple(rarest[:RAREST]))))
    return found


def is_phrase(term: Term) -> bool:
    """Whether a term is several words."""
    return not term.unspaced and len(words_in(term.text)) > 1


def as_words(term: Term) -> list[Term]:
    """A phrase as its words."""
    if not is_phrase(term) or term.prefix:
        return [term]
    return [Term(word, column=term.column) for word in words_in(term.text)]


def scored_by(terms: Sequence[Term]) -> str:
    """What scores articles by any of these terms; "" for none."""
    return any_of(list(dict.fromkeys(terms))) if terms else ""


def choice(part: Part, without: Sequence[Part], postings: int) -> Choice:
    """A part as one of those of which any will do."""
    match = match_of(All((part, *without)))
    return Choice(match, about_of([part], without, match), postings)


def up_to(rarest: Sequence[Part], postings: Callable[[Part], int], most: int) -> list[Part]:
    """The first of these parts, as many as stand in so many articles together; one at least."""
    together = accumulate(map(postings, rarest))
    return [part for part, sofar in zip(rarest, together, strict=True) if sofar <= most] or list(rarest[:1])


def any_of(parts: Sequence[Part]) -> str:
    """FTS5's expression for any of these."""
    return match_of(Any(tuple(parts)))


def about_of(texts: Sequence[Part], without: Sequence[Part], match: str) -> str | None:
    """What finds the articles that match and are about one of these parts; None where none is a word."""
    marks = [mark for part in texts for term in wanted(part) if (mark := about(term))]
    if not marks:
        return None
    any_mark = f"({' OR '.join(dict.fromkeys(marks))})"
    return any_mark if has_what_it_is_about(texts, without) else f"{any_mark} AND {match}"


def has_what_it_is_about(texts: Sequence[Part], without: Sequence[Part]) -> bool:
    """Whether an article that is about these parts has them, so that nobody needs to look: it is so of one word."""
    term = texts[0]
    if without or len(texts) > 1 or not isinstance(term, Term):
        return False
    return not (term.prefix or term.unspaced or term.column or is_phrase(term))


def about(term: Term) -> str:
    """What finds the articles that are about a term; "" where that is not kept."""
    if term.unspaced:
        return ""
    if term.prefix:
        mark = marked_beginning(term.text)
        return f"salient : {quoted(mark)}" if mark else ""
    # marked words stand by the alphabet: of a phrase, each on its own
    marks = (f"salient : {quoted(mark)}" for mark in dict.fromkeys(marked(term.text).split()))
    return " AND ".join(marks)


def is_text(part: Part) -> bool:
    """Whether FTS5 alone can find this part. It knows no search that only excludes."""
    if isinstance(part, Any):
        return all(map(is_text, part.parts))
    if isinstance(part, All):
        wanted = [inner for inner in part.parts if not isinstance(inner, Not)]
        excluded = [inner.part for inner in part.parts if isinstance(inner, Not)]
        return bool(wanted) and all(map(is_text, [*wanted, *excluded]))
    return isinstance(part, Term)


def match_of(part: Part) -> str:
    """A part that is text, in FTS5's language."""
    if isinstance(part, Term):
        return expression(part)
    if isinstance(part, Any):
        return f"({' OR '.join(map(match_of, part.parts))})"
    assert isinstance(part, All)
    wanted = " AND ".join(match_of(inner) for inner in part.parts if not isinstance(inner, Not))
    excluded = " OR ".join(match_of(inner.part) for inner in part.parts if isinstance(inner, Not))
    return f"(({wanted}) NOT ({excluded}))" if excluded else f"({wanted})"


def expression(term: Term) -> str:
    """One term in FTS5's language."""
    if term.unspaced:
        return f"bigrams : {quoted(' '.join(pairs(term.text)) or term.text)}"
    where = f"{term.column} : " if term.column else ""
    if term.stands_for:
        return f"({' OR '.join(where + quoted(word) for word in term.stands_for)})"
    return where + quoted(term.text) + (" *" if term.prefix else "")


def quoted(text: str) -> str:
    """An FTS5 string: its only escape is the doubled quote."""
    return '"' + text.replace('"', '""') + '"'


def sql(part: Part, condition: Condition) -> str:
    """A part as an SQL condition, its values bound in ``condition``. What is not known is not so."""
    if is_text(part):
        return MATCHING.format(condition.bind(match_of(part)))
    if isinstance(part, Not):
        return f"not coalesce({sql(part.part, condition)}, 0)"
    if isinstance(part, All | Any):
        joint = " and " if isinstance(part, All) else " or "
        return f"({joint.join(sql(inner, condition) for inner in part.parts)})"
    assert not isinstance(part, Term)
    return filter_sql(part, condition)


def filter_sql(part: Filter, condition: Condition) -> str:
    """A filter as an SQL condition."""
    if isinstance(part, Holds):
        held = f"(select kept.{part.column} from articles as kept where kept.id = articles.id)"
        return f"instr({held}, {condition.bind(part.text)})"
    if isinstance(part, Range):
        column = RANGE_COLUMNS[part.name]
        ends = [f"{column} >= {condition.bind(part.least)}"] if part.least is not None else []
        ends += [f"{column} < {condition.bind(part.below)}"] if part.below is not None else []
        return f"({' and '.join(ends)})"
    return fact_sql(part, condition)


def fact_sql(fact: Fact, condition: Condition) -> str:
    """A fact as an SQL condition."""
    if fact.value in FLAGS and fact.name in ("is", "has"):
        return f"({FLAGS[fact.value]})"
    return FACT_CONDITIONS[fact.name].format(condition.bind(fact.value))
