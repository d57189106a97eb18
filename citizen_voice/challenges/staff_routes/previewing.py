"""A challenge's public page as it will look, from what is typed and from what is saved."""

from types import SimpleNamespace
from typing import Any

from flask import Response, request, url_for

from citizen_voice import clock
from citizen_voice.challenges import queries
from citizen_voice.challenges.cards import ChallengeCard
from citizen_voice.challenges.models import Challenge
from citizen_voice.challenges.services import SLUG
from citizen_voice.challenges.services.making import YEARS
from citizen_voice.challenges.staff_routes.blueprint import bp
from citizen_voice.challenges.staff_routes.forms import ChallengeForm
from citizen_voice.ideas import queries as ideas
from citizen_voice.team.models import ADMINISTRATOR
from citizen_voice.web import locale
from citizen_voice.web.access import role
from citizen_voice.web.forgery import FIELD
from citizen_voice.web.htmx import go, page

PLAIN = "preview"
"""Stands in addresses of the preview while the typed one cannot."""


@bp.route("/preview", methods=["GET", "POST"], defaults={"challenge_id": None})
@bp.route("/<int:challenge_id>/preview", methods=["GET", "POST"])
@role(ADMINISTRATOR)
def preview(challenge_id: int | None) -> Response:
    """The page as it will look. Nothing is saved."""
    if challenge_id is None and request.method != "POST":
        return go(url_for("challenges_staff.new"))
    stored = _nothing()
    if challenge_id is not None:
        row = queries.for_staff(challenge_id)
        stored = {name: getattr(row, name) for name in stored}
    if request.method == "POST":
        form = ChallengeForm()
        typed = {name: value for name, value in form.values().items() if name in request.form}
        stored |= typed
    shown = SimpleNamespace(**_fit(stored))
    further: dict[str, Any] = {"other_language": None} if request.method == "POST" else {}
    return page(
        "challenges/detail.html",
        challenge=ChallengeCard(shown),
        totals=ideas.totals(shown.id),
        listing=None,
        lively=[],
        preview=True,
        back=_back(challenge_id),
        other_address=locale.other_address(),
        typed=[pair for pair in request.form.items() if pair[0] != FIELD],
        **further,
    )


def _nothing() -> dict[str, Any]:
    """A challenge of which nothing is known."""
    names = (column.name for column in Challenge.__table__.columns)
    empty: dict[str, Any] = {name: "" if name.endswith(("_en", "_cy")) else None for name in names}
    return empty | {"id": 0}


def _fit(values: dict[str, Any]) -> dict[str, Any]:
    """Values that a page can show: today for days that are none, an address that can be."""
    days = {}
    for name in ("opens_on", "closes_on"):
        day = values[name]
        days[name] = day if day is not None and day.year in YEARS else clock.today()
    moments: dict[str, Any] = {}
    if values.get("published_at") is None:
        moments = {
            "opens_at": clock.start_of(days["opens_on"]),
            "closes_at": clock.end_of(days["closes_on"]),
        }
    slug = values["slug"] or ""
    return values | days | moments | {"slug": slug if SLUG.fullmatch(slug) else PLAIN}


def _back(challenge_id: int | None) -> str | None:
    """Where the preview of a saved challenge was opened; what is typed stands in another tab."""
    if request.method == "POST" or challenge_id is None:
        return None
    return url_for("challenges_staff.detail", challenge_id=challenge_id)
