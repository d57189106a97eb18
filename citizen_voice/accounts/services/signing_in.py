"""Signing in, and what people do with their account.

A code and a link go out in one letter: hashed, good once, for ten minutes and five tries, bound to
the browser that asked. Whether an address is known changes neither words nor work before the code
is confirmed.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update

from citizen_voice import clock
from citizen_voice.accounts import letters, secrets
from citizen_voice.accounts.models import (
    PendingSignIn,
    Person,
)
from citizen_voice.db import AnyRow, db, new_key
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.outbox import services as outbox
from citizen_voice.words import _

CODE_LASTS = timedelta(minutes=10)
PENDING_LASTS = timedelta(hours=24)
MOST_TRIES = 5


class WrongCode(Refusal):
    """The code is not the one that was sent. ``left`` is the number of tries that remain."""

    def __init__(self, left: int) -> None:
        super().__init__(_("That code isn't right. Check the newest e-mail."), field="code")
        self.left = left


class CodeRunOut(Refusal):
    """The code is too old, or was tried too often."""

    def __init__(self) -> None:
        super().__init__(_("That code has run out. Send a new one."))


def normalise_email(text: str) -> str:
    """An address as it is stored: checked, domain in lower case, without surrounding space.

    Raises ``Refusal`` for what cannot be an address. The domain is not looked up.
    """
    import email_validator  # noqa: PLC0415  # a twentieth of a start, for who signs in

    try:
        address = text.strip()
        found = email_validator.validate_email(
            address, check_deliverability=False, test_environment=True
        )
    except email_validator.EmailNotValidError:
        raise Refusal(_("Enter an e-mail address, like name@example.org."), field="email") from None
    return found.normalized.lower()


def begin(
    *,
    next_address: str,
    intent: dict[str, Any] | None,
    language: str,
    person_id: UUID | None = None,
) -> str:
    """Start a sign-in under way; gives the token for the browser's cookie."""
    token = secrets.new_token()
    now = clock.now()
    db.session.add(
        PendingSignIn(
            id=new_key(),
            token_hash=secrets.hashed(token),
            person_id=person_id,
            next=next_address,
            intent=intent,
            shared=False,
            language=language,
            created_at=now,
            expires_at=now + PENDING_LASTS,
        )
    )
    return token


def send_code(
    pending_token: str,
    *,
    email: str,
    shared: bool,
    notice_version: int,
    site_name: str,
    language: str,
    link: Callable[[str], str],
) -> None:
    """Send a code and a link to ``email``; the code before it, if any, is good no more.

    ``link`` turns the link's token into a whole address.
    """
    code = secrets.new_code()
    link_token = secrets.new_token() + code
    pending = db.session.scalars(
        select(PendingSignIn).where(PendingSignIn.token_hash == secrets.hashed(pending_token))
    ).one_or_none()
    if pending is None:
        raise NotHere
    pending.email = email
    pending.shared = shared
    pending.notice_version = notice_version
    pending.code_hash = secrets.sealed(code, pending.id.bytes)
    pending.link_hash = secrets.hashed(link_token)
    pending.sent_at = clock.now()
    pending.tries = 0
    pending.verified_at = None
    whose = pending.person_id
    own = select(Person.id).where(Person.id == whose, Person.email == email)
    proving = whose is not None and db.session.scalar(own) is not None
    changing = whose is not None and not proving
    letter = letters.code(code, link(link_token), site_name, changing=changing, proving=proving)
    outbox.enqueue(
        kind="code", to=email, subject=letter.subject, body=letter.body, language=language
    )


def count_try(pending_id: UUID) -> int:
    """Count one more try of a code, in a transaction of its own; gives how many there were.

    Raises ``CodeRunOut`` where another tab was quicker and the sign-in is over.
    """
    tries = db.session.execute(
        update(PendingSignIn)
        .where(PendingSignIn.id == pending_id)
        .values(tries=PendingSignIn.tries + 1)
        .returning(PendingSignIn.tries)
    ).scalar_one_or_none()
    if tries is None:
        raise CodeRunOut
    return int(tries)


def check_code(pending: AnyRow, code: str, tries: int) -> None:
    """Raise ``CodeRunOut`` or ``WrongCode`` unless ``code`` is the one that was sent.

    ``tries`` counts this one, too.
    """
    if not still_good(pending) or tries > MOST_TRIES:
        raise CodeRunOut
    digits = "".join(character for character in code if character.isdecimal())
    if not secrets.same(pending.code_hash, secrets.sealed(digits, pending.id.bytes)):
        if tries >= MOST_TRIES:
            raise CodeRunOut
        raise WrongCode(MOST_TRIES - tries)


def still_good(pending: AnyRow) -> bool:
    """Whether the code and link of a sign-in under way can still be used."""
    sent: datetime | None = pending.sent_at
    return sent is not None and clock.now() < sent + CODE_LASTS and pending.code_hash is not None


def mark_verified(pending_id: UUID) -> None:
    """The code was right: it is used up, and the browser may go on to the age question."""
    used = db.session.execute(
        update(PendingSignIn)
        .where(PendingSignIn.id == pending_id, PendingSignIn.code_hash.is_not(None))
        .values(code_hash=None, link_hash=None, verified_at=clock.now())
    )
    if used.rowcount != 1:  # type: ignore[attr-defined]  # a DML result
        raise CodeRunOut  # another tab was quicker


def finish(pending_id: UUID) -> None:
    """A sign-in under way is over: it goes, with what it held, so that it is used once.

    Raises ``CodeRunOut`` where another tab was quicker.
    """
    gone = db.session.execute(delete(PendingSignIn).where(PendingSignIn.id == pending_id))
    if gone.rowcount != 1:  # type: ignore[attr-defined]  # a DML result
        raise CodeRunOut


def rebind(pending_id: UUID) -> str:
    """Tie a confirmed sign-in to another browser, without what the first one wanted to do.

    Gives the token for that browser's cookie.
    """
    token = secrets.new_token()
    db.session.execute(
        update(PendingSignIn)
        .where(PendingSignIn.id == pending_id)
        .values(token_hash=secrets.hashed(token), intent=None, next="")
    )
    return token


def turn_away(pending_id: UUID) -> None:
    """Somebody can't join: what they gave us goes, in every browser, the letters included."""
    pending = db.session.get(PendingSignIn, pending_id)
    if pending is None or pending.email is None:
        return
    outbox.forget(pending.email)
    db.session.execute(delete(PendingSignIn).where(PendingSignIn.email == pending.email))
