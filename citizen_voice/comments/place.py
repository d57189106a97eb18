"""What a discussion hangs on: an idea, or a pilot."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import url_for

from citizen_voice import clock
from citizen_voice.comments import policies
from citizen_voice.ideas.policies import can_see
from citizen_voice.web.filters import reference
from citizen_voice.words import Sentence, language

IDEA, PILOT = "idea", "pilot"

PAGES = {IDEA: "ideas.detail", PILOT: "pilots.detail"}
LISTS = {IDEA: "comments.index", PILOT: "comments.of_pilot"}
ARGUMENTS = {IDEA: "ref", PILOT: "pilot_ref"}
SECTIONS = {IDEA: "ideas", PILOT: "pilots"}


@dataclass(frozen=True, slots=True)
class Place:
    """An idea or a pilot, as its discussion and its comments need it.

    ``kind`` is ``IDEA`` or ``PILOT``, ``language`` that of the title. ``closed`` is why it takes no
    comments now. Where it is not ``discussed``, nobody but their authors reads what was said about
    it; ``named`` is whether this reader may hear what it is.
    """

    kind: str
    number: int
    ref: str
    title: str
    language: str
    closed: Sentence | None
    discussed: bool = True
    named: bool = True

    @property
    def is_pilot(self) -> bool:
        """Whether it is a pilot."""
        return self.kind == PILOT

    @property
    def lang(self) -> str | None:
        """The language of its title, where that is not the page's."""
        return self.language if self.language != language() else None

    @property
    def section(self) -> str:
        """Where in the menu it is."""
        return SECTIONS[self.kind]

    @property
    def url(self) -> str:
        """Its page."""
        return self.address()

    def address(self, **query: Any) -> str:
        """Its page, with a query or an anchor."""
        named: dict[str, Any] = {ARGUMENTS[self.kind]: self.ref}
        return url_for(PAGES[self.kind], **named, **query)

    @property
    def comments_url(self) -> str:
        """All that was said about it."""
        named: dict[str, Any] = {ARGUMENTS[self.kind]: self.ref}
        return url_for(LISTS[self.kind], **named)


def on_idea(idea: Any, reader: UUID | None) -> Place:
    """Of a row of ``ideas.queries.shown``, for one reader."""
    return Place(
        kind=IDEA,
        number=idea.id,
        ref=reference(idea.id),
        title=idea.title,
        language=idea.language,
        closed=policies.why_not(idea, clock.now()),
        discussed=policies.has_discussion(idea),
        named=can_see(idea, reader),
    )
