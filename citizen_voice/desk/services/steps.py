"""What every step of a request has in common: its row held, the clock reckoned, a line added."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.bank_holidays import Holidays
from citizen_voice.db import db
from citizen_voice.desk import queries
from citizen_voice.desk.clock import Facts, Pause, Reckoned, reckon
from citizen_voice.desk.models import (
    ACCESS,
    ASKED,
    GIVEN,
    NOT_NEEDED,
    RightsEvent,
    RightsPause,
    RightsRequest,
)
from citizen_voice.errors import Conflict, NotHere, Refusal
from citizen_voice.words import _

KNOWN = (NOT_NEEDED, GIVEN)
"""States of identity in which something of the person may be disclosed, changed or erased."""


def held(request_id: int, *, open_only: bool = True) -> RightsRequest:
    """A request, locked until the act’s end.

    Raises ``NotHere``, and ``Conflict`` where it is closed and ``open_only``.
    """
    found = db.session.scalars(
        select(RightsRequest).where(RightsRequest.id == request_id).with_for_update(),
        execution_options={"populate_existing": True},
    ).one_or_none()
    if found is None:
        raise NotHere
    if open_only and found.closed_at is not None:
        raise Conflict(_("This request is closed. Reopen it first."))
    return found


def require_known(asked: RightsRequest) -> None:
    """Raise ``Refusal`` while it is not known who asks: nothing of the person leaves or goes."""
    if asked.identity not in KNOWN:
        raise Refusal(
            _("It is not known yet who asks. Until then nothing is shown, changed or deleted.")
        )


def add(
    asked: RightsRequest,
    act: str,
    *,
    actor: UUID | None,
    words: str = "",
    day: date | None = None,
) -> None:
    """Add a line to a request’s timeline. ``day`` is when it happened, where that is not today."""
    db.session.add(
        RightsEvent(
            request_id=asked.id,
            act=act,
            words=words,
            day=day or clock.today(),
            at=clock.now(),
            actor_id=actor,
        )
    )


def reckoned(asked: Any, pauses: list[Any], holidays: Holidays) -> Reckoned:
    """What the clock says of a request (a row) and its pauses.

    They stop it for access requests alone (UK GDPR Art 12A(4)).
    """
    stops = asked.kind == ACCESS
    return reckon(
        Facts(
            received_on=asked.received_on,
            identity_asked=asked.identity == ASKED or asked.identity_on is not None,
            identity_on=None if asked.identity == ASKED else asked.identity_on,
            fee_asked=asked.fee_asked_on is not None,
            fee_paid_on=asked.fee_paid_on,
            pauses=tuple(Pause(each.asked_on, each.answered_on) for each in pauses if stops),
            extended=asked.extended_on is not None,
        ),
        holidays,
    )


def reckon_anew(asked: RightsRequest, holidays: Holidays | None = None) -> Reckoned:
    """Put what the clock says into a request’s row; gives it."""
    db.session.flush()
    said = reckoned(asked, pauses_of(asked.id), holidays or queries.holidays())
    asked.due_on, asked.due_sure, asked.target_on = said.due, said.sure, said.target
    return said


def pauses_of(request_id: int) -> list[RightsPause]:
    """What had to be clarified, in its order."""
    return list(
        db.session.scalars(
            select(RightsPause).where(RightsPause.request_id == request_id).order_by(RightsPause.id)
        )
    )


def not_ahead(day: date | None, *, since: date, field: str) -> date:
    """A day on which something happened: today where none is given.

    Raises ``Refusal`` for one that is still to come, or before ``since``.
    """
    today = clock.today()
    day = day or today
    if day > today:
        raise Refusal(_("Choose a day that is not still to come."), field=field)
    if day < since:
        raise Refusal(_("Choose a day that is not before that."), field=field)
    return day
