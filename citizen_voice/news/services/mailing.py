"""One letter with all that is due to somebody, at most one an hour of a sort.

What is due goes and the letter comes in one transaction, so nobody is told twice or not at all,
wherever the worker is stopped. What moderators decided about somebody comes in letters of its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, or_, select, tuple_

from citizen_voice import clock
from citizen_voice.accounts.models import RESIDENT, Person
from citizen_voice.db import AnyRow, db, write
from citizen_voice.news import letters, queries, reasons
from citizen_voice.news.letters import Letter
from citizen_voice.news.models import ALONE, NEVER, NewsChoice, NewsDue, NewsItem
from citizen_voice.news.services.rows import insert
from citizen_voice.outbox import services as outbox
from citizen_voice.outbox.models import OutboxMail
from citizen_voice.site import queries as site
from citizen_voice.words import force_locale

AT_MOST_EVERY = timedelta(hours=1)
BATCH = 20


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of letters: a kind of the outbox's, and ``alone`` for what concerns one person.

    ``stamp`` is the column with the moment of the newest letter, ``letter`` writes one.
    """

    kind: str
    alone: bool
    stamp: str
    letter: Callable[[Sequence[AnyRow], Person], Letter]

    @property
    def items(self) -> ColumnElement[bool]:
        """Which happenings it tells of."""
        return NewsItem.kind.in_(ALONE) if self.alone else NewsItem.kind.not_in(ALONE)

    def may_come(self) -> ColumnElement[bool]:
        """Whether somebody's newest letter is long enough ago, and has left if it is of news.

        While no mail leaves, all that is new waits for one letter.
        """
        newest: Any = getattr(NewsChoice, self.stamp)
        long_ago = or_(newest.is_(None), newest <= clock.now() - AT_MOST_EVERY)
        if self.alone:
            return long_ago
        waits = select(OutboxMail.id).where(
            OutboxMail.id == NewsChoice.letter_id, OutboxMail.due_at.is_not(None)
        )
        return and_(long_ago, ~waits.exists())

    def gets(self, row: AnyRow, now: datetime) -> bool:
        """Whether somebody is written to: as ``spreading`` has it, and as they chose since."""
        person = row.Person
        if person.kind != RESIDENT or person.email is None or person.mail_refused_at is not None:
            return False
        if self.alone:
            return True
        paused = person.paused_until is not None and person.paused_until > now
        return person.shut_at is None and not paused and row.mail != NEVER


SORTS = (
    Sort("decision", alone=True, stamp="reasons_at", letter=reasons.letter),
    Sort("news", alone=False, stamp="mailed_at", letter=letters.news),
)


def mail() -> int:
    """Put a letter into the outbox for everybody to whom something is due; gives how many.

    A letter that cannot be written stops nobody else's; what was raised is raised at the end.
    """
    written = 0
    broken: list[Exception] = []
    for sort in SORTS:
        after = UUID(int=0)
        while people := _whose_time_has_come(sort, after):
            written += _try(sort, people, broken)
            after = people[-1]
    for failure in broken:
        raise failure
    return written


def _try(sort: Sort, people: Sequence[UUID], broken: list[Exception]) -> int:
    """Write to some people; where that fails, to each by themself."""
    try:
        with write():
            return _write_to(sort, people)
    except Exception as error:  # noqa: BLE001  # the others are written to
        if len(people) > 1:
            return sum(_try(sort, [each], broken) for each in people)
        broken.append(error)
        return 0


def _whose_time_has_come(sort: Sort, after: UUID) -> Sequence[UUID]:
    found = (
        select(NewsDue.person_id)
        .distinct()
        .join(NewsItem, NewsItem.id == NewsDue.item_id)
        .outerjoin(NewsChoice, NewsChoice.person_id == NewsDue.person_id)
        .where(
            NewsDue.due_at <= clock.now(), NewsDue.person_id > after, sort.items, sort.may_come()
        )
        .order_by(NewsDue.person_id)
        .limit(BATCH)
    )
    keys = db.session.scalars(found).all()
    db.session.rollback()
    return keys


def _write_to(sort: Sort, people: Sequence[UUID]) -> int:
    """Letters to some people, whom no other worker writes to meanwhile; gives how many."""
    now = clock.now()
    held = select(Person.id).where(Person.id.in_(people)).order_by(Person.id)
    keys = db.session.scalars(held.with_for_update(skip_locked=True, key_share=True)).all()
    rows = db.session.execute(
        select(Person, NewsChoice.mail)
        .outerjoin(NewsChoice, NewsChoice.person_id == Person.id)
        .where(Person.id.in_(keys), sort.may_come()),
        execution_options={"populate_existing": True},
    ).all()
    theirs = [row.Person.id for row in rows]
    due = (
        select(NewsDue.person_id, NewsDue.item_id)
        .join(NewsItem, NewsItem.id == NewsDue.item_id)
        .where(NewsDue.person_id.in_(theirs), NewsDue.due_at <= now, sort.items)
    )
    pairs = [tuple(row) for row in db.session.execute(due)]
    people_told = [row.Person for row in rows if sort.gets(row, now)]
    written = _written(sort, people_told, set(pairs), now)
    if pairs:
        db.session.execute(
            delete(NewsDue).where(tuple_(NewsDue.person_id, NewsDue.item_id).in_(pairs)),
            execution_options={"synchronize_session": False},
        )
    return written


def _written(sort: Sort, people: Sequence[Person], pairs: set[Any], now: datetime) -> int:
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
            letter = sort.letter(list(some), person)
        letter_id = outbox.enqueue(
            kind=sort.kind,
            to=str(person.email),
            subject=letter.subject,
            body=letter.body,
            html=letter.html,
            unsubscribe=letter.unsubscribe,
            language=language,
            person_id=key,
        )
        written += 1
        said: dict[str, Any] = {sort.stamp: now}
        if not sort.alone:
            said["letter_id"] = letter_id
        db.session.execute(
            insert()(NewsChoice)
            .values(person_id=key, **said)
            .on_conflict_do_update(index_elements=["person_id"], set_=said)
        )
    return written
