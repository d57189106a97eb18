"""One request, with everything that belongs to it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, select

from citizen_voice.accounts.models import Person
from citizen_voice.db import AnyRow, rows
from citizen_voice.desk import receipts
from citizen_voice.desk.models import (
    Restriction,
    RightsEvent,
    RightsLetter,
    RightsPause,
    RightsRequest,
)
from citizen_voice.errors import NotHere

_R = RightsRequest
_columns = [column for column in _R.__table__.columns if column.name != "email"]
_request = select(
    *_columns,
    _R.email.is_not(None).label("has_email"),
    Person.email.is_not(None).label("has_account"),
    Person.display_name.label("account_name"),
).outerjoin(Person, Person.id == _R.person_id)
_pauses = (
    select(*RightsPause.__table__.columns)
    .where(RightsPause.request_id == bindparam("key"))
    .order_by(RightsPause.id)
)
_events = (
    select(*RightsEvent.__table__.columns)
    .where(RightsEvent.request_id == bindparam("key"))
    .order_by(RightsEvent.id)
)
_letters = (
    select(*RightsLetter.__table__.columns)
    .where(RightsLetter.request_id == bindparam("key"))
    .order_by(RightsLetter.id)
)
_restriction = (
    select(Restriction.since, Restriction.until)
    .where(Restriction.request_id == bindparam("key"))
    .order_by(Restriction.id.desc())
    .limit(1)
)
_by_receipt = select(_R.id).where(_R.receipt_hash == bindparam("hashed"))
_one = _request.where(_R.id == bindparam("key"))


def one(request_id: int) -> AnyRow:
    """A request without its e-mail address, which is a look of its own; raises ``NotHere``."""
    found = rows(_one, {"key": request_id})
    if not found:
        raise NotHere
    return found[0]


def by_receipt(text: str) -> AnyRow:
    """The request with this receipt, as typed; raises ``NotHere``."""
    receipt = receipts.read(text)
    if receipt is None:
        raise NotHere
    found = rows(_by_receipt, {"hashed": receipts.hashed(receipt)})
    if not found:
        raise NotHere
    return one(found[0].id)


def pauses_of(request_id: int) -> Sequence[AnyRow]:
    """What had to be clarified."""
    return rows(_pauses, {"key": request_id})


def events_of(request_id: int) -> Sequence[AnyRow]:
    """Its timeline, the first step first."""
    return rows(_events, {"key": request_id})


def letters_of(request_id: int) -> Sequence[AnyRow]:
    """Its letters, the first one first."""
    return rows(_letters, {"key": request_id})


def letter(request_id: int, letter_id: int) -> AnyRow:
    """A letter of a request; raises ``NotHere``."""
    found = [row for row in letters_of(request_id) if row.id == letter_id]
    if not found:
        raise NotHere
    return found[0]


def restriction_of(request_id: int) -> AnyRow | None:
    """What was hidden for it last: since when, until when."""
    return next(iter(rows(_restriction, {"key": request_id})), None)


def address_of(asked: Any) -> str | None:
    """Where to write to: the address that was given, or the account’s."""
    if asked.email is not None or asked.person_id is None:
        email: str | None = asked.email
        return email
    found = rows(select(Person.email).where(Person.id == asked.person_id))
    return found[0].email if found else None
