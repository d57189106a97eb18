"""The ledger of an import: which source stands in which challenge, and which batches are in.

A batch is entered in the transaction that writes its rows. So whatever breaks an import off, and
wherever, running it again writes what is missing and nothing twice, even beside another run.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Table, and_, func, insert, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from citizen_voice.challenges.models import Challenge
from citizen_voice.db import db, dialect, write
from citizen_voice.imports.models import ImportBatch, ImportSource

Item = TypeVar("Item")
Rows = TypeVar("Rows")
Progress = Callable[[int], None]

LOCK = 0x43_56_4F  # PostgreSQL's advisory lock of new sources: "CVO" (origins)

_batches: Table = ImportBatch.__table__  # type: ignore[assignment]  # always a table
_ENTER: dict[str, Any] = {
    "sqlite": sqlite_insert(_batches).on_conflict_do_nothing().returning(_batches.c.number),
    "postgresql": postgresql_insert(_batches).on_conflict_do_nothing().returning(_batches.c.number),
}


@dataclass(frozen=True, slots=True)
class Source:
    """An import that was begun. ``digest`` is the hash of its files."""

    id: int
    challenge_id: int
    digest: str
    batch_size: int
    started_at: datetime
    finished: bool


@dataclass(frozen=True, slots=True)
class Destination:
    """A challenge that is there, and the import into it, if any was begun."""

    challenge_id: int
    ballot: str
    source: Source | None


def destination(slug: str, kind: str) -> Destination | None:
    """The challenge with this slug, with its source of this kind; ``None`` without a challenge."""
    row = db.session.execute(
        select(
            Challenge.id.label("into"),
            Challenge.ballot,
            *ImportSource.__table__.columns,
        )
        .outerjoin(
            ImportSource,
            and_(ImportSource.challenge_id == Challenge.id, ImportSource.kind == kind),
        )
        .where(Challenge.slug == slug)
    ).one_or_none()
    if row is None:
        return None
    if row.id is None:
        return Destination(row.into, row.ballot, None)
    source = Source(
        id=row.id,
        challenge_id=row.into,
        digest=row.digest,
        batch_size=row.batch_size,
        started_at=row.started_at,
        finished=row.finished_at is not None,
    )
    return Destination(row.into, row.ballot, source)


def queue() -> None:
    """Wait until no other process begins an import, inside the caller's transaction."""
    if dialect() == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(LOCK)))


def rows_in(source: Source) -> dict[str, int]:
    """How many rows of each part are in."""
    statement = (
        select(ImportBatch.part, func.sum(ImportBatch.rows))
        .where(ImportBatch.source_id == source.id)
        .group_by(ImportBatch.part)
    )
    return {part: int(rows) for part, rows in db.session.execute(statement)}


class Writer(ABC, Generic[Item, Rows]):
    """Writes one part of a conversation: people, ideas or answers."""

    @abstractmethod
    def prepare(self, batch: Sequence[Item]) -> tuple[int, Rows]:
        """Make the rows of a batch, and count those that will stand for something in it."""

    @abstractmethod
    def insert(self, rows: Rows) -> None:
        """Write prepared rows, inside the caller's transaction."""


def bring_in(
    source: Source,
    part: str,
    batches: Iterable[Sequence[Item]],
    writer: Writer[Item, Rows],
    progress: Progress,
) -> int:
    """Write the batches of one part that are not in yet, each in one transaction.

    They are prepared before it, so that residents get their turn meanwhile. ``progress`` hears of
    the rows of every batch once that is in. Gives how many rows were written.
    """
    statement = select(ImportBatch.number).where(
        ImportBatch.source_id == source.id, ImportBatch.part == part
    )
    done = set(db.session.scalars(statement))
    written = 0
    for number, batch in enumerate(batches):
        if number not in done:
            count, rows = writer.prepare(batch)
            with write():
                if _enter(source, part, number, count):
                    writer.insert(rows)
                    written += count
        progress(len(batch))
    return written


def insert_all(model: type[Any], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows of one table, given as columns; none is fine."""
    if rows:
        db.session.execute(insert(model.__table__), rows)


def _enter(source: Source, part: str, number: int, rows: int) -> bool:
    """Enter a batch; ``False`` where another run has entered it meanwhile."""
    entry = {"source_id": source.id, "part": part, "number": number, "rows": rows}
    return db.session.execute(_ENTER[dialect()], entry).one_or_none() is not None
