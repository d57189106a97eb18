"""Publishing, archiving, deleting, cancelling: each on a page that says first what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Response, g, url_for
from flask_login import current_user

from citizen_voice import clock
from citizen_voice.challenges import policies, queries
from citizen_voice.challenges.services import acts
from citizen_voice.challenges.staff_routes.blueprint import bp
from citizen_voice.challenges.staff_routes.editing import not_complete
from citizen_voice.challenges.staff_routes.forms import CancelForm
from citizen_voice.challenges.staff_routes.lists import WANTED, StaffCard
from citizen_voice.db import AnyRow, write
from citizen_voice.errors import Refusal
from citizen_voice.ideas import queries as ideas
from citizen_voice.team.models import ADMINISTRATOR
from citizen_voice.web.access import role
from citizen_voice.web.forms import Form
from citizen_voice.web.htmx import go, page
from citizen_voice.words import _


@dataclass(frozen=True, slots=True)
class Act:
    """What can be done with a challenge, and what its page says of it."""

    name: Any
    says: tuple[Any, ...]
    button: Any
    check: Callable[[Any, Any], None]
    run: Callable[..., Any]
    done: str
    danger: bool = False


ACTS = {
    "publish": Act(
        _("Publish this challenge"),
        (
            _("Everybody can read it from now on, on the list of challenges and at its address."),
            _("Ideas, answers and comments are taken from its first to its last day."),
            _("It can’t be deleted any more. You can change its words and days, or cancel it."),
        ),
        _("Publish"),
        policies.refuse_to_publish,
        acts.publish,
        "challenge-published",
    ),
    "archive": Act(
        _("Archive this challenge"),
        (
            _("It leaves the public lists of challenges."),
            _("Its page, its ideas and its replies stay readable at their addresses."),
            _("You can bring it back at any time."),
        ),
        _("Archive"),
        policies.refuse_to_archive,
        acts.archive,
        "challenge-archived",
    ),
    "restore": Act(
        _("Bring this challenge back from the archive"),
        (_("It stands on the public lists of challenges again, as it was."),),
        _("Bring it back"),
        policies.refuse_to_restore,
        acts.restore,
        "challenge-restored",
    ),
    "delete": Act(
        _("Delete this draft"),
        (
            _("The draft and its topics are gone for good. Nobody has seen it in public."),
            _("The journal keeps that it was deleted, and by whom."),
        ),
        _("Delete"),
        policies.refuse_to_delete,
        acts.delete,
        "challenge-deleted",
        danger=True,
    ),
}


@bp.route(
    "/<int:challenge_id>/<any(publish, archive, restore, delete):challenge_act>",
    methods=["GET", "POST"],
)
@role(ADMINISTRATOR)
def act(challenge_id: int, challenge_act: str) -> Response:
    """Do one of ``ACTS``, once its page has said what it does."""
    row, what, form = queries.for_staff(challenge_id), ACTS[challenge_act], Form()
    refusal = _refused(what.check, row)
    if form.validate_on_submit():
        try:
            with write():
                what.run(row.id, actor=current_user.id)
        except policies.Incomplete as incomplete:
            return not_complete(row, incomplete)
        except Refusal as refused:
            refusal = refused
        else:
            return go(_after(what, row))
    return page(
        "challenges/staff_act.html",
        status=200 if refusal is None or not form.is_submitted() else refusal.status,
        challenge=StaffCard(row),
        act=what,
        missing=policies.missing(row) if challenge_act == "publish" else [],
        wanted=WANTED,
        refused=refusal,
    )


@bp.route("/<int:challenge_id>/cancel", methods=["GET", "POST"])
@role(ADMINISTRATOR)
def cancel(challenge_id: int) -> Response:
    """End a challenge now, with a reason that everybody reads."""
    row, form = queries.for_staff(challenge_id), CancelForm()
    if not g.site.welsh_on:
        del form.why_cy
    refusal = _refused(policies.refuse_to_cancel, row)
    if form.validate_on_submit():
        try:
            with write():
                acts.cancel(
                    row.id,
                    why_en=form.why_en.data,
                    why_cy=form.why_cy.data if "why_cy" in form else "",
                    actor=current_user.id,
                )
        except Refusal as refused:
            form.refuse(refused)
        else:
            return go(_detail(row, "challenge-cancelled"))
    return page(
        "challenges/staff_cancel.html",
        challenge=StaffCard(row),
        form=form,
        totals=ideas.totals(row.id),
        refused=refusal,
    )


def _refused(check: Callable[[Any, Any], None], row: AnyRow) -> Refusal | None:
    try:
        check(row, clock.now())
    except Refusal as refusal:
        return refusal
    return None


def _after(what: Act, row: AnyRow) -> str:
    if what.run is acts.delete:
        return url_for("challenges_staff.index", done=what.done)
    return _detail(row, what.done)


def _detail(row: AnyRow, done: str) -> str:
    return url_for("challenges_staff.detail", challenge_id=row.id, done=done)
