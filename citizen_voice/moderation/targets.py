"""Within how long things are looked at: a kind of case, a category of report.

The defaults follow the Online Safety Act's duty to act swiftly, the 48 hours in which intimate
images are taken down, and the 48-hour steps of the Defamation (Operators of Websites) Regulations
2013, reg. 2 and Schedule.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from citizen_voice.db import db
from citizen_voice.moderation.models import (
    ADVICE,
    CONTACTS,
    EDIT_WAITS,
    EDITED_AFTER_SUPPORT,
    GRAVE,
    HELD,
    LINKS,
    ORDINARY,
    REPEATED,
    SURGE,
    WORDS,
    Target,
)
from citizen_voice.words import _


@dataclass(frozen=True, slots=True)
class Category:
    """What somebody may report a thing for: its key, its words, its target and urgency."""

    key: str
    words: Any
    hours: int
    urgency: int = ORDINARY


CATEGORIES = {
    each.key: each
    for each in (
        Category("intimate", _("Intimate pictures of somebody"), 48, GRAVE),
        Category("illegal", _("Something illegal"), 24, GRAVE),
        Category("threat", _("A threat, or somebody is in danger"), 24, GRAVE),
        Category("defamation", _("Something untrue that harms somebody’s name"), 48),
        Category("personal", _("Somebody’s private details"), 24),
        Category("hate", _("Hate against a group of people"), 24),
        Category("abuse", _("Insults or bullying"), 24),
        Category("spam", _("Advertising, or the same again and again"), 72),
        Category("other", _("Something else that breaks the rules"), 72),
    )
}
KINDS = {
    HELD: (24, ORDINARY),
    EDIT_WAITS: (24, ORDINARY),
    EDITED_AFTER_SUPPORT: (72, ORDINARY),
    LINKS: (72, ADVICE),
    CONTACTS: (72, ADVICE),
    REPEATED: (72, ADVICE),
    WORDS: (72, ADVICE),
    SURGE: (72, ADVICE),
}
"""Kinds of case but for reports, whose categories have their own: hours and urgency."""


def due_within(kind: str) -> timedelta:
    """How long a kind of case or a category of report may wait."""
    hours = db.session.scalars(select(Target.hours).where(Target.kind == kind)).one_or_none()
    if hours is None:
        hours = CATEGORIES[kind].hours if kind in CATEGORIES else KINDS[kind][0]
    return timedelta(hours=hours)


def urgency_of(kind: str) -> int:
    """How urgent a kind of case or a category of report is: 0 goes first."""
    return CATEGORIES[kind].urgency if kind in CATEGORIES else KINDS[kind][1]
