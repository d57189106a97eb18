"""What a worker has in hand: letters are taken, begun, marked, or given back.

A letter that was taken is leased: it is due again when the lease is over, whatever became of the
worker. Only what was begun counts as an attempt.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeGuard

from sqlalchemy import bindparam, case, func, literal, null, select, true, update
from sqlalchemy.exc import OperationalError

from citizen_voice import clock, events
from citizen_voice.db import AnyRow, Moment, db, dialect, write
from citizen_voice.errors import Busy
from citizen_voice.outbox import gate
from citizen_voice.outbox.events import AddressRefused
from citizen_voice.outbox.models import CODE, OutboxMail, OutboxSettings

BATCH = 20
LEASE = timedelta(minutes=3)
MINUTE = timedelta(minutes=1)
WORDS_GO: dict[str, Any] = dict.fromkeys(("subject", "body", "html", "unsubscribe"))
ALL_GOES = WORDS_GO | {"to_address": None}
TAKEN, GONE, WAITS = "taken", "gone", "waits"

_mails: Any = OutboxMail.__table__
_m = _mails.c
_other = _mails.alias("other").c
_now, _minute_ago = (bindparam(name, type_=Moment()) for name in ("now", "minute_ago"))
_sent_now: dict[str, Any] = WORDS_GO | {
    "due_at": None,
    "last_error": None,
    # a letter to nobody's account is found by its address alone, and no erasure comes by later
    "to_address": case((_m.person_id.is_(None), null()), else_=_m.to_address),
}
_begun = select(func.count()).where(_m.begun_at > _minute_ago).scalar_subquery()
_state = (
    select(
        OutboxSettings.stopped_at,
        OutboxSettings.per_minute,
        select(_m.id).where(_m.urgency == CODE, _m.due_at <= _now).exists().label("code_due"),
    )
    .select_from(select(literal(1).label("one")).subquery())
    .outerjoin(OutboxSettings, literal(value=True))
)
_counted = select(_begun)
_locked = select(OutboxSettings.per_minute).with_for_update()
_begin = (
    update(_mails)
    .where(
        _m.id == bindparam("key"),
        _m.attempts == bindparam("tried"),
        _m.to_address == bindparam("to"),
        _m.due_at > _now,
        _m.sent_at.is_(None),
    )
    .values(
        due_at=bindparam("lease", type_=Moment()), begun_at=_now, attempts=bindparam("tried") + 1
    )
)
_begin_unhindered = _begin.where(
    ~select(OutboxSettings.id)
    .where(OutboxSettings.stopped_at.is_not(None) | (OutboxSettings.per_minute > 0))
    .exists(),
    ~select(_other.id).where(_other.urgency == CODE, _other.due_at <= _now).exists(),
)
_sent = update(_mails).where(_m.id == bindparam("key")).values(sent_at=_now, **_sent_now)
_sent_before = (
    update(_mails)
    .where(_m.id == bindparam("before"))
    .values(sent_at=bindparam("before_at", type_=Moment()), **_sent_now)
    .returning(func.set_config("synchronous_commit", "off", true()))
    .cte("sent_before")
)
_sent_and_begin = _begin_unhindered.add_cte(_sent_before)


@dataclass(slots=True)
class Outcome:
    """What became of a letter that was begun: it was sent, or the columns to be marked."""

    mail: AnyRow
    sent_at: datetime | None = None
    values: dict[str, Any] = field(default_factory=dict)
    refused: AddressRefused | None = None


def something_due() -> bool:
    """Whether anything is due that may leave now."""
    found = _due(clock.now()).with_only_columns(_m.id)
    return db.session.execute(found).first() is not None


def take() -> Sequence[AnyRow]:
    """Lease the most urgent letters that are due and may leave."""
    now = clock.now()
    with write():
        due = _due(now)
        if dialect() == "postgresql":
            due = due.with_for_update(skip_locked=True)
        batch: Sequence[AnyRow] = db.session.execute(due).all()
        if batch:
            taken = update(_mails).where(_m.id.in_([mail.id for mail in batch]))
            db.session.execute(taken.values(due_at=now + LEASE))
    return batch


def let_through(batch: Sequence[AnyRow]) -> Sequence[AnyRow]:
    """Those of a batch that the gate lets leave now; the others are marked with why not."""
    stopped = gate.stopped({(mail.purpose, mail.person_id) for mail in batch})
    if not stopped:
        return batch
    now = clock.now()
    with write():
        for mail in batch:
            why = stopped.get((mail.purpose, mail.person_id))
            if why is not None:
                ours = (_m.id == mail.id, _m.due_at > now, _m.attempts == mail.attempts)
                values = withheld(why, now, lasting=mail.lasting)
                db.session.execute(update(_mails).where(*ours).values(**values))
    return [mail for mail in batch if (mail.purpose, mail.person_id) not in stopped]


def withheld(why: str, now: datetime, *, lasting: bool) -> dict[str, Any]:
    """The columns of a letter that the gate has stopped.

    Its words stay where it may be sent once its purpose is active again. Who has not agreed to
    something has nothing of it kept.
    """
    over = {"failed_at": now, "due_at": None, "last_error": why}
    if why != gate.INACTIVE:
        return over | ALL_GOES
    return over if lasting else over | WORDS_GO


def begin(before: Outcome | None, mail: AnyRow) -> str:
    """Mark the letter before, and begin this one, in one transaction.

    Gives ``TAKEN``; ``GONE`` where it is not ours any more; ``WAITS`` where something else comes
    first: a code that is due, the switch, the limit.
    """
    now = clock.now()
    values = {
        "key": mail.id,
        "tried": mail.attempts,
        "to": mail.to_address,
        "now": now,
        "lease": now + LEASE,
    }
    if mail.urgency != CODE and _can_go_on(before):
        if _go_on(before, values):
            return TAKEN
        before = None  # that was marked all the same
    with write():
        if before is not None:
            _mark(before)
        if mail.urgency != CODE:
            if _changed(_begin_unhindered, values):
                return TAKEN
            if _held_back(now):
                return WAITS
        return TAKEN if _changed(_begin, values) else GONE


def _can_go_on(before: Outcome | None) -> TypeGuard[Outcome]:
    """Whether one statement may mark the letter before and begin the next."""
    return before is not None and before.sent_at is not None and dialect() == "postgresql"


def _go_on(before: Outcome, values: dict[str, Any]) -> bool:
    """Mark a letter as sent, and begin the next if nothing hinders it; gives whether it began.

    One statement, which is a transaction of its own: every further one costs as much as a letter.
    It does not wait for the disk either, which costs more than the rest; ``finish`` waits, for all
    of a batch. A worker that is killed takes nothing back of it. Where PostgreSQL itself crashes,
    letters of the last half second are sent once more, the same as before; none is lost.
    """
    engine = db.engine.execution_options(isolation_level="AUTOCOMMIT")
    sent = {"before": before.mail.id, "before_at": before.sent_at}
    try:
        with engine.connect() as connection:
            return bool(connection.execute(_sent_and_begin, values | sent).rowcount)
    except OperationalError as error:
        raise Busy from error


def finish(outcome: Outcome | None) -> None:
    """Mark the last letter that was begun."""
    if outcome is not None:
        with write():
            _mark(outcome)


def put_back(batch: Sequence[AnyRow]) -> None:
    """Give letters back that were not begun: they are due as they were before."""
    if not batch:
        return
    now = clock.now()
    with write():
        for mail in batch:
            ours = (_m.id == mail.id, _m.due_at > now, _m.attempts == mail.attempts)
            db.session.execute(update(_mails).where(*ours).values(due_at=mail.due_at))


def keep(batch: Sequence[AnyRow]) -> None:
    """In development: they have gone, and can be read."""
    with write():
        kept = update(_mails).where(_m.id.in_([mail.id for mail in batch]))
        db.session.execute(kept.values(sent_at=clock.now(), due_at=None))


def next_due(now: datetime) -> datetime | None:
    """When something may be due again, within a minute: a letter, or room below the limit."""
    within = select(func.min(_m.due_at)).where(_m.due_at <= now + MINUTE)
    soonest: datetime | None = db.session.execute(within).scalar_one()
    if soonest is None or soonest > now:
        return soonest
    begun = select(func.min(_m.begun_at)).where(_m.begun_at > now - MINUTE)
    oldest: datetime | None = db.session.execute(begun).scalar_one()
    stopped = _read(now).stopped_at is not None
    return None if oldest is None or stopped else oldest + MINUTE


def _read(now: datetime) -> AnyRow:
    """How mail leaves now, and whether a code waits."""
    return db.session.execute(_state, {"now": now}).one()


def _room(state: AnyRow, now: datetime) -> int:
    """How many letters that are not codes may be begun now."""
    if state.stopped_at is not None:
        return 0
    if not state.per_minute:
        return BATCH
    begun: int = db.session.execute(_counted, {"minute_ago": now - MINUTE}).scalar_one()
    return min(BATCH, max(0, int(state.per_minute) - begun))


def _due(now: datetime) -> Any:
    room = _room(_read(now), now)
    found = select(*_m).where(_m.due_at <= now)
    if not room:
        found = found.where(_m.urgency == CODE)
    return found.order_by(_m.urgency, _m.due_at, _m.id).limit(room or BATCH)


def _changed(statement: Any, values: dict[str, Any]) -> bool:
    done = db.session.execute(statement, values)
    return bool(done.rowcount)  # type: ignore[attr-defined]  # a DML result


def _held_back(now: datetime) -> bool:
    """Whether a letter that is no code has to wait; inside the transaction that would begin it."""
    state = _read(now)
    if state.per_minute and dialect() == "postgresql":
        db.session.execute(_locked)  # workers count one after the other
    return bool(state.code_due) or not _room(state, now)


def _mark(outcome: Outcome) -> None:
    """Write down what became of a letter, inside the caller's transaction.

    That it was sent holds whatever else happened; the rest, if nobody else has begun it since.
    """
    mail = outcome.mail
    if outcome.sent_at is not None:
        db.session.execute(_sent, {"key": mail.id, "now": outcome.sent_at})
        return
    ours = (_m.id == mail.id, _m.attempts == mail.attempts + 1)
    db.session.execute(update(_mails).where(*ours).values(**outcome.values))
    if outcome.refused is not None:
        events.publish(outcome.refused)
