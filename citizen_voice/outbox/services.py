"""Putting letters into the outbox, and what staff do about those that wait or came back.

A letter is written in the transaction of the act that causes it: nothing is sent for what was
rolled back, and nothing committed goes unsent. The worker delivers (see ``delivery``).
"""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, or_, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from citizen_voice import clock
from citizen_voice.db import after_commit, db, dialect, new_key
from citizen_voice.errors import Conflict, NotHere, Refusal
from citizen_voice.outbox import gate, kinds, wake
from citizen_voice.outbox.leases import withheld
from citizen_voice.outbox.models import OutboxMail, OutboxSettings
from citizen_voice.words import _

MOST_PER_MINUTE = 100_000
_HERE = or_(OutboxMail.due_at.is_not(None), OutboxMail.failed_at.is_not(None))
"""Letters that wait, or came back: what is sent is out of our hands."""


def enqueue(
    *,
    kind: str,
    to: str,
    subject: str,
    body: str,
    language: str,
    html: str | None = None,
    unsubscribe: str | None = None,
    person_id: UUID | None = None,
) -> UUID:
    """Put a letter into the outbox, inside the caller's transaction; gives its key.

    ``html`` is the same letter once more, ``unsubscribe`` the whole address that ends such letters
    by a POST (RFC 8058), ``person_id`` whose letter it is. Raises ``kinds.UnknownKind``, and
    ``register.UnknownPurpose`` for a kind whose purpose nobody declared.

    A letter that the gate stops does not leave: it stands among those that came back, with why.
    """
    declared = kinds.kind(kind)
    purpose = declared.why.key
    why = gate.stopped([(purpose, person_id)]).get((purpose, person_id))
    now = clock.now()
    mail = OutboxMail(
        id=new_key(),
        purpose=purpose,
        kind=declared.key,
        urgency=declared.urgency,
        lasting=declared.lasting,
        person_id=person_id,
        to_address=to,
        subject=" ".join(subject.split()),  # one line, as headers are
        body=body,
        html=html,
        unsubscribe=unsubscribe,
        language=language,
        created_at=now,
        due_at=now,
    )
    if why is not None:
        for name, value in withheld(why, now, lasting=declared.lasting).items():
            setattr(mail, name, value)
    db.session.add(mail)
    if why is None:
        after_commit(wake.worker)
    return mail.id


def stop(actor: UUID) -> None:
    """Let codes alone leave from now on, inside the caller's transaction.

    Raises ``Conflict`` where that is so already.
    """
    _settle(
        OutboxSettings.stopped_at.is_(None),
        _("Somebody has stopped the mail already."),
        stopped_at=clock.now(),
        stopped_by=actor,
    )


def start() -> None:
    """Let everything leave again; raises ``Conflict`` where that is so already."""
    _settle(
        OutboxSettings.stopped_at.is_not(None),
        _("Somebody has started the mail already."),
        stopped_at=None,
        stopped_by=None,
    )
    after_commit(wake.worker)


def limit(text: str) -> int:
    """Set how many letters may leave in a minute, as somebody typed it; 0 for no limit.

    Raises ``Refusal`` for anything that is no such number. Gives the number.
    """
    said = text.strip() or "0"
    if not (said.isascii() and said.isdigit() and len(said) < 9 and int(said) <= MOST_PER_MINUTE):
        raise Refusal(_("Write a whole number up to 100,000, or nothing."), field="per_minute")
    _settle(None, None, per_minute=int(said))
    after_commit(wake.worker)
    return int(said)


def try_again(mail_id: UUID) -> None:
    """Send a letter again that was given up; raises ``NotHere`` where that cannot be."""
    if not _again(OutboxMail.id == mail_id):
        raise NotHere


def try_all_again() -> int:
    """Send every letter again that was given up and is as good now; gives how many."""
    return _again()


def follow(person_id: UUID, address: str) -> None:
    """Have somebody's letters that have not arrived go to their new address, tried again or not.

    Letters that name nobody stay: that an account has another address is told to the old one.
    """
    theirs = update(OutboxMail).where(OutboxMail.person_id == person_id, _HERE)
    db.session.execute(theirs.values(to_address=address))


def withdraw(person_id: UUID, kind: str) -> None:
    """Delete somebody's letters of a kind that have not left, or came back: they want none."""
    theirs = (OutboxMail.person_id == person_id, OutboxMail.kind == kind)
    db.session.execute(delete(OutboxMail).where(*theirs, _HERE))


def forget(address: str | None, person_id: UUID | None = None) -> None:
    """Delete every letter to an address or to somebody, inside the caller's transaction."""
    whose = [
        column == value
        for column, value in (
            (OutboxMail.to_address, address),
            (OutboxMail.person_id, person_id),
        )
        if value is not None
    ]
    if whose:
        db.session.execute(delete(OutboxMail).where(or_(*whose)))


def _settle(where: Any, refused: Any, **values: Any) -> None:
    """Change the one row of settings, which is made when it is first needed."""
    insert = postgresql_insert if dialect() == "postgresql" else sqlite_insert
    made = insert(OutboxSettings).values(id=1, per_minute=0).on_conflict_do_nothing()
    db.session.execute(made)
    changed = update(OutboxSettings).where(OutboxSettings.id == 1)
    if where is not None:
        changed = changed.where(where)
    done = db.session.execute(changed.values(**values))
    if not done.rowcount:  # type: ignore[attr-defined]  # a DML result
        raise Conflict(refused)


def _again(*which: Any) -> int:
    failed = (OutboxMail.failed_at.is_not(None), OutboxMail.lasting, OutboxMail.body.is_not(None))
    again = (
        update(OutboxMail)
        .where(*failed, *which)
        .values(due_at=clock.now(), attempts=0, failed_at=None)
    )
    after_commit(wake.worker)
    return int(db.session.execute(again).rowcount)  # type: ignore[attr-defined]  # a DML result
