"""Ideas in lists, as templates see them: rows, said in the page's language."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from markupsafe import Markup

from citizen_voice import clock
from citizen_voice.challenges.models import CLOSED, state
from citizen_voice.ideas import policies
from citizen_voice.ideas.models import (
    ADOPTED,
    DECLINED,
    MERGED,
    OPEN,
    PILOTING,
    SHORTLISTED,
    WITHDRAWN,
)
from citizen_voice.ideas.queries.choices import named, names
from citizen_voice.web.filters import reference, say
from citizen_voice.web.templates import piece, url_for
from citizen_voice.words import _, language

STAGE_WORDS = {
    OPEN: _("Open for support"),
    SHORTLISTED: _("Being looked at"),
    PILOTING: _("Being tried"),
    ADOPTED: _("Happening"),
    DECLINED: _("Not going ahead"),
    MERGED: _("Joined with another idea"),
    WITHDRAWN: _("Taken back by its author"),
}
AWAITS_REPLY = _("Waiting for a reply")
EVERYWHERE = _("Everywhere")
REMOVED = _("Removed by its author")
ANSWER_NAMES = {1: "support", 0: "skip", -1: "oppose", None: None}


class Card:
    """One idea in a list: ``row`` has the columns ``queries.lists.CARD`` and the reader's answer.

    It is a view of its row: what no template asks for is not worked out.
    """

    __slots__ = ("_now", "row", "with_question")

    def __init__(self, row: Any, now: datetime, *, with_question: bool = False) -> None:
        self.row = row
        self._now = now
        self.with_question = with_question

    @property
    def id(self) -> int:
        """Its number."""
        return int(self.row.id)

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
        """The language of its words."""
        return str(self.row.language) if self.row.title else language()

    @property
    def place(self) -> str:
        """The ward, or everywhere."""
        return _name("wards", self.row.ward_id) or str(EVERYWHERE)

    @property
    def topic(self) -> str:
        """The topic; empty for none."""
        return _name("topics", self.row.topic_id)

    @property
    def stage(self) -> str:
        """Where it stands, as the database says it."""
        return str(self.row.stage)

    @property
    def stage_words(self) -> str:
        """The stage, for a resident."""
        closed = self.row.stage == OPEN and state(self.challenge, self._now) == CLOSED
        return str(AWAITS_REPLY if closed else STAGE_WORDS[self.row.stage])

    @property
    def support(self) -> int:
        """How many support it."""
        return int(self.row.support)

    @property
    def oppose(self) -> int:
        """How many said it is not for them."""
        return int(self.row.oppose)

    @property
    def mine(self) -> str | None:
        """The reader's own answer."""
        return ANSWER_NAMES[self.row.mine]

    @property
    def challenge(self) -> Any:
        """The row of its challenge."""
        return named("challenges", self.row.challenge_id)

    @property
    def ballot(self) -> str:
        """Which answers its challenge takes."""
        return str(self.challenge.ballot)

    @property
    def answerable(self) -> bool:
        """Whether it takes answers now."""
        return policies.takes_answers(self.row.stage, self.challenge, self._now)

    @property
    def challenge_question(self) -> str | None:
        """The question that it answers, in lists of several challenges."""
        return say(self.challenge, "question").text if self.with_question else None

    @property
    def made_from(self) -> tuple[Any, ...]:
        """Everything that its HTML is made from, but for the names, the day and the language."""
        row = self.row
        return (
            *(row.id, row.title, row.language, row.stage, row.challenge_id),
            *(row.topic_id, row.ward_id, row.support, row.oppose, row.mine),
        )


def _name(table: str, key: int | None) -> str:
    """A ward's or topic's name in the page's language; empty for none."""
    return "" if key is None else say(named(table, key), "name").text


def cards_html(cards: Sequence[Card], csrf: Markup) -> Markup:
    """Cards as a list shows them; ``csrf`` is the hidden field of who reads.

    They are kept by all that they are made from: a challenge opens and closes at midnight.
    """
    today, code, revision = clock.today(), language(), names().revision
    page = url_for("ideas.detail", ref="CV-0").split("CV-0")
    urls = url_for("answers.answer", ref="CV-0").split("CV-0")
    shown = (
        piece(
            "components/cards.html",
            "idea_card",
            (today, revision, card.with_question, card.made_from),
            csrf,
            card,
            code,
            page,
            urls,
        )
        for card in cards
    )
    return Markup("".join(shown))  # nosec B704  # pieces of a template
