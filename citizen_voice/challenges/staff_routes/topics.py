"""The topics of a challenge."""

from typing import Any

from flask import Response, g, request, url_for
from flask_login import current_user

from citizen_voice.challenges import queries
from citizen_voice.challenges.services import topics as service
from citizen_voice.challenges.staff_routes.blueprint import bp
from citizen_voice.challenges.staff_routes.forms import topics_form
from citizen_voice.challenges.staff_routes.lists import StaffCard
from citizen_voice.db import write
from citizen_voice.errors import Refusal
from citizen_voice.ideas.queries.topics import uses
from citizen_voice.team.models import ADMINISTRATOR
from citizen_voice.web.access import role
from citizen_voice.web.htmx import go, page

MOVES = {"up": service.UP, "down": service.DOWN}


@bp.route("/<int:challenge_id>/topics", methods=["GET", "POST"])
@role(ADMINISTRATOR)
def topics(challenge_id: int) -> Response:
    """Every button saves what was typed; some do one thing more."""
    row = queries.for_staff(challenge_id)
    rows = queries.topics_of(row.id)
    form = topics_form(rows, welsh=g.site.welsh_on)
    if form.validate_on_submit():
        try:
            with write():
                _act(row.id, form, rows)
            return go(url_for("challenges_staff.topics", challenge_id=row.id, done="topics-saved"))
        except Refusal as refusal:
            rows = queries.topics_of(row.id)  # somebody else may have changed them
            form = topics_form(rows, welsh=g.site.welsh_on)
            form.validate()
            form.refuse(refusal)
    form.seen.data = service.mark(rows)
    return page(
        "challenges/staff_topics.html",
        form=form,
        challenge=StaffCard(row),
        topics=rows,
        uses=uses([topic.id for topic in rows]),
        most=service.MOST,
    )


def _act(challenge_id: int, form: Any, rows: Any) -> None:
    held = service.Topics(challenge_id, seen=form.seen.data or "", actor=current_user.id)
    what, _dash, key = request.form.get("act", "").partition("-")
    removed = int(key) if what == "remove" and _is_key(key, rows) else None
    held.rename({row.id: _typed(form, row.id, row.name_cy) for row in rows if row.id != removed})
    english, welsh = _typed(form, "new", "")
    if english or welsh:
        held.add(english, welsh)
    if removed is not None:
        held.remove(removed)
    elif what in MOVES and _is_key(key, rows):
        held.move(int(key), MOVES[what])


def _is_key(text: str, rows: Any) -> bool:
    return text in {str(row.id) for row in rows}


def _typed(form: Any, key: object, welsh: str) -> service.Names:
    """The names of a topic; the Welsh one stays where the site has no Welsh."""
    code = f"cy_{key}"
    return form[f"en_{key}"].data or "", (form[code].data or "") if code in form else welsh
