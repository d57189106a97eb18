"""The ledger of an import: which source stands in which challenge, and which batches are in.

A batch is entered in the transaction that writes its rows. So whatever breaks an import off, and
wherever, running it again writes what is missing and nothing twice, even beside another run.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import and_, func, insert, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from citizen_voice.challenges.models import Challenge
from citizen_voice.db import db, dialect, write
from citizen_voice.imports.models import ImportBatch, ImportSource

Row = TypeVar("Row")
Rows = TypeVar("Rows")

Progress = Callable[[int], None]

LOCK = 0x43_56_53  # PostgreSQL's advisory lock of new sources: "CVS"

_NEW = {
    "sqlite": sqlite_insert(ImportBatch).on_conflict_do_nothing().returning(ImportBatch.number),
    "postgresql": postgresql_insert(ImportBatch)
    .on_conflict_do_nothing()
    .returning(ImportBatch.number),
}


@dataclass(frozen=True, slots=True)
class Destination:
    """A challenge that is there, and what of an import stands in it (``None``: nothing yet)."""

    challenge_id: int
    ballot: str
    source_id: int | None
    digest: str | None
    batch_size: int | None
    finished: bool


def find(slug: str, kind: str) -> Destination | None:
    """The challenge with this slug, and its source of this kind; ``None`` without a challenge."""
    row = db.session.execute(
        select(
            Challenge.id,
            Challenge.ballot,
            ImportSource.id.label("source_id"),
            ImportSource.digest,
            ImportSource.batch_size,
            ImportSource.finished_at,
        )
        .outerjoin(
            ImportSource,
            and_(ImportSource.challenge_id == Challenge.id, ImportSource.kind == kind),
        )
        .where(Challenge.slug == slug)
    ).one_or_none()
    if row is None:
        return None
    return Destination(
        challenge_id=row.id,
        ballot=row.ballot,
        source_id=row.source_id,
        digest=row.digest,
        batch_size=row.batch_size,
        finished=row.finished_at is not None,
    )


def queue() -> None:
    """Wait until no other process begins an import, inside the caller's transaction."""
    if dialect() == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(LOCK)))


def rows_in(source_id: int | None) -> dict[str, int]:
    """How many rows of each part are in."""
    statement = (
        select(ImportBatch.part, func.sum(ImportBatch.rows))
        .where(ImportBatch.source_id == source_id)
        .group_by(ImportBatch.part)
    )
    return {part: int(rows) for part, rows in db.session.execute(statement)}


def bring_in(
    source_id: int,
    part: str,
    batches: Iterable[Sequence[Row]],
    *,
    prepare: Callable[[Sequence[Row]], tuple[int, Rows]],
    insert: Callable[[Rows], None],
    progress: Progress,
) -> int:
    """Write the batches of one part that are not in yet, each in one transaction; gives the rows.

    ``prepare`` makes what ``insert`` writes, and says how many rows of it count; it works before
    the transaction, so that residents' answers get their turn meanwhile. ``progress`` hears of the
    rows of every batch, once that is in.
    """
    done = set(
        db.session.scalars(
            select(ImportBatch.number).where(
                ImportBatch.source_id == source_id, ImportBatch.part == part
            )
        )
    )
    made = 0
    for number, batch in enumerate(batches):
        if number not in done:
            count, rows = prepare(batch)
            with write():
                entry = {"source_id": source_id, "part": part, "number": number, "rows": count}
                if db.session.execute(_NEW[dialect()], entry).one_or_none() is not None:
                    insert(rows)
                    made += count
        progress(len(batch))
    return made


def insert_all(model: type[Any], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows of one table, given as columns; none is fine."""
    if rows:
        db.session.execute(insert(model.__table__), rows)
