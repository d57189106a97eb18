"""Taking one's own idea back, and thinking again."""

from typing import Any

from flask import Response, url_for
from flask_login import current_user

from citizen_voice import limits
from citizen_voice.answers import queries as answers
from citizen_voice.db import AnyRow, write
from citizen_voice.errors import NotAllowed, NotHere, Refusal
from citizen_voice.ideas import contacts, policies, queries, services
from citizen_voice.ideas.detail import Detail
from citizen_voice.ideas.forms import WithdrawForm
from citizen_voice.ideas.limits import TAKEN_BACK
from citizen_voice.ideas.models import WITHDRAWN
from citizen_voice.ideas.routes.blueprint import bp
from citizen_voice.ideas.routes.joined import lead_on
from citizen_voice.ideas.routes.reading import idea_page
from citizen_voice.web.access import described, members
from citizen_voice.web.htmx import go, page
from citizen_voice.words import _, language


def describe_withdrawal(_form: Any, **_args: Any) -> str:
    """For the sign-in page."""
    return str(_("Take my idea back"))


def describe_return(_form: Any, **_args: Any) -> str:
    """For the sign-in page."""
    return str(_("Bring my idea back"))


@bp.route("/ideas/<ref>/withdraw", methods=["GET", "POST"])
@members
@described(describe_withdrawal)
def withdraw(ref: str) -> Response:
    """What will happen, and the reason; then the idea's page, with a banner."""
    row = _own(ref)
    lead_on(row, "ideas.detail")
    if row.stage == WITHDRAWN:
        return go(url_for("ideas.detail", ref=ref.upper()))
    form = WithdrawForm()
    if not policies.asks_for_words(row.moderation):
        del form.words
    words = str(form.words.data or "") if "words" in form else ""
    warning: list[str] = []
    if form.validate_on_submit():
        warning = [] if form.confirm.data else contacts.found(words)
        if not warning:
            limits.hit(TAKEN_BACK, str(current_user.id))
            try:
                with write():
                    services.withdraw(
                        row.id,
                        current_user.id,
                        why=form.why.data,
                        words=words,
                        language=language(),
                    )
                return go(url_for("ideas.detail", ref=ref.upper(), done="withdrawn"))
            except Refusal as refusal:
                form.refuse(refusal)
    return page(
        "ideas/withdraw.html",
        status=422 if warning else 200,
        form=form,
        idea=Detail(row, current_user.id),
        contact_warning=warning,
    )


@bp.post("/ideas/<ref>/bring-back")
@members
@described(describe_return)
def bring_back(ref: str) -> Response:
    """Undo it, within the hour."""
    row = _own(ref)
    try:
        with write():
            services.bring_back(row.id, current_user.id)
    except NotAllowed as refusal:
        return idea_page(_own(ref), refusal=refusal)
    return go(url_for("ideas.detail", ref=ref.upper(), done="brought-back"))


def _own(ref: str) -> AnyRow:
    row = queries.shown(ref, answers.mine(current_user.id))
    if not policies.is_author(row, current_user.id):
        raise NotHere
    return row
