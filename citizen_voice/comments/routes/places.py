"""What addresses and comments are about: an idea or a pilot, for who reads."""

from citizen_voice.comments.place import Place, on_idea
from citizen_voice.db import AnyRow
from citizen_voice.errors import NotHere
from citizen_voice.ideas import queries as ideas
from citizen_voice.ideas.routes import reader_id
from citizen_voice.ideas.routes.joined import lead_on
from citizen_voice.pilots import discussion
from citizen_voice.pilots.queries.named import named
from citizen_voice.pilots.refs import pilot_number
from citizen_voice.web.filters import reference

NOTHING_MORE = ideas.Mine((), {})
"""Of the idea alone: not how the reader answered it."""


def idea(ref: str, *, lead: bool = False) -> Place:
    """An idea with a discussion that everybody may read; raises ``NotHere``.

    ``lead``: who reads of one that was joined with another is led there.
    """
    row = ideas.shown(ref, NOTHING_MORE)
    place = _discussed(on_idea(row, reader_id()))
    if lead:
        lead_on(row)
    return place


def pilot(ref: str) -> Place:
    """A pilot; raises ``NotHere``, also for one that was cancelled."""
    return _discussed(discussion.place(named(pilot_number(ref))))


def of(comment: AnyRow) -> Place:
    """What a row of ``comments.queries`` is about, discussed or not."""
    if comment.pilot_id is not None:
        return discussion.place(named(comment.pilot_id))
    return on_idea(ideas.shown(reference(comment.idea_id), NOTHING_MORE), reader_id())


def _discussed(place: Place) -> Place:
    if not place.discussed:
        raise NotHere
    return place
