"""Widgets for tests, through the services."""

from itertools import count
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import func, select

from citizen_voice.db import db, write
from citizen_voice.pilots.models import Pilot
from citizen_voice.widgets import services, tallies
from citizen_voice.widgets.models import CHALLENGE, CHANGES, IDEA, PILOT, TOP, Widget
from citizen_voice.widgets.services import Wanted

SITE = "https://www.example.gov.uk"

_numbers = count(1)


def widget(kind: str = "changes", *, sites: tuple[str, ...] = (SITE,), **columns: Any) -> int:
    """A widget that ``SITE`` may show; gives its number. ``columns`` are those of ``Widget``."""
    actor = columns.pop("created_by", None)
    ended = columns.pop("ended", False)
    wanted = Wanted(**({"name": f"Widget {next(_numbers)}", "kind": kind} | columns))
    with write():
        key = services.make(wanted, sites, actor=actor)
        if ended:
            services.end(key, actor=actor)
    return key


def framed(idea_id: int, challenge_id: int, owner: UUID) -> tuple[int, ...]:
    """A widget of each kind, of somebody's, with views and a refused host; the last one is gone."""
    subjects: dict[str, dict[str, Any]] = {
        IDEA: {"idea_id": idea_id, "return_address": f"{SITE}/parks"},
        TOP: {"challenge_id": challenge_id, "accent": "#0b5a55"},
        CHALLENGE: {"challenge_id": challenge_id, "language": "cy"},
        PILOT: {"pilot_id": db.session.scalar(select(func.min(Pilot.id)))},
        CHANGES: {"ended": True},
    }
    made = tuple(widget(kind, created_by=owner, **columns) for kind, columns in subjects.items())
    allow(SITE)
    seen(made[0], times=3)
    refused(made[0])
    refused(None)
    return made


def seen(widget_id: int | None, host: str = "www.example.gov.uk", *, times: int = 1) -> None:
    """It was seen today, and that is written down."""
    for _time in range(times):
        tallies.saw(widget_id, IDEA, host, allowed=True)
    tallies.of(current_app).write()


def refused(widget_id: int | None, host: str = "parks.example.org") -> None:
    """A page of a host tried to show it today, and that is written down."""
    tallies.saw(widget_id, IDEA, host, allowed=False)
    tallies.of(current_app).write()


def allow(origin: str, widget_id: int | None = None) -> None:
    """Let a site show a widget; without one, what has none."""
    with write():
        services.allow(widget_id, origin.partition("://")[2], actor=None)


def stored(widget_id: int) -> Widget:
    """The row."""
    return db.session.get_one(Widget, widget_id, populate_existing=True)
