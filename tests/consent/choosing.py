"""Pressing the switches of My choices, and what was recorded of it."""

from uuid import UUID

from sqlalchemy import select

from citizen_voice.consent import queries
from citizen_voice.consent.models import Notice, NoticeServed
from citizen_voice.consent.queries import PRIVACY
from citizen_voice.consent.routes import choices
from citizen_voice.db import db
from tests.client import Client

HERE = "/my-data/choices"


def pressed(client: Client, purpose: str, choice: str, **fields: str) -> int:
    """Press a switch; gives the status."""
    data = {"choice": choice} | named(purpose) | fields
    return client.send(f"{HERE}/{purpose}", data).status_code


def named(purpose: str) -> dict[str, str]:
    """The versions in force, as the form names them."""
    return {
        "notice_version": str(queries.current_version(PRIVACY)),
        "brief_version": str(queries.current_version(purpose)),
    }


def served_to(person: UUID) -> set[tuple[str, int, str, str]]:
    """What somebody was shown on My choices."""
    found = db.session.execute(
        select(Notice.name, Notice.version, Notice.language, NoticeServed.place)
        .join(NoticeServed, NoticeServed.notice_id == Notice.id)
        .where(NoticeServed.person_id == person, NoticeServed.place == choices.SCREEN)
    )
    return {(row.name, row.version, row.language, row.place) for row in found}


def standing(person: UUID) -> dict[str, str]:
    """What the ledger says now."""
    db.session.rollback()
    return queries.standing(person)
