"""What became of a request, for whoever has its number."""

from flask import Response, request, url_for

from citizen_voice import clock, limits
from citizen_voice.desk import queries, receipts
from citizen_voice.desk.forms import LookUpForm
from citizen_voice.desk.letters import ICO
from citizen_voice.desk.limits import LOOKED_UP
from citizen_voice.desk.names import FOR_STAFF, STEP_NAMES, outcome_name
from citizen_voice.desk.routes.blueprint import bp
from citizen_voice.desk.shown import due, right_of
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.web.access import everyone
from citizen_voice.web.headers import never_store
from citizen_voice.web.htmx import go, page
from citizen_voice.words import _

UNKNOWN = _("We have no request with that number. Look at it again: P and 16 letters and numbers.")


@bp.route("/privacy/asked", methods=["GET", "POST"])
@everyone
def look_up() -> Response:
    """Where somebody types in the number of their request."""
    never_store()
    form = LookUpForm()
    if form.validate_on_submit():
        limits.hit(LOOKED_UP, limits.network_of(request.remote_addr))
        try:
            row = queries.by_receipt(form.receipt.data or "")
            return go(url_for("desk.asked", asked=receipts.of(row.id)))
        except NotHere:
            form.refuse(Refusal(UNKNOWN, field="receipt"))
    return page("desk/look_up.html", form=form)


@bp.get("/my-data/asked/<asked>")
@everyone
def asked(asked: str) -> Response:
    """The steps of a request, by when we answer, and how it ended; never its words."""
    never_store()
    try:
        row = queries.by_receipt(asked)
    except NotHere:
        form = LookUpForm(formdata=None, data={"receipt": asked[:60]})
        form.refuse(Refusal(UNKNOWN, field="receipt"))
        return page("desk/look_up.html", status=404, form=form)
    return page(
        "desk/asked.html",
        row=row,
        receipt=receipts.of(row.id),
        right=right_of(row),
        due=due(row),
        outcome=outcome_name(row.kind, row.outcome),
        steps=[
            (STEP_NAMES[each.act], each.day)
            for each in queries.events_of(row.id)
            if each.act not in FOR_STAFF
        ],
        ico=ICO,
        today=clock.today(),
    )
