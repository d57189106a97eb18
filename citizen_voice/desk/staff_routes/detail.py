"""One request: its clock explained, its timeline, and the steps that can be taken now."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Any
from uuid import UUID

from flask import Response
from flask_login import current_user

from citizen_voice.accounts import services as accounts
from citizen_voice.db import AnyRow, write
from citizen_voice.desk import letters, queries, services
from citizen_voice.desk import models as m
from citizen_voice.desk.names import STEP_NAMES, outcome_name
from citizen_voice.desk.services.steps import KNOWN, reckoned
from citizen_voice.desk.shown import Shown, explained, right_of
from citizen_voice.desk.staff_forms import StepForm
from citizen_voice.desk.staff_routes.blueprint import bp
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.team.acting import acting
from citizen_voice.team.models import PRIVACY_OFFICER
from citizen_voice.web.access import role
from citizen_voice.web.htmx import go, page
from citizen_voice.web.templates import url_for

Step = Callable[[int, StepForm, UUID], None]


def _plain(act: Callable[..., None]) -> Step:
    return lambda key, _form, actor: act(key, actor=actor)


def _dated(act: Callable[..., None]) -> Step:
    return lambda key, form, actor: act(key, actor=actor, day=form.day.day)


def _worded(act: Callable[..., None]) -> Step:
    return lambda key, form, actor: act(key, form.words.data or "", actor=actor)


def _account(key: int, form: StepForm, actor: UUID) -> None:
    email = accounts.normalise_email(form.email.data or "")
    services.name_account(key, email, actor=actor)


STEPS: MappingProxyType[str, Step] = MappingProxyType(
    {
        "acknowledged": _dated(services.acknowledged),
        "identity-given": _dated(services.identity_given),
        "identity-doubt": _plain(services.doubt_identity),
        "identity-waived": _plain(services.waive_identity),
        "fee-asked": _plain(services.ask_fee),
        "fee-paid": _dated(services.fee_paid),
        "answered": _dated(services.clarified),
        "note": _worded(services.leave_note),
        "disputed": _worded(services.dispute),
        "told": _worded(services.told),
        "account": _account,
        "restrict": _plain(services.restrict),
        "lift": _plain(services.lift),
        "stop-news": _plain(services.stop_news),
        "reopen": _worded(services.reopen),
    }
)
"""What a button of the page does, by the last part of its address."""


@bp.get("/<int:rights_id>")
@role(PRIVACY_OFFICER)
def detail(rights_id: int) -> Response:
    """A request, without the address of who asked: that is a look of its own."""
    return shown(rights_id, StepForm(formdata=None))


@bp.post("/<int:rights_id>/steps/<rights_step>")
@role(PRIVACY_OFFICER)
def step(rights_id: int, rights_step: str) -> Response:
    """Take a step."""
    taken = STEPS.get(rights_step)
    if taken is None:
        raise NotHere
    form = StepForm()
    if form.validate_on_submit():
        try:
            with write():
                taken(rights_id, form, current_user.id)
            return go(url_for("desk_staff.detail", rights_id=rights_id, done="step-taken"))
        except NotHere:
            raise
        except Refusal as refusal:
            form.refuse(refusal)
    return shown(rights_id, form, tried=rights_step)


@bp.post("/<int:rights_id>/address")
@role(PRIVACY_OFFICER)
def address(rights_id: int) -> Response:
    """Look at the e-mail address, which stands in the journal."""
    with write():
        found = services.look_at_address(rights_id, actor=current_user.id)
    return shown(rights_id, StepForm(formdata=None), email=found or "")


def shown(rights_id: int, form: StepForm, *, tried: str = "", email: str | None = None) -> Response:
    """The page of a request; ``tried`` is the step that was refused."""
    row = queries.one(rights_id)
    pauses = queries.pauses_of(rights_id)
    holidays = queries.holidays()
    said = reckoned(row, list(pauses), holidays)
    events = queries.events_of(rights_id)
    names = acting({each.actor_id for each in events if each.actor_id is not None})
    kinds = letters.FOR_COMPLAINTS if row.kind == m.COMPLAINT else letters.FOR_RIGHTS
    restriction = queries.restriction_of(rights_id)
    return page(
        "desk/staff/detail.html",
        request_=Shown(row),
        row=row,
        right=right_of(row),
        said=said,
        explained=explained(row, said),
        pause=next((each for each in pauses if each.answered_on is None), None),
        steps=[(each, STEP_NAMES[each.act], _name(each, names)) for each in events],
        letters=queries.letters_of(rights_id),
        letter_names=letters.NAMES,
        kinds=[(kind, letters.NAMES[kind]) for kind in kinds if _fits(kind, row, said)],
        known=row.identity in KNOWN,
        hidden=restriction is not None and restriction.until is None,
        outcome=outcome_name(row.kind, row.outcome),
        form=form,
        tried=tried,
        acknowledgement=letters.acknowledgement_of(row.kind),
        email=email,
        rights=m,
    )


def _fits(kind: str, row: AnyRow, said: Any) -> bool:
    if kind == letters.IDENTITY:
        return row.identity in (m.NOT_NEEDED, m.IN_DOUBT)
    if kind == letters.EXTENDED:
        return row.extended_on is None and said.start is not None
    return True


def _name(event: AnyRow, names: Any) -> str:
    found = names.get(event.actor_id)
    return (found.name or "") if found is not None and found.colleague else ""
