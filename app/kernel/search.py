"""Which rows hold the words a reader typed, newest first, with the same answer on both databases?

Text becomes pairs of neighbouring Han characters and whole Latin words (``kernel.text``); a Latin
word also gives its endings, so that any part of a number or a code is the beginning of a kept
word.  SQLite keeps the words in a contentless FTS5 table without positions, PostgreSQL in a
tsvector under GIN; a query asks for all of its words.  That can name a row too many (a fragment
that overlaps itself), never one too few: ``Query.fits`` sorts such a row out of the page shown.

Rows are numbered in the order of publication, so newest first is the order of row numbers and
needs no date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Any, cast

from sqlalchemy import DDL, FromClause, Table, event, text
from sqlalchemy.exc import OperationalError

from app.kernel.db import db
from app.kernel.errors import Refused
from app.kernel.text import Sought, bigrams, fold, sought

MOST_CHARACTERS = 100
MOST_TERMS = 8
#: No word of more letters is kept whole: PostgreSQL refuses lexemes above 2 kB.
LONGEST_WORD = 64
#: A tsvector ends at one megabyte; a decision of a hundred pages has some 15,000 different words.
MOST_WORDS = 60_000
#: Rows that paging may skip; an address with a higher page shows the last one.
DEEPEST = 10_000
TIMEOUT_MS = 1_000
_STEPS_BETWEEN_LOOKS = 20_000
Marks = Iterable[tuple[str, str]]
#: Opens a mark such as the kind or the year; no typed word can contain it.
_MARK = "\u00a7"


def words_of(written: str, marks: Marks = ()) -> list[str]:
    """Return the words under which a text is kept, each once.

    A row is taken out of the index with the very words it was put in with: whoever changes what
    this returns must rebuild every index (``Index.rebuild``).
    """
    found: dict[str, None] = dict.fromkeys(mark(name, value) for name, value in marks)
    for word in bigrams(written):
        found.update(dict.fromkeys(_forms(word)))
    return list(found)[:MOST_WORDS]


def _forms(word: str) -> Iterator[str]:
    if not _is_latin(word):
        yield word
        return
    kept = word[:LONGEST_WORD]
    yield from (kept[at:] for at in range(len(kept)))


def _is_latin(word: str) -> bool:
    """Tell a whole word of letters or figures from a piece of a run of Han characters."""
    if "\u4e00" <= word[0] <= "\u9fff":
        return False
    return word.isascii() or (bigrams(word) == [word] and not sought(word)[0].prefix)


def mark(name: str, value: str) -> str:
    """Return the word that stands for a property of a row; letters and figures only."""
    return f"{_MARK}{_plain(name)}{_MARK}{_plain(value)}"


def _plain(value: str) -> str:
    return "".join(ch for ch in value.casefold() if ch.isalnum())


@dataclass(frozen=True)
class Query:
    """What a reader typed, made harmless: at most 100 printable characters and 8 terms."""

    typed: str
    terms: tuple[str, ...]
    conditions: tuple[Sought, ...]
    was_cut: bool = False

    @classmethod
    def parse(cls, typed: str) -> Query:
        """Read a query; whatever cannot be searched is left out, nothing is refused."""
        was_long = len(typed) > MOST_CHARACTERS
        typed = "".join(ch for ch in typed[:MOST_CHARACTERS] if ch.isprintable() or ch.isspace())
        parts = typed.split()
        terms = tuple(part for part in parts[:MOST_TERMS] if sought(part))
        conditions = dict.fromkeys(each for term in terms for each in _conditions(term))
        was_cut = was_long or len(parts) > MOST_TERMS
        return cls(" ".join(parts), terms, tuple(conditions), was_cut=was_cut)

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed at all."""
        return not self.typed.strip()

    def fits(self, written: str) -> bool:
        """Tell whether a text really holds every term, punctuation and spaces aside."""
        held = _bare(written)
        return all(_bare(term) in held for term in self.terms)


def _conditions(term: str) -> Iterator[Sought]:
    for each in sought(term):
        # Endings are kept, so the beginning of an ending is any part of the word.
        is_part = each.prefix or _is_latin(each.word)
        yield Sought(each.word[:LONGEST_WORD], prefix=is_part)


def _bare(written: str) -> str:
    return "".join(ch for ch in fold(written) if ch.isalnum())


@dataclass(frozen=True)
class Found:
    """One page of row numbers, newest first, and how many rows there are in all."""

    ids: tuple[int, ...] = ()
    total: int = 0


@dataclass(frozen=True)
class Page:
    """Which stretch of the answer is wanted."""

    size: int = 20
    skip: int = 0

    @property
    def offset(self) -> int:
        """How many rows to pass over, bounded."""
        return min(max(self.skip, 0), DEEPEST)


FIRST_PAGE = Page()


_NEWEST_SQLITE = (
    "SELECT rowid FROM {0} WHERE {0} MATCH :match ORDER BY rowid DESC LIMIT :size OFFSET :skip"
)
_TOTAL_SQLITE = "SELECT count(*) FROM {0} WHERE {0} MATCH :match"
_FIND_POSTGRESQL = (
    "WITH hit AS MATERIALIZED "
    "(SELECT rowid FROM {0} WHERE words @@ CAST(:match AS tsquery)) "
    "SELECT (SELECT count(*) FROM hit) AS total, "
    "ARRAY(SELECT rowid FROM hit ORDER BY rowid DESC LIMIT :size OFFSET :skip) AS ids"
)


