"""The board as templates see it: rows said in the page's language, headings that sort."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from babel.numbers import format_decimal
from werkzeug.datastructures import MultiDict

from citizen_voice import clock
from citizen_voice.answers import activity
from citizen_voice.board import queries, wilson
from citizen_voice.board.queries import Narrowed
from citizen_voice.challenges.models import OPINION
from citizen_voice.ideas.cards import STAGE_WORDS, Card
from citizen_voice.ideas.lists import BadFilter, by_name, key
from citizen_voice.ideas.models import LISTED_STAGES
from citizen_voice.ideas.queries.choices import names
from citizen_voice.web.filters import say
from citizen_voice.words import _, language

Address = Callable[..., str]
LAST_PAGE = 4_000
STEP = 5
"""Pages round what a group supports down to such steps: nobody can work a group's answers out."""

ORDER_WORDS: dict[str, tuple[Any, Any]] = {
    queries.SUPPORTED: (_("Supporters"), _("Ideas with the most supporters come first.")),
    queries.SHARE: (
        _("Share of support"),
        _(
            "Of those who said support or not for me, how many said support. In 80 of 100 cases the"
            " true share is in the range. Ideas come in the order of its lower end, so that few"
            " answers don't count for much."
        ),
    ),
    queries.ACTIVE: (
        _("Active"),
        _("Every answer counts one, and half as much after 14 days."),
    ),
    queries.GROWTH: (
        _("This week"),
        _("People who support an idea now, and did not seven days ago."),
    ),
    queries.DISCUSSED: (_("Comments"), _("Ideas with the most comments come first.")),
    queries.ACROSS: (
        _("Across groups"),
        _(
            "What even the least convinced opinion group supports, at least: the lower end of the"
            " range, rounded down. Groups with fewer than 10 answers are left out, and ideas with"
            " fewer than two such groups, too. So are ideas where only 1 to 9 of a group support"
            " it, or only 1 to 9 do not. Nobody under 18 is in a group."
        ),
    ),
}


class Heading(NamedTuple):
    """A heading of the table by which it can be put in order."""

    key: str
    words: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Share:
    """The share of support in per cent, and the range in which the true one lies."""

    middle: int
    lower: int
    upper: int


class Row(Card):
    """An idea on the board: a card of a list with what moderators weigh."""

    __slots__ = ("_today", "order")

    def __init__(self, row: Any, now: datetime, today: date, order: str, *, question: bool) -> None:
        super().__init__(row, now, with_question=question)
        self._today = today
        self.order = order

    @property
    def share(self) -> Share | None:
        """The share of support; ``None`` where nobody answered, or could say anything else."""
        yes, answers = self.row.support, self.row.support + self.row.oppose
        if not answers or self.ballot != OPINION:
            return None
        ends = wilson.interval(yes, answers)
        return Share(*(round(100 * part) for part in (yes / answers, *ends)))

    @property
    def active(self) -> str:
        """How lively it is, with one decimal."""
        worth = round(activity.worth(self.row.active, self._now), 1)
        return format_decimal(worth, format="#,##0.0", locale=language())

    @property
    def growth(self) -> int:
        """Supporters who came in the last seven days."""
        return int(self.row.growth)

    @property
    def comments(self) -> int:
        """Comments that everybody can read."""
        return int(self.row.comments)

    @property
    def across(self) -> int | None:
        """What the least convinced group supports at least, in per cent, rounded down."""
        if self.order != queries.ACROSS:
            return None
        return int(100 * self.row.value) // STEP * STEP

    @property
    def replied(self) -> bool:
        """Whether the council has replied."""
        return self.row.reply_id is not None

    @property
    def due(self) -> date | None:
        """The day of the reply, or of the next word where there is one."""
        day: date | None = self.row.owed_on if self.replied else self.row.replies_by
        return day

    @property
    def overdue(self) -> bool:
        """Whether that day has passed."""
        return self.due is not None and self.due < self._today


