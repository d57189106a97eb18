"""What the council asks, tries and did: challenges, pilots, changes."""

from flask import Response

from citizen_voice import clock
from citizen_voice.api import pilot_schemas, queries, schemas, shown, shown_pilots
from citizen_voice.api.addresses import CHALLENGE_, CHALLENGES, CHANGES, PILOT, PILOTS, READINGS
from citizen_voice.api.answering import answer, asked, first_page, lead_to, next_page
from citizen_voice.api.routes.blueprint import bp
from citizen_voice.api.routes.ideas import of_challenge
from citizen_voice.challenges import queries as challenges
from citizen_voice.challenges.cards import ChallengeCard
from citizen_voice.challenges.routes import cards
from citizen_voice.errors import NotHere
from citizen_voice.ideas import queries as ideas
from citizen_voice.ideas.queries.choices import names
from citizen_voice.pilots.queries import public, trials
from citizen_voice.pilots.queries.changed import changed
from citizen_voice.pilots.refs import pilot_number
from citizen_voice.web.openly import openly


@bp.get("/challenges", endpoint="challenges")
@openly
def list_challenges() -> Response:
    """All challenges."""
    asked(CHALLENGES)
    found = challenges.overview()
    rows = [*found.open, *found.upcoming, *found.closed]
    totals = ideas.totals_by_challenge()

    def make() -> schemas.ChallengeList:
        listed = cards(rows, totals)
        return schemas.ChallengeList(challenges=[shown.challenge_in_list(each) for each in listed])

    return answer(make, [tuple(row) for row in rows], [totals.get(row.id) for row in rows])


@bp.get("/challenges/<slug>", endpoint="challenge")
@openly
def one_challenge(slug: str) -> Response:
    """One challenge."""
    asked(CHALLENGE_)
    try:
        row = challenges.published(slug)
    except challenges.Renamed as renamed:
        return lead_to(shown.address("api.challenge", slug=renamed.slug))
    totals = ideas.totals(row.id)
    topics = [each for each in names().topics.values() if each.challenge_id == row.id]
    card = ChallengeCard(row, ideas=totals.ideas, answers=totals.answers)
    return answer(lambda: shown.challenge(card, topics), tuple(row), totals)


@bp.get("/pilots", endpoint="pilots")
@openly
def list_pilots() -> Response:
    """All pilots."""
    asked(PILOTS)
    found = trials.everything()

    def make() -> pilot_schemas.PilotList:
        return pilot_schemas.PilotList(pilots=[shown_pilots.pilot_in_list(each) for each in found])

    return answer(make, found)


@bp.get("/pilots/<pilot_ref>", endpoint="pilot")
@openly
def one_pilot(pilot_ref: str) -> Response:
    """One pilot."""
    asked(PILOT)
    whole = public.whole(pilot_number(pilot_ref), with_readings=False)
    return answer(lambda: shown_pilots.pilot(whole), whole.facts)


@bp.get("/pilots/<pilot_ref>/readings", endpoint="readings")
@openly
def list_readings(pilot_ref: str) -> Response:
    """A page of what was measured in a pilot."""
    wanted = asked(READINGS)
    number = pilot_number(pilot_ref)
    if trials.one(number) is None:
        raise NotHere
    found = queries.readings(number, after=wanted["after"], limit=wanted["limit"])
    next_ = next_page(READINGS, found.after, pilot_ref=pilot_ref)
    links = {"next": next_, "first": first_page(READINGS, pilot_ref=pilot_ref)}
    rows = [tuple(row) for row in found.rows]
    return answer(lambda: shown_pilots.readings(found.rows, next_), rows, next_, links=links)


@bp.get("/changes", endpoint="changes")
@openly
def list_changes() -> Response:
    """What changed."""
    try:
        challenge_id = queries.challenge_id(asked(CHANGES)["challenge"])
    except challenges.Renamed as renamed:
        return lead_to(of_challenge(CHANGES, renamed.slug))
    found = changed(challenge_id, clock.today())
    return answer(lambda: shown_pilots.changes(found), found.facts)
