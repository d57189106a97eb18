"""What the officer has set, and how every rule holds now."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup, escape
from sqlalchemy import ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from citizen_voice import register
from citizen_voice.db import Base, rows
from citizen_voice.keeping.periods import Period, Rule, Said
from citizen_voice.keeping.rules import RULES
from citizen_voice.keeping.without_end import KEPT
from citizen_voice.words import _


class RetentionRule(Base):
    """What the officer has set of a rule; without a row it holds as it is declared."""

    __tablename__ = "retention_rules"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int]
    warn: Mapped[int]
    active: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text, server_default="")
    changed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
    changed_at: Mapped[datetime]


_OFFICER = "the member of staff"
register.declare(
    "retention_rules",
    title=_("Your changes of how long data is kept"),
    of={_OFFICER: ("changed_by",)},
    plain=("key", "number", "warn", "active"),
    personal={
        name: register.Personal(
            "accountability", _OFFICER, label, register.Erase.KEEP, "shows who decided it, and why"
        )
        for name, label in (("changed_by", None), ("changed_at", "changed"), ("reason", "reason"))
    },
)


@dataclass(frozen=True, slots=True)
class Setting:
    """A rule as it holds now."""

    rule: Rule
    period: Period
    warn: int
    active: bool
    changed_at: datetime | None = None

    def __str__(self) -> str:
        return str(self.rule.say(self.period, self.warn))

    def __html__(self) -> Markup:
        return escape(str(self))


_set = select(*RetentionRule.__table__.columns)


def in_force() -> dict[str, Setting]:
    """Every rule as it holds now, in the order in which they are done; one statement."""
    found = {row.key: row for row in rows(_set)}
    settings = {}
    for key, rule in RULES.items():
        row = None if rule.fixed else found.get(key)
        if row is None:
            settings[key] = Setting(rule, rule.period, rule.warn, active=True)
        else:
            period = Period(row.number, rule.period.unit)
            if rule.least is not None and rule.too_short(period):  # set before it had a least
                period = rule.least
            settings[key] = Setting(rule, period, row.warn, row.active, row.changed_at)
    return settings


def rules_of(table: str) -> list[Rule]:
    """The rules that a table is kept by."""
    return [rule for rule in RULES.values() if table in rule.tables]


def sentence(table: str, settings: Mapping[str, Setting] | None = None) -> Said:
    """How long a table is kept, for a page: lazily translated, empty where nothing is said of it.

    ``settings`` are those of ``in_force``; without them it is as declared.
    """
    parts: list[Any] = [KEPT[table]] if table in KEPT else []
    for rule in rules_of(table):
        setting = None if settings is None else settings[rule.key]
        if setting is None:
            parts.append(rule.say())
        elif setting.active:
            parts.append(setting)
    return Said(tuple(parts))
