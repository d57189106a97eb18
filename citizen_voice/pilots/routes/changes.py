"""What changed: of the whole council, of one challenge, and a month of it on paper."""

import re
from datetime import date

from flask import Response

from citizen_voice import clock
from citizen_voice.challenges import queries as challenges
from citizen_voice.challenges.cards import ChallengeCard
from citizen_voice.db import AnyRow
from citizen_voice.errors import NotHere
from citizen_voice.pilots.becoming import Becoming
from citizen_voice.pilots.queries.changed import changed
from citizen_voice.pilots.routes.blueprint import bp
from citizen_voice.web.access import everyone
from citizen_voice.web.htmx import page

MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
EARLIEST = date(2000, 1, 1)


@bp.get("/changes")
@everyone
def changes() -> Response:
    """Everything that changed, by month."""
    found = changed(None, clock.today())
    return page("pilots/changes.html", shown=found.facts, challenge=None, becoming=Becoming(found))


@bp.get("/challenges/<slug>/changes")
@everyone
def of_challenge(slug: str) -> Response:
    """What became of the ideas of one challenge."""
    row = challenges.published(slug)
    found = changed(row.id, clock.today())
    return page(
        "pilots/changes.html",
        shown=(tuple(row), found.facts),
        challenge=ChallengeCard(row),
        becoming=Becoming(found),
    )


@bp.get("/changes/<month>")
@everyone
def month(month: str) -> Response:
    """One month of the whole council, to be printed."""
    return _printed(_month(month), None)


@bp.get("/challenges/<slug>/changes/<month>")
@everyone
def month_of_challenge(slug: str, month: str) -> Response:
    """One month of one challenge, to be printed."""
    return _printed(_month(month), challenges.published(slug))


def _printed(first: date, row: AnyRow | None) -> Response:
    found = changed(None if row is None else row.id, clock.today())
    return page(
        "pilots/month.html",
        shown=(row and tuple(row), found.facts),
        challenge=None if row is None else ChallengeCard(row),
        month=first,
        goes_on=first == clock.today().replace(day=1),
        figures=Becoming(found).of(first),
    )


def _month(text: str) -> date:
    """The first day of a month that has begun; raises ``NotHere``."""
    said = MONTH.fullmatch(text)
    try:
        first = date(int(said[1]), int(said[2]), 1) if said else date.max
    except ValueError:
        raise NotHere from None
    if not EARLIEST <= first <= clock.today():
        raise NotHere
    return first
