"""Rows of news: written with what happens, and taken back with it."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select, update

from citizen_voice import clock
from citizen_voice.db import db, new_key
from citizen_voice.news.models import NewsItem


def tell(items: Iterable[NewsItem]) -> None:
    """Write what happened just now, inside the caller's transaction."""
    db.session.flush()  # what the news refers to comes first
    now = clock.now()
    for item in items:
        item.id, item.at = new_key(), now
        db.session.add(item)


def take_back(which: Any) -> None:
    """Have items count as news no more: ``which`` is a condition on them."""
    db.session.flush()  # what was told in the same act is among them
    keys = select(NewsItem.id).where(which, NewsItem.taken_back_at.is_(None))
    db.session.execute(
        update(NewsItem).where(NewsItem.id.in_(keys)).values(taken_back_at=clock.now()),
        execution_options={"synchronize_session": False},
    )
