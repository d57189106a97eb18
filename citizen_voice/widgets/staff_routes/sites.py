"""The sites that may show an idea, a challenge and so on without a widget of its own."""

from flask import Response, request, url_for
from flask_login import current_user

from citizen_voice.db import write
from citizen_voice.errors import Refusal
from citizen_voice.team.models import ADMINISTRATOR
from citizen_voice.web.access import role
from citizen_voice.web.htmx import go, page
from citizen_voice.widgets import figures, hosts, queries, services
from citizen_voice.widgets.forms import SitesForm
from citizen_voice.widgets.staff_routes.blueprint import bp


@bp.route("/sites", methods=["GET", "POST"])
@role(ADMINISTRATOR)
def sites() -> Response:
    """Look at the list, and change it."""
    form = SitesForm(sites="\n".join(queries.site_wide()))
    if form.validate_on_submit():
        try:
            with write():
                wanted = hosts.origins(form.sites.data or "")
                services.settle_sites(None, wanted, actor=current_user.id)
            return go(url_for("widgets_staff.sites", done="sites-saved"))
        except Refusal as refusal:
            form.refuse(refusal)
    return page(
        "widgets/staff/sites.html",
        form=form,
        figures=figures.figures(None),
        refused=figures.refused(None, queries.site_wide()),
    )


@bp.post("/sites/allow")
@role(ADMINISTRATOR)
def allow_everywhere() -> Response:
    """Let a host that was refused show what has no widget of its own."""
    with write():
        services.allow(None, request.form.get("host", ""), actor=current_user.id)
    return go(url_for("widgets_staff.sites", done="site-allowed"))


@bp.post("/sites/dismiss")
@role(ADMINISTRATOR)
def dismiss_everywhere() -> Response:
    """Take a host that was refused off the list of what has no widget of its own."""
    with write():
        services.dismiss(None, request.form.get("host", ""), actor=current_user.id)
    return go(url_for("widgets_staff.sites", done="host-dismissed"))
