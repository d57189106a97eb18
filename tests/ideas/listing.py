"""Whole lists and their pages, as they are read."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from uuid import UUID

from sqlalchemy import select

from citizen_voice.answers import queries as answers
from citizen_voice.answers import services as answering
from citizen_voice.db import db, write
from citizen_voice.ideas import ordering, queries
from citizen_voice.site.models import SiteSettings
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.people import resident

ORDERS = ordering.ORDERS
NOBODY = answers.mine(None)


def offset() -> int:
    """Where *needs answers* begins today."""
    return int(db.session.execute(select(SiteSettings.fair_offset)).scalar_one())


def pages(
    order: str, between: Callable[[], None] = lambda: None, **filters: int | str
) -> Iterator[list[int]]:
    """The numbers on each page of a list, with something done between the pages."""
    after = None
    while True:
        db.session.rollback()
        found = queries.page(
            order,
            queries.Filters(**filters),  # type: ignore[arg-type]
            after=after,
            offset=offset(),
            mine=NOBODY,
        )
        yield [row.id for row in found.rows]
        after = found.after
        if after is None:
            return
        between()


def seen(order: str, between: Callable[[], None] = lambda: None, **filters: int | str) -> list[int]:
    """The numbers in a whole list."""
    return [number for page in pages(order, between, **filters) for number in page]


def make(count: int, **values: object) -> list[int]:
    """So many ideas of one challenge."""
    asked, author = challenge(), resident()
    return [idea(asked, author, **values) for _number in range(count)]


def answer(person: UUID, number: int, value: str = "support") -> None:
    """Answer an idea."""
    with write():
        answering.cast(person, number, value)


def more(page: str) -> str | None:
    """The address behind *Show more*."""
    found = re.search(r'<a [^>]*href="([^"]+)"[^>]*data-more', page)
    return None if found is None else unescape(found[1])
