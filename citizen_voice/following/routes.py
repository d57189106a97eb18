"""Following an idea or a trial, or hearing of it no longer."""

from typing import Any

from flask import Blueprint, Response, request, url_for
from flask_login import current_user

from citizen_voice.answers import queries as answers
from citizen_voice.db import db, write
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.following import services
from citizen_voice.ideas import policies
from citizen_voice.ideas import queries as ideas
from citizen_voice.news import hearing
from citizen_voice.pilots.models import Pilot
from citizen_voice.pilots.refs import pilot_number
from citizen_voice.pilots.refs import pilot_ref as ref_of
from citizen_voice.web.access import described, members
from citizen_voice.web.filters import reference
from citizen_voice.web.htmx import go, page, wants_fragment
from citizen_voice.words import _

bp = Blueprint("following", __name__)

ON, OFF = "yes", "no"


def describe_idea(_form: Any, ref: str) -> str:
    """For the sign-in page."""
    row = ideas.shown(ref, answers.mine(None))
    if not policies.can_see(row, None):
        raise NotHere
    return str(_("Follow ‘%(title)s’", title=row.title))


def describe_pilot(_form: Any, pilot_ref: str) -> str:
    """For the sign-in page."""
    return str(_("Follow the trial %(ref)s", ref=ref_of(_pilot(pilot_ref).id)))


@bp.post("/ideas/<ref>/follow")
@members
@described(describe_idea)
def idea(ref: str) -> Response:
    """Hear of an idea, or no longer."""
    row = ideas.shown(ref, answers.mine(current_user.id))
    if not policies.can_see(row, current_user.id):
        raise NotHere
    on = _wished()
    with write():
        services.follow(current_user.id, idea_id=row.id, on=on)
    ref = reference(row.id)
    if not wants_fragment():
        return go(url_for("ideas.detail", ref=ref, done=_done(on=on), _anchor="follow"))
    hears = hearing.hears_of_idea(current_user.id, row.id)
    return _part(url_for("following.idea", ref=ref), hears=hears)


@bp.post("/pilots/<pilot_ref>/follow")
@members
@described(describe_pilot)
def pilot(pilot_ref: str) -> Response:
    """Hear of a trial, or no longer."""
    found = _pilot(pilot_ref)
    on = _wished()
    with write():
        services.follow(current_user.id, pilot_id=found.id, on=on)
    ref = ref_of(found.id)
    if not wants_fragment():
        return go(url_for("pilots.detail", pilot_ref=ref, done=_done(on=on), _anchor="follow"))
    hears = hearing.hears_of_pilot(current_user.id, found.id)
    return _part(url_for("following.pilot", pilot_ref=ref), hears=hears)


def _pilot(ref: str) -> Pilot:
    found = db.session.get(Pilot, pilot_number(ref))
    if found is None or found.cancelled_at is not None:
        raise NotHere
    return found


def _wished() -> bool:
    """What the form says; raises ``Refusal`` where it says neither."""
    wish = request.form.get("on", "")
    if wish not in (ON, OFF):
        raise Refusal(_("Choose whether you want to hear of this."))
    return wish == ON


def _done(*, on: bool) -> str:
    return "followed" if on else "stopped"


def _part(url: str, *, hears: bool) -> Response:
    return page("following/follow.html", block="follow", follow_url=url, hears=hears, pressed=True)
