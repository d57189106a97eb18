"""Who works here, who is invited, and inviting."""

from uuid import UUID

from flask import Response, g, url_for
from flask_login import current_user

from citizen_voice import limits
from citizen_voice.accounts import services as accounts
from citizen_voice.db import write
from citizen_voice.errors import Refusal
from citizen_voice.team import queries, services
from citizen_voice.team.confirming import require_confirmed
from citizen_voice.team.forms import InviteForm
from citizen_voice.team.limits import LINKS
from citizen_voice.team.models import ADMINISTRATOR
from citizen_voice.team.names import ROLE_NAMES, ROLE_TASKS
from citizen_voice.team.staff_routes import bp
from citizen_voice.web.access import role
from citizen_voice.web.filters import say
from citizen_voice.web.htmx import go, page
from citizen_voice.words import force_locale


def site_name_in(code: str) -> str:
    """What the site is called in a language."""
    with force_locale(code):
        return say(g.site, "name").text


@bp.get("/staff/people")
@role(ADMINISTRATOR)
def index() -> Response:
    """Everybody who works here, and who is invited."""
    return page(
        "team/people.html",
        colleagues=queries.colleagues(),
        invitations=queries.invitations(),
        names=ROLE_NAMES,
    )


@bp.route("/staff/people/invite", methods=["GET", "POST"])
@role(ADMINISTRATOR)
@require_confirmed
def invite() -> Response:
    """Invite somebody: address, roles, until when, in which language."""
    form = InviteForm()
    if not g.site.welsh_on:
        del form.language
    if form.validate_on_submit():
        try:
            email = accounts.normalise_email(form.email.data or "")
            language = form.language.data if "language" in form else "en"
            limits.hit(LINKS, str(current_user.id))
            with write():
                services.invite(
                    email,
                    form.chosen(),
                    actor=current_user.id,
                    ends_on=form.last_day(),
                    language=language,
                    site_name=site_name_in(language),
                )
            return go(url_for("team_staff.index", done="invited"))
        except Refusal as refusal:
            form.refuse(refusal)
    return page("team/invite.html", form=form, tasks=ROLE_TASKS)


@bp.post("/staff/people/invitations/<uuid:invitation_id>/withdraw")
@role(ADMINISTRATOR)
def withdraw(invitation_id: UUID) -> Response:
    """Take an invitation back."""
    with write():
        services.withdraw(invitation_id, actor=current_user.id)
    return go(url_for("team_staff.index", done="invitation-withdrawn"))


@bp.post("/staff/people/invitations/<uuid:invitation_id>/again")
@role(ADMINISTRATOR)
@require_confirmed
def again(invitation_id: UUID) -> Response:
    """Send an invitation again, with another link."""
    limits.hit(LINKS, str(current_user.id))
    language = queries.language_of(invitation_id)
    with write():
        services.send_again(invitation_id, actor=current_user.id, site_name=site_name_in(language))
    return go(url_for("team_staff.index", done="invited"))
