"""Reminding who is responsible that people wait for a word; and finding pilots that nobody owns.

Each step is told once: at seven working days before the day that was promised, on it, and five
after. That last time the manager hears of it, too, where the site's settings say so.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.accounts.letters import Letter
from citizen_voice.accounts.models import Person
from citizen_voice.db import AnyRow, db, write
from citizen_voice.errors import Refusal
from citizen_voice.ideas.working_days import is_working_day
from citizen_voice.outbox import services as outbox
from citizen_voice.pilots import letters
from citizen_voice.pilots.models import DECIDED, Pilot, PilotReminder, PilotUpdate
from citizen_voice.pilots.services.holding import held
from citizen_voice.pilots.services.people import PEOPLE, let_go
from citizen_voice.site import queries as site
from citizen_voice.team import queries as team
from citizen_voice.team.models import PILOT_OWNER
from citizen_voice.web.filters import london, say
from citizen_voice.words import force_locale

STEPS = (letters.AFTER, letters.AT, letters.BEFORE)
_DAY = timedelta(days=1)


def remind() -> int:
    """Let go of who owns trials no longer, and remind the others; gives how many letters go out.

    Harmless when it is done once more on the same day.
    """
    for key, owner, deputy, manager in db.session.execute(
        select(Pilot.id, *PEOPLE)
        .where(Pilot.stage != DECIDED, Pilot.cancelled_at.is_(None))
        .order_by(Pilot.id)
    ).all():
        gone = [each for each in (owner, deputy) if each and PILOT_OWNER not in team.roles(each)]
        gone += [manager] if manager and not team.roles(manager) else []
        if gone:
            _let_go(key, gone)
    return sum(_remind(row) for row in _promised())


def _let_go(pilot_id: int, gone: Sequence[UUID]) -> None:
    try:
        with write():
            let_go(held(pilot_id), gone, actor=None)
    except Refusal:  # decided or cancelled meanwhile: there is nothing to let go of
        return


def step_of(next_on: date, promised_on: date, today: date) -> int | None:
    """Which reminder is due today for a day that was promised on another; ``None`` for none.

    Who has promised it less than seven working days ahead is not told so at once.
    """
    for step in STEPS:
        day = working_days_from(next_on, step)
        if today >= day and (step != letters.BEFORE or day > promised_on):
            return step
    return None


def working_days_from(day: date, number: int) -> date:
    """The day that is so many working days later, or earlier."""
    towards = _DAY if number > 0 else -_DAY
    left = abs(number)
    while left:
        day += towards
        left -= is_working_day(day)
    return day


def _promised() -> Sequence[AnyRow]:
    said = (
        select(PilotUpdate.created_at)
        .where(PilotUpdate.pilot_id == Pilot.id, PilotUpdate.taken_back_at.is_(None))
        .order_by(PilotUpdate.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return db.session.execute(
        select(Pilot.id, Pilot.next_on, Pilot.created_at, said.label("said_at"))
        .where(Pilot.stage != DECIDED, Pilot.cancelled_at.is_(None), Pilot.next_on.is_not(None))
        .order_by(Pilot.id)
    ).all()


def _remind(row: AnyRow) -> int:
    """Write the letters that are due and that they are written, in one act; gives how many."""
    step = step_of(row.next_on, london(row.said_at or row.created_at), clock.today())
    if step is None or db.session.get(PilotReminder, (row.id, row.next_on, step)) is not None:
        return 0
    try:
        with write():
            return _written(row, step)
    except Refusal:  # decided or cancelled meanwhile: nobody waits for a word
        return 0


def _written(row: AnyRow, step: int) -> int:
    pilot = held(row.id)
    known = db.session.get(PilotReminder, (row.id, row.next_on, step))
    if pilot.next_on != row.next_on or known is not None:
        return 0  # somebody was quicker
    to: list[tuple[UUID | None, str, Callable[..., Letter]]] = [
        (pilot.owner_id or pilot.deputy_id, "pilot-reminder", letters.reminder)
    ]
    settings = site.settings()
    if step == letters.AFTER and settings.managers_told:
        to.append((pilot.manager_id, "pilot-manager", letters.to_manager))
    sent = 0
    for key, kind, words in to:
        person = None if key is None else db.session.get(Person, key)
        if person is None or person.email is None:
            continue
        with force_locale(person.language):
            letter = words(pilot, step, row.next_on, say(settings, "name").text)
        outbox.enqueue(
            kind=kind,
            to=person.email,
            subject=letter.subject,
            body=letter.body,
            language=person.language,
            person_id=person.id,
        )
        sent += 1
    if sent:
        db.session.add(
            PilotReminder(pilot_id=row.id, due_on=row.next_on, step=step, sent_at=clock.now())
        )
    return sent
