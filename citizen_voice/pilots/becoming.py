"""What changed, month by month, as templates see it."""

from datetime import date
from typing import Any

from citizen_voice.ideas.cards import REMOVED
from citizen_voice.pilots.models import ADAPT, SCALE, STOP
from citizen_voice.pilots.names import OUTCOME_NAMES
from citizen_voice.pilots.queries import changed
from citizen_voice.pilots.refs import pilot_ref
from citizen_voice.replies.cards import SAID
from citizen_voice.web.filters import Said, london, reference, say
from citizen_voice.words import language

MOST_LATEST = 8
FEWEST = 10
"""A share of fewer says more about single people than about the council."""


class Event:
    """A trial that began or was decided, an idea that happens, thanks for a comment."""

    def __init__(self, row: Any) -> None:
        self.kind, self.day = row.kind, london(row.at)
        self.words = say(row, "words")
        if row.kind == changed.HAPPENS:
            self.ref, self.key = reference(row.id), ""
            self.title = Said(row.title_en, None if row.key == language() else row.key)
        else:
            self.ref, self.title, self.key = pilot_ref(row.id), say(row, "title"), row.key

    @property
    def outcome(self) -> str:
        """What was decided."""
        return str(OUTCOME_NAMES[self.key])


class Replied:
    """One of the latest replies, with the most supported of the ideas that it is to."""

    def __init__(self, row: Any) -> None:
        self.ref, self.day = reference(row.id), london(row.at)
        lang = None if row.language == language() or not row.title_en else row.language
        self.title = Said(row.title_en or str(REMOVED), lang)
        self.outcome, self.words = str(SAID[row.key]), say(row, "words")


class Figures:
    """What changed within some time: all of it, or a month."""

    def __init__(self, month: date | None = None) -> None:
        self.month = month
        self.replies = self.promised = self.on_time = 0
        self.events: list[Event] = []

    def count(self, row: Any) -> None:
        """Add a day of first replies."""
        self.replies += row.replies
        self.promised += row.promised
        self.on_time += int(row.on_time)

    @property
    def share(self) -> int | None:
        """How many of a hundred replies came by the promised day; ``None`` for too few to say."""
        if self.promised < FEWEST:
            return None
        return round(100 * self.on_time / self.promised)

    @property
    def empty(self) -> bool:
        """Whether nothing happened."""
        return not (self.replies or self.events)

    @property
    def started(self) -> list[Event]:
        """Trials that began."""
        return self._of(changed.STARTED)

    @property
    def adopted(self) -> list[Event]:
        """Ideas that happen."""
        return self._of(changed.HAPPENS)

    @property
    def thanked(self) -> list[Event]:
        """What changed because of somebody."""
        return self._of(changed.THANKED)

    @property
    def stopped(self) -> list[Event]:
        """Trials that ended, with what was learned."""
        return self._decided(STOP)

    @property
    def scaled(self) -> list[Event]:
        """Trials that go on for good."""
        return self._decided(SCALE)

    @property
    def adapted(self) -> list[Event]:
        """Trials that were changed, to be tried again."""
        return self._decided(ADAPT)

    @property
    def decided(self) -> list[Event]:
        """Trials that were decided, whatever became of them."""
        return self._of(changed.DECIDED)

    def _of(self, kind: str) -> list[Event]:
        return [event for event in self.events if event.kind == kind]

    def _decided(self, decision: str) -> list[Event]:
        return [event for event in self._of(changed.DECIDED) if event.key == decision]


class Becoming:
    """All of it, and its months, the newest first. ``late`` is how many replies are, now.

    ``latest`` are the latest replies.
    """

    def __init__(self, found: changed.Changed) -> None:
        self.latest = [Replied(row) for row in found.latest[:MOST_LATEST]]
        self.all, self.late = Figures(), 0
        months: dict[date, Figures] = {}
        for row in found.replies:
            if row.day is None:
                self.late += row.replies
                continue
            for figures in (self.all, _of(months, row.day)):
                figures.count(row)
        for each in found.events:
            event = Event(each)
            for figures in (self.all, _of(months, event.day)):
                figures.events.append(event)
        self.months = [months[month] for month in sorted(months, reverse=True)]

    @property
    def running(self) -> int:
        """How many trials have begun and are not decided."""
        return len(self.all.started) - len(self.all.decided)

    def of(self, month: date) -> Figures:
        """A month's figures; of one in which nothing happened, too."""
        return next((each for each in self.months if each.month == month), Figures(month))


def _of(months: dict[date, Figures], day: date) -> Figures:
    month = day.replace(day=1)
    return months.setdefault(month, Figures(month))
