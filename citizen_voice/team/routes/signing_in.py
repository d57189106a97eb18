"""Signing in as a colleague: address, password and the device's code, on one page."""

import re
from uuid import UUID

from flask import Response, request, url_for
from flask_login import current_user

from citizen_voice.accounts import devices, sessions
from citizen_voice.accounts import services as accounts
from citizen_voice.db import write
from citizen_voice.errors import NotAllowed, Refusal, TooMany
from citizen_voice.journal import services as journal
from citizen_voice.team import queries, services, trying
from citizen_voice.team.forms import SignInForm
from citizen_voice.team.routes import bp
from citizen_voice.team.services import Proof
from citizen_voice.web.access import everyone
from citizen_voice.web.headers import never_store
from citizen_voice.web.htmx import go, page
from citizen_voice.words import _

WITHIN = re.compile(r"(?:/cy)?/staff(?:[/?][^\\\x00-\x20\x7f]*)?")  # browsers take \ for /


@bp.before_request
def private() -> None:
    """Nothing here is for a cache."""
    never_store()


@bp.route("/staff/sign-in", methods=["GET", "POST"])
@everyone
def sign_in() -> Response:
    """E-mail address, password and the device's code; or a recovery code."""
    if request.method == "GET" and current_user.is_authenticated and current_user.staff:
        return go(there())
    form = SignInForm()
    too_many = None
    if form.validate_on_submit():
        try:
            proof = _prove(form)
            return welcome(proof, go(there()))
        except Refusal as refusal:
            form.refuse(refusal)
            too_many = refusal if isinstance(refusal, TooMany) else None
    response = page("team/sign_in.html", form=form)
    return limited(response, too_many)


def _prove(form: SignInForm) -> Proof:
    """Hold what was typed against what we have, before anything is written."""
    try:
        email = accounts.normalise_email(form.email.data or "")
    except Refusal:
        email = ""  # nobody's: refused as any other address that is not known
    row = queries.credentials(email=email)
    proof = trying.prove(row, email, form.password.data or "", form.code.data or "")
    if not queries.roles(proof.person_id):
        raise NotAllowed(_("You have no role here any more. Ask an administrator."))
    return proof


def welcome(proof: Proof, response: Response) -> Response:
    """Spend what was proven and open the staff session, on ``response``."""
    with write():
        services.spend(proof)
        opened = opened_session(proof.person_id)
    return entered(proof.person_id, opened, response)


def opened_session(person_id: UUID) -> accounts.Opened:
    """A new staff session, in the caller's transaction; this browser's session before it ends."""
    if current_user.is_authenticated:
        accounts.end_session(current_user.id, current_user.session_id)
    journal.append("staff signed in", actor=person_id, subject=f"person {person_id}")
    return accounts.open_session(
        person_id, device=devices.describe(request.user_agent.string), shared=False, staff=True
    )


def entered(person_id: UUID, opened: accounts.Opened, response: Response) -> Response:
    """The answer to who is signed in as staff from here on."""
    sessions.enter(person_id, opened, shared=False, staff=True)
    response.headers["Cache-Control"] = "no-store"
    return response


def there() -> str:
    """Where they were going: an address of the staff area, or its first page."""
    address = request.args.get("next") or ""
    if not WITHIN.fullmatch(address) or ".." in address:
        return url_for("staff.today")
    return address if address.startswith("/cy") else request.script_root + address


def limited(response: Response, too_many: TooMany | None) -> Response:
    """The page again, saying how long to wait where it was tried too often."""
    if too_many is not None:
        response.status_code = too_many.status
        response.headers["Retry-After"] = str(too_many.retry_after)
    return response
