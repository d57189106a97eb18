"""Writing a reply: the form, what it will look like and whom it tells, then publishing it."""

import hashlib
from collections.abc import Sequence
from typing import Any

from flask import Response, request, url_for
from flask_login import current_user

from citizen_voice.db import AnyRow, write
from citizen_voice.errors import Refusal
from citizen_voice.ideas import queries as ideas
from citizen_voice.ideas.queries.choices import named
from citizen_voice.news import queries as news
from citizen_voice.replies import queries, services
from citizen_voice.replies.cards import Preview
from citizen_voice.replies.due_cards import StaffIdea
from citizen_voice.replies.forms import ADOPT, DECLINE, ReplyForm
from citizen_voice.replies.staff_routes.blueprint import bp
from citizen_voice.team.models import MODERATOR
from citizen_voice.web.access import role
from citizen_voice.web.htmx import go, page

PUBLISH = "_publish"


@bp.route("/staff/replies/new", methods=["GET", "POST"])
@role(MODERATOR)
def new() -> Response:
    """Reply to the ideas that were chosen (``idea``, as often as there are ideas)."""
    keys = chosen_ideas()
    told = queries.told_ideas(keys)
    form = ReplyForm(**_begun(told))
    preview: Preview | None = None
    if form.validate_on_submit():
        try:
            looked_at = services.look_at(keys, **form.words())
            if PUBLISH in request.form and form.seen.data == _mark(keys, form):
                with write():
                    number = services.reply(keys, **form.words(), actor=current_user.id)
                return go(url_for("replies_staff.due", reply=number))
            preview = Preview(looked_at)
            form.seen.data = _mark(keys, form)
        except Refusal as refusal:
            form.refuse(refusal)
    return page(
        "replies/new.html",
        form=form,
        ideas=[StaffIdea(row) for row in told],
        audience=news.tells_of_ideas(keys) if keys else 0,
        preview=preview,
        changed=preview is not None and PUBLISH in request.form,
        most=services.MOST,
    )


def chosen_ideas() -> list[int]:
    """The ideas in the address, or in the form; what is no reference is left out."""
    source = request.form if request.method == "POST" else request.args
    keys = set()
    for ref in source.getlist("idea")[: 2 * services.MOST]:
        try:
            keys.add(ideas.number(ref))
        except Refusal:
            continue
    return sorted(keys)


def _begun(told: Sequence[AnyRow]) -> dict[str, Any]:
    """What the form holds before anything is typed: the team that promised to reply."""
    stage = request.args.get("stage")
    begun: dict[str, Any] = {"stage": stage} if stage in (ADOPT, DECLINE) else {}
    asked = {row.challenge_id for row in told}
    if len(asked) == 1:
        challenge = named("challenges", asked.pop())
        begun |= {"team_en": challenge.reply_team_en, "team_cy": challenge.reply_team_cy}
    return begun


def _mark(keys: Sequence[int], form: ReplyForm) -> str:
    """Changes with everything that the preview showed."""
    return hashlib.sha256(repr((keys, form.words())).encode()).hexdigest()[:32]
