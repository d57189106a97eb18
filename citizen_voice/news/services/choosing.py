"""How somebody hears by mail: straight away, weekly, never."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update

from citizen_voice import clock
from citizen_voice.accounts.events import PersonLeaving
from citizen_voice.consent.services import require_active
from citizen_voice.db import db
from citizen_voice.errors import Refusal
from citizen_voice.news.models import ALONE, CHOICES, NEVER, WEEKLY, NewsChoice, NewsDue, NewsItem
from citizen_voice.news.services.rows import insert
from citizen_voice.outbox import services as outbox
from citizen_voice.words import _

WEEKLY_AT = time(8)
"""On Mondays, in London."""
_PAST = {"synchronize_session": False}


def choose(person_id: UUID, mail: str) -> None:
    """Somebody chooses; what waits for them follows at once, letters too. Raises ``Refusal``.

    What was decided about them is no news: they are told of it whatever they choose. Raises
    ``InactivePurpose`` while no news is sent; who wants none may say so all the same.
    """
    if mail not in CHOICES:
        raise Refusal(_("Choose how you want to hear."), field="mail")
    if mail != NEVER:
        require_active("news")
    said: dict[str, Any] = {"mail": mail, "changed_at": clock.now()}
    db.session.execute(
        insert()(NewsChoice)
        .values(person_id=person_id, **said)
        .on_conflict_do_update(index_elements=["person_id"], set_=said)
    )
    owed = select(NewsItem.id).where(NewsItem.person_id == person_id, NewsItem.kind.in_(ALONE))
    theirs = (NewsDue.person_id == person_id, NewsDue.item_id.not_in(owed))
    if mail == NEVER:
        db.session.execute(delete(NewsDue).where(*theirs), execution_options=_PAST)
        outbox.withdraw(person_id, "news")
    else:
        due_at = next_weekly() if mail == WEEKLY else clock.now()
        db.session.execute(
            update(NewsDue).where(*theirs).values(due_at=due_at), execution_options=_PAST
        )


def next_weekly() -> datetime:
    """The next Monday at eight in London; summer or winter time."""
    today = clock.today()
    monday = today + timedelta(days=-today.weekday() % 7)
    for day in (monday, monday + timedelta(days=7)):
        moment = datetime.combine(day, WEEKLY_AT, clock.LONDON)
        if moment > clock.now():
            break
    return moment


def forget_person(leaving: PersonLeaving) -> None:
    """Somebody deletes their account: what they chose goes, and what concerns them alone."""
    person_id = leaving.person_id
    for table in (NewsDue, NewsChoice):
        db.session.execute(delete(table).where(table.person_id == person_id))
    db.session.execute(
        delete(NewsItem).where(NewsItem.person_id == person_id), execution_options=_PAST
    )
