"""What is true of challenges now."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, select

from citizen_voice import clock
from citizen_voice.challenges.models import CLOSED, OPEN, UPCOMING, Challenge, Topic, state
from citizen_voice.db import AnyRow, db
from citizen_voice.errors import NotHere

CARD = (
    Challenge.id,
    Challenge.slug,
    Challenge.question_en,
    Challenge.question_cy,
    Challenge.opens_on,
    Challenge.closes_on,
    Challenge.opens_at,
    Challenge.closes_at,
    Challenge.replies_by,
    Challenge.reply_team_en,
    Challenge.reply_team_cy,
    Challenge.ballot,
)
_published = (
    select(*CARD)
    .where(Challenge.published_at.is_not(None))
    .order_by(Challenge.closes_at, Challenge.id)
)
_by_slug = select(*Challenge.__table__.columns).where(
    Challenge.slug == bindparam("slug"), Challenge.published_at.is_not(None)
)
_topics = (
    select(Topic.id, Topic.challenge_id, Topic.name_en, Topic.name_cy)
    .join(Challenge, Challenge.id == Topic.challenge_id)
    .where(Challenge.published_at.is_not(None))
    .order_by(Topic.challenge_id, Topic.position, Topic.id)
)


class Overview(NamedTuple):
    """All published challenges by what the clock makes of them: rows with the columns of a card."""

    open: Sequence[AnyRow]
    upcoming: Sequence[AnyRow]
    closed: Sequence[AnyRow]


def overview() -> Overview:
    """The open ones (closing soonest first), the upcoming, and the closed (newest first)."""
    now = clock.now()
    rows: dict[str, list[AnyRow]] = {OPEN: [], UPCOMING: [], CLOSED: []}
    for row in db.session.execute(_published):
        rows[state(row, now)].append(row)
    return Overview(rows[OPEN], rows[UPCOMING], rows[CLOSED][::-1])


def published(slug: str) -> AnyRow:
    """A challenge that everybody may see, with all its columns; raises ``NotHere``."""
    if "\0" in slug:  # which PostgreSQL's text cannot hold
        raise NotHere
    row = db.session.execute(_by_slug, {"slug": slug}).one_or_none()
    if row is None:
        raise NotHere
    return row


def topics() -> Sequence[AnyRow]:
    """The topics of all published challenges, in their order."""
    return db.session.execute(_topics).all()
