"""What keys stand for, so that a copy says "CV-1042 Benches" where a row says 1042.

The words of an idea are somebody's: they are said where everybody may read them, or where they are
the reader's own.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Table, or_, select

from citizen_voice.answers.models import NAMES
from citizen_voice.challenges.models import Challenge, Topic
from citizen_voice.consent.models import Notice
from citizen_voice.db import AnyRow, rows
from citizen_voice.ideas.models import Idea, IdeaListing
from citizen_voice.pilots.models import Pilot
from citizen_voice.pilots.refs import pilot_ref
from citizen_voice.places.models import Ward
from citizen_voice.words import gettext, language

ANSWERS = frozenset({"value", "previous", "own_value", "own_previous"})
ANSWERED = frozenset({"answers", "void_answers", "merged_answers"})

Words = Mapping[Any, str]


@cache
def leads_to(table: Table) -> Mapping[str, str]:
    """Columns whose values stand for something: column → the table that has it."""
    found = {
        column.name: key.column.table.name
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name in _READ
    }
    own = table.name in ("ideas", "pilots") and "id" in table.c
    return found | ({"id": table.name} if own else {})


def of(target: str, keys: Iterable[Any], person_id: UUID) -> Words:
    """The words for some keys of a table, in one statement; those not found are left out."""
    wanted = sorted({key for key in keys if key is not None})
    return _READ[target](wanted, person_id) if wanted else {}


def answer(table: str, column: str, value: Any) -> str | None:
    """The word for an answer, where that is what a column has."""
    if table in ANSWERED and column in ANSWERS and value is not None:
        return NAMES.get(value)
    return None


def _ideas(keys: list[Any], person_id: UUID) -> Words:
    found = rows(
        select(Idea.id, IdeaListing.title)
        .outerjoin(
            IdeaListing,
            (IdeaListing.idea_id == Idea.id) & or_(IdeaListing.listed, Idea.author_id == person_id),
        )
        .where(Idea.id.in_(keys)),
        stays=False,
    )
    return {row.id: f"CV-{row.id} {row.title or ''}".strip() for row in found}


def _council(model: Any, name: str) -> Callable[[list[Any], UUID], Words]:
    """The council's words, in the reader's language where they are there in it."""
    english, welsh = getattr(model, f"{name}_en"), getattr(model, f"{name}_cy")

    def read(keys: list[Any], _person_id: UUID) -> Words:
        found = rows(select(model.id, english, welsh).where(model.id.in_(keys)), stays=False)
        return {row[0]: (row[2] if language() == "cy" and row[2] else row[1]) for row in found}

    return read


_trial_titles = _council(Pilot, "title")


def _trials(keys: list[Any], person_id: UUID) -> Words:
    titles = _trial_titles(keys, person_id)
    return {key: f"{pilot_ref(key)} {title}" for key, title in titles.items()}


def _notices(keys: list[Any], _person_id: UUID) -> Words:
    found = rows(
        select(Notice.id, Notice.name, Notice.version, Notice.language).where(Notice.id.in_(keys)),
        stays=False,
    )
    return {row.id: _notice(row) for row in found}


def _notice(row: AnyRow) -> str:
    return gettext(
        "%(name)s, version %(version)s (%(language)s)",
        name=row.name,
        version=row.version,
        language=row.language,
    )


_READ: Mapping[str, Callable[[list[Any], UUID], Words]] = {
    "ideas": _ideas,
    "topics": _council(Topic, "name"),
    "wards": _council(Ward, "name"),
    "challenges": _council(Challenge, "question"),
    "pilots": _trials,
    "notices": _notices,
}
