"""An index of texts: SQLite's FTS5, or a ``tsvector`` with a GIN index, behind one interface.

An index has two tables. ``<name>`` holds a row a document: its key, the words of its title, and all
its words, with its facets among them (``w/3``: no word of a text has a stroke), so that a common
word within a facet is found as fast as a rare one. ``<name>_terms`` says in how many documents each
word and facet stands; what begins with the stroke stands in one alone, and is not counted. Both are
written in the transaction that changes the text.

Words are made into tokens here (``tokens``), not by the databases, which therefore agree.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Text,
    TextClause,
    bindparam,
    cast,
    column,
    func,
    literal,
    literal_column,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from citizen_voice.db import db, dialect
from citizen_voice.search import bulk
from citizen_voice.search.documents import ALL, Document
from citizen_voice.search.query import Counts, Query, beginnings, expanded

ENDINGS = 12
"""How many endings of an unfinished word are looked for: the commonest."""
BATCH = 2_000
FORM, FORM_TERM = 2, "/form"
"""What documents are written as, and where an index says so. Raised, all are made anew."""
HIGHEST = "\U0010ffff"
_LOCK = 0x43_56_53  # PostgreSQL's advisory lock of those who write an index: "CVS"
_MATCHES = {"sqlite": "{name} MATCH :match", "postgresql": "words @@ CAST(:match AS tsquery)"}
_READ = {"sqlite": "words", "postgresql": "array_to_string(tsvector_to_array(words), ' ')"}
_WRITE = {"sqlite": ":words", "postgresql": "array_to_tsvector(string_to_array(:words, ' '))"}
_EMPTIED = {
    "sqlite": ("DELETE FROM {rows}", "DELETE FROM {terms}"),
    "postgresql": ("DROP INDEX ix_{rows}_words", "TRUNCATE {rows}, {terms}"),
}
_FINISHED = {
    "sqlite": ("INSERT INTO {rows}({rows}) VALUES ('optimize')",),
    "postgresql": (
        "CREATE INDEX ix_{rows}_words ON {rows} USING gin (words) WITH (fastupdate = off)",
        "ANALYZE {rows}",
        "ANALYZE {terms}",
    ),
}
_indexes: dict[str, "Index"] = {}


def _quietly(_written: int) -> None:
    """Tell nobody."""


def indexes() -> Collection["Index"]:
    """Every index that a feature has declared."""
    return _indexes.values()


def holds(whole: ColumnElement[str], part: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether one text stands in another. ``LIKE`` takes several times as long."""
    function = func.strpos if dialect() == "postgresql" else func.instr
    return function(whole, part) > 0


