"""Erasing a person (UK GDPR Art 17), so that nothing brings them back.

``erase`` works inside the caller's transaction. When that is about to be committed, and so after
everything else is locked, the erasure journal gets a line (``begun``); when it is, another
(``done``). What was cut off in between is found by ``finish`` and done then: the person asked for
it. ``replay`` does the same for a database that was restored from before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import event, select, update

from citizen_voice import clock, events
from citizen_voice.accounts.erasure_journal import (
    DONE,
    VOID,
    CannotErase,
    Damaged,
    Erasure,
    Head,
    Journal,
    Line,
    erasures,
)
from citizen_voice.accounts.erasure_models import ErasuresApplied
from citizen_voice.accounts.events import PersonAboutToLeave
from citizen_voice.accounts.models import FORMER, Person
from citizen_voice.accounts.services import people
from citizen_voice.db import RoutedSession, db, dialect, write
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.journal import services as journal
from citizen_voice.paths import erasure_journal

BATCH = 500
CUT_OFF = timedelta(minutes=5)
"""How old a line is that was begun and not done before anybody else looks after it."""

_ASKED, _BEGUN = "erasing", "erasures begun"

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay found: erasures in the journal, and people who were there and now are not."""

    erasures: int
    absent_again: int


def erase(person_id: UUID, *, remove_words: bool, actor: UUID | None = None) -> bool:
    """Delete a person's account inside the caller's ``write()``, and note it in the journal.

    Gives whether there was anything to erase: a second erasure does nothing. ``actor`` is who does
    it for them. Raises ``NotHere`` for nobody, ``Refusal`` for the last administrator; and when the
    transaction is about to be committed ``CannotErase``, where the journal takes no line.
    """
    kind = db.session.scalar(select(Person.kind).where(Person.id == person_id))
    if kind is None:
        raise NotHere
    if kind == FORMER or not _leave(person_id, remove_words=remove_words):
        return False
    if actor is not None and actor != person_id:
        journal.append("person erased", actor=actor, subject=f"person {person_id}")
    db.session().info.setdefault(_ASKED, []).append((person_id, remove_words))
    return True


def file() -> Journal:
    """The erasure journal of the installation at hand."""
    return Journal(erasure_journal())


def finish() -> int:
    """Do what was begun and cut off, by a kill or a database that went away; gives how many.

    Who writes the journal looks at its end alone; this reads all of it, and raises ``Damaged``.
    """
    found = file()
    begun = [
        each for each in erasures(found.read()) if not each.done and each.at < clock.now() - CUT_OFF
    ]
    gone = _erase_again(begun)
    for each in begun:
        found.end(each.number, DONE, at=clock.now())
    return gone


def replay() -> Replayed:
    """Erase again everybody whom the journal lists and who is here.

    Raises ``Damaged``, and ``Refusal`` where the journal is another database's or lost its end.
    """
    found = file()
    lines = _lines_of_this_database(found)
    listed = erasures(lines)
    gone = _erase_again(listed)
    if lines:
        with write():
            _apply(Head(lines[-1].number, lines[-1].hash))
    for each in listed:
        if not each.done:
            found.end(each.number, DONE, at=clock.now())
    return Replayed(len(listed), gone)


def verify() -> tuple[int, int]:
    """How many lines the journal has, and how many people are here whom it says were erased.

    Raises as ``replay`` does.
    """
    lines = _lines_of_this_database(file())
    return len(lines), len(_present(erasures(lines)))


def refuse_unapplied() -> int:
    """Raise ``Refusal`` where people are here whom the journal says were erased.

    So that nobody serves a database that came from before. What was only cut off is done at once;
    gives how many these were. Where nobody was ever erased and there is no journal, it is made.
    """
    found = file()
    lines = _lines_of_this_database(found)
    if not found.exists():
        try:
            found.make()
        except OSError as error:
            raise Refusal(f"{found.path} can't be written: {error.strerror}.") from None
    listed = erasures(lines)
    present = _present(listed)
    older = sum(each.done and each.person_id in present for each in listed)
    if older:
        many = "1 person was erased and is" if older == 1 else f"{older} people were erased and are"
        raise Refusal(
            f"{many} in this database: it is older than {found.path}. "
            f"Now run: citizen-voice erasures replay"
        )
    return replay().absent_again if present else 0


