"""Ideas like the one that is being written, so that people add to one instead of repeating it."""

from flask import Response, request, url_for

from citizen_voice import clock
from citizen_voice.answers import queries as answers
from citizen_voice.ideas import alike, lists
from citizen_voice.ideas.cards import Card
from citizen_voice.ideas.models import TITLE_LONGEST
from citizen_voice.ideas.queries import Filters
from citizen_voice.ideas.routes.blueprint import bp
from citizen_voice.ideas.routes.reading import reader_id
from citizen_voice.ideas.text import one_line
from citizen_voice.web.access import everyone
from citizen_voice.web.headers import never_store
from citizen_voice.web.htmx import page


@bp.get("/ideas/alike")
@everyone
def look_alikes() -> Response:
    """At most three ideas like a title: the part of the form for htmx, otherwise a page.

    ``different`` is the title that its author has said is different: nothing is shown for it again.
    """
    never_store()  # a title that somebody only tries out
    title = typed_title(request.args.get("title"))
    different = typed_title(request.args.get("different"))
    said = bool(title) and title == different
    challenge = lists.key(request.args.get("challenge"))
    cards = [] if said else cards_like(title, challenge)
    return page(
        "ideas/alike.html",
        block="alike",
        title=title,
        different=different,
        just_said="now" in request.args,
        alike=cards,
        dismiss=url_for("ideas.look_alikes", title=title, different=title, now=1),
        back=url_for("ideas.new", title=title or None),
    )


def typed_title(text: str | None) -> str:
    """A title as it comes in an address: one line, as long as a title may be."""
    return one_line((text or "")[:1_000])[:TITLE_LONGEST]


def cards_like(title: str, challenge_id: int | None) -> list[Card]:
    """The ideas of a challenge (``None``: of all) that are like a title, as cards."""
    now = clock.now()
    found = alike.find(title, Filters(challenge_id), answers.mine(reader_id()))
    return [Card(one.row, now) for one in found]
