"""A list of ideas as its address describes it: order, filters, where to go on."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from citizen_voice import clock
from citizen_voice.db import AnyRow
from citizen_voice.errors import Refusal
from citizen_voice.ideas import ordering, queries
from citizen_voice.ideas.cards import STAGE_WORDS, Card
from citizen_voice.ideas.found import FoundCard, found_words
from citizen_voice.ideas.models import LISTED_STAGES
from citizen_voice.ideas.queries import search
from citizen_voice.ideas.queries.search import Found
from citizen_voice.ideas.text import one_line
from citizen_voice.web.filters import say
from citizen_voice.web.templates import piece
from citizen_voice.words import _

ORDER_WORDS = {
    search.BEST: (
        _("Best match"),
        _("Ideas with your words in the title come first."),
    ),
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
LONGEST_QUERY = 200


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
        self.q = looked_for(args)
        self._usual = search.BEST if self.q else ordering.FAIR
        self.order = args.get("order") or self._usual
        if self.order not in (self._usual, *ordering.ORDERS):
            raise BadFilter
        narrowed = narrowing(args, challenge_id)
        self.topic, self.ward, self.stage = narrowed.topic, narrowed.ward, narrowed.stage
        self._chosen = {
            name: value
            for name, value in (("topic", self.topic), ("ward", self.ward), ("stage", self.stage))
            if value is not None
        }
        after = args.get("after") or None
        now, with_question = clock.now(), challenge_id is None
        self.search: Found | None = None
        self.lively: list[Card] = []
        if self.q:
            self.search = search.found(
                self.q, self.order, narrowed, after=after, offset=offset, mine=mine
            )
            self.rows: Sequence[Card] = [
                FoundCard(row, now, self.search.query, with_question=with_question)
                for row in self.search.rows
            ]
            further = self.search.after
        else:
            listed = queries.page(
                self.order,
                narrowed,
                after=after,
                offset=offset,
                mine=mine,
                lively=lively and after is None and not self._chosen,
            )
            self.rows = [Card(row, now, with_question=with_question) for row in listed.rows]
            self.lively = [Card(row, now) for row in listed.lively]
            further = listed.after
        self.next_url = further and address(**self._with_order(), after=further)
        self._challenge_id = challenge_id

    @property
    def shown(self) -> tuple[Any, ...]:
        """Everything read for it, which tells whether it has changed."""
        looked = (self.search.matches, self.search.some) if self.search is not None else None
        rows = [card.made_from for card in (*self.rows, *self.lively)]
        return rows, len(self.lively), self.next_url, looked

    @cached_property
    def _choices(self) -> queries.Choices:
        return queries.choices(self._challenge_id)

    @property
    def controls(self) -> Markup:
        """The orders and filters, kept by all that they show."""
        made_from = (
            self.action,
            self.order,
            self.q,
            tuple(self._chosen.items()),
            self._choices.mark,
            tuple(self.found_words),
        )
        return piece("components/listing.html", "controls", made_from, Markup(), self)

    @property
    def topics(self) -> list[tuple[int, str]]:
        """The topics to choose from."""
        return [(row.id, say(row, "name").text) for row in self._choices.topics]

    @property
    def wards(self) -> list[tuple[int, str]]:
        """The wards to choose from."""
        return by_name(self._choices.wards)

    @property
    def stages(self) -> list[tuple[str, str]]:
        """The stages to choose from."""
        return [(key, str(STAGE_WORDS[key])) for key in LISTED_STAGES]

    def _with_order(self) -> dict[str, Any]:
        order = {} if self.order == self._usual else {"order": self.order}
        return self._said | self._chosen | order

    @property
    def _said(self) -> dict[str, str]:
        return {"q": self.q} if self.q else {}

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
        order = {} if self.order == self._usual else {"order": self.order}
        return self._address(**self._said, **order)

    @property
    def clear_search_url(self) -> str:
        """The list with its filters, without the search."""
        return self._address(**self._chosen)

    @property
    def announcement(self) -> str:
        """What is read out where the list changes in place."""
        if self.q and not self.rows:
            return str(_("Nothing found."))
        return " ".join(self.found_words) or str(_("The list has changed."))

    @property
    def found_words(self) -> list[str]:
        """What a search found, said in sentences; nothing where nothing was looked for."""
        return found_words(self.search) if self.search is not None and self.rows else []

    @property
    def narrowed(self) -> list[tuple[str, Any]]:
        """Filters and order, as the search's form takes them along."""
        order = {"order": self.order_given} if self.order_given else {}
        return [*(self._chosen | order).items()]

    @property
    def order_given(self) -> str:
        """The order, where it is not the usual one."""
        return "" if self.order == self._usual else self.order

    @property
    def orders(self) -> list[Order]:
        """The orders, each with its sentence."""
        return [
            Order(
                key,
                str(label),
                str(explanation),
                self._address(
                    **self._said, **self._chosen, **({} if key == self._usual else {"order": key})
                ),
                key == self.order,
            )
            for key, (label, explanation) in ORDER_WORDS.items()
            if self.q or key != search.BEST
        ]


def from_the_top(args: MultiDict[str, str]) -> dict[str, Any]:
    """Search and filters of a list's address, without the place in it: the list from its top."""
    return {name: args[name] for name in ("q", "topic", "ward", "stage") if args.get(name)}


def looked_for(args: MultiDict[str, str]) -> str:
    """What an address looks for; nothing where it looks for nothing."""
    return one_line(args.get("q", "")[:1_000])[:LONGEST_QUERY]


def narrowing(args: MultiDict[str, str], challenge_id: int | None) -> queries.Filters:
    """What an address narrows all ideas to, or those of a challenge; raises ``BadFilter``."""
    stage = args.get("stage") or None
    if stage is not None and stage not in LISTED_STAGES:
        raise BadFilter
    return queries.Filters.of(challenge_id, key(args.get("topic")), key(args.get("ward")), stage)


def key(text: str | None) -> int | None:
    """A key as an address has it, ``None`` where it has none; raises ``BadFilter``."""
    if not text:
        return None
    if not text.isdecimal() or not text.isascii() or len(text) > 9:
        raise BadFilter
    return int(text)


def by_name(wards: Sequence[AnyRow]) -> list[tuple[int, str]]:
    """Wards as (key, name in the page's language), by that name."""
    return sorted(((row.id, say(row, "name").text) for row in wards), key=lambda ward: ward[1])
