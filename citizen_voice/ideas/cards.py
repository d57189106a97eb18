"""An idea as templates see it: a row, said in the page's language."""

from datetime import date, datetime
from typing import Any

from markupsafe import Markup

from citizen_voice import clock
from citizen_voice.accounts.models import FORMER
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
from citizen_voice.web import markdown
from citizen_voice.web.filters import reference, say
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
    """One idea in a list. ``row`` comes from ``queries.page`` or ``queries.shown``."""

    __slots__ = (
        "answerable",
        "ballot",
        "challenge_question",
        "id",
        "lang",
        "mine",
        "oppose",
        "place",
        "ref",
        "row",
        "skip",
        "stage",
        "stage_words",
        "support",
        "title",
        "topic",
    )

    def __init__(self, row: Any, now: datetime, *, with_question: bool = False) -> None:
        self.row = row
        self.id: int = row.id
        self.ref = reference(row.id)
        self.title: str = row.title or str(REMOVED)
        self.lang: str = row.language if row.title else language()
        self.place = named(row, "ward") or str(EVERYWHERE)
        self.topic = named(row, "topic")
        self.stage: str = row.stage
        closed = row.stage == OPEN and state(row, now) == CLOSED
        self.stage_words = str(AWAITS_REPLY if closed else STAGE_WORDS[row.stage])
        self.support: int = row.support
        self.oppose: int = row.oppose
        self.skip: int = row.skip
        self.mine = ANSWER_NAMES[row.mine]
        self.ballot: str = row.ballot
        self.answerable = policies.is_answerable(row, now)
        self.challenge_question = say(row, "question").text if with_question else None

    @property
    def author_name(self) -> str:
        """The name beside the words."""
        if self.row.author_kind == FORMER or self.row.author_id is None:
            return str(FORMER_NAME)
        return self.row.author or str(NO_NAME)


class Detail(Card):
    """One idea on its own page, for one reader."""

    __slots__ = ("can_edit", "challenge_state", "is_author")

    def __init__(self, row: Any, person_id: Any) -> None:
        now = clock.now()
        super().__init__(row, now)
        self.challenge_state = state(row, now)
        self.is_author = policies.is_author(row, person_id)
        self.can_edit = policies.can_edit(row, person_id, now)

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
