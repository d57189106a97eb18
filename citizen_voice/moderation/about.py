"""Naming and linking what words are about: an idea, or a pilot that its comment is on."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from citizen_voice.pilots.refs import pilot_ref
from citizen_voice.web.filters import reference, say
from citizen_voice.words import language


@dataclass(frozen=True, slots=True)
class About:
    """An idea or a pilot: how it is cited, and where it is."""

    ref: str
    endpoint: str
    argument: str

    @property
    def url(self) -> str:
        """Its page."""
        named: dict[str, Any] = {self.argument: self.ref}
        return url_for(self.endpoint, **named)


def about(idea_id: int | None, pilot_id: int | None) -> About | None:
    """One of the two; ``None`` where there is neither."""
    if idea_id is not None:
        return About(reference(idea_id), "ideas.detail", "ref")
    if pilot_id is not None:
        return About(pilot_ref(pilot_id), "pilots.detail", "pilot_ref")
    return None


def title(row: Any, language_of_title: str | None) -> tuple[str, str]:
    """The title of what a row is about, and its language; empty where there is none.

    ``row`` has ``title``, an idea's (in ``language_of_title``), and the columns of
    ``queries.joined.PILOT``.
    """
    if row.pilot_id is None:
        return row.title or "", language_of_title or "en"
    said = say(row, "pilot")
    return said.text, said.lang or language()
