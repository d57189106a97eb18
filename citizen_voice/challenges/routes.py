"""Challenges: the list, and one with its promise and its ideas."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from flask import Blueprint, Response, g, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from citizen_voice import clock
from citizen_voice.answers import queries as answers
from citizen_voice.challenges import calendar, queries
from citizen_voice.challenges.cards import ChallengeCard
from citizen_voice.challenges.models import OPEN
from citizen_voice.db import AnyRow
from citizen_voice.ideas import queries as ideas
from citizen_voice.ideas.lists import Listing, from_the_top
from citizen_voice.ideas.ordering import Reshuffled
from citizen_voice.ideas.routes import reader_id
from citizen_voice.pilots.cards import TrialCard
from citizen_voice.pilots.queries import trials as pilots
from citizen_voice.replies import queries as replies
from citizen_voice.replies.cards import NewestReply
from citizen_voice.web import qr
from citizen_voice.web.access import SAFE_METHODS, everyone
from citizen_voice.web.filters import say
from citizen_voice.web.htmx import go, page, target
from citizen_voice.web.sharing import permanent
from citizen_voice.words import _

bp = Blueprint("challenges", __name__)


@bp.app_errorhandler(queries.Renamed)
def to_its_new_address(renamed: queries.Renamed) -> ResponseReturnValue:
    """Any page under a former slug is found under the slug of now; a form is sent on whole."""
    arguments = (request.view_args or {}) | {"slug": renamed.slug}
    address = url_for(str(request.endpoint), **arguments)
    query = request.query_string.decode("utf-8", "replace")
    code = 302 if request.method in SAFE_METHODS else 307
    return redirect(f"{address}?{query}" if query else address, code)


def cards(rows: Sequence[AnyRow], totals: Mapping[int, ideas.Totals]) -> list[ChallengeCard]:
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
    standing = replies.standing(row.id)
    return page(
        "challenges/detail.html",
        block=block,
        shown=(tuple(row), standing, listing.shown),
        challenge=challenge,
        totals=standing.totals,
        newest=[NewestReply(each) for each in standing.newest],
        trials=[TrialCard(each) for each in pilots.of_challenge(row.id)],
        listing=listing,
        lively=listing.lively,
    )


@bp.get("/challenges/<slug>/closing.ics")
@everyone
def closing(slug: str) -> Response:
    """The closing day, for calendars."""
    row = queries.published(slug)
    address = permanent(url_for("challenges.detail", slug=slug))
    question = say(row, "question").text
    entry = calendar.closing_day(
        uid=f"challenge-{row.id}-closes@{urlsplit(address).hostname}",
        day=row.closes_on,
        now=clock.now(),
        summary=str(_("Last day: %(question)s", question=question)),
        description=f"{_('You can suggest ideas and answer until midnight.')}\n{address}",
        url=address,
    )
    response = make_response(entry)
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}.ics"'
    return response


@bp.get("/challenges/<slug>/qr.svg")
@everyone
def qr_code(slug: str) -> Response:
    """The QR code of a challenge's address."""
    queries.published(slug)
    return qr.picture(permanent(url_for("challenges.detail", slug=slug)))
