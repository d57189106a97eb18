"""Requests about data, through the services."""

from datetime import date
from typing import Any
from uuid import UUID

from citizen_voice import clock
from citizen_voice.db import db, write
from citizen_voice.desk import queries, receipts, services
from citizen_voice.desk.models import (
    ACCESS,
    COMPLAINT,
    ERASURE,
    GRANTED,
    LETTER,
    MAIL,
    MY_DATA,
    NOT_NEEDED,
    PAPER,
    RightsRequest,
)
from citizen_voice.team.models import PRIVACY_OFFICER
from tests.factories.team import colleague

SITE = services.Site("Our Voice", lambda receipt: f"https://voice.example/my-data/asked/{receipt}")
ICO = "You can complain to the ICO: ico.org.uk/make-a-complaint."


def officer(name: str = "Olive Privacy") -> UUID:
    """A privacy officer's key."""
    return colleague(PRIVACY_OFFICER, name=name)


def entered(kind: str = ACCESS, *, actor: UUID | None = None, **given: Any) -> int:
    """A request from a letter of today; gives its number."""
    asking = {"language": "en", "name": "Nell Gwyn", "email": "nell@example.org"}
    how: dict[str, Any] = {
        "channel": LETTER,
        "received_on": clock.today(),
        "identity": NOT_NEEDED,
    }
    how |= {name: given.pop(name) for name in tuple(given) if name in how}
    given.setdefault("words", "All of it, please.")
    actor = actor or officer()
    with write():
        return services.enter(services.Asking(kind=kind, **(asking | given)), **how, actor=actor)


def asked(person_id: UUID, kind: str = ACCESS, **given: Any) -> int:
    """A request from *my data*; gives its number."""
    given.setdefault("words", "I want to know.")
    news_alone = given.pop("news_alone", False)
    with write():
        receipt = services.ask(
            services.Asking(kind=kind, language="en", person_id=person_id, **given),
            channel=MY_DATA,
            site=SITE,
            news_alone=news_alone,
        )
    return int(queries.by_receipt(receipt).id)


def draft(**given: Any) -> services.Draft:
    """A letter that can leave."""
    usual = {"subject": "Your request", "body": f"Here it is.\n\n{ICO}", "language": "en"}
    return services.Draft(**({"way": MAIL} | usual | given))


def stored(number: int) -> RightsRequest:
    """The row as it is now."""
    db.session.rollback()
    return db.session.get_one(RightsRequest, number, populate_existing=True)


def due(number: int) -> date | None:
    """When it is due."""
    return stored(number).due_on


def world(person_id: UUID, actor: UUID) -> dict[str, Any]:
    """One of each for the habits: their own request, those from letters, one closed with one."""
    own, by_letter = asked(person_id), entered(COMPLAINT, actor=actor)
    erasure = entered(ERASURE, actor=actor)
    closed = entered(actor=actor)
    with write():
        letter = services.decide(closed, GRANTED, "", draft(way=PAPER), actor=actor)
        services.ask_clarification(own, actor=actor)
    return {
        "rights": (own, by_letter, erasure, closed),
        "rights_letter": letter,
        "asked_rights": receipts.of(own),
    }
