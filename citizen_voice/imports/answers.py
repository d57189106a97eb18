"""The answers of a conversation: rows in bulk, and the figures that they change."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, bindparam, insert, update

from citizen_voice.answers import models
from citizen_voice.answers.models import OPPOSE, SKIP, SUPPORT
from citizen_voice.db import db, dialect
from citizen_voice.errors import Busy
from citizen_voice.ideas.models import IdeaListing
from citizen_voice.imports import people
from citizen_voice.imports.ideas import FIRST_VERSION
from citizen_voice.imports.ledger import Source, Writer
from citizen_voice.imports.polis import Answer

Row = tuple[Any, ...]

_COLUMNS = ("idea_id", "person_id", "value", "version", "answered_at")
_COPY = f"COPY answers ({', '.join(_COLUMNS)}) FROM STDIN"


@dataclass(frozen=True, slots=True)
class New:
    """Answers as rows of their table, and how many of each value each idea gets."""

    answers: list[Row]
    figures: list[dict[str, int]]


class Answers(Writer[Answer, New]):
    """Writes answers; those of people who have left since their account was made stay away."""

    def __init__(self, source: Source, ideas: Mapping[int, int]) -> None:
        """``ideas`` holds the number of the idea that each statement became."""
        self._source = source
        self._ideas = ideas

    def prepare(self, batch: Sequence[Answer]) -> tuple[int, New]:
        """Make the rows of some answers, which come by participant.

        They leave by idea, so that locks are taken in the same order as everywhere.
        """
        voters = people.voters(self._source, batch[0].participant, batch[-1].participant)
        here = db.engine.dialect
        key, moment = models.Answer.person_id.type, models.Answer.answered_at.type
        keys = {number: key.process_bind_param(voter, here) for number, voter in voters.items()}
        rows: list[Row] = [
            (
                self._ideas[statement],
                keys[participant],
                value,
                FIRST_VERSION,
                moment.process_bind_param(answered_at, here),
            )
            for statement, participant, value, answered_at in batch
            if participant in keys
        ]
        rows.sort(key=lambda row: row[:2])
        tally = Counter((row[0], row[2]) for row in rows)
        figures = [
            {
                "idea": idea,
                "supporters": tally[idea, SUPPORT],
                "opposers": tally[idea, OPPOSE],
                "skippers": tally[idea, SKIP],
            }
            for idea in sorted({idea for idea, _value in tally})
        ]
        return len(rows), New(rows, figures)

    def insert(self, rows: New) -> None:
        """Write prepared rows, then the figures."""
        if rows.answers:
            _INSERT[dialect()](rows.answers)
            db.session.execute(_COUNT, rows.figures)


def _by_driver(rows: list[Row]) -> None:
    """By the driver itself: the toolkit would look at every value again."""
    connection = db.session.connection()
    statement = insert(_answers).values(dict.fromkeys(_COLUMNS))
    connection.exec_driver_sql(str(statement.compile(connection)), rows)


def _by_copy(rows: list[Row]) -> None:
    """PostgreSQL's way in bulk, on the connection and in the transaction at hand."""
    driver: Any = db.session.connection().connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(_COPY) as copy:
            for row in rows:
                copy.write_row(row)
    except db.engine.dialect.loaded_dbapi.OperationalError as error:
        raise Busy from error


_INSERT = {"sqlite": _by_driver, "postgresql": _by_copy}
_answers: Table = models.Answer.__table__  # type: ignore[assignment]  # always a table
_listing = IdeaListing.__table__
_COUNT = (
    update(_listing)  # type: ignore[arg-type]  # always a table
    .where(_listing.c.idea_id == bindparam("idea"))
    .values(
        support=_listing.c.support + bindparam("supporters"),
        oppose=_listing.c.oppose + bindparam("opposers"),
        skip=_listing.c.skip + bindparam("skippers"),
    )
)
