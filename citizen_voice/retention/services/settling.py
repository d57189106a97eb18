"""What the officer sets of a rule: how long, how long before it somebody is told, and whether."""

from uuid import UUID

from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.accounts import standstill
from citizen_voice.db import db
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.journal import services as journal
from citizen_voice.keeping import RULES, Period, RetentionRule, Rule
from citizen_voice.retention.models import RetentionChange
from citizen_voice.words import _

LEAST_WARNING, MOST_WARNING = 14, 180
REASON_LONGEST = 500


def settle(
    key: str, *, number: int, warn: int, active: bool, reason: str, actor: UUID | None
) -> None:
    """Set a rule, inside the caller's transaction; a run that is under way stops before it.

    Raises ``NotHere`` for a rule that nobody can set, and ``Refusal`` where it goes beyond what it
    may, or lacks a reason: to keep something longer than by default, or for ever.
    """
    rule = RULES.get(key)
    if rule is None or rule.fixed:
        raise NotHere
    period = Period(number, rule.period.unit)
    _require_allowed(rule, period)
    if rule.warn and not LEAST_WARNING <= warn <= MOST_WARNING:
        words = _("Write a number of days from %(least)s to %(most)s.")
        values = {"least": LEAST_WARNING, "most": MOST_WARNING}
        raise Refusal(words % values, field="warn")
    if not active and rule.law is not None:
        raise Refusal(_("The law does not let us keep this for ever."), field="active")
    longer = period.days > rule.period.days or not active
    if longer and not reason.strip():
        raise Refusal(_("Say why it is kept longer than by default."), field="reason")
    if len(reason) > REASON_LONGEST:
        raise Refusal(
            _("Say it in %(most)s characters at most.", most=REASON_LONGEST), field="reason"
        )
    standstill.call()  # no batch is under way from here on
    set_to = {
        "number": number,
        "warn": warn if rule.warn else 0,
        "active": active,
        "reason": reason.strip(),
        "changed_by": actor,
        "changed_at": clock.now(),
    }
    row = db.session.scalars(
        select(RetentionRule).where(RetentionRule.key == key).with_for_update()
    ).one_or_none()
    if row is None:
        db.session.add(RetentionRule(key=key, **set_to))
    else:
        for name, value in set_to.items():
            setattr(row, name, value)
    db.session.add(RetentionChange(rule=key, **set_to))
    journal.append("retention rule changed", actor=actor, subject=f"rule {key}", detail=reason)


def _require_allowed(rule: Rule, period: Period) -> None:
    """Raise ``Refusal`` for a period that is longer or shorter than a rule allows."""
    if period.number < 1:
        raise Refusal(_("Write a whole number from 1 on."), field="number")
    if rule.longest is not None and period.days > rule.longest.days:
        raise Refusal(
            _("This may be kept for %(most)s at most.", most=rule.longest), field="number"
        )
    if rule.too_short(period):
        raise Refusal(
            _("This has to be kept for %(least)s at least.", least=rule.least), field="number"
        )