class Board:
    """A page of the board as its address describes it."""

    def __init__(self, args: MultiDict[str, str], address: Address, *, groups: bool) -> None:
        """Understand ``args`` (a request's).

        ``address`` makes the board's address from further arguments, ``groups`` says whether
        *across groups* is offered. Raises ``BadFilter``.
        """
        self._address = address
        offered = queries.ORDERS if groups else queries.ORDERS[:-1]
        self.order = args.get("order") or queries.SUPPORTED
        replied = args.get("replied") or ""
        self.stage = args.get("stage") or None
        fits = self.order in offered and replied in ("", "yes", "no")
        if not fits or (self.stage is not None and self.stage not in LISTED_STAGES):
            raise BadFilter
        self.number = key(args.get("page")) or 1
        if self.number > LAST_PAGE:
            raise BadFilter
        self.replied = replied
        self.challenge = key(args.get("challenge"))
        self.ward = key(args.get("ward"))
        self.narrowed = Narrowed(
            self.challenge, self.ward, self.stage, None if not replied else replied == "yes"
        )
        self._orders = offered
        self._chosen = {
            name: value
            for name in ("challenge", "ward", "stage", "replied")
            if (value := getattr(self, name))
        }

    @cached_property
    def _page(self) -> tuple[list[Row], bool]:
        found, more = queries.page(self.order, self.narrowed, self.number)
        return [self.row(row, clock.now(), clock.today()) for row in found], more

    @property
    def rows(self) -> list[Row]:
        """The ideas of this page."""
        return self._page[0]

    def row(self, row: Any, now: datetime, today: date) -> Row:
        """A row of its query."""
        return Row(row, now, today, self.order, question=self.challenge is None)

    @property
    def explanation(self) -> str:
        """What the order means."""
        return str(ORDER_WORDS[self.order][1])

    @property
    def label(self) -> str:
        """The name of the order."""
        return str(ORDER_WORDS[self.order][0])

    def heading(self, name: str) -> Heading:
        """The heading of a column, and where it puts the table in its order."""
        order = {} if name == queries.SUPPORTED else {"order": name}
        address = self._address(**order, **self._chosen)
        return Heading(name, str(ORDER_WORDS[name][0]), address, name == self.order)

    @property
    def headings(self) -> list[Heading]:
        """Those of all orders."""
        return [self.heading(name) for name in self._orders]

    @property
    def across(self) -> bool:
        """Whether it is in the order *across groups*, which alone shows that column."""
        return self.order == queries.ACROSS

    @property
    def challenges(self) -> list[tuple[int, str]]:
        """The challenges to choose from, the newest first."""
        rows: Sequence[Any] = list(names().challenges.values())
        newest = sorted(rows, key=lambda row: row.opens_at, reverse=True)
        return [(row.id, say(row, "question").text) for row in newest]

    @property
    def wards(self) -> list[tuple[int, str]]:
        """The wards to choose from."""
        return by_name(list(names().wards.values()))

    @property
    def stages(self) -> list[tuple[str, str]]:
        """The stages to choose from."""
        return [(name, str(STAGE_WORDS[name])) for name in LISTED_STAGES]

    @property
    def replies(self) -> list[tuple[str, str]]:
        """Whether the council has replied."""
        return [("yes", str(_("Replied"))), ("no", str(_("No reply yet")))]

    @property
    def any_filter(self) -> bool:
        """Whether it is narrowed."""
        return bool(self._chosen)

    @property
    def order_given(self) -> str:
        """The order, where it is not the usual one."""
        return "" if self.order == queries.SUPPORTED else self.order

    @property
    def chosen(self) -> dict[str, Any]:
        """Order and filters, as an address has them."""
        return self._chosen | ({"order": self.order_given} if self.order_given else {})

    @property
    def clear_url(self) -> str:
        """The board without filters, in the same order."""
        return self._address(**({"order": self.order_given} if self.order_given else {}))

    @property
    def previous_url(self) -> str | None:
        """The page before this one."""
        if self.number == 1:
            return None
        page = {} if self.number == 2 else {"page": self.number - 1}
        return self._address(**self.chosen, **page)

    @property
    def next_url(self) -> str | None:
        """The page after this one."""
        if not self._page[1] or self.number >= LAST_PAGE:
            return None
        return self._address(**self.chosen, page=self.number + 1)

    @property
    def first(self) -> int:
        """The place of the first row in the whole table."""
        return (self.number - 1) * queries.PAGE + 1
