"""*Replies due*: where the council owes a word, late ones first."""

from typing import Any

from flask import Response, request, url_for

from citizen_voice.errors import NotHere
from citizen_voice.ideas.lists import BadFilter, key
from citizen_voice.ideas.queries.choices import names
from citizen_voice.replies import queries
from citizen_voice.replies.due_cards import DueIdea, Owed
from citizen_voice.replies.given import Given
from citizen_voice.replies.queries.due import ALL, LATE, SHOWS, THIS_WEEK
from citizen_voice.replies.staff_routes.blueprint import bp
from citizen_voice.team.models import MODERATOR
from citizen_voice.web.access import role
from citizen_voice.web.htmx import page
from citizen_voice.words import _

TABS = ((ALL, _("All")), (LATE, _("Late")), (THIS_WEEK, _("Within a week")))


@bp.get("/staff/replies")
@role(MODERATOR)
def due() -> Response:
    """Ideas that wait for a first reply or for the next word, to be chosen and replied to."""
    show = request.args.get("show") or ALL
    if show not in SHOWS:
        raise BadFilter
    filters = queries.DueFilters(
        show, key(request.args.get("challenge")), key(request.args.get("topic"))
    )
    found = queries.due(filters, request.args.get("after") or None)
    counts = queries.due_counts()
    numbers = {ALL: counts.all, LATE: counts.late, THIS_WEEK: counts.week}
    chosen = {
        name: value
        for name, value in (("challenge", filters.challenge_id), ("topic", filters.topic_id))
        if value is not None
    }
    asked = names()
    return page(
        "replies/due.html",
        ideas=[DueIdea(row) for row in found.rows],
        owed=Owed(asked, filters),
        tabs=[
            (str(words), numbers[name], _address(chosen, name), name == show)
            for name, words in TABS
        ],
        show=show,
        chosen=chosen,
        next_url=found.after and _address(chosen, show, after=found.after),
        from_the_top=not request.args.get("after"),
        published=_published(),
    )


def _address(chosen: dict[str, Any], show: str, **further: Any) -> str:
    narrowed = chosen if show == ALL else chosen | {"show": show}
    return url_for("replies_staff.due", **narrowed, **further)


def _published() -> Given | None:
    """The reply that was given a moment ago, as the address says."""
    try:
        number = key(request.args.get("reply"))
        return None if number is None else Given(queries.with_ideas(number))
    except (BadFilter, NotHere):
        return None
