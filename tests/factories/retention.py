"""Accounts that nobody uses, and other things whose time is over."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update

from citizen_voice import clock
from citizen_voice.db import db, write
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.models import Idea
from citizen_voice.keeping import in_force
from citizen_voice.moderation import services as moderating
from citizen_voice.moderation.models import Case
from citizen_voice.retention import services
from citizen_voice.retention.sweeping import Due, Keys, Sweep
from citizen_voice.retention.sweeps import SWEEPS
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.reports import report
from tests.factories.team import colleague

LONG_AGO = datetime(2024, 3, 10, 12, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 3, 30, tzinfo=UTC)


def idle(*, seen: datetime = LONG_AGO, **person: str) -> UUID:
    """Somebody who was here on a day and never since."""
    with clock.at(seen):
        return resident(**person)


def decided_idea(author: UUID, *, at: datetime = LONG_AGO) -> int:
    """An idea that was declined."""
    with clock.at(at):
        number = idea(challenge(), author)
        with write():
            row = db.session.get_one(Idea, number)
            row.stage, row.staged_at = "declined", at
            ideas.relist(row)
    return number


def closed_report(number: int, *, at: datetime = LONG_AGO, by: UUID | None = None) -> UUID:
    """A report about an idea, with an address, whose case was closed; gives the key of the case."""
    with clock.at(at - timedelta(days=2)):
        report(idea_id=number, email="reporter@example.org", reporter_id=by)
        case: UUID = db.session.scalars(
            select(Case.id).where(Case.idea_id == number, Case.closed_at.is_(None))
        ).one()
        moderator = colleague()
        with write():
            moderating.leave_note(case, moderator, "Looks fine to me.")
    with clock.at(at), write():
        db.session.execute(update(Case).where(Case.id == case).values(closed_at=at))
    return case


def done(*, now: datetime = NOW, hourly: bool | None = None) -> dict[str, list[tuple[object, ...]]]:
    """Do what is due; gives for each sweep the keys that it was done to."""
    found: dict[str, list[tuple[object, ...]]] = {}

    def told(sweep: Sweep, keys: Keys) -> None:
        found.setdefault(sweep.name, []).extend(keys)

    with clock.at(now):
        services.run(hourly=hourly, told=told)
    return found


def swept(name: str) -> int:
    """Do one sweep of what is due now, inside the caller's transaction; gives to how many rows."""
    sweep = SWEEPS[name]
    due = Due(clock.now(), in_force()[sweep.rule])
    return len(sweep.do(due, sweep.page(due, None, 200)).keys)
