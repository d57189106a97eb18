"""How widgets are named to staff."""

from typing import Any, NamedTuple

from citizen_voice.ideas.cards import REMOVED
from citizen_voice.pilots.refs import pilot_ref
from citizen_voice.web.filters import Said, reference, say
from citizen_voice.widgets.models import CHALLENGE, CHANGES, IDEA, PILOT, TOP
from citizen_voice.words import _

KIND_NAMES = {
    IDEA: _("An idea"),
    TOP: _("The top ideas of a challenge"),
    CHALLENGE: _("A challenge"),
    PILOT: _("A trial"),
    CHANGES: _("What changed"),
}
KIND_WORDS = {
    IDEA: _("Its title, its beginning, how many support it, and the council’s reply."),
    TOP: _("The ideas with the most supporters, five of them."),
    CHALLENGE: _("The question, three ideas, and the way to have a say."),
    PILOT: _("How far it is, what it measures, and the latest word."),
    CHANGES: _("The latest replies and decisions, of everything or of one challenge."),
}
SUBJECT_LABELS = {
    IDEA: _("Number of the idea, like CV-1042, or the address of its page"),
    TOP: _("Challenge"),
    CHALLENGE: _("Challenge"),
    PILOT: _("Trial"),
    CHANGES: _("What changed in"),
}
EVERYTHING = _("Everything")
GONE = _("What it was about is gone")


class Subject(NamedTuple):
    """What a widget is about: how it is cited, its words, and its page here."""

    ref: str
    said: Said
    path: str


def is_about_something(line: Any) -> bool:
    """Whether a widget of ``figures`` is about one thing, which is still there."""
    return any(key is not None for key in (line.idea_id, line.challenge_id, line.pilot_id))


def subject_of(line: Any) -> Subject:
    """What a widget of ``figures`` is about."""
    if line.kind == IDEA and line.idea_id is not None:
        ref = reference(line.idea_id)
        said = Said(line.idea_title or str(REMOVED), line.idea_language)
        return Subject(ref, said, f"/ideas/{ref}")
    if line.kind == PILOT and line.pilot_id is not None:
        ref = pilot_ref(line.pilot_id)
        return Subject(ref, say(line, "title"), f"/pilots/{ref}")
    if line.challenge_id is not None:
        path = f"/challenges/{line.slug}" + ("/changes" if line.kind == CHANGES else "")
        return Subject("", say(line, "question"), path)
    if line.kind == CHANGES:
        return Subject("", Said(str(EVERYTHING), None), "/changes")
    return Subject("", Said(str(GONE), None), "/")
