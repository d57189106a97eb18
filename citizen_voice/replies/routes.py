"""All replies of the council to one idea."""

from flask import Blueprint, Response

from citizen_voice.answers import queries as answers
from citizen_voice.ideas import policies
from citizen_voice.ideas import queries as ideas
from citizen_voice.ideas.detail import Detail
from citizen_voice.ideas.routes import idea_page, reader_id
from citizen_voice.ideas.routes.joined import lead_on
from citizen_voice.replies import queries
from citizen_voice.replies.cards import ReplyCard
from citizen_voice.web.access import everyone
from citizen_voice.web.htmx import page

bp = Blueprint("replies", __name__)


@bp.get("/ideas/<ref>/replies")
@everyone
def index(ref: str) -> Response:
    """What the council said of an idea, the newest first."""
    row = ideas.shown(ref, answers.mine(reader_id()))
    lead_on(row)
    if not policies.can_see(row, reader_id()):
        return idea_page(row)
    found = queries.of_idea(row.id)
    return page(
        "replies/index.html",
        shown=(tuple(row), [tuple(each) for each in found]),
        idea=Detail(row, reader_id()),
        replies=[ReplyCard(each) for each in found],
    )
