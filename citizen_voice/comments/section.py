"""The discussion of a place, and one comment with its replies, put together for templates."""

from collections.abc import Container
from typing import Any
from uuid import UUID

from flask import url_for
from flask_login import current_user

from citizen_voice import clock
from citizen_voice.comments import queries
from citizen_voice.comments.cards import Card
from citizen_voice.comments.forms import Box
from citizen_voice.comments.place import Place, on_idea
from citizen_voice.db import AnyRow

NO_KEY = str(UUID(int=0))


class Section:
    """A page of the discussion of an idea, or of a pilot.

    ``closed`` is why there are no new comments; else ``box`` is the form for one.
    """

    def __init__(
        self,
        place: Place,
        reader: UUID | None,
        *,
        order: str = queries.NEWEST,
        after: UUID | None = None,
        size: int = queries.PAGE,
    ) -> None:
        """Read it, in one statement."""
        self.place = place
        self.url = place.comments_url
        self.order = order
        self.closed = place.closed
        found = queries.discussion(
            place.number,
            reader=reader,
            of_pilot=place.is_pilot,
            order=order,
            after=after,
            size=size,
        )
        self.total = found.total
        self.first = after is None
        make = Maker(reader, open_=self.closed is None)
        self.comments = [make.card(row) for row in found.tops]
        for card in self.comments:
            card.put_under([make.card(row) for row in found.replies.get(card.row.id, ())])
        self.more_url = found.after and f"{self.address(order)}{found.after}"
        self.box = None if self.closed else comment_box(place)
        if self.box is not None and asks_name():
            self.box.name = ""

    def address(self, order: str) -> str:
        """The address of the list in an order, to be followed by the place where it goes on."""
        return f"{self.url}?order={order}&after="

    def leave_out(self, keys: Container[str]) -> None:
        """Comments that stand on the reader's page already."""
        self.comments = [card for card in self.comments if card.id not in keys]

    @property
    def orders(self) -> list[tuple[str, str, bool]]:
        """The two orders: key, address, whether it is this one."""
        return [
            (key, f"{self.url}?order={key}", key == self.order)
            for key in (queries.NEWEST, queries.OLDEST)
        ]

    @property
    def facts(self) -> tuple[Any, ...]:
        """Everything that a page shows of it, to be compared."""
        asked = self.box is not None and self.box.name is not None
        return self.total, str(self.closed), asked, tuple(card.facts for card in self.comments)


class Maker:
    """Makes cards for one reader."""

    def __init__(self, reader: UUID | None, *, open_: bool) -> None:
        self._given: dict[str, Any] = {
            "reader": reader,
            "now": clock.now(),
            "root": url_for("comments.detail", comment_id=NO_KEY).removesuffix(NO_KEY),
            "open_": open_,
        }

    def card(self, row: AnyRow) -> Card:
        """A comment's."""
        return Card(row, **self._given)


def comment_box(place: Place) -> Box:
    """The form for a comment, which asks for no name."""
    return Box(place.comments_url, "comment", f"comment:{place.ref}")


def reply_box(card: Card) -> Box:
    """The form for a reply to a comment."""
    box = Box(url_for("comments.reply", comment_id=card.id), f"reply-{card.id}", f"reply:{card.id}")
    if asks_name():
        box.name = ""
    return box


def asks_name() -> bool:
    """Whether who is signed in has no name to stand beside their words."""
    return bool(current_user.is_authenticated and not current_user.display_name)


def on_idea_page(idea: AnyRow, reader: UUID | None) -> Section | None:
    """The newest five, for the page of an idea; ``None`` where no comments are shown with it."""
    place = on_idea(idea, reader)
    return Section(place, reader, size=queries.FIRST) if place.discussed else None
