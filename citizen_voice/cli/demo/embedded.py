"""Pieces of the demonstration council in its other sites, and how often they were seen."""

import random
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.challenges.models import Challenge
from citizen_voice.db import db, write
from citizen_voice.pilots.models import Pilot
from citizen_voice.widgets import services
from citizen_voice.widgets.models import CHANGES, PILOT, WITHOUT
from citizen_voice.widgets.tallies import Refused, Seen

COLUMNS = ("accent", "radius", "scheme", "language", "return_address")
WITHOUT_FROM = 30
"""So many days were addresses without a widget of their own in use."""


def show(told: dict[str, Any], chance: random.Random, *, actor: UUID) -> None:
    """Have somebody make the widgets of some content, and others' pages show them since."""
    seen: Counter[Seen] = Counter()
    refused: dict[Refused, date] = {}

    def happened(widget: int, kind: str, told_of: dict[str, Any], days: int, end: str = "") -> None:
        for host, often in told_of[f"seen{end}"].items():
            for ago in range(days):
                day = clock.today() - timedelta(days=ago)
                views = round(often * chance.uniform(0.4, 1.5))
                seen[Seen(day, widget, kind, host)] += views
        for host, ago in told_of.get(f"refused{end}", {}).items():
            refused[Refused(widget, host)] = clock.today() - timedelta(days=ago)

    with write():
        services.settle_sites(None, told["sites"], actor=actor)
    for each in told["widgets"]:
        with clock.at(clock.now() - timedelta(days=each["days_ago"])), write():
            number = services.make(_wanted(each), each["sites"], actor=actor)
        happened(number, each["kind"], each, each["days_ago"])
    happened(WITHOUT, CHANGES, told, WITHOUT_FROM, "_without")
    services.note({key: views for key, views in seen.items() if views}, refused)


def _wanted(told: Mapping[str, Any]) -> services.Wanted:
    look = {name: told[name] for name in COLUMNS if name in told}
    return services.Wanted(name=told["name"], kind=told["kind"], **_subject(told), **look)


def _subject(told: Mapping[str, Any]) -> dict[str, Any]:
    if "about" not in told:
        return {}
    if told["kind"] == PILOT:
        return {"pilot_id": _key(select(Pilot.id).where(Pilot.title_en == told["about"]))}
    return {"challenge_id": _key(select(Challenge.id).where(Challenge.slug == told["about"]))}


def _key(statement: Any) -> int:
    return int(db.session.scalars(statement).one())
