"""Every public list as a file (CSV), sent while it is read.

A file has no ``ETag``: its tag would have to be made from all of it, which nobody holds at once.
So it is sent whole each time (``Cache-Control: public, no-cache``). Its first part is read before
the answer begins, so that what goes wrong is said on a page, not in the middle of a file.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Any

from flask import Blueprint, Response, current_app, request

from citizen_voice import clock
from citizen_voice.challenges import queries as challenges_
from citizen_voice.exports import headings, queries, tables
from citizen_voice.exports.tables import Line
from citizen_voice.ideas.lists import LONGEST_QUERY, BadFilter, key
from citizen_voice.ideas.models import LISTED_STAGES
from citizen_voice.ideas.queries import Filters, totals_by_challenge
from citizen_voice.ideas.text import one_line
from citizen_voice.pilots.queries.changed import changed
from citizen_voice.web.access import everyone
from citizen_voice.web.csv_files import csv_sent
from citizen_voice.web.htmx import page
from citizen_voice.web.openly import openly

bp = Blueprint("exports", __name__)

MACHINES = {"feeds": "/feeds/ideas.atom", "api": "/api/v1/docs"}
"""Where programs find more, if the site has it."""


@bp.get("/open-data")
@everyone
def index() -> Response:
    """What there is to download, and where programs find more."""
    there = {rule.rule for rule in current_app.url_map.iter_rules()}
    machines = {name: rule for name, rule in MACHINES.items() if rule in there}
    return page("exports/index.html", machines=machines)


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


def _changes(challenge_id: int | None) -> Iterator[Line]:
    events = changed(challenge_id, clock.today()).events
    return tables.changes(events, queries.replies(challenge_id))


def _ideas(challenge_id: int | None) -> Iterator[Line]:
    """The ideas that the address asks for; raises ``BadFilter``."""
    args = request.args
    said = one_line(args.get("q", "")[:1_000])[:LONGEST_QUERY]
    stage = args.get("stage") or None
    if stage is not None and stage not in LISTED_STAGES:
        raise BadFilter
    filters = Filters(challenge_id, key(args.get("topic")), key(args.get("ward")), stage)
    orders = queries.FOUND_ORDERS if said else queries.ORDERS
    order = args.get("order") or orders[0]
    if order not in orders:
        raise BadFilter
    found = queries.looked_for(said, order, filters) if said else queries.ideas(order, filters)
    return tables.ideas(found)


def _sent(name: str, header: Sequence[Any], lines: Iterator[Line]) -> Response:
    """A file of today; its first rows are read at once."""
    lines = chain(list(islice(lines, 1)), lines)
    named = f"{name}-{clock.today().isoformat()}.csv"
    return csv_sent(named, [str(heading) for heading in header], lines)
