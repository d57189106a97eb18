"""Signing in, and what people do with their account.

A code and a link go out in one letter: hashed, good once, for ten minutes and five tries, bound to
the browser that asked. Whether an address is known changes neither words nor work before the code
is confirmed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import delete, select, update

from citizen_voice import clock, events
from citizen_voice.accounts import letters, names, secrets
from citizen_voice.accounts.events import PersonLeaving
from citizen_voice.accounts.models import (
    ADULT,
    FORMER,
    RESIDENT,
    TEEN,
    PendingSignIn,
    Person,
    PersonSession,
)
from citizen_voice.db import AnyRow, db, new_key
from citizen_voice.errors import Conflict, NotHere, Refusal
from citizen_voice.outbox import services as outbox
from citizen_voice.words import _

CODE_LASTS = timedelta(minutes=10)
PENDING_LASTS = timedelta(hours=24)
SESSION_LASTS = timedelta(days=90)
SHARED_SESSION_LASTS = timedelta(hours=12)
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


@dataclass(frozen=True, slots=True)
class Opened:
    """A new session: its token, for the cookie alone."""

    session_id: UUID
    token: str
    csrf: str


def normalise_email(text: str) -> str:
    """An address as it is stored: checked, domain in lower case, without surrounding space.

    Raises ``Refusal`` for what cannot be an address. The domain is not looked up.
    """
    try:
        found = validate_email(text.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
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
    letter = letters.code(code, link(link_token), site_name, changing=pending.person_id is not None)
    outbox.enqueue(
        purpose="account", to=email, subject=letter.subject, body=letter.body, language=language
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


def join(email: str, age_band: str | None, language: str) -> UUID:
    """Make a resident's account; gives its key. Somebody who is there already stays as they are.

    ``age_band`` is asked of who is new alone.
    """
    known = db.session.scalars(select(Person.id).where(Person.email == email)).one_or_none()
    if known is not None:
        return known
    if age_band not in (ADULT, TEEN):
        raise Refusal(_("Choose your age."), field="age")
    person = Person(
        id=new_key(),
        kind=RESIDENT,
        email=email,
        age_band=age_band,
        language=language,
        created_at=clock.now(),
    )
    db.session.add(person)
    db.session.flush()  # the session row that follows refers to it
    return person.id


def open_session(person_id: UUID, *, device: str, shared: bool) -> Opened:
    """Sign a person in; gives the token for the cookie."""
    now = clock.now()
    opened = Opened(new_key(), secrets.new_token(), secrets.new_token())
    db.session.add(
        PersonSession(
            id=opened.session_id,
            person_id=person_id,
            token_hash=secrets.hashed(opened.token),
            csrf=opened.csrf,
            device=device[:80],
            shared=shared,
            created_at=now,
            seen_at=now,
            expires_at=now + (SHARED_SESSION_LASTS if shared else SESSION_LASTS),
        )
    )
    return opened


def finish(pending_id: UUID) -> None:
    """A sign-in under way is over: it goes, with what it held, so that it is used once.

    Raises ``CodeRunOut`` where another tab was quicker.
    """
    gone = db.session.execute(delete(PendingSignIn).where(PendingSignIn.id == pending_id))
    if gone.rowcount != 1:  # type: ignore[attr-defined]  # a DML result
        raise CodeRunOut


def touch(session_id: UUID) -> None:
    """The session is in use."""
    db.session.execute(
        update(PersonSession).where(PersonSession.id == session_id).values(seen_at=clock.now())
    )


def end_session(person_id: UUID, session_id: UUID) -> None:
    """Sign a browser out; only one's own. Ending one that is over already is fine."""
    db.session.execute(
        delete(PersonSession).where(
            PersonSession.id == session_id, PersonSession.person_id == person_id
        )
    )


def end_other_sessions(person_id: UUID, keep: UUID) -> None:
    """Sign a person out everywhere but here."""
    db.session.execute(
        delete(PersonSession).where(PersonSession.person_id == person_id, PersonSession.id != keep)
    )


def set_name(person_id: UUID, text: str) -> str:
    """Give a person their display name; raises ``names.BadName``. Gives it as it is shown."""
    name = names.clean(text)
    db.session.execute(update(Person).where(Person.id == person_id).values(display_name=name))
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
    if old is not None:
        letter = letters.address_changed(site_name)
        outbox.enqueue(
            purpose="account", to=old, subject=letter.subject, body=letter.body, language=language
        )


def leave(person_id: UUID, *, remove_words: bool) -> None:
    """Delete an account: sessions, address, name and age go; what was written stays or goes.

    The features above take away answers and, if so wished, words, in the same transaction.
    """
    events.publish(PersonLeaving(person_id, remove_words))
    person = db.session.get_one(Person, person_id)
    email = person.email
    if email is not None:
        outbox.forget(email)
        db.session.execute(delete(PendingSignIn).where(PendingSignIn.email == email))
    db.session.execute(delete(PendingSignIn).where(PendingSignIn.person_id == person_id))
    db.session.execute(delete(PersonSession).where(PersonSession.person_id == person_id))
    person.kind = FORMER
    person.email = person.display_name = person.age_band = None
    person.closed_at = clock.now()


def forget_old() -> int:
    """Delete sessions and sign-ins that are over; gives how many."""
    now = clock.now()
    gone = 0
    for model in (PersonSession, PendingSignIn):
        result = db.session.execute(delete(model).where(model.expires_at < now))
        gone += result.rowcount  # type: ignore[attr-defined]  # a DML result
    return gone


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
    """Somebody is too young: what they gave us goes, in every browser, the letters included."""
    pending = db.session.get(PendingSignIn, pending_id)
    if pending is None or pending.email is None:
        return
    outbox.forget(pending.email)
    db.session.execute(delete(PendingSignIn).where(PendingSignIn.email == pending.email))
