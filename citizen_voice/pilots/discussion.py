"""What is said about a pilot: its place in the discussion, and the part of its page."""

from typing import Any
from uuid import UUID

from citizen_voice.comments import queries
from citizen_voice.comments.place import PILOT, Place
from citizen_voice.comments.policies import PILOT_DECIDED
from citizen_voice.comments.section import Section
from citizen_voice.pilots.policies import comments_open
from citizen_voice.pilots.refs import pilot_ref
from citizen_voice.web.filters import say
from citizen_voice.words import language


def place(pilot: Any) -> Place:
    """Of a row with ``id``, ``title_en``, ``title_cy``, ``stage`` and ``cancelled_at``.

    One that was cancelled counts as never begun: nobody hears what it was.
    """
    title, there = say(pilot, "title"), pilot.cancelled_at is None
    return Place(
        kind=PILOT,
        number=pilot.id,
        ref=pilot_ref(pilot.id),
        title=title.text,
        language=title.lang or language(),
        closed=None if comments_open(pilot) else PILOT_DECIDED,
        discussed=there,
        named=there,
    )


def on_page(pilot: Any, reader: UUID | None) -> Section:
    """The newest five comments, for the page of a pilot; ``pilot`` as ``place`` has it."""
    return Section(place(pilot), reader, size=queries.FIRST)
