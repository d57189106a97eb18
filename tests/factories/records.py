"""Things of the officer's registers."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from citizen_voice import clock
from citizen_voice.db import write
from citizen_voice.records import asked
from citizen_voice.records.fields import Field, Kind
from citizen_voice.records.models import GROUPS
from citizen_voice.records.services import assessments, breaches, controller, processors, safety
from citizen_voice.records.wording import CHECKS

DETAILS = {
    "name_en": "Llanfair Council",
    "name_cy": "Cyngor Llanfair",
    "address_en": "Town Hall, Llanfair",
    "address_cy": "Neuadd y Dref, Llanfair",
    "contact": "voice@example.org",
    "dpo_name": "Data Protection Officer",
    "dpo_contact": "dpo@example.org",
    "ico_number": "Z0000000",
}


def nothing(fields: Iterable[Field], **said: Any) -> dict[str, Any]:
    """What services take where nothing is filled in but what is ``said``."""
    empty: dict[Kind, Any] = {Kind.DAY: None, Kind.MOMENT: None, Kind.NUMBER: None, Kind.MANY: []}
    return {each.name: empty.get(each.kind, "") for each in fields} | said


def described(actor: UUID | None = None, **said: str) -> None:
    """Say who the controller is."""
    with write():
        controller.settle(DETAILS | said, actor=actor)


def processor(actor: UUID | None = None, **said: Any) -> int:
    """A processor with a whole contract; gives its number."""
    usual: dict[str, Any] = {
        "name": "Harbour Hosting",
        "does": "Runs the server",
        "purposes": ["account", "taking-part"],
        "data": "Everything on the site",
        "place": "London",
        "contract_on": date(2026, 1, 5),
        "checks": sorted(CHECKS),
        "transfer": "none",
        "review_on": clock.today() + timedelta(days=300),
    }
    with write():
        return processors.add(nothing(asked.processor(), **(usual | said)), actor=actor)


def breach(actor: UUID | None = None, **said: Any) -> int:
    """A breach that was known an hour ago; gives its number."""
    usual: dict[str, Any] = {
        "title": "A letter to the wrong house",
        "known_at": clock.now() - timedelta(hours=1),
        "happened": "A reply was put into the wrong envelope.",
    }
    with write():
        return breaches.begin(nothing(asked.BREACH, **(usual | said)), actor=actor)


WHOLE = {
    "whose": "One resident",
    "how_many": 1,
    "data": "Name and address",
    "consequences": "A neighbour read a letter.",
    "measures": "The letter was fetched.",
}
"""What is said of a breach before it can be closed, but for its risk."""


def draft(actor: UUID, about: str = GROUPS, title: str = "", *, written: bool = True) -> int:
    """An assessment that waits for a signature, with a risk; gives its number."""
    with write():
        key = assessments.begin(about, title=title, actor=actor)
    if written:
        for step, (_name, fields) in asked.STEPS.items():
            values = {each.name: f"Words about {each.name}" for each in fields}
            with write():
                assessments.write(key, step, values, seen=None, actor=actor)
        risk(key, actor)
    return key


def risk(key: int, actor: UUID, *, left: str = "low") -> None:
    """Write down a risk of a draft."""
    with write():
        assessments.add_risk(
            key,
            {"what": "Somebody is picked out.", "measure": "No figure under 10 is shown."},
            likelihood=2,
            severity=3,
            left=left,
            actor=actor,
        )


def signature(**said: Any) -> dict[str, Any]:
    """What is filled in to sign."""
    return {
        "advice": "Go on.",
        "advice_by": "Data Protection Officer",
        "followed": "Yes.",
        "signed_by": "Jo Rees, head of digital",
        "signed_on": clock.today(),
        "review_on": clock.today() + timedelta(days=365),
    } | said


def signed(actor: UUID, about: str = GROUPS, title: str = "") -> int:
    """An assessment that is signed; gives its number."""
    key = draft(actor, about, title)
    with write():
        assessments.sign(key, signature(), actor=actor)
    return key


def registered(actor: UUID) -> None:
    """One of each: a processor, a breach that is open and one that is closed, two assessments."""
    described(actor)
    processor(actor)
    breach(actor)
    closed = breach(actor, title="A lost key", risk="none", not_reported_why="Found.", **WHOLE)
    with write():
        breaches.close(closed, actor=actor)
    signed(actor, "other", "Sensors on bins")
    draft(actor, "other", "A new form")
    day = clock.today()
    scope = {"provider": "Llanfair Council", "exemption": "public-body", "why": "It is one."}
    seen = {"level": "low", "why": "Seldom.", "measures": "Moderators look."}
    with write():
        safety.sign_scope(scope | {"signed_by": "Jo Rees", "signed_on": day}, actor=actor)
        safety.assess("fraud", seen | {"assessed_by": "Jo Rees", "assessed_on": day}, actor=actor)
