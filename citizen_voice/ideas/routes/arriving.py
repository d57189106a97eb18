"""Where a reader came from: a page of the council's that showed the idea in a frame.

The frame's link says it (``widget``, for frames that somebody made, and ``site``), and our form
carries it on. Nothing said is believed: the way back comes out of the database, or there is none.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flask import request

from citizen_voice.widgets import queries

NUMBER = re.compile(r"[1-9][0-9]{0,9}")
LARGEST = 2**31 - 1
HOST = re.compile(r"[a-z0-9.-]{1,253}(:[0-9]{1,5})?")
WIDGET, SITE = "widget", "site"


@dataclass(frozen=True, slots=True)
class Arrival:
    """Where somebody came from, with the fields that carry it on."""

    fields: tuple[tuple[str, str], ...]
    back: queries.WayBack


def named(said: Mapping[str, str]) -> dict[str, str]:
    """What an address or a form says of it, as fields to carry on; empty for anything else."""
    widget, site = said.get(WIDGET, ""), said.get(SITE, "").lower()
    found = {}
    if NUMBER.fullmatch(widget) and int(widget) <= LARGEST:
        found[WIDGET] = widget
    if HOST.fullmatch(site):
        found[SITE] = site
    return found


def arrival(idea_id: int) -> Arrival | None:
    """Where who reads an idea came from; ``None`` where nothing is said, or nothing we know."""
    said = named(request.values)
    if not said:
        return None
    widget = said.get(WIDGET)
    back = queries.way_back(None if widget is None else int(widget), said.get(SITE), idea_id)
    return None if back is None else Arrival(tuple(said.items()), back)
