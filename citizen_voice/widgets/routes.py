"""Pieces of the site inside other pages: by number as staff made them, or by what they are of.

An address of a widget is for ever: what is gone, hidden or taken away leaves a friendly sentence.
"""

from functools import cache

from flask import Response, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from citizen_voice.answers import queries as answers
from citizen_voice.challenges.queries import Renamed
from citizen_voice.errors import NotHere
from citizen_voice.ideas.models import HIDDEN
from citizen_voice.ideas.queries import number
from citizen_voice.merging import queries as merging
from citizen_voice.paths import STATIC
from citizen_voice.pilots.queries import trials
from citizen_voice.pilots.refs import pilot_number
from citizen_voice.replies import queries as replies
from citizen_voice.web.assets import without_comments
from citizen_voice.web.filters import reference, say
from citizen_voice.web.openly import openly
from citizen_voice.widgets import cards, frames, queries, routes_oembed, subjects
from citizen_voice.widgets.blueprint import bp
from citizen_voice.widgets.frames import Place, away
from citizen_voice.widgets.models import CHALLENGE, CHANGES, IDEA, PILOT, TOP

__all__ = ["bp", "routes_oembed"]


class Hidden(NotHere):
    """It was there, and nobody may read it now."""

    status = 410


@bp.get("/widgets/<int:widget_id>")
@openly
def widget(widget_id: int) -> Response:
    """A widget as staff made it, in its own language."""
    try:
        setup = queries.widget(widget_id)
    except NotHere:
        return frames.gone(frames.here(""), 404)
    place = frames.of(setup)
    with frames.in_language(setup.language):
        if setup.ended_at is not None:
            return frames.gone(place)
        try:
            return _shown(place, setup)
        except NotHere:
            return frames.gone(place)


@bp.get("/widgets/idea/<ref>")
@openly
def idea(ref: str) -> ResponseReturnValue:
    """One idea."""
    place = frames.here(IDEA)
    try:
        asked = number(ref)
        found = _of_idea(asked)
    except NotHere as refusal:
        return frames.gone(place, refusal.status)
    if found.id == asked:
        return _idea(place, found)
    there = url_for("widgets.idea", ref=found.ref)
    query = request.query_string.decode("utf-8", "replace")
    return redirect(f"{there}?{query}" if query else there, 302)


@bp.get("/widgets/challenge/<slug>")
@openly
def challenge(slug: str) -> Response:
    """A challenge with its first ideas."""
    return _of_slug(CHALLENGE, slug)


@bp.get("/widgets/top/<slug>")
@openly
def top(slug: str) -> Response:
    """The ideas of a challenge with the most supporters."""
    return _of_slug(TOP, slug)


@bp.get("/widgets/pilot/<pilot_ref>")
@openly
def pilot(pilot_ref: str) -> Response:
    """How a trial is going."""
    place = frames.here(PILOT)
    try:
        return _pilot(place, pilot_number(pilot_ref))
    except NotHere:
        return frames.gone(place, 404)


@bp.get("/widgets/changes")
@openly
def changes() -> Response:
    """The latest replies and decisions."""
    return _changes(frames.here(CHANGES), None)


@bp.get("/widgets/changes/<slug>")
@openly
def changes_of(slug: str) -> Response:
    """The latest replies and decisions in a challenge."""
    return _of_slug(CHANGES, slug)


@bp.get("/widgets/theme.css")
@openly
def theme() -> Response:
    """The colours and the corners of a frame, as its address says them."""
    return frames.stylesheet(frames.look_of(request.args))


@bp.get("/widgets/loader.js")
@openly
def loader() -> Response:
    """The script that puts frames where a page asks for them. Its name stays."""
    response = make_response(_loader())
    response.headers["Content-Type"] = "text/javascript; charset=utf-8"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@cache
def _loader() -> str:
    source = (STATIC / "widgets" / "loader.js").read_text(encoding="utf-8")
    return without_comments(source)


def _shown(place: Place, setup: queries.Setup) -> Response:
    """What a widget is of; raises ``NotHere`` where that is gone."""
    if setup.kind == CHANGES:
        return _changes(place, setup.challenge_id)
    if setup.kind == PILOT:
        return _pilot(place, setup.pilot_id)
    if setup.kind in (CHALLENGE, TOP):
        return _challenge(place, setup.challenge_id)
    return _idea(place, _of_idea(setup.idea_id))


def _of_slug(kind: str, slug: str) -> Response:
    """A frame of a challenge; a former address leads to the one of now (``challenges.routes``)."""
    place = frames.here(kind)
    shown = _changes if kind == CHANGES else _challenge
    try:
        return shown(place, subjects.challenge_id(slug))
    except Renamed:
        raise
    except NotHere:
        return frames.gone(place, 404)


def _of_idea(idea_id: int | None) -> cards.IdeaFrame:
    """An idea, or the one that it was joined with; raises ``NotHere``."""
    if idea_id is None:
        raise NotHere
    row = merging.shown(reference(idea_id), answers.mine(None), replies.BESIDE)
    found = cards.IdeaFrame(row)
    if not found.is_shown:
        raise Hidden if row.visibility == HIDDEN else NotHere
    return found


def _idea(place: Place, found: cards.IdeaFrame) -> Response:
    address = away("ideas.detail", ref=found.ref)
    return frames.show(place, "idea", shown=tuple(found.row), idea=found, address=address)


def _challenge(place: Place, challenge_id: int | None) -> Response:
    asked = None if challenge_id is None else subjects.asked(challenge_id)
    if asked is None:
        raise NotHere
    row, first = asked
    found = cards.ChallengeFrame(row, first)
    return frames.show(
        place,
        place.kind,
        shown=(tuple(row), tuple(map(tuple, first))),
        c=found,
        address=away("challenges.detail", slug=found.slug),
    )


def _pilot(place: Place, pilot_id: int | None) -> Response:
    trial = None if pilot_id is None else trials.one(pilot_id)
    if trial is None:
        raise NotHere
    parts = subjects.parts(trial.id)
    found = cards.PilotFrame(trial, parts)
    return frames.show(
        place,
        "pilot",
        shown=(trial, tuple(map(tuple, parts))),
        pilot=found,
        beginning=cards.BEGINNING,
        address=away("pilots.detail", pilot_ref=found.ref),
    )


def _changes(place: Place, challenge_id: int | None) -> Response:
    about, found = subjects.changes(challenge_id)
    if about is None:
        address = away("pilots.changes")
    else:
        address = away("pilots.of_challenge", slug=about.key)
    return frames.show(
        place,
        "changes",
        shown=(about and tuple(about), tuple(map(tuple, found))),
        question=about and say(about, "a"),
        changes=[cards.ChangeFrame(row) for row in found],
        address=address,
    )