class Index:
    """The words of one table's rows, in a table of their own that is made right after it."""

    def __init__(self, table: FromClause) -> None:
        """Name the index after its table and have it created with it."""
        if not isinstance(table, Table):
            raise TypeError("only a table can be indexed")
        self.name = f"{table.name}_words"
        for dialect, statements in ddl(self.name, table.name).items():
            for statement in statements:
                event.listen(table, "after_create", _made(statement, dialect))

    def add(self, row: int, written: str, marks: Marks = ()) -> None:
        """Put a new row in, inside the act's own transaction."""
        words = words_of(written, marks)
        if _is_postgresql():
            self._run("INSERT INTO {} (rowid, words) VALUES (:row, array_to_tsvector(:words))",
                      row=row, words=words)  # fmt: skip
        else:
            self._run("INSERT INTO {} (rowid, words) VALUES (:row, :words)",
                      row=row, words=" ".join(words))  # fmt: skip

    def remove(self, row: int, written: str, marks: Marks = ()) -> None:
        """Take a row out, giving back exactly what it was put in with."""
        if _is_postgresql():
            self._run("DELETE FROM {} WHERE rowid = :row", row=row)
        else:
            # A contentless table forgets a row only when told its words again (SQLite before 3.43).
            self._run("INSERT INTO {0} ({0}, rowid, words) VALUES ('delete', :row, :words)",
                      row=row, words=" ".join(words_of(written, marks)))  # fmt: skip

    def rebuild(self, rows: Iterable[tuple[int, str]]) -> int:
        """Make the index anew from (row, text), oldest first; returns how many rows it has."""
        forget_all = "INSERT INTO {0} ({0}) VALUES ('delete-all')"
        self._run("DELETE FROM {}" if _is_postgresql() else forget_all)
        count = 0
        for row, written in rows:
            self.add(row, written)
            count += 1
        return count

    def find(self, query: Query, page: Page = FIRST_PAGE, marks: Marks = ()) -> Found:
        """Return the rows that hold every word, newest first.

        Raises:
            Refused: ``search_too_slow`` when the answer takes longer than a second.
        """
        wanted = [*query.conditions, *(Sought(mark(name, value)) for name, value in marks)]
        if not wanted:
            return Found()
        look = self._find_postgresql if _is_postgresql() else self._find_sqlite
        with _bounded():
            return look(wanted, page)

    def _find_sqlite(self, wanted: list[Sought], page: Page) -> Found:
        match = fts5(wanted)
        ids = self._run(_NEWEST_SQLITE, match=match, size=page.size, skip=page.offset)
        shown = tuple(ids.scalars())
        return Found(shown, self._run(_TOTAL_SQLITE, match=match).scalar_one())

    def _find_postgresql(self, wanted: list[Sought], page: Page) -> Found:
        # Left alone, the planner reads the whole table for common words; the GIN index never does.
        self._run("SET LOCAL enable_seqscan = off")
        match = tsquery(wanted)
        rows = self._run(_FIND_POSTGRESQL, match=match, size=page.size, skip=page.offset).one()
        self._run("SET LOCAL enable_seqscan = on")
        return Found(tuple(rows.ids), rows.total)

    def _run(self, statement: str, **values: object) -> Any:
        # The one thing put into the text is the index's own name, a constant of ours.
        return db.session.execute(text(statement.format(self.name)), values)


def _made(statement: str, dialect: str) -> Any:
    return DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]


def ddl(name: str, table: str) -> dict[str, tuple[str, ...]]:
    """Return the statements that make an index, by dialect (the migration runs the same)."""
    fts5_options = "content='', detail=none, prefix='1', tokenize='ascii'"
    columns = f"rowid bigint PRIMARY KEY REFERENCES {table} (id), words tsvector NOT NULL"
    return {
        "sqlite": (f"CREATE VIRTUAL TABLE {name} USING fts5(words, {fts5_options})",),
        "postgresql": (
            f"CREATE TABLE {name} ({columns})",
            f"CREATE INDEX ix_{name} ON {name} USING gin (words)",
        ),
    }


def fts5(wanted: Iterable[Sought]) -> str:
    """Write the conditions for FTS5; words hold no quote, so none of its syntax gets through."""
    return " AND ".join(f'"{each.word}"{" *" if each.prefix else ""}' for each in wanted)


def tsquery(wanted: Iterable[Sought]) -> str:
    """Write the conditions for PostgreSQL."""
    return " & ".join(f"'{each.word}'{':*' if each.prefix else ''}" for each in wanted)


def _is_postgresql() -> bool:
    return db.engine.dialect.name == "postgresql"


@contextmanager
def _bounded() -> Iterator[None]:
    """End a search that runs longer than a second; others keep their connection."""
    limited = _limited_postgresql if _is_postgresql() else _limited_sqlite
    try:
        with limited():
            yield
    except OperationalError as fault:
        db.session.rollback()
        raise Refused("search_too_slow") from fault


@contextmanager
def _limited_postgresql() -> Iterator[None]:
    db.session.execute(text(f"SET LOCAL statement_timeout = {TIMEOUT_MS}"))
    yield
    db.session.execute(text("SET LOCAL statement_timeout = 0"))


@contextmanager
def _limited_sqlite() -> Iterator[None]:
    ends = monotonic() + TIMEOUT_MS / 1000
    raw = cast("Any", db.session.connection().connection.driver_connection)
    raw.set_progress_handler(lambda: int(monotonic() > ends), _STEPS_BETWEEN_LOOKS)
    try:
        yield
    finally:
        raw.set_progress_handler(None, 0)
