"""Joining, the name, the address, leaving."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update

from citizen_voice import clock, events
from citizen_voice.accounts import ages, letters, names, standstill
from citizen_voice.accounts.events import PersonLeaving
from citizen_voice.accounts.models import (
    ADULT,
    FORMER,
    RESIDENT,
    TEEN,
    UNTIL_LIFTED,
    PendingSignIn,
    Person,
    PersonSession,
)
from citizen_voice.accounts.services import shutting
from citizen_voice.db import db, new_key
from citizen_voice.errors import Conflict, NotAllowed, NotHere, Refusal
from citizen_voice.outbox import services as outbox
from citizen_voice.words import _


class Paused(NotAllowed):
    """The account is paused, shut, or stands still for a request: reading and data go on."""


def join(email: str, age_band: str | None, language: str, *, key: UUID | None = None) -> UUID:
    """Make a resident's account; gives its key. Somebody who is there already stays as they are.

    ``age_band`` is asked of who is new alone, and who is new gets ``key`` where it is given.
    Raises ``shutting.AddressShut`` for an address that is barred.
    """
    known = db.session.scalars(select(Person.id).where(Person.email == email)).one_or_none()
    if known is not None:
        return known
    shutting.refuse(email)
    if age_band not in (ADULT, TEEN):
        raise Refusal(_("Choose your age."), field="age")
    person = Person(
        id=key or new_key(),
        kind=RESIDENT,
        email=email,
        age_band=age_band,
        language=language,
        created_at=clock.now(),
        seen_on=clock.today(),
    )
    db.session.add(person)
    db.session.flush()  # the session row that follows refers to it
    return person.id


def require_present(person_id: UUID, feature: str = ages.TAKING_PART) -> None:
    """Raise ``NotHere`` for somebody who has left, ``Paused`` for who may not take part now.

    ``ages.TooYoung`` for who may be younger than the feature asks for.

    Who is here stays until the act is done. To be called before anything else is locked: leaving
    locks the person first.
    """
    row = db.session.execute(
        select(
            Person.kind,
            Person.paused_until,
            Person.shut_at,
            Person.age_band,
            Person.created_at,
        )
        .where(Person.id == person_id)
        .with_for_update(read=True, key_share=True)
    ).one_or_none()
    if row is None or row.kind == FORMER:
        raise NotHere
    refuse_paused(row.paused_until, row.shut_at)
    ages.refuse_too_young(row.age_band, row.created_at, feature)


def refuse_paused(paused_until: datetime | None, shut_at: datetime | None) -> None:
    """Raise ``Paused`` where an account with these moments is paused, shut or stands still."""
    if shut_at is not None:
        raise Paused(
            _("A moderator has closed your account to taking part. “My account” says why.")
        )
    if paused_until == UNTIL_LIFTED:
        raise Paused(
            _("Your account stands still for what you asked about your data. See “My data”.")
        )
    if paused_until is not None and paused_until > clock.now():
        raise Paused(
            _("A moderator has paused your account. “My account” says why and until when.")
        )


def set_name(person_id: UUID, text: str) -> str:
    """Give a person their display name; raises ``names.BadName``. Gives it as it is shown."""
    name = names.clean(text)
    here = Person.kind != FORMER
    db.session.execute(update(Person).where(Person.id == person_id, here).values(display_name=name))
    return name


def change_email(person_id: UUID, email: str, *, site_name: str, language: str) -> None:
    """Move an account to an address that was confirmed; the old address is told.

    Raises ``Conflict`` where somebody has an account with it.
    """
    owner = db.session.scalars(select(Person.id).where(Person.email == email)).one_or_none()
    if owner == person_id:
        return
    if owner is not None:
        raise Conflict(_("There is an account with that address already."), field="email")
    person = db.session.get_one(Person, person_id)
    old, person.email = person.email, email
    person.mail_refused_at = person.mail_refused_words = None
    outbox.follow(person_id, email)
    if old is not None:
        letter = letters.address_changed(site_name)
        outbox.enqueue(
            kind="address", to=old, subject=letter.subject, body=letter.body, language=language
        )


def leave(person_id: UUID, *, remove_words: bool) -> bool:
    """Delete an account: sessions, address, name and age go; what was written stays or goes.

    The features above take away answers and, if so wished, words, in the same transaction. Of an
    account that a moderator has shut a mark of its address stays (see ``shutting``). Gives whether
    there was anything to delete. Acts call ``erasures.erase``, which notes it outside the database.
    """
    standstill.keep()
    person = db.session.get_one(Person, person_id, with_for_update=True, populate_existing=True)
    if person.kind == FORMER:
        return False
    events.publish(PersonLeaving(person_id, remove_words))  # whoever writes for them waits
    email = person.email
    if email is not None:
        if person.shut_at is not None:
            shutting.remember(person_id, email)
        db.session.execute(delete(PendingSignIn).where(PendingSignIn.email == email))
    outbox.forget(email, person_id)
    db.session.execute(delete(PendingSignIn).where(PendingSignIn.person_id == person_id))
    db.session.execute(delete(PersonSession).where(PersonSession.person_id == person_id))
    person.kind = FORMER
    person.email = person.display_name = person.age_band = None
    person.paused_until = person.shut_at = person.news_seen_at = None
    person.mail_refused_at = person.mail_refused_words = person.seen_on = None
    person.closed_at = clock.now()
    return True
