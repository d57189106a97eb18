"""A pilot as its staff screens show it, and what the reader may do with it."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask_login import current_user

from citizen_voice import clock
from citizen_voice.db import AnyRow
from citizen_voice.errors import NotAllowed
from citizen_voice.ideas import working_days
from citizen_voice.pilots import policies
from citizen_voice.pilots.models import DECIDED
from citizen_voice.pilots.names import DECISION_NAMES, STAGE_NAMES
from citizen_voice.pilots.queries import desk
from citizen_voice.pilots.refs import pilot_number, pilot_ref
from citizen_voice.team.models import PILOT_OWNER
from citizen_voice.web.filters import Said, say
from citizen_voice.words import _

NO_NAME = _("No name yet")
USUAL_PAUSE = timedelta(days=28)


class Trial:
    """One pilot, for who is signed in."""

    def __init__(self, row: AnyRow) -> None:
        self.row: Any = row
        self.id: int = row.id
        self.ref = pilot_ref(row.id)
        self._me: UUID = current_user.id
        self._roles: frozenset[str] = current_user.roles

    def __getattr__(self, name: str) -> Any:
        return getattr(self.row, name)

    @property
    def title(self) -> Said:
        """What is tried."""
        return say(self.row, "title")

    @property
    def stage_words(self) -> str:
        """The stage."""
        return str(STAGE_NAMES[self.row.stage])

    @property
    def decided(self) -> bool:
        """Whether it is over."""
        return bool(self.row.stage == DECIDED)

    @property
    def decision_words(self) -> str:
        """What was decided, or is to be confirmed."""
        return str(DECISION_NAMES.get(self.row.decision, ""))

    @property
    def owner_name(self) -> str | None:
        """Who owns it; ``None`` while somebody is being looked for."""
        return _name(self.row.owner_id, self.row.owner)

    @property
    def deputy_name(self) -> str | None:
        """Who deputises, if anybody does."""
        return _name(self.row.deputy_id, self.row.deputy)

    @property
    def manager_name(self) -> str | None:
        """Who hears of a late word, if anybody does."""
        return _name(self.row.manager_id, self.row.manager)

    @property
    def late(self) -> bool:
        """Whether the day of the next word is over."""
        next_on: date | None = self.row.next_on
        return not self.decided and next_on is not None and next_on < clock.today()

    @property
    def over(self) -> bool:
        """Whether its last day is over, and nothing is decided."""
        ends_on: date = self.row.ends_on
        return not self.decided and ends_on < clock.today()

    @property
    def mine(self) -> bool:
        """Whether the reader owns it or deputises in it."""
        return policies.may_run(self.row, self._me)

    @property
    def runs(self) -> bool:
        """Whether the reader writes what it says: theirs, and they still own trials."""
        return self.mine and PILOT_OWNER in self._roles

    @property
    def assigns(self) -> bool:
        """Whether the reader says who owns it."""
        return policies.may_assign(self.row, self._me, self._roles)

    @property
    def links(self) -> bool:
        """Whether the reader says which ideas it tries."""
        return policies.may_link(self.row, self._me, self._roles)

    @property
    def starts(self) -> bool:
        """Whether the reader starts pilots, and so one that carries this on."""
        return not self._roles.isdisjoint(policies.STARTERS)

    @property
    def successor(self) -> str | None:
        """The pilot that carries this one on, adapted."""
        return None if self.row.successor_id is None else pilot_ref(self.row.successor_id)

    @property
    def cancels(self) -> bool:
        """Whether the reader may undo its start."""
        return policies.may_cancel(self.row, self._me, self._roles)

    @property
    def declares(self) -> bool:
        """Whether the reader is the responsible one."""
        return self.runs and policies.may_declare(self.row, self._me)

    @property
    def waits(self) -> bool:
        """Whether a decision waits to be confirmed."""
        return self.row.decision_id is not None and self.row.confirmed_at is None

    @property
    def confirms(self) -> bool:
        """Whether the reader may confirm it."""
        return self.waits and policies.may_confirm(self.row.declared_by, self._me, self._roles)


def opened(ref: str, *, to: str = "") -> Trial:
    """The pilot of an address.

    ``to`` is what the reader has to be able to do with it (``runs``, ``assigns``, ``links``,
    ``cancels``, ``declares``). Raises ``NotHere`` and ``NotAllowed``.
    """
    trial = Trial(desk.found(pilot_number(ref)))
    if to and not getattr(trial, to):
        raise NotAllowed(_("Only who runs this trial can do that."))
    return trial


def going_on(ref: str, *, to: str = "") -> Trial:
    """The same, of one that is not decided: after that nothing changes."""
    trial = opened(ref, to=to)
    if trial.decided:
        raise NotAllowed(_("This trial was decided, so it stays as it is."))
    return trial


def usual_day(last: date | None = None) -> date:
    """The day that a form begins with: a working day in four weeks, ``last`` at the latest."""
    day = clock.today() + USUAL_PAUSE
    if last is not None and clock.today() < last < day:
        day = last
    while not working_days.is_working_day(day):
        day += timedelta(days=1)
    return day


def _name(key: UUID | None, name: str | None) -> str | None:
    return None if key is None else name or str(NO_NAME)
