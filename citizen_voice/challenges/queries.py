"""What is true of challenges now."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, select

from citizen_voice import clock
from citizen_voice.challenges.models import (
    CLOSED,
    OPEN,
    UPCOMING,
    Challenge,
    OldSlug,
    Topic,
    state,
)
from citizen_voice.db import AnyRow, db
from citizen_voice.errors import NotHere

BIGGEST_KEY = 2**31 - 1
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
    Challenge.cancelled_at,
)
_published = (
    select(*CARD)
    .where(Challenge.published_at.is_not(None), Challenge.archived_at.is_(None))
    .order_by(Challenge.closes_at, Challenge.id)
)
_by_slug = select(*Challenge.__table__.columns).where(
    Challenge.slug == bindparam("slug"), Challenge.published_at.is_not(None)
)
_by_old_slug = (
    select(Challenge.slug)
    .join(OldSlug, OldSlug.challenge_id == Challenge.id)
    .where(OldSlug.slug == bindparam("slug"), Challenge.published_at.is_not(None))
)
_for_staff = select(
    *CARD, Challenge.published_at, Challenge.archived_at, Challenge.moderation
).order_by(Challenge.id.desc())
_by_key = select(*Challenge.__table__.columns).where(Challenge.id == bindparam("key"))
_topics_of = (
    select(Topic.id, Topic.name_en, Topic.name_cy, Topic.position)
    .where(Topic.challenge_id == bindparam("key"))
    .order_by(Topic.position, Topic.id)
)
_former = (
    select(OldSlug.slug).where(OldSlug.challenge_id == bindparam("key")).order_by(OldSlug.slug)
)
_topics = (
    select(Topic.id, Topic.challenge_id, Topic.name_en, Topic.name_cy)
    .join(Challenge, Challenge.id == Topic.challenge_id)
    .where(Challenge.published_at.is_not(None))
    .order_by(Topic.challenge_id, Topic.position, Topic.id)
)


class Renamed(NotHere):
    """The address is a former one of a challenge, whose ``slug`` is another one now."""

    def __init__(self, slug: str) -> None:
        super().__init__()
        self.slug = slug


class Overview(NamedTuple):
    """All challenges of the public lists by what the clock makes of them: rows as cards need."""

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
    """A challenge that everybody may see, with all its columns.

    Raises ``Renamed`` for a slug that it had before, ``NotHere`` for one of none.
    """
    if "\0" in slug:  # which PostgreSQL's text cannot hold
        raise NotHere
    row = db.session.execute(_by_slug, {"slug": slug}).one_or_none()
    if row is None:
        renamed = db.session.execute(_by_old_slug, {"slug": slug}).scalar_one_or_none()
        raise NotHere if renamed is None else Renamed(renamed)
    return row


def for_staff(key: int) -> AnyRow:
    """Any challenge, with all its columns; raises ``NotHere``."""
    row = None
    if key <= BIGGEST_KEY:
        row = db.session.execute(_by_key, {"key": key}).one_or_none()
    if row is None:
        raise NotHere
    return row


def all_of_them() -> Sequence[AnyRow]:
    """Every challenge, drafts and archived ones, too, as rows; the newest first."""
    return db.session.execute(_for_staff).all()


def former_slugs(key: int) -> Sequence[str]:
    """The addresses that a challenge had before, which lead to it."""
    return db.session.scalars(_former, {"key": key}).all()


def topics_of(key: int) -> Sequence[AnyRow]:
    """The topics of any challenge, in their order."""
    return db.session.execute(_topics_of, {"key": key}).all()


def topics() -> Sequence[AnyRow]:
    """The topics of all published challenges, in their order."""
    return db.session.execute(_topics).all()
