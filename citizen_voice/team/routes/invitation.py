"""An invitation's link: a name, a password, a device; then ten recovery codes, shown once."""

from dataclasses import dataclass
from typing import Any

from flask import Response, g, request, url_for

from citizen_voice.db import AnyRow, write
from citizen_voice.errors import Refusal, TooMany
from citizen_voice.team import codes, passwords, queries, services, trying
from citizen_voice.team.forms import SetUpForm
from citizen_voice.team.routes import bp
from citizen_voice.team.routes.signing_in import entered, limited, opened_session
from citizen_voice.team.services import LinkRunOut, SetUp, WrongDetails
from citizen_voice.team.services.proving import show
from citizen_voice.web import qr
from citizen_voice.web.access import everyone
from citizen_voice.web.filters import say
from citizen_voice.web.htmx import go, page
from citizen_voice.words import _


@dataclass(frozen=True, slots=True)
class Asked:
    """What an invitation asks of its person: what they have not got, and proof of what they have.

    ``seed`` is the new device's, where one is asked.
    """

    invitation: AnyRow
    has: AnyRow | None
    seed: bytes | None

    @property
    def person_id(self) -> Any:
        """Whose key it is: their own, or what they are going to have."""
        row = self.invitation
        return row.person_id or row.person_key or row.id

    @property
    def new_password(self) -> bool:
        """Whether a password is chosen; otherwise theirs is asked."""
        return self.has is None or self.has.password_hash is None


@bp.route("/staff/invitation/<invitation>", methods=["GET", "POST"])
@everyone
def accept(invitation: str) -> Response:
    """Password and device, and who was invited is a colleague and signed in."""
    asked = _asked(invitation)
    if asked is None:
        return page("team/link_run_out.html", status=410)
    form = _form(asked)
    too_many = None
    if form.validate_on_submit():
        try:
            made = _made(asked, form)
            with write():
                arrived = services.settle(invitation, made)
                opened = opened_session(arrived.person_id)
        except LinkRunOut:
            return page("team/link_run_out.html", status=410)
        except Refusal as refusal:
            form.refuse(refusal)
            too_many = refusal if isinstance(refusal, TooMany) else None
        else:
            if not arrived.recovery_codes:
                return entered(arrived.person_id, opened, go(url_for("staff.today")))
            response = Response()
            entered(arrived.person_id, opened, response)
            return recovery_codes(arrived.recovery_codes)
    return limited(_page(asked, form), too_many)


def recovery_codes(made: list[str]) -> Response:
    """The page that shows recovery codes, once."""
    response = page("team/recovery_codes.html", codes=made)
    response.headers["Cache-Control"] = "no-store"
    return response


def device(seed: bytes, person_id: Any, account: str) -> dict[str, Any]:
    """What a page shows to set up a device: the QR code, and the secret in groups of four."""
    secret = codes.device_secret(seed, person_id)
    address = codes.device_address(
        secret, account=account, site_name=say(g.site, "name").text or "Citizen Voice"
    )
    groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
    return {
        "secret": " ".join(groups),
        "address": address,
        "qr": qr.drawing(address, str(_("QR code for your phone"))),
    }


def _asked(token: str) -> Asked | None:
    row = queries.invitation(token)
    if row is None:
        return None
    has = queries.credentials(person_id=row.person_id) if row.person_id else None
    if row.person_id and has is None:
        return None  # they have left meanwhile
    lacks_device = has is None or has.totp_confirmed_at is None
    if has is not None and has.password_hash is not None and not lacks_device:
        return None  # they have set up everything by another link
    seed = codes.seed_for(b"link:" + token.encode()) if lacks_device else None
    return Asked(row, has, seed)


def _form(asked: Asked) -> SetUpForm:
    form = SetUpForm(name=asked.invitation.display_name or "")
    if asked.invitation.person_id is not None:
        del form.name
    if asked.new_password:
        del form.password
    else:
        del form.new_password
    return form


def _made(asked: Asked, form: SetUpForm) -> SetUp:
    """Hold what was typed against what is asked; everything that takes long is done here."""
    typed, person_id = form.code.data or "", asked.person_id
    if asked.has is not None:
        trying.count(asked.has.email or str(person_id))
    step = seed = proof = None
    if asked.seed is not None:
        seed = asked.seed
        step = codes.step_of(codes.device_secret(seed, person_id), codes.tidied(typed))
        if step is None:
            raise Refusal(
                _("That is not the code. Enter the 6 numbers that show now."), field="code"
            )
    elif asked.has is not None:
        proof = show(person_id, asked.has.totp_seed, typed)
        if proof is None:
            raise WrongDetails
    if asked.new_password:
        password = form.new_password.data or ""
        name = form.name.data if "name" in form else asked.invitation.display_name
        known = (asked.invitation.email, name or "", g.site.name_en, g.site.name_cy)
        passwords.refuse_weak(password, known=known)
        return SetUp(_name(form), passwords.hashed(password), seed, step, proof)
    if asked.has is None or not passwords.matches(
        asked.has.password_hash, form.password.data or ""
    ):
        raise WrongDetails
    kept = services.Proof(person_id, password_hash=asked.has.password_hash)
    return SetUp(_name(form), None, seed, step, kept)


def _name(form: SetUpForm) -> str:
    return (form.name.data or "").strip() if "name" in form else ""


def _page(asked: Asked, form: SetUpForm) -> Response:
    row = asked.invitation
    shown = None
    if asked.seed is not None:
        shown = device(asked.seed, asked.person_id, row.email)
    return page(
        "team/invitation.html",
        form=form,
        invitation=row,
        new_person=row.person_id is None,
        device=shown,
        address=request.path,
    )
