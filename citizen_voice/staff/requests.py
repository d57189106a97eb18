"""Requests about data that are due, as *Today* shows them to the privacy officer."""

from collections.abc import Iterator
from datetime import date

from citizen_voice.desk import queries
from citizen_voice.desk.shown import Shown
from citizen_voice.team.models import PRIVACY_OFFICER


def due(roles: frozenset[str], today: date) -> Iterator[Shown]:
    """What is late or due within a week, the most urgent first; nothing is read for others.

    So are complaints that nobody has acknowledged: each says in ``pressing`` what presses.
    """
    if PRIVACY_OFFICER in roles:
        yield from (Shown(row) for row in queries.urgent(today))
