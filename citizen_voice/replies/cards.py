"""A reply as templates see it: its row, said in the page's language."""

from datetime import date
from typing import Any

from markupsafe import Markup

from citizen_voice import clock
from citizen_voice.ideas.cards import REMOVED
from citizen_voice.replies.models import (
    ALREADY,
    GOOD_OUTCOMES,
    NO,
    NOT_NOW,
    PASSED_ON,
    TRYING,
    WILL_DO,
)
from citizen_voice.web.filters import Said, reference, say
from citizen_voice.web.templates import environment
from citizen_voice.words import _, force_locale, language

OUTCOME_WORDS = {
    WILL_DO: _("We’ll do it"),
    TRYING: _("We’re trying it"),
    ALREADY: _("Already happening"),
    PASSED_ON: _("Not ours: passed on"),
    NOT_NOW: _("Not now: we’ll look again"),
    NO: _("No, because …"),
}
"""The outcomes, as staff choose them."""
SAID = {
    WILL_DO: _("We’ll do it."),
    TRYING: _("We’re trying it."),
    ALREADY: _("This happens already."),
    PASSED_ON: _("This is not ours to decide, so we passed it on."),
    NOT_NOW: _("Not now. We’ll look at it again."),
    NO: _("We won’t do this."),
}
"""The same, as residents read them."""


class ReplyCard:
    """One reply: ``row`` has the columns of ``queries.WORDS``."""

    __slots__ = ("row",)

    def __init__(self, row: Any) -> None:
        self.row = row

    @property
    def id(self) -> int:
        """Its number."""
        return int(self.row.reply_id)

    @property
    def outcome(self) -> str:
        """As the database says it."""
        return str(self.row.outcome)

    @property
    def good(self) -> bool:
        """Whether the council does something."""
        return self.row.outcome in GOOD_OUTCOMES

    @property
    def outcome_words(self) -> str:
        """The outcome, for a resident."""
        return str(SAID[self.row.outcome])

    @property
    def reason(self) -> Said:
        """Why."""
        return say(self.row, "reason")

    @property
    def team(self) -> Said:
        """Who replied."""
        return say(self.row, "team")

    @property
    def passed_to(self) -> Said:
        """Whose it is."""
        return say(self.row, "passed_to")

    @property
    def replied_on(self) -> date:
        """When."""
        day: date = self.row.replied_on
        return day

    @property
    def next_on(self) -> date | None:
        """The day of the next word, where one is owed."""
        day: date | None = self.row.next_on
        return day

    @property
    def next_is_late(self) -> bool:
        """Whether that day is over."""
        return self.row.next_on is not None and self.row.next_on < clock.today()


class NewestReply(ReplyCard):
    """One of the newest replies in a challenge, beside one of the ideas that it is to."""

    __slots__ = ()

    @property
    def ref(self) -> str:
        """The idea's number as people cite it."""
        return reference(self.row.idea_id)

    @property
    def title(self) -> str:
        """The idea's title, or what stands in place of one that was taken away."""
        return self.row.title or str(REMOVED)

    @property
    def title_lang(self) -> str:
        """The language of the title."""
        return str(self.row.language) if self.row.title else language()

    @property
    def others(self) -> int:
        """To how many more ideas it is."""
        return int(self.row.replied_ideas) - 1


class Preview:
    """A reply as it will be, in each language beside the other.

    Both are said as a page in that language says them.
    """

    __slots__ = ("_reply",)

    def __init__(self, reply: Any) -> None:
        """``reply`` is a ``Reply`` that is not stored."""
        self._reply = reply

    def html(self, code: str) -> Markup:
        """The reply's block on a page in this language."""
        with force_locale(code):
            module: Any = environment().get_template("replies/_words.html").module
            block: Markup = module.council_reply(ReplyCard(self._reply))
            return block


def reply_card(row: Any) -> ReplyCard | None:
    """The reply of a row; ``None`` where it has none."""
    return None if row.reply_id is None else ReplyCard(row)
