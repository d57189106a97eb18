"""The worker's minute, and the letters that come of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select

from citizen_voice import clock
from citizen_voice.answers import services as answering
from citizen_voice.db import db, write
from citizen_voice.news import services
from citizen_voice.news.models import NewsDue
from citizen_voice.outbox.models import OutboxMail
from tests.outbox.mailing import worker

LATER = timedelta(minutes=3)


def work(*, at: datetime | None = None) -> None:
    """What the worker does in a minute: at a moment, or when the grace of what happened is over.

    Letters leave at once, and stay to be read, as in development.
    """
    with clock.at(at or clock.now() + LATER):
        services.work()
        worker(None).run()


@dataclass(frozen=True, slots=True)
class Mail:
    """A letter of news."""

    person_id: UUID | None
    language: str
    subject: str
    body: str
    html: str
    unsubscribe: str


def mails(person: UUID | None = None, kind: str = "news") -> Sequence[Mail]:
    """The letters of news, or of another kind, to anybody or to one person; the oldest first."""
    db.session.rollback()
    found = select(OutboxMail).where(OutboxMail.kind == kind).order_by(OutboxMail.id)
    if person is not None:
        found = found.where(OutboxMail.person_id == person)
    fresh = {"populate_existing": True}
    return [
        Mail(
            row.person_id,
            row.language,
            row.subject or "",
            row.body or "",
            row.html or "",
            row.unsubscribe or "",
        )
        for row in db.session.scalars(found, execution_options=fresh)
    ]


def body(person: UUID) -> str:
    """The text of the newest letter to somebody; empty where there is none."""
    found = mails(person)
    return found[-1].body if found else ""


def forget_mails() -> None:
    """Empty the outbox."""
    with write():
        db.session.execute(delete(OutboxMail))


def due(person: UUID | None = None) -> int:
    """How much is due, to anybody or to one person."""
    db.session.rollback()
    found = select(func.count()).select_from(NewsDue)
    if person is not None:
        found = found.where(NewsDue.person_id == person)
    return db.session.scalar(found) or 0


def choose(person: UUID, mail: str) -> None:
    with write():
        services.choose(person, mail)


def back(person: UUID, *numbers: int) -> None:
    for number in numbers:
        with write():
            answering.cast(person, number, "support")