class Index:
    """One index; declared once, by the feature whose texts it holds."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.terms_name = f"{name}_terms"
        self._rows = table(
            name, column("rowid", Integer), column("title", Text), column("words", Text)
        )
        _indexes[name] = self

    @property
    def tables(self) -> Mapping[str, Sequence[str]]:
        """Its tables and their columns. What else SQLite keeps for one begins with its name."""
        return {self.name: ("rowid", "title", "words"), self.terms_name: ("term", "documents")}

    def put(self, documents: Sequence[Document]) -> None:
        """Write documents, new ones and such as are there, inside the caller's transaction."""
        self._queue()
        self._take_out([document.id for document in documents])
        self._insert(documents)

    def remove(self, ids: Sequence[int]) -> None:
        """Take documents out, inside the caller's transaction; what is not there is fine."""
        self._queue()
        self._take_out(ids)

    def add(self, documents: Iterable[Document]) -> None:
        """Write many documents that are not there yet, inside the caller's transaction."""
        self._queue()
        rest = iter(documents)
        while batch := list(islice(rest, BATCH)):
            self._load(batch)
            self._count(Counter(term for document in batch for term in document.terms))

    def rebuild(self, documents: Iterable[Document], tell: Callable[[int], None] = _quietly) -> int:
        """Begin anew with these documents, inside the caller's transaction; gives how many.

        ``tell`` hears how many are written, now and then. On PostgreSQL searches wait until all is
        committed: to make the index at the end takes a fraction of the time.
        """
        self._queue()
        for step in _EMPTIED[dialect()]:
            db.session.execute(self._sql(step))
        counter: Counter[str] = Counter({FORM_TERM: FORM})
        written = 0
        rest = iter(documents)
        while batch := list(islice(rest, BATCH)):
            self._load(batch)
            for document in batch:
                counter.update(document.terms)
            written += len(batch)
            tell(written)
        bulk.load(self.terms_name, ("term", "documents"), sorted(counter.items()))
        for step in _FINISHED[dialect()]:
            db.session.execute(self._sql(step))
        return written

    def is_current(self, documents: int) -> bool:
        """Whether it has this version's form, and as many documents as there are.

        A look at two numbers; ``stored`` tells all.
        """
        said = self._sql("SELECT term, documents FROM {terms} WHERE term IN (:all, :form)")
        rows = db.session.execute(said, {"all": ALL, "form": FORM_TERM})
        found = {row.term: row.documents for row in rows}
        return found.get(FORM_TERM) == FORM and found.get(ALL, 0) == documents

    def counts(self, query: Query, facets: Iterable[str] = ()) -> tuple[Query, Counts]:
        """The query with what its unfinished word may become, and how often each form stands.

        And each of the facets. One statement.
        """
        begun = beginnings(query)
        rows = db.session.execute(
            self._sql(
                "SELECT term, documents FROM {terms} WHERE term IN :terms UNION "
                "SELECT term, documents FROM (SELECT term, documents FROM {terms} "
                "WHERE term >= :first AND term < :last ORDER BY documents DESC, term "
                "LIMIT :most) AS beginning"
            ).bindparams(bindparam("terms", expanding=True)),
            {
                "terms": [ALL, *facets, *(form for term in query.terms for form in term.forms)],
                "first": begun or HIGHEST,
                "last": (begun or "") + HIGHEST,
                "most": ENDINGS,
            },
        )
        counts = {row.term: row.documents for row in rows}
        return expanded(query, counts), counts

    def newest(self, limit: int, terms: int = 0, *, few: bool = False) -> CTE:
        """The newest documents that ``:match`` matches: ``rowid``, ``title``, and columns.

        The columns ``has_0``, ``has_1`` … say which of so many terms they have; the parameters of
        these are ``matching.has``. ``few`` says that the matches are not many: PostgreSQL takes
        them from the index then, and does not walk from the newest until it has enough.
        """
        columns = self._rows.c
        newest: ColumnElement[int] = columns.rowid
        if few and dialect() == "postgresql":
            newest = newest + literal_column("0")
        found = (
            select(columns.rowid, columns.title, *(self._has(at) for at in range(terms)))
            .where(text(_MATCHES[dialect()].format(name=self.name)))
            .order_by(newest.desc())
            .limit(limit)
        )
        return found.cte("found").prefix_with("MATERIALIZED")

    def _has(self, at: int) -> ColumnElement[bool]:
        words = self._rows.c.words
        first, second = bindparam(f"has_{at}", type_=Text), bindparam(f"also_{at}", type_=Text)
        if dialect() == "postgresql":
            return words.op("@@")(cast(first, TSQUERY)).label(f"has_{at}")
        spaced = literal(" ") + words + literal(" ")
        return or_(holds(spaced, first), holds(spaced, second)).label(f"has_{at}")

    def stored(self) -> Iterator[tuple[int, str, frozenset[str]]]:
        """Everything it holds: key, title and words of each document."""
        read = self._sql(
            "SELECT rowid, title, {read} AS words FROM {rows} "
            "WHERE rowid > :after ORDER BY rowid LIMIT :most"
        )
        after = -1
        while rows := db.session.execute(read, {"after": after, "most": BATCH}).all():
            yield from ((row.rowid, row.title, frozenset(row.words.split())) for row in rows)
            after = rows[-1].rowid

    def stored_terms(self) -> dict[str, int]:
        """In how many documents each term stands."""
        rows = db.session.execute(self._sql("SELECT term, documents FROM {terms}"))
        return {row.term: row.documents for row in rows if row.term != FORM_TERM}

    def _take_out(self, ids: Sequence[int]) -> None:
        read = self._sql("SELECT {read} FROM {rows} WHERE rowid IN :ids")
        old = db.session.scalars(read.bindparams(bindparam("ids", expanding=True)), {"ids": ids})
        counter: Counter[str] = Counter()
        found = False
        for words in old:
            found = True
            counter.subtract(Document(0, "", frozenset(words.split())).terms)
        if found:
            db.session.execute(
                self._sql("DELETE FROM {rows} WHERE rowid = :id"), [{"id": key} for key in ids]
            )
            self._count(counter)

    def _insert(self, documents: Sequence[Document]) -> None:
        if documents:
            db.session.execute(
                self._sql("INSERT INTO {rows} (rowid, title, words) VALUES (:id, :title, {write})"),
                [
                    {"id": one.id, "title": one.title, "words": " ".join(sorted(one.words))}
                    for one in documents
                ],
            )
        self._count(Counter(term for document in documents for term in document.terms))

    def _load(self, documents: Iterable[Document]) -> None:
        """Write the rows of many documents."""
        quote = "'" if dialect() == "postgresql" else ""
        rows = (
            (one.id, one.title, " ".join(f"{quote}{word}{quote}" for word in sorted(one.words)))
            for one in documents
        )
        bulk.load(self.name, ("rowid", "title", "words"), rows)

    def _count(self, counter: Mapping[str, int]) -> None:
        """Add to how often terms stand. In the order of terms, so that no two writers deadlock."""
        changes: list[dict[str, Any]] = [
            {"term": term, "change": change} for term, change in sorted(counter.items()) if change
        ]
        if changes:
            db.session.execute(
                self._sql(
                    "INSERT INTO {terms} AS there (term, documents) "
                    "VALUES (:term, :change) ON CONFLICT (term) "
                    "DO UPDATE SET documents = there.documents + excluded.documents"
                ),
                changes,
            )
        if any(change["change"] < 0 for change in changes):
            db.session.execute(self._sql("DELETE FROM {terms} WHERE documents = 0"))

    def _sql(self, template: str) -> TextClause:
        """A statement about this index, its tables' names put in."""
        return text(
            template.format(
                rows=self.name,
                terms=self.terms_name,
                read=_READ[dialect()],
                write=_WRITE[dialect()],
            )
        )

    def _queue(self) -> None:
        """Have writers of indexes wait for each other, where the database has many at once."""
        if dialect() == "postgresql":
            db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
