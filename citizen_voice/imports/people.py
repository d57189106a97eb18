"""Participants and authors of a conversation as accounts that nobody can sign in to."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from citizen_voice.accounts.models import IMPORTED, Person
from citizen_voice.db import db, new_key
from citizen_voice.imports.ledger import insert_all
from citizen_voice.imports.models import ImportedPerson, ParticipantGroup
from citizen_voice.words import _, force_locale

Row = dict[str, Any]


class People:
    """Writes people: an account without an address each, with a neutral name and their group."""

    def __init__(
        self,
        source_id: int,
        challenge_id: int,
        groups: dict[int, int],
        language: str,
        now: datetime,
    ) -> None:
        """``groups`` holds the group of each participant that has one."""
        self._source_id = source_id
        self._challenge_id = challenge_id
        self._groups = groups
        self._language = language
        self._now = now

    def prepare(self, numbers: Sequence[int]) -> tuple[int, dict[type[Any], list[Row]]]:
        """Make the rows of each table for participants with these numbers."""
        keys = [(number, new_key()) for number in numbers]
        with force_locale(self._language):
            persons: list[Row] = [
                {
                    "id": key,
                    "kind": IMPORTED,
                    "display_name": str(_("Participant %(number)d", number=number)),
                    "language": self._language,
                    "created_at": self._now,
                }
                for number, key in keys
            ]
        known: list[Row] = [
            {"source_id": self._source_id, "external_id": number, "person_id": key}
            for number, key in keys
        ]
        groups: list[Row] = [
            {
                "challenge_id": self._challenge_id,
                "person_id": key,
                "group_number": self._groups[number],
            }
            for number, key in keys
            if number in self._groups
        ]
        return len(keys), {Person: persons, ImportedPerson: known, ParticipantGroup: groups}

    @staticmethod
    def insert(tables: dict[type[Any], list[Row]]) -> None:
        """Write prepared rows."""
        for model, rows in tables.items():
            insert_all(model, rows)


def authors(source_id: int) -> dict[int, UUID]:
    """The account of every participant by their number, also of those who have left since."""
    return dict(
        db.session.execute(
            select(ImportedPerson.external_id, ImportedPerson.person_id).where(
                ImportedPerson.source_id == source_id
            )
        )
        .tuples()
        .all()
    )


def voters(source_id: int, first: int, last: int) -> dict[int, UUID]:
    """The accounts of participants from one number to another, without those who have left."""
    return dict(
        db.session.execute(
            select(ImportedPerson.external_id, ImportedPerson.person_id)
            .join(Person, Person.id == ImportedPerson.person_id)
            .where(
                ImportedPerson.source_id == source_id,
                ImportedPerson.external_id.between(first, last),
                Person.kind == IMPORTED,
            )
        )
        .tuples()
        .all()
    )
