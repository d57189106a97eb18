"""A comment as templates see it: a row, said in the page's language, for one reader."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from babel.dates import format_timedelta
from markupsafe import Markup

from citizen_voice.comments import policies
from citizen_voice.comments.models import HELD, HIDDEN
from citizen_voice.ideas.detail import author_name
from citizen_voice.web import markdown
from citizen_voice.web.filters import day_and_time, reference
from citizen_voice.web.templates import piece
from citizen_voice.words import language

SHOWN, WAITING, HIDDEN_MINE, UNDO, REMOVED, HIDDEN_HERE = (
    "shown",
    "waiting",
    "hidden-mine",
    "undo",
    "removed",
    "hidden",
)
"""What stands in a comment's place: its words; its words and that they wait, or why they are
hidden (for its author); that it was just taken away, with Undo; or only what became of it."""


class Card:
    """One comment. ``row`` comes from ``queries``; ``open_``: whether the idea takes comments."""

    __slots__ = (
        "can_edit",
        "can_remove",
        "can_reply",
        "further",
        "further_url",
        "id",
        "lang",
        "mine",
        "name",
        "replies",
        "row",
        "state",
        "url",
        "wait",
    )

    def __init__(
        self, row: Any, *, reader: UUID | None, now: datetime, root: str, open_: bool
    ) -> None:
        self.row = row
        self.id = str(row.id)
        self.url = root + self.id
        self.mine = policies.is_author(row, reader)
        self.state = _state(row, reader, now, mine=self.mine)
        self.name: str = author_name(row)
        self.lang: str | None = row.language if row.language != language() else None
        self.can_reply = open_ and self.state == SHOWN
        self.can_remove = self.mine and self.state in (SHOWN, WAITING, HIDDEN_MINE)
        self.can_edit = self.can_remove and open_
        self.wait = waited(now - row.created_at) if self.state == WAITING else None
        self.replies: list[Card] = []
        self.further = 0
        self.further_url: str | None = None

    def put_under(self, replies: Sequence["Card"]) -> None:
        """Hang its first replies under it, with the way to the further ones."""
        self.replies = list(replies)
        public = [reply.id for reply in replies if reply.row.shown]
        self.further = self.row.replies - len(public)
        if self.further > 0 and public:
            self.further_url = f"{self.url}?after={public[-1]}"

    @property
    def can_report(self) -> bool:
        """Whether this reader may say that it breaks the rules."""
        return self.state == SHOWN and not self.mine

    @property
    def html(self) -> Markup:
        """The words, cleaned."""
        return Markup(markdown.render(self.row.body))  # nosec B704  # cleaned by nh3

    @property
    def by_council(self) -> bool:
        """Whether it bears the council's mark."""
        return bool(self.row.by_council)

    @property
    def said_about(self) -> str | None:
        """The idea that it was said about, which was joined with this one; of a reply, ``None``."""
        number: int | None = self.row.merged_from if self.row.parent_id is None else None
        return None if number is None else reference(number)

    @property
    def can_await(self) -> bool:
        """Whether new words of it may wait for a moderator, which its author is told."""
        return self.mine and self.state == SHOWN

    @property
    def edited(self) -> bool:
        """Whether everybody could read other words of it before."""
        return bool(self.row.version > self.row.public_from)

    @property
    def reason(self) -> str | None:
        """Why it is hidden."""
        reason: str | None = self.row.hidden_reason
        return reason

    @property
    def when(self) -> str:
        """Day and time it was written: 3 March 2026, 14:02."""
        return day_and_time(self.row.created_at)

    @property
    def facts(self) -> tuple[Any, ...]:
        """Everything that its page shows of it, to be compared."""
        under = tuple(reply.facts for reply in self.replies)
        may = (self.mine, self.can_reply, self.can_remove, self.can_edit)
        return tuple(self.row), self.state, self.wait, may, under


def comment_html(card: Card, council: str, csrf: Markup, *, focus: bool = False) -> Markup:
    """A comment with its first replies, kept by all that it shows."""
    made_from = (council, focus, card.facts)
    return piece("comments/_comment.html", "whole", made_from, csrf, card, council, focus)


def _state(row: Any, reader: UUID | None, now: datetime, *, mine: bool) -> str:
    if row.removed_at is not None:
        return UNDO if policies.can_restore(row, reader, now) else REMOVED
    if row.visibility == HIDDEN:
        return HIDDEN_MINE if mine else HIDDEN_HERE
    if row.visibility == HELD:
        return WAITING if mine else HIDDEN_HERE
    return SHOWN


def waited(time: Any) -> str:
    """How long, roughly: 3 hours · 3 awr."""
    return format_timedelta(time, threshold=1.2, locale=language())
