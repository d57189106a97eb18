"""Other days for a challenge: the page says what freezes and thaws before it happens."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

from flask import Response, url_for
from flask_login import current_user

from citizen_voice import clock
from citizen_voice.challenges import policies, queries
from citizen_voice.challenges.models import CLOSED, OPEN, UPCOMING, state
from citizen_voice.challenges.services import acts, making
from citizen_voice.challenges.staff_routes.blueprint import bp
from citizen_voice.challenges.staff_routes.forms import DaysForm
from citizen_voice.challenges.staff_routes.lists import StaffCard
from citizen_voice.db import AnyRow, write
from citizen_voice.errors import Refusal
from citizen_voice.team.models import ADMINISTRATOR
from citizen_voice.web.access import role
from citizen_voice.web.filters import long_date
from citizen_voice.web.htmx import go, page
from citizen_voice.words import _

EFFECTS = {
    (OPEN, OPEN): _("It stays open."),
    (OPEN, CLOSED): _(
        "It closes at once. No ideas, answers or comments are taken any more; what is there stays. "
        "If you open it again later, people can go on where they stopped."
    ),
    (OPEN, UPCOMING): _(
        "It stops at once, until its new first day. Until then no ideas, answers or comments are "
        "taken; what is there stays."
    ),
    (UPCOMING, UPCOMING): _("It is not open yet, and opens on its new first day."),
    (UPCOMING, OPEN): _("It opens at once: people can suggest ideas, answer and comment."),
    (UPCOMING, CLOSED): _("It is over at once, without having been open."),
    (CLOSED, CLOSED): _("It stays closed."),
    (CLOSED, OPEN): _(
        "It opens again at once: people can suggest ideas, answer and comment, and change the "
        "answers that they gave."
    ),
    (CLOSED, UPCOMING): _(
        "It opens again on its new first day. Until then no ideas, answers or comments are taken."
    ),
}
"""What other days do, by what it is and what it will be."""


@bp.route("/<int:challenge_id>/days", methods=["GET", "POST"], endpoint="days")
@role(ADMINISTRATOR)
def days(challenge_id: int) -> Response:
    """Move the first or the last day."""
    form = DaysForm()
    if form.validate_on_submit():
        return _moved(challenge_id, form, policies.refuse_to_reschedule, acts.reschedule)
    return _shown(challenge_id, form, policies.refuse_to_reschedule)


@bp.route("/<int:challenge_id>/resume", methods=["GET", "POST"], endpoint="resume")
@role(ADMINISTRATOR)
def resume(challenge_id: int) -> Response:
    """Take a cancellation back; the challenge gets days again."""
    form = DaysForm()
    if form.validate_on_submit():
        return _moved(challenge_id, form, policies.refuse_to_resume, acts.resume)
    return _shown(challenge_id, form, policies.refuse_to_resume)


def _moved(
    challenge_id: int,
    form: DaysForm,
    check: Callable[[Any, Any], None],
    act: Callable[..., Any],
) -> Response:
    """Do it once they have read what these very days do."""
    opens_on, closes_on = form.days()
    try:
        making.refuse_days(opens_on, closes_on)
    except Refusal as refusal:
        form.refuse(refusal)
        return _shown(challenge_id, form, check)
    if form.agreed.data != form.chosen:
        return _shown(challenge_id, form, check, tell=True)
    try:
        with write():
            act(challenge_id, opens_on=opens_on, closes_on=closes_on, actor=current_user.id)
    except Refusal as refusal:
        form.refuse(refusal)
        return _shown(challenge_id, form, check)
    done = "challenge-resumed" if act is acts.resume else "challenge-days"
    return go(url_for("challenges_staff.detail", challenge_id=challenge_id, done=done))


def _shown(
    challenge_id: int,
    form: DaysForm,
    check: Callable[[Any, Any], None],
    *,
    tell: bool = False,
) -> Response:
    row = queries.for_staff(challenge_id)
    for field in (form.opens_on, form.closes_on):
        if not field.raw_data:
            field.process_data(getattr(row, field.name))
    refused = None
    try:
        check(row, clock.now())
    except Refusal as refusal:
        refused = refusal
    return page(
        "challenges/staff_days.html",
        challenge=StaffCard(row),
        form=form,
        refused=refused,
        effects=list(_effects(row, form)) if tell else [],
        resumes=check is policies.refuse_to_resume,
    )


def _effects(row: AnyRow, form: DaysForm) -> Iterator[object]:
    opens_on, closes_on = form.days()
    then = SimpleNamespace(opens_at=clock.start_of(opens_on), closes_at=clock.end_of(closes_on))
    now = clock.now()
    if row.published_at is None:
        yield _("Nobody sees it yet: it is a draft.")
    else:
        yield EFFECTS[state(row, now), state(then, now)]
    yield _("First day: %(day)s, from midnight.", day=long_date(opens_on))
    yield _("Last day: %(day)s, until midnight.", day=long_date(closes_on))
    if row.replies_by is not None and row.replies_by < closes_on:
        yield _(
            "Replies are promised by %(day)s, before the last day. Change the promise, too.",
            day=long_date(row.replies_by),
        )
