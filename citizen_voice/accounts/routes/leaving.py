"""Deleting one's account: what will happen, then the question, then what was deleted."""

from flask import Response, url_for
from flask_login import current_user

from citizen_voice.accounts import queries, sessions
from citizen_voice.accounts.forms import LeaveForm
from citizen_voice.accounts.routes import bp
from citizen_voice.db import write
from citizen_voice.team import services as team
from citizen_voice.web.access import everyone, members
from citizen_voice.web.htmx import go, page


@bp.route("/me/leave", methods=["GET", "POST"])
@members
def leave() -> Response:
    """What will happen; the choice; done."""
    form = LeaveForm()
    shut = queries.person(current_user.id).shut_at is not None
    if form.validate_on_submit():
        with write():
            team.leave(current_user.id, remove_words=form.words.data == "remove")
        sessions.depart()
        kept = "mark" if shut else None
        return go(url_for("accounts.left", words=form.words.data, kept=kept))
    return page("accounts/leave.html", form=form, shut=shut)


@bp.get("/left")
@everyone
def left() -> Response:
    """What we deleted."""
    return page("accounts/left.html")
