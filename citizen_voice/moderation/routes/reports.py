"""Reporting something, and following what became of it. Nobody needs an account for it."""

from flask import Response, current_app, g, request, url_for
from flask_login import current_user

from citizen_voice import limits
from citizen_voice.accounts import services as accounts
from citizen_voice.db import write
from citizen_voice.errors import NotHere, Refusal, TooMany
from citizen_voice.moderation import services
from citizen_voice.moderation.following import follow
from citizen_voice.moderation.limits import HELD_HERE, LOOKED_UP, REPORTS, REPORTS_HERE
from citizen_voice.moderation.report_forms import ReceiptForm, ReportForm
from citizen_voice.moderation.routes.blueprint import bp
from citizen_voice.moderation.routes.reported import Reported, reported
from citizen_voice.web.access import everyone
from citizen_voice.web.filters import say
from citizen_voice.web.headers import never_store
from citizen_voice.web.htmx import go, page
from citizen_voice.words import _, language

UNKNOWN = _("We have no report with that number. Look at it again: R and 16 letters and numbers.")


@bp.route("/report", methods=["GET", "POST"])
@everyone
def report() -> Response:
    """Report an idea, a comment or a name. What is reported stands in the address."""
    never_store()
    about = reported(request.args)
    form = ReportForm()
    if form.validate_on_submit():
        try:
            receipt = _report(about, form)
        except TooMany:
            raise
        except Refusal as refusal:
            if refusal.field is None:
                raise
            form.refuse(refusal)
        else:
            return go(url_for("moderation.receipt", receipt=receipt, done="reported"))
    return page("moderation/report.html", form=form, about=about)


def _report(about: Reported, form: ReportForm) -> str:
    email = accounts.normalise_email(form.email.data) if form.email.data else None
    network = limits.network_of(request.remote_addr)
    signed_in = current_user.is_authenticated
    limits.hit(REPORTS_HERE, network)
    if signed_in:
        limits.hit(REPORTS, str(current_user.id))
    said = services.Complaint(
        category=form.category.data,
        words=form.words.data or "",
        language=language(),
        network=network,
        email=email,
        reporter_id=current_user.id if signed_in else None,
    )
    base = current_app.config["BASE_URL"]
    mail = services.Mail(
        say(g.site, "name").text,
        lambda receipt: base + url_for("moderation.receipt", receipt=receipt),
    )
    may_hold = said.category == services.GRAVEST and about.has_link and _may_hold(network)
    with write():
        return services.report(about.subject, said, mail=mail, may_hold=may_hold)


def _may_hold(network: str) -> bool:
    """Whether a report from here may still take something out of sight today."""
    try:
        limits.hit(HELD_HERE, network)
    except TooMany:
        return False
    return True


@bp.route("/reports", methods=["GET", "POST"])
@everyone
def receipts() -> Response:
    """Where somebody types in the number of their report."""
    never_store()
    form = ReceiptForm()
    if form.validate_on_submit():
        limits.hit(LOOKED_UP, limits.network_of(request.remote_addr))
        try:
            return go(
                url_for("moderation.receipt", receipt=follow(form.receipt.data or "").receipt)
            )
        except NotHere:
            form.refuse(Refusal(UNKNOWN, field="receipt"))
    return page("moderation/receipts.html", form=form)


@bp.get("/reports/<receipt>")
@everyone
def receipt(receipt: str) -> Response:
    """What became of a report."""
    never_store()
    try:
        followed = follow(receipt)
    except NotHere:
        form = ReceiptForm(formdata=None, data={"receipt": receipt[:60]})
        form.refuse(Refusal(UNKNOWN, field="receipt"))
        return page("moderation/receipts.html", status=404, form=form)
    return page("moderation/receipt.html", followed=followed)
