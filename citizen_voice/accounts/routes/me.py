"""A person's own page: name, address, sessions."""

from uuid import UUID

from flask import Response, request, url_for
from flask_login import current_user

from citizen_voice import clock, limits
from citizen_voice.accounts import pending, queries, services
from citizen_voice.accounts.forms import NameForm, NewEmailForm
from citizen_voice.accounts.limits import CODES, CODES_HERE
from citizen_voice.accounts.models import UNTIL_LIFTED
from citizen_voice.accounts.routes import bp
from citizen_voice.accounts.routes.signing_in import send_code_to
from citizen_voice.db import write
from citizen_voice.errors import Refusal
from citizen_voice.web.access import members
from citizen_voice.web.htmx import go, page


def _page(name_form: NameForm | None = None, email_form: NewEmailForm | None = None) -> Response:
    person = queries.person(current_user.id)
    refused = next((form for form in (name_form, email_form) if form and form.errors), None)
    return page(
        "accounts/me.html",
        person=person,
        stands_still=person.paused_until == UNTIL_LIFTED,
        paused=person.paused_until is not None and person.paused_until > clock.now(),
        sessions=queries.sessions(current_user.id),
        name_form=name_form or NameForm(formdata=None, name=person.display_name),
        email_form=email_form or NewEmailForm(formdata=None),
        form=refused,
    )


@bp.get("/me")
@members
def me() -> Response:
    """Everything about the account on one page."""
    return _page()


@bp.post("/me/name")
@members
def name() -> Response:
    """Give or change the name."""
    form = NameForm()
    if form.validate_on_submit():
        try:
            with write():
                services.set_name(current_user.id, form.name.data or "")
            return go(url_for("accounts.me", done="name-saved"))
        except Refusal as refusal:
            form.refuse(refusal)
    return _page(name_form=form)


@bp.post("/me/email")
@members
def email() -> Response:
    """Ask to move the account to another address: a code goes there first."""
    form = NewEmailForm()
    if form.validate_on_submit():
        try:
            address = services.normalise_email(form.email.data or "")
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            network = limits.network_of(request.remote_addr)
            limits.hit(CODES, network)
            limits.hit(CODES_HERE, f"{network} {address}")
            response = go(url_for("accounts.code"))
            token = pending.start(
                response,
                next_address=url_for("accounts.me"),
                intent=None,
                person_id=current_user.id,
            )
            send_code_to(token, address, shared=False, notice=None)
            return response
    return _page(email_form=form)


@bp.post("/me/email/works")
@members
def address_works() -> Response:
    """Their mail server took nothing for them; they say that it does now."""
    with write():
        services.address_works(current_user.id)
    return go(url_for("accounts.me", done="address-works"))


@bp.post("/me/sessions/<uuid:session_id>/end")
@members
def end_session(session_id: UUID) -> Response:
    """Sign one browser out."""
    with write():
        services.end_session(current_user.id, session_id)
    return go(url_for("accounts.me", done="session-ended"))


@bp.post("/me/sessions/end-others")
@members
def end_other_sessions() -> Response:
    """Sign every other browser out."""
    with write():
        services.end_other_sessions(current_user.id, current_user.session_id)
    return go(url_for("accounts.me", done="session-ended"))
