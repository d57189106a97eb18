"""Delivering what is due: the most urgent first, one at a time, over one connection.

Each letter is marked before the next is sent, in the transaction that begins the next: of those in
the hands of a worker that is killed, one at most was sent already. Any number of workers may
deliver at once (see ``leases``).
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from citizen_voice import clock
from citizen_voice.db import AnyRow
from citizen_voice.outbox import kinds, leases
from citizen_voice.outbox.events import AddressRefused
from citizen_voice.outbox.leases import ALL_GOES, GONE, WAITS, WORDS_GO, Outcome
from citizen_voice.outbox.mime import message
from citizen_voice.outbox.smtp import (
    AddressRefusedForGood,
    RefusedForGood,
    Sender,
    Unreachable,
    timed_out,
)

MOST_ATTEMPTS = 12
LONGEST_REST = timedelta(minutes=2)


@dataclass(slots=True)
class Delivery:
    """What one process delivers with. ``sender`` is the From address, ``host`` ends message ids.

    ``server`` is ``None`` in development: letters stay on the outbox page.
    """

    server: Sender | None
    sender: str
    host: str
    _busy: threading.Lock = field(default_factory=threading.Lock)
    _wanted: bool = False
    _failures: int = 0
    _rests_until: datetime | None = None

    def run(self) -> int:
        """Deliver every letter that is due and may leave; gives how many went out.

        Where another thread of the process is at it already, that one goes on until all is done.
        """
        delivered = 0
        self._wanted = True
        while self._wanted and self._busy.acquire(blocking=False):
            try:
                self._wanted = False
                delivered += self._run()
            finally:
                if self.server is not None:
                    self.server.close()
                self._busy.release()
        return delivered

    def next_run(self) -> datetime | None:
        """When something may be due again, within about a minute; ``None`` for nothing."""
        return self._rests_until if self.resting() else leases.next_due(clock.now())

    def resting(self) -> bool:
        """Whether the server could not be reached a moment ago. A clock put back ends it."""
        until = self._rests_until
        return until is not None and timedelta() < until - clock.now() <= LONGEST_REST

    def _run(self) -> int:
        delivered = 0
        while not self.resting() and leases.something_due():
            if not self._reach():
                break
            batch = leases.take()
            if not batch:
                break
            delivered += self._hand_over(leases.let_through(batch))
        return delivered

    def _reach(self) -> bool:
        if self.server is None:
            return True
        try:
            self.server.reach()
        except Unreachable:
            self._rest()
            return False
        return True

    def _rest(self) -> None:
        """Leave the server alone for a while that grows."""
        self._failures += 1
        self._rests_until = clock.now() + min(pause(self._failures), LONGEST_REST)

    def _hand_over(self, batch: Sequence[AnyRow]) -> int:
        """Send a batch, as far as it goes; gives how many went."""
        if self.server is None:
            leases.keep(batch)
            return len(batch)
        sent = 0
        outcome: Outcome | None = None
        for place, mail in enumerate(batch):
            begun, outcome = leases.begin(outcome, mail), None
            if begun == GONE:
                continue
            if begun != WAITS:
                outcome = self._send(self.server, mail)
                sent += outcome.sent_at is not None
            if begun == WAITS or self.resting():
                leases.finish(outcome)
                leases.put_back(batch[place + (begun != WAITS) :])
                return sent
        leases.finish(outcome)
        return sent

    def _send(self, server: Sender, mail: AnyRow) -> Outcome:
        """Send one letter; gives what became of it."""
        try:
            server.send(message(mail, self.sender, self.host))
        except Unreachable as error:  # nothing was handed over: that was no attempt
            self._rest()
            before = {"due_at": mail.due_at, "attempts": mail.attempts, "begun_at": None}
            return Outcome(mail, values=before | {"last_error": _said(error, mail)})
        except (RefusedForGood, ValueError) as error:  # a ValueError: it cannot even be written
            outcome = Outcome(mail, values=_given_up(mail, _said(error, mail)))
            if isinstance(error, AddressRefusedForGood):
                if _was_the_last(mail):
                    outcome.values |= ALL_GOES
                outcome.refused = AddressRefused(mail.to_address, _said(error, mail))
        except OSError as error:  # smtplib's exceptions are OSErrors, too
            outcome = Outcome(mail, values=_again(mail, error))
            if timed_out(error):
                self._rest()
                return outcome
        else:
            outcome = Outcome(mail, sent_at=clock.now())
        self._failures, self._rests_until = 0, None
        return outcome


def _again(mail: AnyRow, error: OSError) -> dict[str, Any]:
    if mail.attempts + 1 >= MOST_ATTEMPTS:
        return _given_up(mail, _said(error, mail))
    due_at = clock.now() + pause(mail.attempts + 1)
    return {"due_at": due_at, "last_error": _said(error, mail)}


def _given_up(mail: AnyRow, said: str) -> dict[str, Any]:
    """Its words go, unless they are as good later."""
    over = {"failed_at": clock.now(), "due_at": None, "last_error": said}
    return over if mail.lasting else over | WORDS_GO


def _was_the_last(mail: AnyRow) -> bool:
    """Whether it may have been the last word to somebody whose account is gone."""
    declared = kinds.KINDS.get(mail.kind)
    return mail.person_id is None and declared is not None and declared.parting


def _said(error: Exception, mail: AnyRow) -> str:
    """The server's words, without the address that many servers repeat: staff read them."""
    said, address = str(error) or type(error).__name__, mail.to_address.casefold()
    at = said.casefold().find(address)
    while at >= 0:
        said = f"{said[:at]}…{said[at + len(address) :]}"
        at = said.casefold().find(address)
    return said[:200]


def pause(attempts: int) -> timedelta:
    """How long to wait after so many attempts: 10 seconds, doubling, at most six hours."""
    return min(timedelta(seconds=10 * 2 ** min(attempts - 1, 20)), timedelta(hours=6))