def _lines_of_this_database(found: Journal) -> list[Line]:
    """All lines; raises ``Refusal`` where the database knows of one that is not among them."""
    lines = found.read()
    row = db.session.execute(select(ErasuresApplied.number, ErasuresApplied.hash)).one()
    known = lines[row.number - 1].hash if 0 < row.number <= len(lines) else None
    if row.number and known != row.hash:
        raise Refusal(
            f"{found.path} is not the erasure journal of this database, or lost its end: the "
            f"database knows of {row.number} lines, the file has {len(lines)}"
            f"{', which differ' if known else ''}. Put back the newest copy of it; "
            f"CITIZEN_VOICE_ERASURE_JOURNAL says where it stands."
        )
    return lines


def _leave(person_id: UUID, *, remove_words: bool, forced: bool = False) -> bool:
    about = PersonAboutToLeave(person_id, forced=forced)
    events.publish(about)
    left = people.leave(person_id, remove_words=remove_words)
    for act in about.afterwards:
        act()
    return left


def _erase_again(listed: Sequence[Erasure]) -> int:
    """Erase those of them who are here, each in a transaction of their own; gives how many."""
    gone = 0
    present = _present(listed)
    for each in listed:
        if each.person_id in present:
            with write():
                gone += _leave(each.person_id, remove_words=each.remove_words, forced=True)
    return gone


def _present(listed: Sequence[Erasure]) -> set[UUID]:
    """The keys of those of them who are here."""
    found: set[UUID] = set()
    keys = [each.person_id for each in listed]
    for first in range(0, len(keys), BATCH):
        some = Person.id.in_(keys[first : first + BATCH])
        found |= set(db.session.scalars(select(Person.id).where(some, Person.kind != FORMER)))
    return found


def _apply(head: Head, *, at: datetime | None = None) -> None:
    db.session.execute(
        update(ErasuresApplied).values(number=head.number, hash=head.hash, at=at or clock.now()),
        execution_options={"synchronize_session": False},
    )


@event.listens_for(RoutedSession, "before_commit")
def _begin(session: Any) -> None:
    """The transaction is about to be committed: its erasures come onto the disk before it.

    The row of what was applied is locked last of all, so that the journal has the order in which
    erasures are committed.
    """
    asked = session.info.get(_ASKED)
    if not asked or session.in_nested_transaction():
        return
    session.flush()
    keys = [person_id for person_id, _remove_words in asked]
    is_former = (Person.id.in_(keys), Person.kind == FORMER)
    gone = set(session.scalars(select(Person.id).where(*is_former)))
    row = session.execute(
        select(ErasuresApplied.number, ErasuresApplied.hash).with_for_update()
    ).one()
    head, found, begun = Head(row.number, row.hash), file(), session.info.setdefault(_BEGUN, [])
    for person_id, remove_words in asked:
        if person_id in gone:  # a part that was rolled back by itself erased nobody
            try:
                head = found.begin(
                    person_id, remove_words=remove_words, at=clock.now(), applied=head
                )
            except CannotErase:
                log.exception("erasure journal takes no line")
                raise
            begun.append(head.number)
    _apply(head)


@event.listens_for(RoutedSession, "after_commit")
def _done(session: Any) -> None:
    session.info.pop(_ASKED, None)
    _end(session.info.pop(_BEGUN, ()), DONE)


@event.listens_for(RoutedSession, "after_rollback")
def _rolled_back(session: Any) -> None:
    """Say which erasures did not happen, where that is certain.

    PostgreSQL may have committed what its server lost the answer to: that is looked at later.
    """
    if session.in_nested_transaction():
        return
    session.info.pop(_ASKED, None)
    begun = session.info.pop(_BEGUN, ())
    if begun and dialect() == "sqlite":
        _end(begun, VOID)


def _end(numbers: Sequence[int], what: str) -> None:
    for number in numbers:
        try:
            file().end(number, what, at=clock.now())
        except (OSError, Damaged):  # it is looked at again
            log.exception("erasure journal takes no line")
