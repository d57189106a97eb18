"""What a screen of the registers asks, described once for its form, page, table and history."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from citizen_voice.errors import Refusal
from citizen_voice.records.models import Changes
from citizen_voice.web.filters import day_and_time, long_date, number
from citizen_voice.words import _

WORDS_LONGEST = 4_000
LINE_LONGEST = 120
MOST = 2**31 - 1

Values = Mapping[str, Any]


class Kind(StrEnum):
    """What a field holds: a text, a list of keys, one key, a number, a day or a moment."""

    LINE = "line"
    WORDS = "words"
    DAY = "day"
    MOMENT = "moment"
    NUMBER = "number"
    ONE = "one"
    MANY = "many"


@dataclass(frozen=True, slots=True)
class Field:
    """A column that somebody fills in.

    ``missing`` is said where it is needed and empty; ``offer`` has the keys of ``ONE`` and
    ``MANY`` with their words.
    """

    name: str
    label: Any
    kind: Kind = Kind.WORDS
    hint: Any = ""
    missing: Any = None
    longest: int = 0
    offer: Mapping[str, Any] = field(default_factory=dict)

    @property
    def most(self) -> int:
        """How many letters it may have."""
        return self.longest or (LINE_LONGEST if self.kind is Kind.LINE else WORDS_LONGEST)


def check(fields: Iterable[Field], values: Values) -> None:
    """Refuse what cannot stand in a column. Raises ``Refusal`` at the first such field."""
    for each in fields:
        words = wrong(each, values[each.name])
        if words is not None:
            raise Refusal(words, field=each.name)


def wrong(asked: Field, value: Any) -> Any:
    """What is wrong with a value, as a sentence; ``None`` where nothing is."""
    if asked.missing is not None and value in (None, "", []):
        return asked.missing
    if isinstance(value, str) and asked.kind is not Kind.ONE and len(value) > asked.most:
        return _("Make this %(longest)s letters or shorter.", longest=asked.most)
    if asked.kind is Kind.ONE and value and value not in asked.offer:
        return _("Choose one from the list.")
    if asked.kind is Kind.MANY and not set(value) <= set(asked.offer):
        return _("Choose from the list.")
    if asked.kind is Kind.NUMBER and value is not None and not 0 <= value <= MOST:
        return _("Give a number that can be.")
    return None


def told(asked: Field, value: Any) -> str:
    """A value as a reader sees it, in their language; empty for nothing."""
    if value in (None, "", []):
        return ""
    if asked.kind is Kind.MANY:
        return "; ".join(str(asked.offer.get(key, key)) for key in value)
    if asked.kind is Kind.ONE:
        return str(asked.offer.get(value, value))
    if asked.kind is Kind.DAY:
        return long_date(value)
    if asked.kind is Kind.MOMENT:
        return day_and_time(value)
    return number(value) if asked.kind is Kind.NUMBER else str(value)


def put(row: Any, fields: Iterable[Field], values: Values) -> Changes:
    """Set a row's columns; gives what changed."""
    changes: Changes = {}
    for each in fields:
        before, after = getattr(row, each.name), values[each.name]
        if before != after:
            changes[each.name] = [_plain(before), _plain(after)]
            setattr(row, each.name, after)
    return changes


def plain(row: Any, fields: Iterable[Field]) -> Changes:
    """What a new row says, as a change from nothing."""
    found = {each.name: _plain(getattr(row, each.name)) for each in fields}
    return {name: ["", value] for name, value in found.items() if value}


def _plain(value: Any) -> str:
    """A value as the history keeps it."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, list):
        return ", ".join(value)
    return "" if value is None else str(value)
