"""An idea among what a search found, and what is said of the search."""

from datetime import datetime
from typing import Any

from markupsafe import Markup

from citizen_voice.ideas.cards import Card
from citizen_voice.ideas.queries.search import MOST, Found
from citizen_voice.search import Query, marks
from citizen_voice.words import _, ngettext


class FoundCard(Card):
    """One idea in a list, with the words looked for marked, and some of the text around them."""

    __slots__ = ("snippet", "title_marked")

    def __init__(
        self, row: Any, now: datetime, query: Query, *, with_question: bool = False
    ) -> None:
        super().__init__(row, now, with_question=with_question)
        self.title_marked: Markup = marks.marked(self.title, query)
        self.snippet: Markup | None = marks.snippet(row.body, query)

    @property
    def made_from(self) -> tuple[Any, ...]:
        """Everything that its HTML is made from."""
        return (*super().made_from, self.title_marked, self.snippet)


def found_words(found: Found) -> list[str]:
    """How many ideas a search found, in sentences."""
    if found.some:
        return [str(_("No idea has all of these words. These ideas have some of them."))]
    if found.matches > MOST:
        return [
            str(_("More than 1,000 ideas have these words. You see the newest 1,000.")),
            str(_("Write another word to find fewer.")),
        ]
    return [ngettext("%(num)s idea found.", "%(num)s ideas found.", found.matches)]
