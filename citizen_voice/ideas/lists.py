"""A list of ideas as its address describes it: order, filters, where to go on."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from werkzeug.datastructures import MultiDict

from citizen_voice import clock
from citizen_voice.db import AnyRow
from citizen_voice.errors import Refusal
from citizen_voice.ideas import ordering, queries
from citizen_voice.ideas.cards import STAGE_WORDS, Card
from citizen_voice.ideas.models import LISTED_STAGES
from citizen_voice.web.filters import say
from citizen_voice.words import _

ORDER_WORDS = {
    ordering.FAIR: (
        _("Needs answers"),
        _("Ideas with the fewest answers come first. The order is shuffled each day."),
    ),
    ordering.SUPPORTED: (
        _("Most supported"),
        _("Ideas with the most supporters come first."),
    ),
    ordering.NEWEST: (_("Newest"), _("The latest ideas come first.")),
}

Address = Callable[..., str]


class Order(NamedTuple):
    """One order that a list can be put into."""

    key: str
    label: str
    explanation: str
    url: str
    current: bool


class BadFilter(Refusal):
    """An address narrows a list to something that cannot be."""

    status = 400

    def __init__(self) -> None:
        super().__init__(_("That list is not there. Start from all ideas."))


class Listing:
    """A page of a list, for templates."""

    def __init__(
        self,
        args: MultiDict[str, str],
        address: Address,
        *,
        mine: queries.Mine,
        offset: int,
        challenge_id: int | None = None,
        lively: bool = False,
    ) -> None:
        """Read the list that ``args`` (a request's) ask for.

        ``address`` makes the list's address from further arguments; ``offset`` is today's
        beginning of *needs answers*. Raises ``BadFilter``, ``BadCursor`` or ``Reshuffled``.
        """
        self._address = address
        self.order = args.get("order") or ordering.FAIR
        if self.order not in ordering.ORDERS:
            raise BadFilter
        self.stage = args.get("stage") or None
        if self.stage is not None and self.stage not in LISTED_STAGES:
            raise BadFilter
        self.topic = _key(args.get("topic")) if challenge_id is not None else None
        self.ward = _key(args.get("ward"))
        self._chosen = {
            name: value
            for name, value in (("topic", self.topic), ("ward", self.ward), ("stage", self.stage))
            if value is not None
        }
        after = args.get("after") or None
        found = queries.page(
            self.order,
            queries.Filters(challenge_id, self.topic, self.ward, self.stage),
            after=after,
            offset=offset,
            mine=mine,
            lively=lively and after is None and not self._chosen,
        )
        now = clock.now()
        self.rows = [Card(row, now, with_question=challenge_id is None) for row in found.rows]
        self.lively = [Card(row, now) for row in found.lively]
        self.next_url = found.after and address(**self._with_order(), after=found.after)
        choices = queries.choices(challenge_id)
        self.topics = [(row.id, say(row, "name").text) for row in choices.topics]
        self.wards = by_name(choices.wards)
        self.stages = [(key, str(STAGE_WORDS[key])) for key in LISTED_STAGES]

    def _with_order(self) -> dict[str, Any]:
        return self._chosen | ({} if self.order == ordering.FAIR else {"order": self.order})

    @property
    def action(self) -> str:
        """Where the filters' form goes."""
        return self._address()

    @property
    def any_filter(self) -> bool:
        """Whether the list is narrowed."""
        return bool(self._chosen)

    @property
    def clear_url(self) -> str:
        """The list without filters, in the same order."""
        return self._address(**({} if self.order == ordering.FAIR else {"order": self.order}))

    @property
    def orders(self) -> list[Order]:
        """The orders, each with its sentence."""
        return [
            Order(
                key,
                str(label),
                str(explanation),
                self._address(**self._chosen, **({} if key == ordering.FAIR else {"order": key})),
                key == self.order,
            )
            for key, (label, explanation) in ORDER_WORDS.items()
        ]


def from_the_top(args: MultiDict[str, str]) -> dict[str, Any]:
    """The filters of a list's address, without the place in it, for the list from its top."""
    return {name: args[name] for name in ("topic", "ward", "stage") if args.get(name)}


def _key(text: str | None) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or not text.isascii() or len(text) > 9:
        raise BadFilter
    return int(text)


def by_name(wards: Sequence[AnyRow]) -> list[tuple[int, str]]:
    """Wards as (key, name in the page's language), by that name."""
    return sorted(((row.id, say(row, "name").text) for row in wards), key=lambda ward: ward[1])
