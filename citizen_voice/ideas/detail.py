"""An idea on its own page, as templates see it."""

from datetime import date, datetime
from typing import Any

from markupsafe import Markup

from citizen_voice import clock
from citizen_voice.accounts.models import FORMER
from citizen_voice.challenges.models import CLOSED, state
from citizen_voice.ideas import policies, working_days
from citizen_voice.ideas.cards import Card
from citizen_voice.ideas.history import Withdrawal
from citizen_voice.ideas.models import ADOPTED, DECLINED, MERGED, OPEN, WITHDRAWN
from citizen_voice.web import markdown
from citizen_voice.web.filters import Said, london, say
from citizen_voice.words import _

FORMER_NAME = _("Former participant")
NO_NAME = _("A resident")
REPLIED = _("The council has replied")


def author_name(row: Any) -> str:
    """The name beside somebody's words: ``row`` has author, author_id and author_kind.

    ``former``, where it has that, tells apart who took part in one conversation and left.
    """
    if row.author_kind == FORMER or row.author_id is None:
        number = getattr(row, "former", None)
        if number is not None:
            return str(_("Former participant %(number)s", number=number))
        return str(FORMER_NAME)
    return row.author or str(NO_NAME)


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
    def challenge(self) -> Any:
        """The row of its challenge: it is one with its own."""
        return self.row

    @property
    def answerable(self) -> bool:
        """Whether it takes answers now."""
        return policies.is_answerable(self.row, self._now)

    @property
    def edits_are_looked_at(self) -> bool:
        """Whether so many support it that a moderator looks at what an edit changed."""
        return policies.is_well_supported(self.support)

    @property
    def edits_wait(self) -> bool:
        """Whether a moderator reads an edit before others do."""
        return policies.edits_wait(self.row, self.row.moderation)

    @property
    def edit_waits(self) -> bool:
        """Whether an edit of the reader's own waits for a moderator, while others read on."""
        row = self.row
        seen = row.stage == OPEN and policies.can_see(row, None)
        return bool(self.is_author and row.edit_waits and seen)

    @property
    def was_edited(self) -> bool:
        """Whether it said something else before that everybody may read."""
        return bool(self.row.version > self.row.public_from)

    @property
    def edited_since(self) -> bool:
        """Whether its words were changed after the reader answered."""
        answered: int | None = self.row.my_version
        return self.mine is not None and answered is not None and answered < self.row.version

    @property
    def shows_since(self) -> bool:
        """Whether the words that the reader answered may still be read."""
        return self.edited_since and bool(self.row.my_version >= self.row.public_from)

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
    def stage_words(self) -> str:
        """The stage, for a resident; where the council has replied, none waits for a reply."""
        replied = self.row.reply_id is not None and self.row.stage == OPEN
        if replied and self.challenge_state == CLOSED:
            return str(REPLIED)
        return super().stage_words

    @property
    def reply_due(self) -> date | None:
        """The day by which a first reply was promised; ``None`` once there is one, or for none."""
        row = self.row
        if row.reply_id is not None or row.cancelled_at or row.stage in (WITHDRAWN, MERGED):
            return None
        day: date | None = row.replies_by or row.owed_on
        return day

    @property
    def reply_is_late(self) -> bool:
        """Whether that day is over."""
        return self.reply_due is not None and self.reply_due < clock.today()

    @property
    def working_days_left(self) -> int:
        """How many working days the council has until then."""
        due = self.reply_due
        return 0 if due is None else working_days.left(due, clock.today())

    @property
    def staged_on(self) -> date | None:
        """The day on which staff moved it where it is, and said why; ``None`` where they did not.

        What a reply has said since is newer.
        """
        row = self.row
        if not row.change_reason_en or row.change_stage != row.stage:
            return None
        replied: datetime | None = getattr(row, "replied_at", None)
        changed: datetime = row.changed_at
        return None if replied is not None and replied > changed else london(changed)

    @property
    def trial_moved(self) -> int | None:
        """The number of the trial that moved it where it is; ``None`` where none did."""
        row = self.row
        number: int | None = row.change_pilot_id
        return number if row.change_stage == row.stage else None

    @property
    def trial_moved_on(self) -> date:
        """The day on which it did."""
        return london(self.row.changed_at)

    @property
    def trial_settled(self) -> bool:
        """Whether a decided trial said the last word: what a reply promised before has come."""
        row = self.row
        replied: datetime | None = getattr(row, "replied_at", None)
        if self.trial_moved is None or (replied is not None and replied > row.changed_at):
            return False
        return row.stage in (ADOPTED, DECLINED) or row.change_next_on is not None

    @property
    def staged_why(self) -> Said:
        """Why they did."""
        return say(self.row, "change_reason")

    @property
    def staged_next_on(self) -> date | None:
        """The day of the next step, which they named."""
        day: date | None = self.row.change_next_on
        return day

    @property
    def staged_next_is_late(self) -> bool:
        """Whether that day is over."""
        return self.staged_next_on is not None and self.staged_next_on < clock.today()

    @property
    def earlier_replies(self) -> int:
        """How many replies stand before the one in force."""
        return max(getattr(self.row, "replies", 0) - 1, 0)

    @property
    def challenge_closes_on(self) -> date:
        """The last day."""
        day: date = self.row.closes_on
        return day
