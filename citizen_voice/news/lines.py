"""News as templates and letters see it: what happened, said to somebody who took part."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from citizen_voice import clock
from citizen_voice.accounts.models import TEEN
from citizen_voice.ideas.cards import REMOVED
from citizen_voice.ideas.detail import author_name
from citizen_voice.ideas.models import ADOPTED, DECLINED, OPEN, SHORTLISTED
from citizen_voice.news.audience import AUTHOR, COMMENTER, FOLLOWER, SUPPORTER
from citizen_voice.news.models import (
    APART,
    APPEALED,
    BEGAN,
    COMMENTED,
    DECIDED,
    FIRST,
    MERGED,
    REPLIED,
    STAGED,
    THANKED,
    TRIED,
    UPDATED,
)
from citizen_voice.pilots.models import CHANGED, ON_TRACK, STUCK
from citizen_voice.pilots.refs import pilot_ref
from citizen_voice.replies.cards import SAID, ReplyCard
from citizen_voice.replies.models import ALREADY, GOOD_OUTCOMES, NO, NOT_NOW, PASSED_ON, TRYING
from citizen_voice.replies.models import WILL_DO as WILL
from citizen_voice.web.filters import Said, reference, say
from citizen_voice.web.locale import PREFIX
from citizen_voice.words import _, language, ngettext

TOOK_PART = {
    AUTHOR: _("This was your idea."),
    SUPPORTER: _("You backed this."),
    COMMENTER: _("You talked about this."),
    FOLLOWER: _("You follow this."),
}
HAPPENING = _("It’s happening.")
STAGED_WORDS = {
    SHORTLISTED: _("The council is looking at it."),
    ADOPTED: HAPPENING,
    DECLINED: _("It’s not going ahead."),
    OPEN: _("It is open again."),
}
TRIED_WORDS = {
    ADOPTED: HAPPENING,
    SHORTLISTED: _("The trial is over. The council changes it and tries again."),
    DECLINED: _("The trial has stopped. It’s not going ahead."),
}
GOING = {
    ON_TRACK: _("The trial is on track."),
    CHANGED: _("The trial has changed."),
    STUCK: _("The trial is stuck."),
}
OUTCOMES = {
    WILL: _("The council will do it."),
    TRYING: _("The council is trying it."),
    ALREADY: _("It happens already."),
    PASSED_ON: _("The council passed it on."),
    NOT_NOW: _("The council says: not now."),
    NO: _("The council won’t do it."),
}
OTHERS = {
    MERGED: _("Joined with %(ref)s: the two say the same."),
    APART: _("It stands apart again from %(ref)s."),
    DECIDED: _("A moderator decided about something of yours."),
    APPEALED: _("Somebody else has looked again at what was decided."),
    BEGAN: _("A trial has begun."),
    FIRST: _("Your idea has its first supporter."),
    THANKED: _("Something changed because of you."),
}
"""Kinds of news about neither a reply nor a stage."""
ANSWERED = _("The council wrote about a comment of yours.")
"""Instead of thanks, to people under 18."""
GOOD = (BEGAN, FIRST, THANKED)
NAMES_HOW = (REPLIED, STAGED, BEGAN, TRIED)
"""Kinds with which it is said how somebody took part."""
PLACES = {UPDATED: "#latest", TRIED: "#outcome", THANKED: "#because"}
"""Where on a pilot's page it stands."""
GOOD_STAGES = (SHORTLISTED, ADOPTED)
"""What is worth more than a plain line, to adults."""


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
    def good(self) -> bool:
        """Whether it is what people had hoped for."""
        row = self.row
        if row.kind in GOOD:
            return True
        return row.stage in GOOD_STAGES or (row.kind == REPLIED and row.outcome in GOOD_OUTCOMES)

    @property
    def what(self) -> str:
        """What happened, in a sentence."""
        row = self.row
        if row.kind == COMMENTED:
            return _of_comments(row)
        if row.kind == UPDATED:
            return str(GOING[row.update_state])
        if row.kind == TRIED:
            return str(TRIED_WORDS[row.stage])
        if row.kind in OTHERS:
            words = OTHERS[row.kind]
            return str(words) % {"ref": reference(row.other_id)} if row.other_id else str(words)
        if row.stage == ADOPTED or row.kind != REPLIED:
            return str(STAGED_WORDS[row.stage])
        return str(OUTCOMES[row.outcome])

    @property
    def words(self) -> list[Said]:
        """What the council says with it, paragraph by paragraph."""
        row = self.row
        names = {
            REPLIED: ("reason",),
            STAGED: ("change_reason",),
            UPDATED: ("update_words",),
            THANKED: ("thanks_words",),
            TRIED: ("learned", "then"),
        }.get(row.kind, ())
        said = [say(row, name) for name in names if getattr(row, f"{name}_en")]
        return [each for each in said if each.text]

    @property
    def next_on(self) -> date | None:
        """The day of the next word, where one is promised and is still to come."""
        row = self.row
        day: date | None = {
            REPLIED: row.next_on,
            STAGED: row.change_next_on,
            UPDATED: row.update_next_on,
            TRIED: row.then_on,
        }.get(row.kind)
        return None if day is None or day < clock.today() else day

    @property
    def short(self) -> str:
        """The same, as an earlier happening is told."""
        return str(SAID[self.row.outcome]) if self.row.kind == REPLIED else self.what


