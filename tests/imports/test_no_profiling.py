"""An import brings its own participants along, and places nobody else in an opinion group."""

from pathlib import Path

import pytest
from sqlalchemy import select

from citizen_voice.accounts.models import Person
from citizen_voice.board.models import ParticipantGroup
from citizen_voice.db import db
from tests.factories.people import resident
from tests.imports.conversations import bring_in


@pytest.mark.usefixtures("app")
def test_an_import_places_nobody_who_has_an_account_in_an_opinion_group(folder: Path) -> None:
    young, grown = resident(age="teen"), resident()
    bring_in(folder)
    grouped = set(db.session.scalars(select(ParticipantGroup.person_id)))
    assert grouped
    assert grouped.isdisjoint({young, grown})
    kinds = select(Person.kind, Person.age_band).where(Person.id.in_(grouped)).distinct()
    assert [tuple(row) for row in db.session.execute(kinds)] == [("imported", None)]
