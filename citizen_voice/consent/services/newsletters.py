"""The newsletter: written, sent off, and put into letters by the worker, in batches.

A newsletter remembers how far it has come in the transaction that wrote the letters, so a worker
that is killed leaves nobody out and writes to nobody twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from citizen_voice import clock
from citizen_voice.accounts.models import Person
from citizen_voice.consent import letters, queries
from citizen_voice.consent.models import NEWSLETTER, Newsletter
from citizen_voice.db import db, write
from citizen_voice.errors import Conflict, NotHere, Refusal
from citizen_voice.outbox import services as outbox
from citizen_voice.site import queries as site
from citizen_voice.words import _, force_locale

BATCH = 200
BEFORE_ALL = UUID(int=0)
LONGEST_SUBJECT = 120
LONGEST_TEXT = 10_000
KIND = "newsletter"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a newsletter, as typed."""

    subject_en: str
    subject_cy: str
    text_en: str
    text_cy: str


def save(actor: UUID, words: Words, newsletter_id: int | None, seen: str = "") -> int:
    """Keep the words of a newsletter that was not sent yet, inside the caller's transaction.

    Gives its key. ``seen`` is the mark of what its writer began from. Raises ``Refusal`` at a
    field, ``Conflict`` where somebody else has changed or sent it, ``NotHere``.
    """
    _check(words)
    if newsletter_id is None:
        row = Newsletter()
        db.session.add(row)
    else:
        row = _draft(newsletter_id, seen)
    row.subject_en, row.subject_cy = _line(words.subject_en), _line(words.subject_cy)
    row.text_en, row.text_cy = words.text_en.strip(), words.text_cy.strip()
    row.written_by, row.changed_at = actor, clock.now()
    db.session.flush()
    return row.id


def send(actor: UUID, newsletter_id: int, seen: str) -> None:
    """Send a newsletter off as somebody saw it; the worker writes the letters.

    Raises ``Conflict`` where it has changed or is sent already, ``Refusal`` where its Welsh is
    missing, ``NotHere``.
    """
    row = _draft(newsletter_id, seen)
    if site.settings().welsh_on and not (row.subject_cy and row.text_cy):
        raise Refusal(_("Write it in Welsh, too: many people read us in Welsh."), field="text_cy")
    row.sent_by, row.sent_at = actor, clock.now()


def delete(newsletter_id: int, seen: str) -> None:
    """Delete a newsletter that was not sent; raises ``Conflict``, ``NotHere``."""
    db.session.delete(_draft(newsletter_id, seen))


def mark(row: Any) -> str:
    """Tells whether a newsletter was changed since somebody saw it."""
    return str(row.changed_at.isoformat())


def readers() -> int:
    """How many people a newsletter would go to now."""
    found = _may_get(select(func.count()).select_from(Person))
    return int(db.session.execute(found).scalar_one())


def spread() -> int:
    """Write the letters of what was sent off, for the worker; gives how many.

    Harmless when it runs twice at once, or again after it was killed.
    """
    written = 0
    for key in _waiting():
        more = True
        while more:
            with write():
                made, more = _step(key)
            written += made
    return written


def _waiting() -> Sequence[int]:
    found = (
        select(Newsletter.id)
        .where(Newsletter.sent_at.is_not(None), Newsletter.spread_at.is_(None))
        .order_by(Newsletter.sent_at, Newsletter.id)
    )
    keys = db.session.scalars(found).all()
    db.session.rollback()
    return keys


def _step(key: int) -> tuple[int, bool]:
    """The next batch: how many letters were written, and whether there is more."""
    row = db.session.scalars(
        select(Newsletter).where(Newsletter.id == key).with_for_update(),
        execution_options={"populate_existing": True},
    ).one_or_none()
    if row is None or row.sent_at is None or row.spread_at is not None:
        return 0, False
    people = db.session.scalars(
        _may_get(select(Person))
        .where(Person.id > (row.spread_to or BEFORE_ALL))
        .order_by(Person.id)
        .limit(BATCH)
    ).all()
    welsh_on = site.settings().welsh_on
    for person in people:
        language = person.language if welsh_on else "en"
        with force_locale(language):
            letter = letters.newsletter(row, person.id)
        outbox.enqueue(
            kind=KIND,
            to=str(person.email),
            subject=letter.subject,
            body=letter.body,
            html=letter.html,
            unsubscribe=letter.unsubscribe,
            language=language,
            person_id=person.id,
        )
    row.letters += len(people)
    if len(people) < BATCH:
        row.spread_to, row.spread_at = None, clock.now()
        return len(people), False
    row.spread_to = people[-1].id
    return len(people), True


def _may_get(statement: Any) -> Any:
    """Of people those who said yes, whose address works, and whom no moderator has shut out."""
    now: datetime = clock.now()
    return statement.where(
        Person.id.in_(queries.agreed(NEWSLETTER)),
        Person.email.is_not(None),
        Person.mail_refused_at.is_(None),
        Person.shut_at.is_(None),
        Person.paused_until.is_(None) | (Person.paused_until <= now),
    )


def _draft(newsletter_id: int, seen: str) -> Newsletter:
    """A newsletter that was not sent yet, as somebody saw it, held."""
    row = db.session.get(Newsletter, newsletter_id, with_for_update=True)
    if row is None:
        raise NotHere
    if row.sent_at is not None:
        raise Conflict(_("It is on its way already."))
    if mark(row) != seen:
        raise Conflict(_("Somebody else has changed it meanwhile. Load the page again."))
    return row


def _check(words: Words) -> None:
    if not words.subject_en.strip():
        raise Refusal(_("Write a subject in English."), field="subject_en")
    if not words.text_en.strip():
        raise Refusal(_("Write the words in English."), field="text_en")
    for name in ("subject_en", "subject_cy"):
        if len(_line(getattr(words, name))) > LONGEST_SUBJECT:
            raise Refusal(_("Keep it to 120 letters."), field=name)
    for name in ("text_en", "text_cy"):
        if len(getattr(words, name)) > LONGEST_TEXT:
            raise Refusal(_("Keep it to 10,000 letters."), field=name)


def _line(text: str) -> str:
    return " ".join(text.split())
