"""A surge of answers to one idea, noticed every hour: advice, since many may like it."""

from datetime import datetime, timedelta

from sqlalchemy import func, literal, select

from citizen_voice import clock
from citizen_voice.challenges.models import Challenge
from citizen_voice.db import AnyRow, db, dialect, write
from citizen_voice.ideas.models import Idea, IdeaListing
from citizen_voice.moderation.models import SURGE, AnswerWatch
from citizen_voice.moderation.services.cases import INSERTS, Subject, note

MANY = 50
"""So many answers in an hour are a surge, where they are also so many times what was usual."""
TIMES = 5
HOUR = timedelta(hours=1)
NEW = 2 * HOUR
"""An idea older than this that was never watched begins to be: what it has came before."""

L, W = IdeaListing, AnswerWatch
_answers = L.support + L.oppose + L.skip


def look() -> int:
    """Note the ideas whose answers surge, and watch from now on; gives how many do."""
    now = clock.now()
    with write():
        surging = {row.idea_id: gained for row, gained in _candidates(now)}
        held = select(Idea.id).where(Idea.id.in_(surging)).order_by(Idea.id).with_for_update()
        for key in db.session.scalars(held).all():
            note(Subject(idea_id=key), SURGE, detail=str(surging[key]))
        _watch(now)
    return len(surging)


def _candidates(now: datetime) -> list[tuple[AnyRow, int]]:
    seen = select(
        L.idea_id,
        _answers.label("answers"),
        L.published_at,
        W.answers.label("before"),
        W.looked_at,
    ).outerjoin(W, W.idea_id == L.idea_id)
    some = seen.where(L.listed, _answers - func.coalesce(W.answers, 0) >= MANY)
    found = []
    for row in db.session.execute(some):
        began = row.published_at or now
        if row.looked_at is None and began < now - NEW:
            continue
        before, looked = row.before or 0, row.looked_at or began
        gained = (row.answers - before) / max((now - looked) / HOUR, 1)
        usual = before / max((looked - began) / HOUR, 1)
        if gained >= MANY and gained >= TIMES * usual:
            found.append((row, int(gained)))
    return found


def _watch(now: datetime) -> None:
    """Remember how many answers every idea has that takes some now."""
    from_lists = (
        select(L.idea_id, _answers, literal(now, W.looked_at.type))
        .join(Challenge, Challenge.id == L.challenge_id)
        .where(L.listed, Challenge.opens_at <= now, Challenge.closes_at > now)
    )
    insert = INSERTS[dialect()](W.__table__).from_select(
        ["idea_id", "answers", "looked_at"], from_lists
    )
    db.session.execute(
        insert.on_conflict_do_update(
            index_elements=["idea_id"],
            set_={
                "answers": insert.excluded.answers,
                "looked_at": insert.excluded.looked_at,
            },
        )
    )
