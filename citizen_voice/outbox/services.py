"""Putting letters into the outbox and delivering them.

A letter is written in the transaction of the act that causes it: nothing is sent for what was
rolled back, and nothing committed goes unsent. The worker delivers; it may be killed at any moment,
since a letter that was taken and not marked is due again when its lease is over.
"""

from collections.abc import Sequence
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update

from citizen_voice import clock, register
from citizen_voice.db import AnyRow, after_commit, db, dialect, new_key, write
from citizen_voice.outbox import wake
from citizen_voice.outbox.models import OutboxMail
from citizen_voice.outbox.smtp import RefusedForGood, Sender

BATCH = 20
LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 12
OVER: dict[str, Any] = {"due_at": None, "subject": None, "body": None}  # its words go with it


def enqueue(*, purpose: str, to: str, subject: str, body: str, language: str) -> UUID:
    """Put a letter into the outbox, inside the caller's transaction; gives its key.

    Raises ``register.UnknownPurpose`` for a purpose that nobody declared.
    """
    register.purpose(purpose)
    now = clock.now()
    mail = OutboxMail(
        id=new_key(),
        purpose=purpose,
        to_address=to,
        subject=" ".join(subject.split()),  # one line, as headers are
        body=body,
        language=language,
        created_at=now,
        due_at=now,
    )
    db.session.add(mail)
    after_commit(wake.worker)
    return mail.id


def deliver_due(send: Sender | None, sender: str, host: str) -> int:
    """Deliver every letter that is due; gives how many went out.

    ``send`` delivers one message (``None`` in development: the letter stays on the outbox page).
    ``sender`` is the From address, ``host`` the right half of the message ids.
    """
    delivered = 0
    while batch := _take():
        for mail in batch:
            delivered += _deliver(mail, send, sender, host)
    return delivered


def _take() -> Sequence[AnyRow]:
    now = clock.now()
    due = (
        select(*OutboxMail.__table__.columns)
        .where(OutboxMail.due_at <= now)
        .order_by(OutboxMail.due_at, OutboxMail.id)
        .limit(BATCH)
    )
    if db.session.execute(due.with_only_columns(OutboxMail.id)).first() is None:
        return []
    if dialect() == "postgresql":
        due = due.with_for_update(skip_locked=True)
    with write():
        batch = db.session.execute(due).all()
        db.session.execute(
            update(OutboxMail)
            .where(OutboxMail.id.in_([mail.id for mail in batch]))
            .values(due_at=now + LEASE, attempts=OutboxMail.attempts + 1)
        )
    return batch


def _deliver(mail: AnyRow, send: Sender | None, sender: str, host: str) -> bool:
    if send is None:
        _mark(mail, sent_at=clock.now(), due_at=None)
        return True
    try:
        send(_message(mail, sender, host))
    except (RefusedForGood, ValueError) as error:  # a ValueError: it cannot even be written
        _mark(mail, failed_at=clock.now(), last_error=str(error)[:200], **OVER)
    except OSError as error:  # smtplib's exceptions are OSErrors, too
        _try_again(mail, error)
    else:
        _mark(mail, sent_at=clock.now(), last_error=None, **OVER)
        return True
    return False


def _try_again(mail: AnyRow, error: OSError) -> None:
    values: dict[str, Any] = {"last_error": f"{type(error).__name__}: {error}"[:200]}
    if mail.attempts + 1 >= MOST_ATTEMPTS:
        values |= {"failed_at": clock.now(), **OVER}
    else:
        values["due_at"] = clock.now() + pause(mail.attempts + 1)
    _mark(mail, **values)


def pause(attempts: int) -> timedelta:
    """How long to wait after so many attempts: 10 seconds, doubling, at most six hours."""
    return min(timedelta(seconds=10 * 2 ** min(attempts - 1, 20)), timedelta(hours=6))


def _mark(mail: AnyRow, **values: Any) -> None:
    with write():
        db.session.execute(update(OutboxMail).where(OutboxMail.id == mail.id).values(**values))


def _message(mail: AnyRow, sender: str, host: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = mail.to_address
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = f"<{mail.id}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body)
    message["Content-Language"] = mail.language  # set_content takes such headers away
    return message


def forget(address: str) -> None:
    """Delete every letter to an address, inside the caller's transaction."""
    db.session.execute(delete(OutboxMail).where(OutboxMail.to_address == address))


def forget_old(days: int = 30) -> int:
    """Delete letters that went out, or failed, so many days ago; gives how many."""
    old = delete(OutboxMail).where(
        OutboxMail.due_at.is_(None), OutboxMail.created_at < clock.now() - timedelta(days=days)
    )
    return int(db.session.execute(old).rowcount)  # type: ignore[attr-defined]  # a DML result
