"""Every public list as a file (CSV), sent while it is read.

A file has no ``ETag``: its tag would have to be made from all of it, which nobody holds at once.
So it is sent whole each time (``Cache-Control: public, no-cache``). Its first part is read before
the answer begins, so that what goes wrong is said on a page, not in the middle of a file.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Any

from flask import Blueprint, Response, g, request

from citizen_voice import clock
from citizen_voice.challenges import queries as challenges_
from citizen_voice.comments.place import Place
from citizen_voice.comments.routes import places
from citizen_voice.exports import headings, queries, tables
from citizen_voice.exports.tables import Line
from citizen_voice.ideas.lists import BadFilter, looked_for, narrowing
from citizen_voice.ideas.queries import totals_by_challenge
from citizen_voice.pilots.queries.changed import changed
from citizen_voice.web.access import everyone
from citizen_voice.web.csv_files import csv_sent
from citizen_voice.web.filters import say
from citizen_voice.web.htmx import page
from citizen_voice.web.openly import openly

bp = Blueprint("exports", __name__)


@bp.get("/open-data")
@everyone
def index() -> Response:
    """What there is to download, and where programs find more."""
    return page("exports/index.html")


@bp.get("/exports/ideas.csv")
@openly
def ideas() -> Response:
    """The ideas of all challenges, narrowed as on their page."""
    return _sent("ideas", headings.IDEAS, _ideas(None))


@bp.get("/exports/challenges/<slug>/ideas.csv")
@openly
def of_challenge(slug: str) -> Response:
    """The ideas of one challenge, narrowed as on its page."""
    row = challenges_.published(slug)
    return _sent(f"ideas-{row.slug}", headings.IDEAS, _ideas(row.id))


@bp.get("/exports/ideas/<ref>/comments.csv")
@openly
def comments(ref: str) -> Response:
    """What is said about an idea."""
    return _discussion(places.idea(ref, lead=True))


@bp.get("/exports/pilots/<pilot_ref>/comments.csv")
@openly
def remarks(pilot_ref: str) -> Response:
    """What is said about a trial."""
    return _discussion(places.pilot(pilot_ref))


@bp.get("/exports/challenges.csv")
@openly
def challenges() -> Response:
    """The challenges of the public list."""
    lines = tables.challenges(challenges_.overview(), totals_by_challenge())
    return _sent("challenges", headings.CHALLENGES, lines)


@bp.get("/exports/pilots.csv")
@openly
def pilots() -> Response:
    """Every trial, with what it measures in a line."""
    return _sent("trials", headings.PILOTS, tables.pilots(queries.pilots()))


@bp.get("/exports/measures.csv")
@openly
def measures() -> Response:
    """What trials measure, a row each."""
    return _sent("measures", headings.MEASURES, tables.measures(queries.pilots()))


@bp.get("/exports/changes.csv")
@openly
def changes() -> Response:
    """Replies, trials that began and were decided, and what came of ideas."""
    return _sent("changes", headings.CHANGES, _changes(None))


@bp.get("/exports/challenges/<slug>/changes.csv")
@openly
def changes_of_challenge(slug: str) -> Response:
    """The same of one challenge."""
    row = challenges_.published(slug)
    return _sent(f"changes-{row.slug}", headings.CHANGES, _changes(row.id))


def _discussion(about: Place) -> Response:
    rows = queries.comments(about.number, of_pilot=about.is_pilot)
    lines = tables.comments(about.ref, say(g.site, "council").text, rows)
    return _sent(f"comments-{about.ref}", headings.COMMENTS, lines)


def _changes(challenge_id: int | None) -> Iterator[Line]:
    events = changed(challenge_id, clock.today()).events
    return tables.changes(events, queries.replies(challenge_id))


def _ideas(challenge_id: int | None) -> Iterator[Line]:
    """The ideas that the address asks for; raises ``BadFilter``."""
    said, filters = looked_for(request.args), narrowing(request.args, challenge_id)
    orders = queries.FOUND_ORDERS if said else queries.ORDERS
    order = request.args.get("order") or orders[0]
    if order not in orders:
        raise BadFilter
    found = queries.looked_for(said, order, filters) if said else queries.ideas(order, filters)
    return tables.ideas(found)


def _sent(name: str, header: Sequence[Any], lines: Iterator[Line]) -> Response:
    """A file of today; its first rows are read at once."""
    lines = chain(list(islice(lines, 1)), lines)
    named = f"{name}-{clock.today().isoformat()}.csv"
    return csv_sent(named, [str(heading) for heading in header], lines)
