"""The stage of one idea: shortlist, adopt, decline, reopen."""

from flask import Response, url_for
from flask_login import current_user

from citizen_voice.answers import queries as answers
from citizen_voice.db import AnyRow, write
from citizen_voice.errors import Refusal
from citizen_voice.ideas import queries as ideas
from citizen_voice.ideas import services as stages
from citizen_voice.ideas.detail import Detail
from citizen_voice.ideas.models import ADOPTED, DECLINED, OPEN, PUBLISHED, SHORTLISTED
from citizen_voice.news import queries as news
from citizen_voice.replies import services
from citizen_voice.replies.forms import ACTS, REOPEN, SHORTLIST, StageForm
from citizen_voice.replies.models import ALREADY, NO, WILL_DO
from citizen_voice.replies.staff_routes.blueprint import bp
from citizen_voice.team.models import MODERATOR
from citizen_voice.web.access import role
from citizen_voice.web.filters import reference
from citizen_voice.web.forms import choices
from citizen_voice.web.htmx import go, page
from citizen_voice.words import _

LEADS_TO = {
    SHORTLIST: SHORTLISTED,
    WILL_DO: ADOPTED,
    ALREADY: ADOPTED,
    NO: DECLINED,
    REOPEN: OPEN,
}
"""Acts of the form → the stage that they move an idea to."""


@bp.route("/staff/ideas/<ref>/stage", methods=["GET", "POST"])
@role(MODERATOR)
def stage(ref: str) -> Response:
    """Where the idea stands, and where it can go from there."""
    row = ideas.shown(ref, answers.mine(None))
    form = StageForm()
    form.act.choices = choices((act, ACTS[act]) for act in _possible(row))
    if form.validate_on_submit():
        try:
            return go(_moved(row, form))
        except Refusal as refusal:
            form.refuse(refusal)
            row = ideas.shown(ref, answers.mine(None))
            form.act.choices = choices((act, ACTS[act]) for act in _possible(row))
    return page(
        "replies/stage.html",
        form=form,
        idea=Detail(row, None),
        possible=_possible(row),
        audience=news.tells_of_ideas([row.id]),
    )


def _possible(row: AnyRow) -> list[str]:
    """What can be done with an idea now; nothing with one that nobody sees."""
    moves = stages.MOVES.get(row.stage, ()) if row.visibility == PUBLISHED else ()
    return [act for act, stage_then in LEADS_TO.items() if stage_then in moves]


def _moved(row: AnyRow, form: StageForm) -> str:
    """Do it; gives where to go on. To adopt and to decline is to reply."""
    act = str(form.act.data)
    english, welsh = str(form.reason_en.data), str(form.reason_cy.data or "")
    if act in (SHORTLIST, REOPEN):
        move = stages.shortlist if act == SHORTLIST else stages.reopen
        with write():
            move(
                row.id,
                actor=current_user.id,
                reason=english,
                reason_cy=welsh,
                next_on=form.day(),
            )
        return url_for("replies_staff.stage", ref=reference(row.id), done="staged")
    if act not in LEADS_TO:
        raise Refusal(_("Choose what happens with it."), field="act")
    with write():
        number = services.reply(
            [row.id],
            outcome=act,
            reason_en=english,
            reason_cy=welsh,
            team_en=row.reply_team_en,
            team_cy=row.reply_team_cy,
            next_on=form.day(),
            actor=current_user.id,
            adopt=act != NO,
            decline=act == NO,
        )
    return url_for("replies_staff.given", reply_id=number, done="replied")
