"""Addresses that a mail server refused for good."""

from uuid import UUID

from sqlalchemy import update

from citizen_voice import clock
from citizen_voice.accounts.models import Person
from citizen_voice.db import db
from citizen_voice.outbox.events import AddressRefused


def address_refused(told: AddressRefused) -> None:
    """Note on the account with this address, where there is one, that mail does not get there."""
    mine = update(Person).where(Person.email == told.address)
    values = {"mail_refused_at": clock.now(), "mail_refused_words": told.words[:200]}
    db.session.execute(mine.values(**values))


def address_works(person_id: UUID) -> None:
    """A letter has arrived there, or its owner says that one would: they get mail again."""
    theirs = update(Person).where(Person.id == person_id, Person.mail_refused_at.is_not(None))
    db.session.execute(theirs.values(mail_refused_at=None, mail_refused_words=None))
