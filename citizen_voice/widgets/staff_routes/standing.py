"""All widgets, and one: how it looks, how it is put into a page, how often it is seen."""

from flask import Response, request, url_for
from flask_login import current_user

from citizen_voice.db import write
from citizen_voice.errors import NotHere
from citizen_voice.team.models import ADMINISTRATOR
from citizen_voice.web.access import has_role, role
from citizen_voice.web.htmx import go, page
from citizen_voice.widgets import figures, queries, services
from citizen_voice.widgets.forms import SCHEME_NAMES
from citizen_voice.widgets.snippets import snippets
from citizen_voice.widgets.staff_routes.blueprint import MAKERS, bp, with_frames
from citizen_voice.widgets.wording import KIND_NAMES, subject_of
from citizen_voice.words import LANGUAGES


@bp.get("")
@role(*MAKERS)
def index() -> Response:
    """Every widget: what it shows, where it may stand, how often it was seen."""
    return page(
        "widgets/staff/index.html",
        lines=figures.listed(),
        kinds=KIND_NAMES,
        languages=LANGUAGES,
        subject_of=subject_of,
        sites_of=queries.in_order,
        administers=has_role(current_user, ADMINISTRATOR),
    )


@bp.get("/<int:widget_id>")
@role(*MAKERS)
def detail(widget_id: int) -> Response:
    """One widget: its frame, narrow and wide, what to copy, and where it was seen."""
    line = figures.line(widget_id)
    if line is None:
        raise NotHere
    sites = queries.in_order(line.sites)
    response = page(
        "widgets/staff/detail.html",
        line=line,
        sites=sites,
        kinds=KIND_NAMES,
        subject=subject_of(line),
        schemes=dict(SCHEME_NAMES),
        languages=LANGUAGES,
        snippets=snippets(line),
        figures=figures.figures(widget_id),
        refused=figures.refused(widget_id, sites),
    )
    return with_frames(response)


@bp.post("/<int:widget_id>/end")
@role(*MAKERS)
def end(widget_id: int) -> Response:
    """Take it away: a sentence stands in its place wherever it is shown."""
    with write():
        services.end(widget_id, actor=current_user.id)
    return go(url_for("widgets_staff.detail", widget_id=widget_id, done="widget-ended"))


@bp.post("/<int:widget_id>/restore")
@role(*MAKERS)
def restore(widget_id: int) -> Response:
    """Have it shown again."""
    with write():
        services.restore(widget_id, actor=current_user.id)
    return go(url_for("widgets_staff.detail", widget_id=widget_id, done="widget-back"))


@bp.post("/<int:widget_id>/allow")
@role(*MAKERS)
def allow(widget_id: int) -> Response:
    """Let a host that was refused show it."""
    with write():
        services.allow(widget_id, request.form.get("host", ""), actor=current_user.id)
    return go(url_for("widgets_staff.detail", widget_id=widget_id, done="site-allowed"))


@bp.post("/<int:widget_id>/dismiss")
@role(*MAKERS)
def dismiss(widget_id: int) -> Response:
    """Take a host that was refused off its list."""
    with write():
        services.dismiss(widget_id, request.form.get("host", ""), actor=current_user.id)
    return go(url_for("widgets_staff.detail", widget_id=widget_id, done="host-dismissed"))
