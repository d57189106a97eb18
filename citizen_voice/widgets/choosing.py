"""What a widget can be about: what everybody may see, and nothing else."""

import re
from collections.abc import Mapping
from typing import Any

from citizen_voice import kept
from citizen_voice.answers import queries as answers
from citizen_voice.challenges import queries as challenges
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.ideas import policies
from citizen_voice.ideas import queries as ideas
from citizen_voice.pilots.queries import trials
from citizen_voice.web.filters import reference
from citizen_voice.widgets.models import CHALLENGE, CHANGES, IDEA, PILOT, TOP
from citizen_voice.words import _

COLUMNS = {
    IDEA: "idea_id",
    TOP: "challenge_id",
    CHALLENGE: "challenge_id",
    PILOT: "pilot_id",
    CHANGES: "challenge_id",
}
"""Where the subject of each kind stands."""

_REFERENCE = re.compile(r"(?:.*/ideas/)?(?:CV-)?([1-9][0-9]{0,9})(?:[/?#].*)?", re.IGNORECASE)


def subject(kind: str, said: str, standing: str | None = None) -> dict[str, int | None]:
    """The column of what somebody chose or wrote; raises ``Refusal`` at the field ``subject``.

    ``standing`` is what a widget is about by now (``written``): that may stay, whatever became of
    it, so that everything else can be changed.
    """
    if standing is not None and _as_written(kind, said) == standing:
        return {COLUMNS[kind]: int(standing.removeprefix("CV-")) if standing else None}
    return {COLUMNS[kind]: _idea(said) if kind == IDEA else _chosen(kind, said)}


def written(kind: str, row: Any) -> str:
    """What a widget is about, as its field has it; empty where that is gone."""
    key = getattr(row, COLUMNS[kind])
    if key is None:
        return ""
    return reference(key) if kind == IDEA else str(key)


def _as_written(kind: str, said: str) -> str:
    match = _REFERENCE.fullmatch(said.strip()) if kind == IDEA else None
    return said.strip() if match is None else f"CV-{match[1]}"


def offered(kind: str) -> Mapping[str, Any]:
    """What there is to choose for a kind: numbers as text → rows with words in two languages."""
    if kind == PILOT:
        return {str(each.id): each for each in trials.everything()}
    return {} if kind == IDEA else _challenges()


@kept.kept
def _challenges() -> Mapping[str, Any]:
    """Those that everybody may see; a form looks here for its choices, its words, its preview."""
    return {
        str(row.id): row
        for row in challenges.all_of_them()
        if row.published_at is not None and row.archived_at is None
    }


def _chosen(kind: str, said: str) -> int | None:
    if kind == CHANGES and not said:
        return None
    if said not in offered(kind):
        raise Refusal(_("Choose one of these."), field="subject")
    return int(said)


def _idea(said: str) -> int:
    """The number of an idea, from CV-1042, 1042 or the address of its page."""
    match = _REFERENCE.fullmatch(said.strip())
    if match is None:
        raise Refusal(_("Write the number of an idea, like CV-1042."), field="subject")
    try:
        row = ideas.shown(f"CV-{match[1]}", answers.mine(None))
    except NotHere:
        raise Refusal(_("There is no idea with that number."), field="subject") from None
    if not policies.can_see(row, None):
        words = _("That idea is not public, so no other site can show it.")
        raise Refusal(words, field="subject")
    return int(match[1])
