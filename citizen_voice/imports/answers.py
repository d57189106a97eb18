"""The answers of a conversation: rows in bulk, and the figures that they change."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, insert, update

from citizen_voice.answers import models
from citizen_voice.answers.models import OPPOSE, SKIP, SUPPORT
from citizen_voice.db import db, dialect
from citizen_voice.errors import Busy
from citizen_voice.ideas.models import IdeaListing
from citizen_voice.imports import people
from citizen_voice.imports.polis import Answer

FIRST_VERSION = 1

_answers = models.Answer.__table__
_listing = IdeaListing.__table__
_COLUMNS = ("idea_id", "person_id", "value", "version", "answered_at")
_COPY = f"COPY answers ({', '.join(_COLUMNS)}) FROM STDIN"
_COUNT = (
    update(_listing)
    .where(_listing.c.idea_id == bindparam("idea"))
    .values(
        support=_listing.c.support + bindparam("more_support"),
        oppose=_listing.c.oppose + bindparam("more_oppose"),
        skip=_listing.c.skip + bindparam("more_skip"),
    )
)


@dataclass(frozen=True, slots=True)
class New:
    """Answers as their table's rows, and how many of each value each idea gets."""

    rows: list[tuple[Any, ...]]
    figures: list[dict[str, int]]


class Answers:
    """Writes answers. Those of people who have left since their account was made stay away."""

    def __init__(self, source_id: int, ideas: Mapping[int, int]) -> None:
        """``ideas`` holds the number of the idea that each statement became."""
        self._source_id = source_id
        self._ideas = ideas
        here = db.engine.dialect
        self._key = models.Answer.person_id.type.bind_processor(here) or (lambda key: key)
        self._moment = models.Answer.answered_at.type.bind_processor(here) or (lambda when: when)

    def prepare(self, answers: Sequence[Answer]) -> tuple[int, New]:
        """Make the rows of these answers, which are ordered by participant.

        Rows and figures come by idea, so that locks are taken in the order in which others do.
        """
        voters = people.voters(self._source_id, answers[0].participant, answers[-1].participant)
        keys = {number: self._key(person) for number, person in voters.items()}
        moment, ideas = self._moment, self._ideas
        rows = [
            (ideas[statement], keys[participant], value, FIRST_VERSION, moment(answered_at))
            for statement, participant, value, answered_at in answers
            if participant in keys
        ]
        rows.sort(key=lambda row: row[:2])
        tally = Counter((row[0], row[2]) for row in rows)
        figures = [
            {
                "idea": idea,
                "more_support": tally[idea, SUPPORT],
                "more_oppose": tally[idea, OPPOSE],
                "more_skip": tally[idea, SKIP],
            }
            for idea in sorted({idea for idea, _value in tally})
        ]
        return len(rows), New(rows, figures)

    @staticmethod
    def insert(new: New) -> None:
        """Write prepared rows, then the figures."""
        if not new.rows:
            return
        if dialect() == "postgresql":
            _copy(new.rows)
        else:
            _insert(new.rows)
        db.session.execute(_COUNT, new.figures)


def _insert(rows: list[tuple[Any, ...]]) -> None:
    """By the driver itself: the toolkit would look at each value again."""
    connection = db.session.connection()
    statement = insert(_answers).values(dict.fromkeys(_COLUMNS))
    connection.exec_driver_sql(str(statement.compile(connection)), rows)


def _copy(rows: list[tuple[Any, ...]]) -> None:
    """PostgreSQL's way in bulk, on the connection and in the transaction at hand."""
    driver: Any = db.session.connection().connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(_COPY) as copy:
            for row in rows:
                copy.write_row(row)
    except db.engine.dialect.loaded_dbapi.OperationalError as error:
        raise Busy from error
