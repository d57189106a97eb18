"""Challenges: the list, and one with its promise and its ideas."""

from collections.abc import Sequence

from flask import Blueprint, Response, g, request, url_for

from citizen_voice.answers import queries as answers
from citizen_voice.challenges import queries
from citizen_voice.challenges.cards import ChallengeCard
from citizen_voice.challenges.models import OPEN
from citizen_voice.db import AnyRow
from citizen_voice.ideas import queries as ideas
from citizen_voice.ideas.lists import Listing, from_the_top
from citizen_voice.ideas.ordering import Reshuffled
from citizen_voice.ideas.routes import reader_id
from citizen_voice.web.access import everyone
from citizen_voice.web.htmx import go, page, target

bp = Blueprint("challenges", __name__)


def cards(rows: Sequence[AnyRow], totals: dict[int, ideas.Totals]) -> list[ChallengeCard]:
    """Challenges with their figures."""
    none = ideas.Totals(0, 0, 0, 0)
    found = ((row, totals.get(row.id, none)) for row in rows)
    return [ChallengeCard(row, ideas=sums.ideas, answers=sums.answers) for row, sums in found]


@bp.get("/challenges")
@everyone
def index() -> Response:
    """Every challenge: open, coming, closed."""
    overview, totals = queries.overview(), ideas.totals_by_challenge()
    return page(
        "challenges/index.html",
        open=cards(overview.open, totals),
        upcoming=cards(overview.upcoming, totals),
        closed=cards(overview.closed, totals),
    )


@bp.get("/challenges/<slug>")
@everyone
def detail(slug: str) -> Response:
    """One challenge: the question, the promise, the ideas."""
    row = queries.published(slug)
    challenge = ChallengeCard(row)
    block = "more" if target() == "more" else "listing"
    person_id = reader_id()
    try:
        listing = Listing(
            request.args,
            lambda **further: url_for("challenges.detail", slug=slug, **further),
            mine=answers.mine(person_id),
            offset=g.site.fair_offset,
            challenge_id=row.id,
            lively=challenge.state == OPEN
            and person_id is None
            and not request.args.get("order")
            and target() is None,
        )
    except Reshuffled:
        top = from_the_top(request.args)
        return go(url_for("challenges.detail", slug=slug, done="reshuffled", **top))
    totals = ideas.totals(row.id)
    return page(
        "challenges/detail.html",
        block=block,
        challenge=challenge,
        totals=totals,
        listing=listing,
        lively=listing.lively,
    )
