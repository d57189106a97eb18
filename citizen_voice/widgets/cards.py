"""What frames show, as templates see it: the cards of the pages, and a little less of them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from citizen_voice import clock
from citizen_voice.challenges.cards import ChallengeCard
from citizen_voice.challenges.models import OPEN
from citizen_voice.ideas.cards import REMOVED, Card
from citizen_voice.ideas.detail import Detail
from citizen_voice.ideas.models import PUBLISHED, WITHDRAWN
from citizen_voice.pilots.cards import PilotPage, TrialCard
from citizen_voice.pilots.names import OUTCOME_NAMES
from citizen_voice.pilots.refs import pilot_ref
from citizen_voice.pilots.told import Measure, Update
from citizen_voice.replies.cards import SAID, ReplyCard, reply_card
from citizen_voice.web.filters import Said, london, reference, say
from citizen_voice.web.sharing import summary
from citizen_voice.widgets import subjects
from citizen_voice.words import language

BEGINNING = 220
"""So many letters of an idea's words, of a reply or an update stand in a frame."""


class IdeaFrame(Detail):
    """An idea with its reply: ``row`` is of ``ideas.queries.shown``, beside ``replies.BESIDE``."""

    __slots__ = ()

    def __init__(self, row: Any) -> None:
        super().__init__(row, None)

    @property
    def is_shown(self) -> bool:
        """Whether others' pages show it: whoever reads it there has no right of their own."""
        return bool(self.row.visibility == PUBLISHED and self.row.stage != WITHDRAWN)

    @property
    def beginning(self) -> str:
        """How its words begin."""
        return summary(str(self.body_html), BEGINNING)

    @property
    def reply(self) -> ReplyCard | None:
        """The council's reply."""
        return reply_card(self.row)


class ChallengeFrame(ChallengeCard):
    """A challenge and its ideas with the most supporters (see ``subjects.asked``)."""

    def __init__(self, row: Any, ideas: Sequence[Any]) -> None:
        super().__init__(row)
        now = clock.now()
        self.top = [Card(each, now) for each in ideas]
        self.first = self.top[: subjects.FIRST]

    @property
    def days_left(self) -> int | None:
        """How many days it is open yet, today among them; ``None`` where it is not open."""
        closes: date = self.closes_on
        return (closes - clock.today()).days + 1 if self.state == OPEN else None


class PilotFrame(PilotPage):
    """A trial with its measures and its latest update (see ``subjects.parts``)."""

    __slots__ = ("latest",)

    def __init__(self, trial: Any, parts: Sequence[Any]) -> None:
        TrialCard.__init__(self, trial)
        self.measures = [
            Measure(row, [] if row.day is None else [row])
            for row in parts
            if row.kind == subjects.MEASURE
        ]
        updates = [Update(row) for row in parts if row.kind == subjects.UPDATE]
        self.latest = updates[0] if updates else None


class ChangeFrame:
    """A reply to an idea, or a decision about a trial (see ``subjects.changes``)."""

    def __init__(self, row: Any) -> None:
        self.is_reply = row.kind == subjects.REPLIED
        self.key = str(row.key)
        self.on: date = row.on or london(row.at)
        self.why, self.team = say(row, "b"), say(row, "c")
        if self.is_reply:
            lang = None if row.further == language() or not row.a_en else row.further
            self.title = Said(row.a_en or str(REMOVED), lang)
            self.ref, self.outcome = reference(row.id), str(SAID[row.key])
        else:
            self.title, self.ref = say(row, "a"), pilot_ref(row.id)
            self.outcome = str(OUTCOME_NAMES[row.key])
