"""How long requests are kept, what becomes of them with an account, and whose holidays count."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from citizen_voice import bank_holidays, clock
from citizen_voice.accounts.events import PersonLeaving
from citizen_voice.accounts.models import Person
from citizen_voice.db import db, dialect
from citizen_voice.desk import queries
from citizen_voice.desk.models import (
    COMPLAINT,
    ERASURE,
    GRANTED,
    TAKEN_BACK,
    BankHoliday,
    DeskSettings,
    RightsEvent,
    RightsLetter,
    RightsRequest,
)
from citizen_voice.desk.services.steps import add, reckon_anew
from citizen_voice.errors import Refusal
from citizen_voice.journal import services as journal
from citizen_voice.words import _


def forget_requests(keys: Sequence[int]) -> None:
    """Take out of these requests whatever names somebody, inside the caller's transaction.

    They are held. That there was one, of which right, and how it ended stays.
    """
    for asked in db.session.scalars(
        select(RightsRequest).where(RightsRequest.id.in_(keys)).order_by(RightsRequest.id),
        execution_options={"populate_existing": True},
    ).all():
        _blank(asked)
        asked.person_id = asked.receipt_hash = None
        asked.forgotten_at = clock.now()
        add(asked, "forgotten", actor=None)


def forget(leaving: PersonLeaving) -> None:
    """Somebody deletes their account: what they asked names nobody any more.

    What they asked is done with it, or needless. A complaint that is open keeps how to answer it.
    What is hidden for them is shown by ``restricting.show_again``, when ideas may be held.
    """
    email = db.session.scalar(select(Person.email).where(Person.id == leaving.person_id))
    whose = [RightsRequest.person_id == leaving.person_id]
    if email is not None:
        whose.append(RightsRequest.email == email)
    for asked in db.session.scalars(
        select(RightsRequest).where(or_(*whose)).order_by(RightsRequest.id).with_for_update(),
        execution_options={"populate_existing": True},
    ).all():
        is_open = asked.closed_at is None
        if is_open and asked.kind == COMPLAINT:
            asked.email = asked.email or email
            asked.person_id = None
            continue
        if is_open:
            erasure = asked.kind == ERASURE
            asked.outcome = GRANTED if erasure else TAKEN_BACK
            asked.closed_at = clock.now()
            add(asked, "erased" if erasure else "left", actor=None)
        _blank(asked)
        asked.person_id = None


def settle(nation: str, *, actor: UUID) -> None:
    """Say whose bank holidays count; open requests are reckoned anew. Raises ``Refusal``."""
    if nation not in bank_holidays.NATIONS:
        raise Refusal(_("Choose a nation."), field="nation")
    _put_nation(nation)
    journal.append("nation settled", actor=actor, subject=nation)
    _reckon_all()


def read_holidays(content: bytes, *, actor: UUID) -> int:
    """Take the bank holidays of a newer file into use; gives how many days it has.

    Raises ``bank_holidays.BadFile`` for one of another nation, and for what is no such file.
    """
    nation = queries.nation()
    found = bank_holidays.read(content, nation)
    _put_nation(nation)
    db.session.execute(delete(BankHoliday).where(BankHoliday.nation == nation))
    for day, name in found.days.items():
        db.session.add(BankHoliday(nation=nation, day=day, name=name))
    journal.append("bank holidays read", actor=actor, subject=nation)
    _reckon_all()
    return len(found.days)


def _put_nation(nation: str) -> None:
    insert: Any = postgresql_insert if dialect() == "postgresql" else sqlite_insert
    db.session.execute(
        insert(DeskSettings)
        .values(id=1, nation=nation)
        .on_conflict_do_update(index_elements=["id"], set_={"nation": nation})
    )


def _reckon_all() -> None:
    db.session.flush()
    holidays = queries.holidays()
    for asked in db.session.scalars(
        select(RightsRequest)
        .where(RightsRequest.closed_at.is_(None))
        .order_by(RightsRequest.id)
        .with_for_update()
    ):
        reckon_anew(asked, holidays)


def _blank(asked: RightsRequest) -> None:
    asked.name = asked.address = asked.words = asked.disputed = asked.outcome_words = ""
    asked.email = None
    about = (RightsEvent.request_id == asked.id, RightsEvent.act != "letter")
    db.session.execute(update(RightsEvent).where(*about).values(words=""))
    db.session.execute(
        update(RightsLetter).where(RightsLetter.request_id == asked.id).values(subject="", body="")
    )