def _of_comments(row: Any) -> str:
    """What was said about an idea of the reader's, or to them."""
    if row.fresh > 1:
        return ngettext("%(num)s new comment for you.", "%(num)s new comments for you.", row.fresh)
    if row.to_me:
        return str(_("Somebody replied to your comment."))
    return str(_("Somebody commented on your idea."))


class Told:
    """What happened to one idea or pilot: the newest, and a few before it."""

    def __init__(self, lines: Sequence[Line], age_band: str | None) -> None:
        self._row = lines[0].row
        self.line = lines[0]
        self.earlier = [] if self._row.kind == COMMENTED else lines[1:]
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
        """The pilot, or the idea where the reader may see it."""
        if self._row.pilot_id is not None:
            return pilot_ref(self._row.pilot_id)
        return None if self._row.seen_id is None else reference(self._row.seen_id)

    @property
    def path(self) -> str | None:
        """Where it is to be read, in the language at hand; ``None`` for what is nowhere."""
        row = self._row
        prefix = PREFIX if language() == "cy" else ""
        if row.decision_id is not None:
            return f"{prefix}/decisions/{row.decision_id}"
        if row.kind == COMMENTED:
            return f"{prefix}/comments/{row.comment_id}"
        if row.pilot_id is not None:
            return f"{prefix}/pilots/{self.ref}{PLACES.get(row.kind, '')}"
        place = "#reply" if row.kind in (REPLIED, STAGED) else ""
        return f"{prefix}/ideas/{self.ref}{place}" if self.ref else None

    @property
    def _title(self) -> Said:
        if self._row.pilot_id is not None:
            return say(self._row, "pilot_title")
        return Said(self._row.title or "", self._row.language if self._row.title else None)

    @property
    def title(self) -> str:
        """Its title, or what stands in place of one that was taken away."""
        return self._title.text or str(REMOVED)

    @property
    def public_title(self) -> str:
        """Its title in a letter: of an idea that is hidden its number alone."""
        if self._row.pilot_id is None and self._row.open_title is None:
            return "" if self._row.idea_id is None else reference(self._row.idea_id)
        return self.title

    @property
    def lang(self) -> str:
        """The language of the title."""
        return self._title.lang or language()

    @property
    def origin(self) -> str | None:
        """The idea by which the reader took part in what was decided, and whose it is."""
        row = self._row
        if row.kind not in (BEGAN, TRIED) or row.origin_title is None:
            return None
        if row.took_part == AUTHOR:
            return None
        return str(
            _(
                "It began with %(ref)s, “%(title)s”, by %(name)s.",
                ref=reference(row.origin_id),
                title=row.origin_title,
                name=author_name(row),
            )
        )

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
        if self._row.kind == THANKED and not self._celebrates:
            return str(ANSWERED)
        if not self.celebrates or self._row.kind not in NAMES_HOW:
            return self.line.what
        return f"{TOOK_PART[self._row.took_part]} {self.line.what}"

    @property
    def thanks(self) -> bool:
        """Whether an adult is thanked for taking part, though it does not go ahead."""
        if not self._celebrates:
            return False
        declined = self._row.stage == DECLINED
        return declined or (self._row.kind == REPLIED and self._row.outcome in (NO, NOT_NOW))

    @property
    def unread(self) -> bool:
        """Whether any of it is."""
        return self.line.unread


def told(rows: Sequence[Any], age_band: str | None) -> list[Told]:
    """The rows of a page or of a letter, idea by idea."""
    groups = groupby(rows, key=lambda row: row.head)
    return [Told([Line(row) for row in some], age_band) for _head, some in groups]
