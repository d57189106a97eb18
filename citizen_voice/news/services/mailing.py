"""One letter with all that is due to somebody, at most one an hour.

What is due goes and the letter comes in one transaction, so nobody is told twice or not at all,
wherever the worker is stopped.
"""

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, or_, select, tuple_

from citizen_voice import clock
from citizen_voice.accounts.models import RESIDENT, Person
from citizen_voice.db import AnyRow, db, write
from citizen_voice.news import letters, queries
from citizen_voice.news.models import NEVER, NewsChoice, NewsDue
from citizen_voice.news.services.rows import insert
from citizen_voice.outbox import services as outbox
from citizen_voice.site import queries as site
from citizen_voice.words import force_locale

AT_MOST_EVERY = timedelta(hours=1)
BATCH = 20


def mail() -> int:
    """Put a letter into the outbox for everybody to whom something is due; gives how many."""
    written = 0
    after = UUID(int=0)
    while people := _whose_time_has_come(after):
        with write():
            written += _write_to(people)
        after = people[-1]
    return written


def _whose_time_has_come(after: UUID) -> Sequence[UUID]:
    found = (
        select(NewsDue.person_id)
        .distinct()
        .outerjoin(NewsChoice, NewsChoice.person_id == NewsDue.person_id)
        .where(NewsDue.due_at <= clock.now(), NewsDue.person_id > after, _an_hour_ago())
        .order_by(NewsDue.person_id)
        .limit(BATCH)
    )
    keys = db.session.scalars(found).all()
    db.session.rollback()
    return keys


def _an_hour_ago() -> ColumnElement[bool]:
    """Whether somebody's newest letter is long enough ago."""
    newest = NewsChoice.mailed_at
    return or_(newest.is_(None), newest <= clock.now() - AT_MOST_EVERY)


def _write_to(people: Sequence[UUID]) -> int:
    """Letters to some people, whom no other worker writes to meanwhile; gives how many."""
    now = clock.now()
    held = select(Person.id).where(Person.id.in_(people)).order_by(Person.id)
    keys = db.session.scalars(held.with_for_update(skip_locked=True, key_share=True)).all()
    rows = db.session.execute(
        select(Person, NewsChoice.mail)
        .outerjoin(NewsChoice, NewsChoice.person_id == Person.id)
        .where(Person.id.in_(keys), _an_hour_ago()),
        execution_options={"populate_existing": True},
    ).all()
    theirs = [row.Person.id for row in rows]
    due = select(NewsDue.person_id, NewsDue.item_id).where(
        NewsDue.person_id.in_(theirs), NewsDue.due_at <= now
    )
    pairs = [tuple(row) for row in db.session.execute(due)]
    written = _written([row.Person for row in rows if _gets_mail(row, now)], set(pairs), now)
    if pairs:
        db.session.execute(
            delete(NewsDue).where(tuple_(NewsDue.person_id, NewsDue.item_id).in_(pairs)),
            execution_options={"synchronize_session": False},
        )
    return written


def _gets_mail(row: AnyRow, now: Any) -> bool:
    """Whether somebody is written to: as ``spreading`` has it, and as they chose since."""
    person = row.Person
    paused = person.paused_until is not None and person.paused_until > now
    return (
        person.kind == RESIDENT
        and person.email is not None
        and person.mail_refused_at is None
        and person.shut_at is None
        and not paused
        and row.mail != NEVER
    )


def _written(people: Sequence[Person], pairs: set[Any], now: Any) -> int:
    """Put letters into the outbox; what is no news to somebody any more is in none."""
    by_key = {person.id: person for person in people}
    if not by_key:
        return 0
    found = [row for row in queries.due(by_key, now) if (row.reader_id, row.id) in pairs]
    welsh_on = site.settings().welsh_on
    written = 0
    for key, some in groupby(found, key=lambda row: row.reader_id):
        person = by_key[key]
        language = person.language if welsh_on else "en"
        with force_locale(language):
            letter = letters.news(list(some), key, person.age_band)
        outbox.enqueue(
            kind="news",
            to=str(person.email),
            subject=letter.subject,
            body=letter.body,
            html=letter.html,
            unsubscribe=letter.unsubscribe,
            language=language,
            person_id=key,
        )
        written += 1
        said = {"mailed_at": now}
        db.session.execute(
            insert()(NewsChoice)
            .values(person_id=key, **said)
            .on_conflict_do_update(index_elements=["person_id"], set_=said)
        )
    return written
