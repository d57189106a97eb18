"""The row that lists read, and the daily order of *needs answers*."""

import random

from sqlalchemy import func, select, update

from citizen_voice import clock
from citizen_voice.db import db, write
from citizen_voice.ideas import indexing, ordering
from citizen_voice.ideas.models import (
    LISTED_STAGES,
    PUBLISHED,
    SHUFFLES,
    Idea,
    IdeaListing,
    IdeaVersion,
)
from citizen_voice.site import queries as site
from citizen_voice.site.models import SiteSettings

_random = random.SystemRandom()


def new_shuffle() -> int:
    """Where an idea stands within its bucket: chance alone."""
    return _random.randrange(SHUFFLES)


def is_listed(idea: Idea) -> bool:
    """Whether lists show it."""
    return idea.visibility == PUBLISHED and idea.stage in LISTED_STAGES


def relist(idea: Idea) -> None:
    """Carry an idea's filters and title over to the table of lists, its words to the search."""
    words = (IdeaVersion.idea_id == idea.id, IdeaVersion.number == idea.version)
    db.session.execute(
        update(IdeaListing)
        .where(IdeaListing.idea_id == idea.id)
        .values(
            challenge_id=idea.challenge_id,
            topic_id=idea.topic_id,
            ward_id=idea.ward_id,
            stage=idea.stage,
            listed=is_listed(idea),
            published_at=idea.published_at,
            title=select(IdeaVersion.title).where(*words).scalar_subquery(),
            language=select(IdeaVersion.language).where(*words).scalar_subquery(),
        )
    )
    indexing.refresh(idea)


def reshuffle_if_new_day() -> bool:
    """Put *needs answers* into today's order, once a day; gives whether it did."""
    today = clock.today().isoformat()
    if db.session.execute(select(SiteSettings.fair_day)).scalar_one() == today:
        return False
    with write():
        reshuffle()
    return True


def reshuffle() -> None:
    """Count the buckets afresh and begin the order at another place, inside the transaction."""
    site.locked()  # whose row is held before those of lists, by whatever raises its revision, too
    counted = ordering.bucket()
    db.session.execute(
        update(IdeaListing).where(IdeaListing.bucket != counted).values(bucket=counted),
        execution_options={"synchronize_session": False},
    )
    highest = select(func.coalesce(func.max(IdeaListing.bucket), 0)).scalar_subquery()
    db.session.execute(
        update(SiteSettings).values(
            fair_offset=new_shuffle(), fair_top=highest, fair_day=clock.today().isoformat()
        )
    )
