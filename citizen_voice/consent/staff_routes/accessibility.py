"""The council's own part of the accessibility statement, for the officer."""

from flask import Response, url_for
from flask_login import current_user

from citizen_voice.consent.notice_forms import OwnWordsForm
from citizen_voice.consent.staff_routes.blueprint import bp
from citizen_voice.db import write
from citizen_voice.errors import Conflict, Refusal
from citizen_voice.site import accessible
from citizen_voice.site import queries as site
from citizen_voice.site import services as site_services
from citizen_voice.team.models import PRIVACY_OFFICER
from citizen_voice.web.access import role
from citizen_voice.web.htmx import go, page


@bp.route("/staff/privacy/accessibility", methods=["GET", "POST"])
@role(PRIVACY_OFFICER)
def accessibility() -> Response:
    """Write what the council adds to the statement: entrances, loops, interpreters."""
    row = site.written_page(accessible.PAGE)
    form = OwnWordsForm(
        body_en=row.body_en if row else "",
        body_cy=row.body_cy if row else "",
        seen=site.page_mark(row),
    )
    status = 200
    if form.validate_on_submit():
        try:
            with write():
                site_services.write_page(
                    accessible.PAGE,
                    form.body_en.data or "",
                    form.body_cy.data or "",
                    seen=form.seen.data or "",
                    actor=current_user.id,
                )
            return go(url_for("consent_staff.notices", done="accessibility-saved"))
        except Conflict as conflict:
            status = conflict.status
            form.seen.process_data(site.page_mark(site.written_page(accessible.PAGE)))
            form.refuse(conflict)
        except Refusal as refusal:
            form.refuse(refusal)
    return page("consent/notice_accessibility.html", status=status, form=form)
