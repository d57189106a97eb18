"""One colleague: roles, address, what they have lost, leaving."""

from collections.abc import Callable
from uuid import UUID

from flask import Response, url_for
from flask_login import current_user

from citizen_voice import limits
from citizen_voice.db import write
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.team import queries, services
from citizen_voice.team.confirming import require_confirmed
from citizen_voice.team.forms import RolesForm
from citizen_voice.team.limits import LINKS
from citizen_voice.team.models import ADMINISTRATOR
from citizen_voice.team.names import ROLE_NAMES, ROLE_TASKS
from citizen_voice.team.queries import Fellow
from citizen_voice.team.staff_routes import bp
from citizen_voice.team.staff_routes.people import site_name_in
from citizen_voice.web.access import role
from citizen_voice.web.forms import Form
from citizen_voice.web.htmx import go, page


def _found(colleague_id: UUID) -> Fellow:
    fellow = queries.colleague(colleague_id)
    if fellow is None:
        raise NotHere
    return fellow


def _page(fellow: Fellow, form: RolesForm | None = None, *, address: bool = False) -> Response:
    if form is None:
        last_day = next((str(each.ends_on) for each in fellow.roles if each.ends_on), "")
        form = RolesForm(
            formdata=None, roles=[each.name for each in fellow.roles], ends_on=last_day
        )
    others = [key for key in services.colleagues_with(ADMINISTRATOR) if key != fellow.id]
    return page(
        "team/colleague.html",
        form=form,
        fellow=fellow,
        names=ROLE_NAMES,
        tasks=ROLE_TASKS,
        oneself=fellow.id == current_user.id,
        alone=len(others) < 2,
        address=address,
    )


def _there(colleague_id: UUID, done: str) -> Response:
    return go(url_for("team_staff.colleague", colleague_id=colleague_id, done=done))


def _sent(fellow: Fellow, send: Callable[..., None]) -> Response:
    """Have a link sent to them, in their language."""
    with write():
        send(fellow.id, actor=current_user.id, site_name=site_name_in(fellow.row.language))
    return _there(fellow.id, "link-sent")


@bp.get("/staff/people/<uuid:colleague_id>")
@role(ADMINISTRATOR)
def colleague(colleague_id: UUID) -> Response:
    """What they do here, and what can be done for them."""
    return _page(_found(colleague_id))


@bp.post("/staff/people/<uuid:colleague_id>/roles")
@role(ADMINISTRATOR)
@require_confirmed
def roles(colleague_id: UUID) -> Response:
    """Give them these roles and no others, until that day."""
    fellow = _found(colleague_id)
    form = RolesForm()
    if form.validate_on_submit():
        try:
            last_day = form.last_day()
            with write():
                services.change_roles(
                    colleague_id, form.chosen(), actor=current_user.id, ends_on=last_day
                )
            return _there(colleague_id, "roles-saved")
        except Refusal as refusal:
            form.refuse(refusal)
    return _page(fellow, form)


@bp.post("/staff/people/<uuid:colleague_id>/address")
@role(ADMINISTRATOR)
def address(colleague_id: UUID) -> Response:
    """Show their address, which is written down."""
    fellow = _found(colleague_id)
    with write():
        services.note_address_shown(colleague_id, actor=current_user.id)
    return _page(fellow, address=True)


@bp.route("/staff/people/<uuid:colleague_id>/end", methods=["GET", "POST"])
@role(ADMINISTRATOR)
@require_confirmed
def end(colleague_id: UUID) -> Response:
    """They leave: what that means, and the button."""
    form = Form()
    fellow = _found(colleague_id)
    if form.validate_on_submit():
        try:
            with write():
                services.end(colleague_id, actor=current_user.id)
            return go(url_for("team_staff.index", done="colleague-ended"))
        except Refusal as refusal:
            form.refuse(refusal)
    return page("team/end.html", form=form, fellow=fellow, names=ROLE_NAMES)


@bp.post("/staff/people/<uuid:colleague_id>/device")
@role(ADMINISTRATOR)
@require_confirmed
def ask_for_device(colleague_id: UUID) -> Response:
    """They lost their device: another administrator has to confirm that."""
    with write():
        services.ask_for_device(colleague_id, actor=current_user.id)
    return _there(colleague_id, "device-asked")


@bp.post("/staff/people/<uuid:colleague_id>/device/confirm")
@role(ADMINISTRATOR)
@require_confirmed
def confirm_device(colleague_id: UUID) -> Response:
    """Confirm what another administrator asked for: a link goes to the colleague."""
    fellow = _found(colleague_id)
    return _sent(fellow, services.confirm_device)


@bp.post("/staff/people/<uuid:colleague_id>/device/withdraw")
@role(ADMINISTRATOR)
def withdraw_device(colleague_id: UUID) -> Response:
    """The device was found."""
    with write():
        services.withdraw_device(colleague_id, actor=current_user.id)
    return _there(colleague_id, "device-kept")


@bp.post("/staff/people/<uuid:colleague_id>/password")
@role(ADMINISTRATOR)
@require_confirmed
def lose_password(colleague_id: UUID) -> Response:
    """They lost their password: a link goes to them."""
    fellow = _found(colleague_id)
    limits.hit(LINKS, str(current_user.id))
    return _sent(fellow, services.lose_password)


@bp.post("/staff/people/<uuid:colleague_id>/link")
@role(ADMINISTRATOR)
@require_confirmed
def send_link(colleague_id: UUID) -> Response:
    """They have still to set up something: another link goes to them."""
    fellow = _found(colleague_id)
    limits.hit(LINKS, str(current_user.id))
    return _sent(fellow, services.send_link)
