"""The top ideas as moderators weigh them: the table, its file, and what is like an idea."""

from flask import Response, g, request, stream_with_context

from citizen_voice import clock
from citizen_voice.board import queries, sheet
from citizen_voice.board.staff_routes import links
from citizen_voice.board.staff_routes.blueprint import bp
from citizen_voice.board.table import Board
from citizen_voice.db import rows
from citizen_voice.errors import NotHere
from citizen_voice.ideas import alike as alikes
from citizen_voice.ideas.cards import Card
from citizen_voice.ideas.queries import Filters, Mine, number
from citizen_voice.team.models import MODERATOR
from citizen_voice.web.access import role
from citizen_voice.web.htmx import page
from citizen_voice.web.templates import url_for

MOST_ALIKE = 5
NOBODYS = Mine((), {})


def _board() -> Board:
    return Board(
        request.args,
        lambda **further: url_for("board.index", **further),
        groups=bool(g.site.groups_on and g.site.groups_dpia) and queries.there_are_groups(),
    )


@bp.get("/staff/top")
@role(MODERATOR)
def index() -> Response:
    """The ideas of one challenge, or of all, in the order that the address says."""
    board = _board()
    return page(
        "board/index.html",
        board=board,
        file_url=url_for("board.csv", **board.chosen),
        links=links,
    )


@bp.get("/staff/top.csv")
@role(MODERATOR)
def csv() -> Response:
    """The same table as a file, with all of its pages."""
    response = Response(stream_with_context(sheet.lines(_board())), mimetype="text/csv")
    name = f"top-ideas-{clock.today().isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@bp.get("/staff/top/<ref>/alike")
@role(MODERATOR)
def alike(ref: str) -> Response:
    """Ideas of any challenge that are like one: a part of the table for htmx, otherwise a page."""
    now = clock.now()
    found = rows(queries.LISTED_ONE, {"number": number(ref)})
    if not found:
        raise NotHere
    idea = Card(found[0], now, with_question=True)
    like = [one for one in alikes.ranked(idea.title, Filters(), NOBODYS) if one.enough]
    cards = [Card(one.row, now, with_question=True) for one in like if one.row.id != idea.id]
    return page("board/alike.html", block="alike", idea=idea, cards=cards[:MOST_ALIKE], links=links)
