"""From which age people take part: a rule a feature, each from a day on (UK GDPR Art 8).

Of young people the site knows that they are one, and when they joined; never a birthday. So what
they are at least is the age that was asked for on that day, and the whole years since. Whoever may
be younger than a feature asks for is refused there, kindly.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.accounts.models import TEEN, AgeRule, Person
from citizen_voice.db import AnyRow, db, rows
from citizen_voice.errors import NotAllowed, NotHere, Refusal
from citizen_voice.journal import services as journal
from citizen_voice.kept import kept_by
from citizen_voice.site import queries as site_rows
from citizen_voice.site import services as site
from citizen_voice.words import _

FIRST = 13
"""The minimum of a feature that has no rule yet (Data Protection Act 2018 s.9)."""
AGES = range(13, 19)
OF_AGE = 18
TAKING_PART, COMMENTS = "taking-part", "comments"


class TooYoung(NotAllowed):
    """They may be younger than the feature asks for; the words say what they can do."""


@dataclass(frozen=True, slots=True)
class Feature:
    """What an age is asked for: its name, and what the younger are told."""

    name: Any
    refused: Any


FEATURES: Mapping[str, Feature] = {
    TAKING_PART: Feature(
        _("Taking part: an account, ideas and answers"),
        _(
            "You need to be %(age)s or older to take part now. You can read everything. A parent,"
            " carer or teacher can send your idea for you."
        ),
    ),
    COMMENTS: Feature(
        _("Comments"),
        _(
            "You need to be %(age)s or older to comment. You can read what others say, answer, and"
            " suggest ideas of your own."
        ),
    ),
}
"""By the key that rules name them by. What takes a consent is for adults alone (``consent``)."""

_rules = (
    select(AgeRule.feature, AgeRule.minimum, AgeRule.effective_from, AgeRule.set_at)
    .where(AgeRule.taken_back_at.is_(None))
    .order_by(AgeRule.effective_from)
)
_setter = Person.__table__.alias("setter")
_history = (
    select(*AgeRule.__table__.columns, _setter.c.display_name.label("name"))
    .outerjoin(_setter, _setter.c.id == AgeRule.set_by)
    .order_by(AgeRule.effective_from.desc(), AgeRule.id.desc())
)


@kept_by(site_rows.revision)
def _in_place() -> Sequence[AnyRow]:
    return rows(_rules)


def minimum(feature: str, day: date | None = None) -> int:
    """The age that a feature asks for, today or on another day."""
    day = day or clock.today()
    found = [
        each.minimum
        for each in _in_place()
        if each.feature == feature and each.effective_from <= day
    ]
    return found[-1] if found else FIRST


def history() -> Sequence[AnyRow]:
    """All rules, the newest day first, with the ``name`` of who set each; taken-back ones, too."""
    return db.session.execute(_history).all()


def at_least(age_band: str | None, joined_at: datetime, day: date) -> int:
    """How old somebody is at the least on a day: ``OF_AGE`` for everybody who is no teen."""
    if age_band != TEEN:
        return OF_AGE
    joined = joined_at.astimezone(clock.LONDON).date()
    asked = [
        each.minimum
        for each in _in_place()
        if each.feature == TAKING_PART
        and each.effective_from <= joined
        and each.set_at <= joined_at  # later on the same day others were asked
    ]
    years = day.year - joined.year - ((day.month, day.day) < (joined.month, joined.day))
    return min((asked[-1] if asked else FIRST) + max(years, 0), OF_AGE)


def refuse_too_young(age_band: str | None, joined_at: datetime, feature: str) -> None:
    """Raise ``TooYoung`` where somebody may be younger than a feature asks for."""
    if age_band != TEEN:
        return
    asked = minimum(feature)
    if at_least(age_band, joined_at, clock.today()) < asked:
        raise TooYoung(FEATURES[feature].refused % {"age": asked})


def set_rule(feature: str, age: int, effective_from: date, *, actor: UUID | None) -> None:
    """Have a feature ask for an age from a day on: today, or one to come. Raises ``Refusal``."""
    if feature not in FEATURES:
        raise Refusal(_("Choose what the age is for."), field="feature")
    if age not in AGES:
        raise Refusal(_("Choose an age from 13 to 18."), field="minimum")
    if effective_from < clock.today():
        raise Refusal(_("That day is over. Choose today or a later day."), field="effective_from")
    site_rows.locked()  # two may set one at once
    taken = select(AgeRule.id).where(
        AgeRule.feature == feature,
        AgeRule.effective_from == effective_from,
        AgeRule.taken_back_at.is_(None),
    )
    if db.session.execute(taken).first() is not None:
        raise Refusal(_("There is a rule from that day already."), field="effective_from")
    db.session.add(
        AgeRule(
            feature=feature,
            minimum=age,
            effective_from=effective_from,
            set_by=actor,
            set_at=clock.now(),
        )
    )
    _note("minimum age set", feature, age, effective_from, actor)


def take_back(rule_id: int, *, actor: UUID | None) -> None:
    """Have a rule whose day has not come never count. Raises ``NotHere``, ``Refusal``."""
    site_rows.locked()
    rule = db.session.get(AgeRule, rule_id, populate_existing=True)
    if rule is None or rule.taken_back_at is not None:
        raise NotHere
    if rule.effective_from <= clock.today():
        raise Refusal(_("This rule counts already. Set another one from a later day instead."))
    rule.taken_back_by, rule.taken_back_at = actor, clock.now()
    _note("minimum age taken back", rule.feature, rule.minimum, rule.effective_from, actor)


def _note(act: str, feature: str, age: int, day: date, actor: UUID | None) -> None:
    site.change()
    journal.append(
        act, actor=actor, subject=f"age: {feature}", detail=f"{age} from {day.isoformat()}"
    )
