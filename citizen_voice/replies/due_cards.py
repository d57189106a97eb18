"""Ideas that wait for a word, as templates see them."""

from datetime import date
from typing import Any

from citizen_voice import clock
from citizen_voice.ideas import working_days
from citizen_voice.ideas.cards import REMOVED, STAGE_WORDS
from citizen_voice.ideas.queries.choices import Names, named
from citizen_voice.replies.queries.due import SOMEDAY, DueFilters
from citizen_voice.web.filters import Said, reference, say
from citizen_voice.words import language


class StaffIdea:
    """An idea in a table of staff's: ``row`` has id, title, language, stage and challenge_id."""

    __slots__ = ("row",)

    def __init__(self, row: Any) -> None:
        self.row = row

    @property
    def ref(self) -> str:
        """Its number as people cite it."""
        return reference(self.row.id)

    @property
    def title(self) -> str:
        """Its title, or what stands in place of one that was taken away."""
        return self.row.title or str(REMOVED)

    @property
    def lang(self) -> str:
        """The language of its title."""
        return str(self.row.language) if self.row.title else language()

    @property
    def stage(self) -> str:
        """Where it stands, as the database says it."""
        return str(self.row.stage)

    @property
    def stage_words(self) -> str:
        """Where it stands."""
        return str(STAGE_WORDS[self.row.stage])

    @property
    def support(self) -> int:
        """How many support it."""
        return int(self.row.support)

    @property
    def question(self) -> Said:
        """What it answers."""
        return say(named("challenges", self.row.challenge_id), "question")


class DueIdea(StaffIdea):
    """One that waits for a word."""

    __slots__ = ()

    @property
    def due_on(self) -> date | None:
        """By which day."""
        day: date = self.row.due_on
        return None if day == SOMEDAY else day

    @property
    def late(self) -> bool:
        """Whether that day is over."""
        return self.due_on is not None and self.due_on < clock.today()

    @property
    def days_left(self) -> int:
        """How many working days are left."""
        return 0 if self.due_on is None else working_days.left(self.due_on, clock.today())

    @property
    def days_late(self) -> int:
        """For how many working days people have waited in vain."""
        return 0 if self.due_on is None else working_days.left(clock.today(), self.due_on)

    @property
    def first(self) -> bool:
        """Whether there was no reply yet."""
        return bool(self.row.first)


class Owed:
    """What the list can be narrowed to, in the page's language."""

    def __init__(self, names: Names, filters: DueFilters) -> None:
        self._names = names
        self.challenge = filters.challenge_id
        self.topic = filters.topic_id

    @property
    def challenges(self) -> list[tuple[int, str]]:
        """The challenges to choose from, the newest first."""
        found = self._names.challenges.values()
        return sorted(((row.id, say(row, "question").text) for row in found), reverse=True)

    @property
    def topics(self) -> list[tuple[int, str]]:
        """The topics of the chosen challenge."""
        found = self._names.topics.values()
        return [
            (row.id, say(row, "name").text) for row in found if row.challenge_id == self.challenge
        ]
