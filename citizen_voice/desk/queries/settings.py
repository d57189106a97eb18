"""Whose bank holidays count, and until when they are known."""

from datetime import date, timedelta

from sqlalchemy import literal, select, true
from sqlalchemy.orm import aliased

from citizen_voice import bank_holidays
from citizen_voice.bank_holidays import ENGLAND_AND_WALES, Holidays
from citizen_voice.db import rows
from citizen_voice.desk.models import BankHoliday, DeskSettings

HORIZON = timedelta(days=100)
"""What comes today can be due three months from now, and some days more."""

_one = select(literal(1).label("one")).subquery("one")
_settled = aliased(DeskSettings)
_both = (
    select(_settled.nation, BankHoliday.day, BankHoliday.name)
    .select_from(_one)
    .outerjoin(_settled, true())
    .outerjoin(BankHoliday, BankHoliday.nation == _settled.nation)
)
_nation = select(DeskSettings.nation)


def nation() -> str:
    """The council’s nation: England and Wales where nobody has said otherwise."""
    found = rows(_nation)
    return found[0].nation if found else ENGLAND_AND_WALES


def holidays() -> Holidays:
    """The bank holidays that count here, in one statement."""
    found = rows(_both)
    here = found[0].nation or ENGLAND_AND_WALES
    newer = {row.day: row.name for row in found if row.day is not None}
    return bank_holidays.of(here).with_days(newer)


def runs_out(today: date, known: Holidays | None = None) -> date | None:
    """The last day that the data knows, where a due day can already lie beyond it."""
    known = known or holidays()
    return known.last if today + HORIZON > known.last else None
