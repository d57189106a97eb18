"""A colleague's own sign-in: password, device, recovery codes, where they are signed in."""

from uuid import UUID

from flask import Response, g, url_for
from flask_login import current_user

from citizen_voice.accounts import services as accounts
from citizen_voice.accounts.queries import sessions
from citizen_voice.db import write
from citizen_voice.errors import Refusal
from citizen_voice.outbox import services as outbox
from citizen_voice.team import codes, letters, passwords, queries, services
from citizen_voice.team.confirming import require_confirmed
from citizen_voice.team.forms import DeviceForm, PasswordForm
from citizen_voice.team.routes import bp
from citizen_voice.team.routes.invitation import device as device_shown
from citizen_voice.team.routes.invitation import recovery_codes
from citizen_voice.web.access import ANY_ROLE, role
from citizen_voice.web.filters import say
from citizen_voice.web.htmx import go, page
from citizen_voice.words import _, language


@bp.get("/staff/me")
@role(ANY_ROLE)
def me() -> Response:
    """Everything about how one signs in as staff."""
    return _page(PasswordForm(formdata=None))


def _page(form: PasswordForm) -> Response:
    return page(
        "team/me.html",
        form=form,
        own=queries.colleague(current_user.id),
        sessions=sessions(current_user.id, staff=True),
    )


@bp.post("/staff/me/password")
@role(ANY_ROLE)
@require_confirmed
def password() -> Response:
    """Another password."""
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            typed = form.new_password.data or ""
            known = (current_user.email or "", current_user.display_name or "")
            passwords.refuse_weak(typed, known=(*known, g.site.name_en, g.site.name_cy))
            made = passwords.hashed(typed)
            with write():
                services.change_password(current_user.id, made, session_id=current_user.session_id)
                _tell()
            return go(url_for("team.me", done="password-changed"))
        except Refusal as refusal:
            form.refuse(refusal)
    return _page(form)


@bp.post("/staff/me/recovery-codes")
@role(ANY_ROLE)
@require_confirmed
def new_codes() -> Response:
    """Ten new recovery codes, shown once."""
    with write():
        made = services.new_codes(current_user.id)
    return recovery_codes(made)


@bp.route("/staff/me/device", methods=["GET", "POST"])
@role(ANY_ROLE)
@require_confirmed(reading=True)
def device() -> Response:
    """Another device in place of the one that is set up."""
    form = DeviceForm()
    seed = _seed()
    if form.validate_on_submit():
        secret = codes.device_secret(seed, current_user.id)
        step = codes.step_of(secret, codes.tidied(form.code.data or ""))
        if step is not None:
            with write():
                made = services.new_device(
                    current_user.id, seed, step, session_id=current_user.session_id
                )
                _tell()
            return recovery_codes(made)
        wrong = _("That is not the code. Enter the 6 numbers that show now.")
        form.refuse(Refusal(wrong, field="code"))
    shown = device_shown(seed, current_user.id, current_user.email or "")
    return page("team/device.html", form=form, device=shown)


@bp.post("/staff/me/sessions/<uuid:session_id>/end")
@role(ANY_ROLE)
def end_session(session_id: UUID) -> Response:
    """Sign one browser out."""
    with write():
        accounts.end_session(current_user.id, session_id)
    return go(url_for("team.me", done="session-ended"))


@bp.post("/staff/me/sessions/end-others")
@role(ANY_ROLE)
def end_other_sessions() -> Response:
    """Sign every other browser out, in which they act as staff."""
    with write():
        accounts.end_sessions(current_user.id, staff_alone=True, keep=current_user.session_id)
    return go(url_for("team.me", done="session-ended"))


def _seed() -> bytes:
    """The new device's: the same for a session until a device is set up."""
    row = queries.credentials(person_id=current_user.id)
    before = (row.totp_seed if row else None) or b""
    return codes.seed_for(b"device:" + current_user.session_id.bytes + before)


def _tell() -> None:
    """A letter, so that nobody's sign-in is changed behind their back."""
    letter = letters.device_changed(say(g.site, "name").text)
    outbox.enqueue(
        kind="device",
        to=current_user.email,
        subject=letter.subject,
        body=letter.body,
        language=language(),
    )
