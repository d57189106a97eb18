"""Where a reader came from: a page of the council's that showed the idea in a frame.

The frame's link says it (``widget``, or ``site`` for frames that nobody made), and our form carries
it on. Nothing said is believed: the way back comes out of the database, or there is none.
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
    """Where somebody came from, with the field that carries it on."""

    name: str
    value: str
    address: str
    host: str


def named(said: Mapping[str, str]) -> dict[str, str]:
    """What an address or a form says of it, as a field to carry on; empty for anything else."""
    widget, site = said.get(WIDGET, ""), said.get(SITE, "").lower()
    if NUMBER.fullmatch(widget) and int(widget) <= LARGEST:
        return {WIDGET: widget}
    return {SITE: site} if HOST.fullmatch(site) else {}


def arrival() -> Arrival | None:
    """Where who reads came from; ``None`` where nothing is said, or nothing that we know."""
    for name, value in named(request.values).items():
        widget_id = int(value) if name == WIDGET else None
        back = queries.way_back(widget_id, value if name == SITE else None)
        if back is not None:
            return Arrival(name, value, back.address, back.host)
    return None
