"""An idea as templates see it: a row, said in the page's language."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from markupsafe import Markup

from citizen_voice import clock
from citizen_voice.accounts.models import FORMER
from citizen_voice.challenges.models import CLOSED, state
from citizen_voice.ideas import policies
from citizen_voice.ideas.history import Withdrawal
from citizen_voice.ideas.models import (
    ADOPTED,
    DECLINED,
    MERGED,
    OPEN,
    PILOTING,
    SHORTLISTED,
    WITHDRAWN,
)
from citizen_voice.web import markdown
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
FORMER_NAME = _("Former participant")
NO_NAME = _("A resident")
REMOVED = _("Removed by its author")
ANSWER_NAMES = {1: "support", 0: "skip", -1: "oppose", None: None}


class Card:
    """One idea in a list. ``row`` comes from ``queries.page`` or ``queries.shown``.

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
        return named(self.row, "ward") or str(EVERYWHERE)

    @property
    def topic(self) -> str:
        """The topic; empty for none."""
        return named(self.row, "topic")

    @property
    def stage(self) -> str:
        """Where it stands, as the database says it."""
        return str(self.row.stage)

    @property
    def stage_words(self) -> str:
        """The stage, for a resident."""
        closed = self.row.stage == OPEN and state(self.row, self._now) == CLOSED
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
    def ballot(self) -> str:
        """Which answers its challenge takes."""
        return str(self.row.ballot)

    @property
    def answerable(self) -> bool:
        """Whether it takes answers now."""
        return policies.is_answerable(self.row, self._now)

    @property
    def challenge_question(self) -> str | None:
        """The question that it answers, in lists of several challenges."""
        return say(self.row, "question").text if self.with_question else None


def author_name(row: Any) -> str:
    """The name beside somebody's words: ``row`` has author, author_id and author_kind."""
    if row.author_kind == FORMER or row.author_id is None:
        return str(FORMER_NAME)
    return row.author or str(NO_NAME)


def cards_html(cards: Sequence[Card], csrf: Markup) -> Markup:
    """Cards as a list shows them; ``csrf`` is the hidden field of who reads.

    They are kept by all that they are made from: a challenge opens and closes at midnight.
    """
    today, code = clock.today(), language()
    page = url_for("ideas.detail", ref="CV-0").split("CV-0")
    urls = url_for("answers.answer", ref="CV-0").split("CV-0")
    shown = (
        piece(
            "components/cards.html",
            "idea_card",
            (today, card.with_question, tuple(card.row)),
            csrf,
            card,
            code,
            page,
            urls,
        )
        for card in cards
    )
    return Markup("".join(shown))  # nosec B704  # pieces of a template


class Detail(Card):
    """One idea on its own page, for one reader."""

    __slots__ = (
        "can_bring_back",
        "can_edit",
        "can_withdraw",
        "challenge_state",
        "is_author",
        "withdrawal",
    )

    def __init__(self, row: Any, person_id: Any, withdrawal: Withdrawal | None = None) -> None:
        now = clock.now()
        super().__init__(row, now)
        self.challenge_state = state(row, now)
        self.is_author = policies.is_author(row, person_id)
        self.can_edit = policies.can_edit(row, person_id, now)
        self.can_withdraw = policies.can_withdraw(row, person_id, now)
        self.withdrawal = withdrawal
        self.can_bring_back = withdrawal is not None and policies.can_bring_back(
            row, withdrawal.at, person_id, now
        )

    @property
    def edits_are_looked_at(self) -> bool:
        """Whether so many support it that a moderator looks at what an edit changed."""
        return policies.is_well_supported(self.support)

    @property
    def edited_since(self) -> bool:
        """Whether its words were changed after the reader answered."""
        answered: int | None = self.row.my_version
        return self.mine is not None and answered is not None and answered < self.row.version

    @property
    def author_name(self) -> str:
        """The name beside the words."""
        return author_name(self.row)

    @property
    def body_html(self) -> Markup:
        """The words, cleaned."""
        return Markup(markdown.render(self.row.body))  # nosec B704  # cleaned by nh3

    @property
    def author_id(self) -> Any:
        """Whose it is."""
        return self.row.author_id

    @property
    def visibility(self) -> str:
        """published, held or hidden."""
        return str(self.row.visibility)

    @property
    def hidden_reason(self) -> str | None:
        """Why it is hidden."""
        reason: str | None = self.row.hidden_reason
        return reason

    @property
    def version(self) -> int:
        """The number of the version shown."""
        return int(self.row.version)

    @property
    def my_version(self) -> int | None:
        """The number of the version that the reader answered."""
        number: int | None = self.row.my_version
        return number

    @property
    def published_at(self) -> datetime | None:
        """Since when everybody can read it."""
        moment: datetime | None = self.row.published_at
        return moment

    @property
    def edited_at(self) -> datetime | None:
        """When its words last changed."""
        moment: datetime | None = self.row.edited_at
        return moment

    @property
    def challenge_slug(self) -> str:
        """The address of its challenge."""
        return str(self.row.slug)

    @property
    def challenge_question_en(self) -> str:
        """The council's question, in English."""
        return str(self.row.question_en)

    @property
    def challenge_question_cy(self) -> str:
        """The council's question, in Welsh."""
        return str(self.row.question_cy)

    @property
    def challenge_reply_team_en(self) -> str:
        """Who replies, in English."""
        return str(self.row.reply_team_en)

    @property
    def challenge_reply_team_cy(self) -> str:
        """Who replies, in Welsh."""
        return str(self.row.reply_team_cy)

    @property
    def challenge_replies_by(self) -> date | None:
        """The promised day."""
        day: date | None = self.row.replies_by
        return day

    @property
    def challenge_closes_on(self) -> date:
        """The last day."""
        day: date = self.row.closes_on
        return day


def named(row: Any, name: str) -> str:
    """A ward's or topic's name in the page's language, with the English where Welsh is missing."""
    welsh: str | None = getattr(row, name + "_cy") if language() == "cy" else None
    return welsh or getattr(row, name + "_en") or ""
