"""Accounts that nobody uses: their owners are told, and if they do not come back they go."""

from datetime import date, timedelta
from uuid import UUID

import structlog
from flask import current_app
from sqlalchemy import ColumnElement, and_, delete, exists, or_, select

from citizen_voice import clock
from citizen_voice.accounts import erasures
from citizen_voice.accounts.events import PersonLeaving
from citizen_voice.accounts.models import RESIDENT, Person
from citizen_voice.db import db
from citizen_voice.desk.models import RightsRequest
from citizen_voice.errors import Busy, Refusal
from citizen_voice.outbox import services as outbox
from citizen_voice.retention import letters
from citizen_voice.retention.models import RetentionWarning
from citizen_voice.retention.sweeping import Done, Due, Keys
from citizen_voice.site import queries as site
from citizen_voice.team.models import Colleague
from citizen_voice.web.filters import say
from citizen_voice.words import force_locale

KIND = "account-idle"
log = structlog.get_logger()


def to_be_warned(due: Due) -> ColumnElement[bool]:
    """Whose account goes in as many days as a warning takes, and who was not told since."""
    soon = due.setting.period.day_before(due.today + timedelta(days=due.setting.warn))
    told = exists().where(_warned_since())
    return and_(_idle(soon), ~told)


def to_be_erased(due: Due) -> ColumnElement[bool]:
    """Who was told, has had the time to come back, and did not.

    To whom no letter gets, the time is given twice.
    """
    warn = timedelta(days=due.setting.warn)
    reached = and_(RetentionWarning.written, Person.mail_refused_at.is_(None))
    waited = or_(
        and_(reached, RetentionWarning.warned_on <= due.today - warn),
        RetentionWarning.warned_on <= due.today - 2 * warn,
    )
    return and_(_idle(due.day), exists().where(_warned_since(), waited))


def come_back() -> ColumnElement[bool]:
    """Who was here since they were told, or has left."""
    same = RetentionWarning.person_id == Person.id
    here = and_(Person.kind == RESIDENT, ~_again())
    return ~exists().where(same, here)


def asks() -> ColumnElement[bool]:
    """Who waits for an answer about their data, by their account or by its address.

    Their account stays until that is closed: with it would go what they asked about.
    """
    waits = RightsRequest.closed_at.is_(None)
    return or_(
        exists().where(waits, RightsRequest.person_id == Person.id),
        exists().where(waits, RightsRequest.email == Person.email),
    )


def _again() -> ColumnElement[bool]:
    return and_(Person.seen_on.is_not(None), Person.seen_on >= RetentionWarning.warned_on)


def _idle(day: date) -> ColumnElement[bool]:
    """Who was here last on a day or before. Nobody's account goes while they work here."""
    moment = clock.end_of(day)
    works = exists().where(Colleague.person_id == Person.id, Colleague.left_at.is_(None))
    return and_(
        Person.kind == RESIDENT,
        or_(Person.seen_on <= day, and_(Person.seen_on.is_(None), Person.created_at < moment)),
        ~works,
    )


def _warned_since() -> ColumnElement[bool]:
    return and_(RetentionWarning.person_id == Person.id, ~_again())


def warn(due: Due, keys: Keys) -> Done:
    """Tell people, in their language, inside the caller's transaction."""
    settings = site.settings()
    unreached = 0
    ends = due.today + timedelta(days=due.setting.warn)
    people = select(Person.id, Person.email, Person.language, Person.mail_refused_at)
    theirs = people.where(Person.id.in_([key for (key,) in keys]))
    for row in db.session.execute(theirs.order_by(Person.id)).all():
        written = row.email is not None and row.mail_refused_at is None
        if written:
            with force_locale(row.language):
                link = _sign_in(row.language)
                letter = letters.idle(ends, link, say(settings, "name").text)
            outbox.enqueue(
                kind=KIND,
                to=row.email,
                subject=letter.subject,
                body=letter.body,
                language=row.language,
                person_id=row.id,
            )
        else:
            unreached += 1
        told = RetentionWarning(person_id=row.id, warned_on=due.today, written=written)
        db.session.merge(told)
    return Done(keys, unreached=unreached)


def erase(_due: Due, keys: Keys) -> Done:
    """Delete one account, inside the caller's transaction; raises ``Busy``."""
    ((key,),) = keys
    told = db.session.execute(
        select(RetentionWarning.written, Person.mail_refused_at)
        .join(Person, Person.id == RetentionWarning.person_id)
        .where(Person.id == key)
    ).one()
    try:
        gone = erasures.erase(key, remove_words=False)
    except Busy:
        raise
    except Refusal as refusal:
        log.warning("account not erased", cause=str(refusal))
        return Done((), failed=1)
    reached = told.written and told.mail_refused_at is None
    return Done(keys if gone else (), unreached=0 if reached else 1)


def forget_person(leaving: PersonLeaving) -> None:
    """Somebody leaves: that they were told goes."""
    mine = RetentionWarning.person_id == leaving.person_id
    db.session.execute(delete(RetentionWarning).where(mine))


def warned_on(person_id: UUID) -> date | None:
    """On which day somebody was told that their account goes, where they were not here since."""
    statement = select(RetentionWarning.warned_on).join(
        Person, Person.id == RetentionWarning.person_id
    )
    return db.session.scalar(statement.where(Person.id == person_id, ~_again()))


def _sign_in(language: str) -> str:
    prefix = "/cy" if language == "cy" else ""
    return f"{current_app.config['BASE_URL']}{prefix}/sign-in"
