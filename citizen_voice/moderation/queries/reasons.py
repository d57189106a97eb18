"""Why cases wait, in which language their authors read, and how long others had waited."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from uuid import UUID

from sqlalchemy import String, bindparam, cast, func, literal, select, union_all

from citizen_voice import clock
from citizen_voice.accounts.models import Person
from citizen_voice.db import rows
from citizen_voice.moderation.models import KINDS, Case, CaseReason, Report

WEEK = timedelta(days=7)
MOST_OF_A_WEEK = 10_000
NOTICED, SAID = "noticed", "said"


@dataclass(frozen=True, slots=True)
class Why:
    """Why a case waits: the kinds of its reasons, and reports by category with their number."""

    kinds: list[str]
    categories: dict[str, int]


_keys = bindparam("cases", type_=Case.id.type, expanding=True)
_counted = (
    select(Report.case_id, Report.category, func.count().label("number"))
    .where(Report.case_id.in_(_keys), Report.decision_id.is_(None))
    .group_by(Report.case_id, Report.category)
    .subquery("counted")
)
_pairs = _counted.c.category + literal(":") + cast(_counted.c.number, String)
_why = union_all(
    select(
        CaseReason.case_id,
        literal(NOTICED).label("shelf"),
        func.aggregate_strings(CaseReason.kind, ",").label("what"),
    )
    .where(CaseReason.case_id.in_(_keys))
    .group_by(CaseReason.case_id),
    select(_counted.c.case_id, literal(SAID), func.aggregate_strings(_pairs, ",")).group_by(
        _counted.c.case_id
    ),
)
"""A row a case and shelf: to read a row costs more than to take a text apart."""

_languages = select(Person.id, Person.language).where(
    Person.id.in_(bindparam("people", type_=Person.id.type, expanding=True))
)
_closed = (
    select(Case.opened_at, Case.closed_at)
    .where(Case.closed_at >= bindparam("week", type_=Case.closed_at.type))
    .limit(MOST_OF_A_WEEK)
)


def why(keys: Collection[UUID]) -> dict[UUID, Why]:
    """Why some cases wait."""
    found: dict[UUID, Why] = defaultdict(lambda: Why([], {}))
    for row in rows(_why, {"cases": list(keys)}) if keys else []:
        if row.shelf == NOTICED:
            found[row.case_id].kinds.extend(kind for kind in KINDS if kind in row.what.split(","))
        else:
            pairs = (pair.split(":") for pair in row.what.split(","))
            found[row.case_id].categories.update((name, int(number)) for name, number in pairs)
    return found


def languages_of(people: Collection[UUID]) -> dict[UUID, str]:
    """The languages that some people read letters in."""
    found = rows(_languages, {"people": list(people)}) if people else []
    return {row.id: row.language for row in found}


def median_wait() -> timedelta | None:
    """How long those decided in the last week had waited, in the middle; ``None`` without any."""
    found = rows(_closed, {"week": clock.now() - WEEK})
    waits = [row.closed_at - row.opened_at for row in found]
    return median(waits) if waits else None
