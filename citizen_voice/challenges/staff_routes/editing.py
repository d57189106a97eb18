"""Making a challenge, and changing its words and rules."""

from typing import Any

from flask import Response, g, request, url_for
from flask_login import current_user

from citizen_voice.answers.ballots import answered
from citizen_voice.challenges import policies, queries, seen
from citizen_voice.challenges.services import acts
from citizen_voice.challenges.staff_routes.blueprint import bp
from citizen_voice.challenges.staff_routes.forms import ChallengeForm, beginning
from citizen_voice.challenges.staff_routes.lists import StaffCard
from citizen_voice.db import AnyRow, write
from citizen_voice.errors import Refusal
from citizen_voice.team.models import ADMINISTRATOR
from citizen_voice.web.access import role
from citizen_voice.web.htmx import go, page

PUBLISH = "_publish"
"""The button that goes on to publishing."""


@bp.route("/new", methods=["GET", "POST"])
@role(ADMINISTRATOR)
def new() -> Response:
    """Make a draft."""
    form = ChallengeForm(data=beginning())
    form.prune(welsh=g.site.welsh_on, published=False)
    form.complete = PUBLISH in request.form
    if form.validate_on_submit():
        try:
            with write():
                key = acts.make(form.values(), actor=current_user.id).id
            return _saved(key, "challenge-made")
        except Refusal as refusal:
            _refuse(form, refusal)
    return page("challenges/staff_edit.html", form=form, challenge=None)


@bp.route("/<int:challenge_id>/edit", methods=["GET", "POST"])
@role(ADMINISTRATOR)
def edit(challenge_id: int) -> Response:
    """Change a challenge; what somebody else changed meanwhile is shown, and nothing typed lost."""
    row = queries.for_staff(challenge_id)
    form = form_of(row)
    if form.validate_on_submit():
        try:
            with write():
                acts.edit(
                    row.id,
                    form.values(),
                    mark=form.seen.data or "",
                    actor=current_user.id,
                    answered=answered,
                )
            return _saved(row.id, "challenge-saved")
        except Refusal as refusal:
            _refuse(form, refusal)
    return shown(row, form)


def form_of(row: AnyRow) -> ChallengeForm:
    """The form of a challenge: what it is, or what was typed."""
    form = ChallengeForm(obj=row, seen=seen.mark(row))
    form.prune(welsh=g.site.welsh_on, published=row.published_at is not None)
    form.complete = PUBLISH in request.form or row.published_at is not None
    return form


def shown(row: AnyRow, form: ChallengeForm) -> Response:
    """The page with the form of a challenge."""
    return page("challenges/staff_edit.html", form=form, challenge=StaffCard(row))


def not_complete(row: AnyRow, refusal: policies.Incomplete) -> Response:
    """The form of a challenge that cannot be published yet, with what is missing at its fields."""
    form = form_of(row)
    _refuse(form, refusal)
    return shown(row, form)


def _refuse(form: ChallengeForm, refusal: Refusal) -> None:
    if isinstance(refusal, acts.ChangedMeanwhile):
        form.catch_up(refusal)
    elif isinstance(refusal, policies.Incomplete):
        form.say_missing(refusal.fields)
    else:
        form.refuse(refusal)


def _saved(key: int, done: str) -> Response:
    to: dict[str, Any] = {"challenge_id": key}
    if PUBLISH in request.form:
        return go(url_for("challenges_staff.act", challenge_act="publish", **to))
    return go(url_for("challenges_staff.detail", done=done, **to))
