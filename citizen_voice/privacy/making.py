"""Making copies: the worker's part.

A copy that was taken is leased: another worker takes it when the one that has it says nothing for a
while, and begins anew. The file is renamed, and the row says "ready", in one transaction that holds
the row: whoever erases the person comes before, and then there is no file, or after, and takes it.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import or_, select, update

from citizen_voice import clock
from citizen_voice.accounts import queries as accounts
from citizen_voice.db import AnyRow, db, write
from citizen_voice.errors import Busy
from citizen_voice.outbox import services as outbox
from citizen_voice.privacy import files, letters, queries
from citizen_voice.privacy.models import FAILED, MAKING, READY, WAITING, DataCopy
from citizen_voice.privacy.services import LASTS
from citizen_voice.privacy.writing import Written, write_copy
from citizen_voice.site.queries import settings
from citizen_voice.web.filters import say
from citizen_voice.words import force_locale

LEASE = timedelta(minutes=3)
MOST_TRIES = 5
SAY_EVERY = 500
"""After so many rows the copy's own row is told how far it is."""

log = structlog.get_logger()

_C: Any = DataCopy.__table__
_c = _C.c


class Lost(Exception):
    """The copy is not ours any more: its person has left, or another worker has it."""


@dataclass(slots=True)
class Making:
    """A copy in hand. ``taken_at`` is the lease; ``done`` rows are written, ``said`` are told."""

    id: UUID
    person_id: UUID
    language: str
    taken_at: datetime
    done: int = 0
    said: int = 0

    def progress(self, count: int) -> None:
        """So many rows more are written. Raises ``Lost``."""
        self.done += count
        if self.done - self.said >= SAY_EVERY:
            self.said = self.done
            with suppress(Busy):  # somebody holds the database for long: that can wait
                self.say(done=self.done)

    def say(self, **values: Any) -> None:
        """Change the copy's row, and renew the lease. Raises ``Lost``."""
        now = clock.now()
        with write():
            told = update(_C).where(*self.ours()).values(taken_at=now, **values)
            if not db.session.execute(told).rowcount:  # type: ignore[attr-defined]  # a DML result
                raise Lost
        self.taken_at = now

    def ours(self) -> tuple[Any, ...]:
        """The condition that the copy is still ours."""
        return _c.id == self.id, _c.state == MAKING, _c.taken_at == self.taken_at


def work() -> int:
    """Make every copy that waits, one after the other; gives how many are ready."""
    made = 0
    while (copy := _take()) is not None:
        made += _make(copy)
    return made


def _take() -> Making | None:
    """The oldest copy that waits, or whose worker says nothing any more."""
    now = clock.now()
    free = or_(
        _c.state == WAITING,
        (_c.state == MAKING) & (_c.taken_at <= now - LEASE),
    )
    oldest = select(_c.id, _c.person_id, _c.language, _c.tries).where(free).order_by(_c.asked_at)
    if db.session.execute(oldest.limit(1)).first() is None:
        return None  # nothing is written every minute
    with write():
        row = db.session.execute(oldest.limit(1).with_for_update(skip_locked=True)).first()
        if row is None:
            return None
        given_up = row.tries >= MOST_TRIES
        values = {"state": FAILED if given_up else MAKING, "taken_at": now}
        taken = update(_C).where(_c.id == row.id)
        db.session.execute(taken.values(**values, tries=row.tries + 1, done=0, total=0))
    if given_up:
        log.error("copy given up", copy=str(row.id))
        return _take()
    return Making(row.id, row.person_id, row.language, now)


def _make(copy: Making) -> bool:
    """Make one; gives whether it is ready. What fails is said in its row."""
    part: Path | None = None
    try:
        files.remove((copy.id,))  # what a worker that was killed left
        with force_locale(copy.language):
            copy.say(total=queries.how_many(copy.person_id))
            part = files.part(copy.id)
            written = write_copy(
                part,
                copy.person_id,
                site_name=_site_name(),
                made_at=clock.now(),
                progress=copy.progress,
            )
            with write():
                _finish(copy, written)
                part.replace(files.path(copy.id))
    except Lost:
        return False
    except Busy:
        log.warning("copy put off", copy=str(copy.id))  # taken again once the lease is over
        return False
    except Exception:
        log.exception("copy failed", copy=str(copy.id))
        files.remove((copy.id,))
        with suppress(Busy):
            _fail(copy)
        return False
    finally:
        if part is not None:
            files.unlink((part,))
    return True


def _finish(copy: Making, written: Written) -> None:
    """The copy is ready, and its person is told, inside the caller's transaction."""
    now = clock.now()
    ends_at = now + LASTS
    done = {"state": READY, "made_at": now, "ends_at": ends_at, "done": copy.done}
    ready = update(_C).where(*copy.ours())
    ready = ready.values(**done, size=written.size, sha256=written.sha256)
    if not db.session.execute(ready).rowcount:  # type: ignore[attr-defined]  # a DML result
        raise Lost
    person: AnyRow = accounts.person(copy.person_id)
    if person.email is None:
        raise Lost
    letter = letters.ready(ends_at, _site_name())
    outbox.enqueue(
        kind="copy",
        to=person.email,
        subject=letter.subject,
        body=letter.body,
        language=copy.language,
        person_id=copy.person_id,
    )


def _fail(copy: Making) -> None:
    with write():
        db.session.execute(update(_C).where(*copy.ours()).values(state=FAILED))


def _site_name() -> str:
    return say(settings(), "name").text
