"""News as templates see it: what happened, said to somebody who took part."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from citizen_voice.accounts.models import TEEN
from citizen_voice.ideas.cards import REMOVED
from citizen_voice.ideas.models import ADOPTED, DECLINED, OPEN, SHORTLISTED
from citizen_voice.news.models import APART, APPEALED, DECIDED, MERGED, REPLIED
from citizen_voice.news.queries import AUTHOR, COMMENTER, SUPPORTER
from citizen_voice.replies.cards import SAID, ReplyCard
from citizen_voice.replies.models import ALREADY, GOOD_OUTCOMES, NO, NOT_NOW, PASSED_ON, TRYING
from citizen_voice.replies.models import WILL_DO as WILL
from citizen_voice.web.filters import Said, reference, say
from citizen_voice.words import _, language

TOOK_PART = {
    AUTHOR: _("This was your idea."),
    SUPPORTER: _("You backed this."),
    COMMENTER: _("You talked about this."),
}
HAPPENING = _("It’s happening.")
STAGED = {
    SHORTLISTED: _("The council is looking at it."),
    ADOPTED: HAPPENING,
    DECLINED: _("It’s not going ahead."),
    OPEN: _("It is open again."),
}
OUTCOMES = {
    WILL: _("The council will do it."),
    TRYING: _("The council is trying it."),
    ALREADY: _("It happens already."),
    PASSED_ON: _("The council passed it on."),
    NOT_NOW: _("The council says: not now."),
    NO: _("The council won’t do it."),
}
GOOD_STAGES = (SHORTLISTED, ADOPTED)
"""What is worth more than a plain line, to adults."""
OTHERS = {
    MERGED: _("Joined with %(ref)s: the two say the same."),
    APART: _("It stands apart again from %(ref)s."),
    DECIDED: _("A moderator decided about something of yours."),
    APPEALED: _("Somebody else has looked again at what was decided."),
}
"""Kinds of news about neither a reply nor a stage."""


class Line:
    """One happening: ``row`` is of ``queries.page``."""

    __slots__ = ("row",)

    def __init__(self, row: Any) -> None:
        self.row = row

    @property
    def at(self) -> datetime:
        """When."""
        moment: datetime = self.row.at
        return moment

    @property
    def unread(self) -> bool:
        """Whether it happened since the reader marked their news as read."""
        return bool(self.row.at > self.row.seen_at)

    @property
    def reply(self) -> ReplyCard | None:
        """What the council said."""
        return ReplyCard(self.row) if self.row.kind == REPLIED else None

    @property
    def why(self) -> Said | None:
        """The reason of a change of stage."""
        return say(self.row, "change_reason") if self.row.change_reason_en else None

    @property
    def good(self) -> bool:
        """Whether it is what people had hoped for."""
        row = self.row
        return row.stage in GOOD_STAGES or (row.kind == REPLIED and row.outcome in GOOD_OUTCOMES)

    @property
    def what(self) -> str:
        """What happened, in a sentence."""
        row = self.row
        if row.kind in OTHERS:
            words = OTHERS[row.kind]
            return str(words) % {"ref": reference(row.other_id)} if row.other_id else str(words)
        if row.stage == ADOPTED or row.kind != REPLIED:
            return str(STAGED[row.stage])
        return str(OUTCOMES[row.outcome])

    @property
    def short(self) -> str:
        """The same, as an earlier happening is told."""
        return str(SAID[self.row.outcome]) if self.row.kind == REPLIED else self.what


class Told:
    """What happened to one idea: the newest, and a few before it."""

    def __init__(self, lines: Sequence[Line], age_band: str | None) -> None:
        self._row = lines[0].row
        self.line = lines[0]
        self.earlier = lines[1:]
        self._celebrates = age_band != TEEN

    @property
    def key(self) -> str:
        """For the ids of its elements."""
        return str(self._row.head)

    @property
    def kind(self) -> str:
        """What kind of happening it is."""
        return str(self._row.kind)

    @property
    def ref(self) -> str | None:
        """The idea, if it is about one that the reader may see."""
        return None if self._row.seen_id is None else reference(self._row.seen_id)

    @property
    def title(self) -> str:
        """Its title, or what stands in place of one that was taken away."""
        return self._row.title or str(REMOVED)

    @property
    def lang(self) -> str:
        """The language of the title."""
        return str(self._row.language) if self._row.title else language()

    @property
    def decision_id(self) -> Any:
        """The decision that it is about."""
        return self._row.decision_id

    @property
    def celebrates(self) -> bool:
        """Whether it is good news, told to an adult."""
        return self._celebrates and self.line.good

    @property
    def headline(self) -> str:
        """“You backed this. It’s happening.” What they did is named with good news alone."""
        if not self.celebrates:
            return self.line.what
        return f"{TOOK_PART[self._row.took_part]} {self.line.what}"

    @property
    def thanks(self) -> bool:
        """Whether somebody is thanked for taking part, though it does not go ahead."""
        declined = self._row.stage == DECLINED
        return declined or (self._row.kind == REPLIED and self._row.outcome in (NO, NOT_NOW))

    @property
    def unread(self) -> bool:
        """Whether any of it is."""
        return self.line.unread


def told(rows: Sequence[Any], age_band: str | None) -> list[Told]:
    """The rows of a page, idea by idea."""
    groups = groupby(rows, key=lambda row: row.head)
    return [Told([Line(row) for row in some], age_band) for _head, some in groups]
