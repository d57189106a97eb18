"""Participants and authors of a conversation as accounts that nobody can sign in to."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from citizen_voice.accounts.models import IMPORTED, Person
from citizen_voice.board.models import ParticipantGroup
from citizen_voice.db import db, new_key
from citizen_voice.imports.ledger import Source, Writer, insert_all
from citizen_voice.imports.models import ImportedPerson
from citizen_voice.words import _, force_locale

Tables = dict[type[Any], list[dict[str, Any]]]


class People(Writer[int, Tables]):
    """Writes people: an account without an address, a neutral name, and their opinion group."""

    def __init__(self, source: Source, groups: Mapping[int, int], language: str) -> None:
        """``groups`` holds the group of each participant that has one, by their number."""
        self._source = source
        self._groups = groups
        self._language = language

    def prepare(self, batch: Sequence[int]) -> tuple[int, Tables]:
        """Make the rows of each table for the people with these numbers."""
        keys = {number: new_key() for number in batch}
        with force_locale(self._language):
            names = {number: str(_("Participant %(number)d", number=number)) for number in batch}
        tables: Tables = {
            Person: [
                {
                    "id": key,
                    "kind": IMPORTED,
                    "display_name": names[number],
                    "language": self._language,
                    "created_at": self._source.started_at,
                }
                for number, key in keys.items()
            ],
            ImportedPerson: [
                {"source_id": self._source.id, "external_id": number, "person_id": key}
                for number, key in keys.items()
            ],
            ParticipantGroup: [
                {
                    "challenge_id": self._source.challenge_id,
                    "person_id": key,
                    "group_number": self._groups[number],
                }
                for number, key in keys.items()
                if number in self._groups
            ],
        }
        return len(keys), tables

    def insert(self, rows: Tables) -> None:
        """Write prepared rows."""
        for model, its_rows in rows.items():
            insert_all(model, its_rows)


def authors(source: Source) -> dict[int, UUID]:
    """The account of each person by their number, also of those who have left since."""
    return dict(db.session.execute(_accounts(source)).all())


def voters(source: Source, first: int, last: int) -> dict[int, UUID]:
    """The accounts of the people from one number to another, without those who have left."""
    statement = (
        _accounts(source)
        .join(Person, Person.id == ImportedPerson.person_id)
        .where(ImportedPerson.external_id.between(first, last), Person.kind == IMPORTED)
    )
    return dict(db.session.execute(statement).all())


def _accounts(source: Source) -> Select[int, UUID]:
    return select(ImportedPerson.external_id, ImportedPerson.person_id).where(
        ImportedPerson.source_id == source.id
    )
