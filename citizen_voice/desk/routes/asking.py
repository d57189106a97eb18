"""Asking about one’s data, and complaining: signed in or not."""

from flask import Response, current_app, g, request, url_for
from flask_login import current_user

from citizen_voice import limits
from citizen_voice.accounts import services as accounts
from citizen_voice.db import write
from citizen_voice.desk import services
from citizen_voice.desk.forms import (
    NEWS,
    AskForm,
    ComplainForm,
    VisitorAskForm,
    VisitorComplainForm,
)
from citizen_voice.desk.limits import ASKED, ASKED_HERE
from citizen_voice.desk.models import COMPLAINT, FORM, MY_DATA, OBJECTION
from citizen_voice.desk.routes.blueprint import bp
from citizen_voice.errors import Refusal, TooMany
from citizen_voice.web.access import described, everyone, members
from citizen_voice.web.filters import say
from citizen_voice.web.forms import Form
from citizen_voice.web.headers import never_store
from citizen_voice.web.htmx import go, page
from citizen_voice.words import _, language


@bp.route("/my-data/ask", methods=["GET", "POST"])
@members
@described(lambda _form: str(_("Ask about your data")))
def ask() -> Response:
    """Ask for a right; who is signed in is known."""
    return _asking(AskForm(), "desk/ask.html")


@bp.route("/privacy/ask", methods=["GET", "POST"])
@everyone
def ask_openly() -> Response:
    """The same for who has no account, or cannot sign in."""
    return _asking(VisitorAskForm(), "desk/ask.html")


@bp.route("/my-data/complain", methods=["GET", "POST"])
@members
@described(lambda _form: str(_("Complain about how we use your data")))
def complain() -> Response:
    """Complain about how data is used (Data Protection Act 2018 s.164A)."""
    return _asking(ComplainForm(), "desk/complain.html")


@bp.route("/privacy/complain", methods=["GET", "POST"])
@everyone
def complain_openly() -> Response:
    """The same for who has no account."""
    return _asking(VisitorComplainForm(), "desk/complain.html")


def _asking(form: Form, template: str) -> Response:
    never_store()
    if form.validate_on_submit():
        try:
            receipt = _take(form)
        except TooMany:
            raise
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(url_for("desk.asked", asked=receipt, done="asked"))
    return page(template, form=form, visitor="email" in form)


def _take(form: Form) -> str:
    visitor = "email" in form
    typed = form.email.data if visitor else None
    email = accounts.normalise_email(typed) if typed else None
    limits.hit(ASKED_HERE, limits.network_of(request.remote_addr))
    if not visitor:
        limits.hit(ASKED, str(current_user.id))
    kind = form.kind.data if "kind" in form else COMPLAINT
    asking = services.Asking(
        kind=OBJECTION if kind == NEWS else kind,
        language=language(),
        words=form.words.data or "",
        name=(form.name.data or "") if visitor else "",
        email=email,
        address=(form.address.data or "") if visitor else "",
        person_id=None if visitor else current_user.id,
    )
    base = current_app.config["BASE_URL"]
    site = services.Site(
        say(g.site, "name").text, lambda receipt: base + url_for("desk.asked", asked=receipt)
    )
    with write():
        return services.ask(
            asking,
            channel=FORM if visitor else MY_DATA,
            site=site,
            news_alone=kind == NEWS,
        )
