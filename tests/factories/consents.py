"""Consents."""

from typing import Any
from uuid import UUID

from citizen_voice.consent import queries, services
from citizen_voice.consent.models import NEWSLETTER, RESEARCH, Newsletter
from citizen_voice.consent.queries import PRIVACY
from citizen_voice.consent.services import newsletters
from citizen_voice.consent.services.newsletters import Words
from citizen_voice.consent.tokens import token_of
from citizen_voice.db import db, write

HOW: dict[str, Any] = {"control": "switch", "screen": "my-choices", "language": "en"}


def serve(person_id: UUID, version: int | None = None) -> int:
    """Show somebody the privacy notice; gives its version."""
    number = version or queries.current_version(PRIVACY)
    with write():
        services.record_served(
            person_id, name=PRIVACY, version=number, language="en", place="my-choices"
        )
    return number


def told(person_id: UUID, purpose: str = NEWSLETTER) -> dict[str, Any]:
    """Show somebody the privacy notice and the brief words of a purpose; gives both versions."""
    brief = queries.current_version(purpose)
    with write():
        services.record_served(
            person_id, name=purpose, version=brief, language="en", place="my-choices"
        )
    return {"notice_version": serve(person_id), "brief_version": brief}


def give(person_id: UUID, purpose: str = NEWSLETTER) -> None:
    """Somebody is shown the notices and agrees."""
    versions = told(person_id, purpose)
    with write():
        services.give(person_id, purpose, **versions, **HOW)


def withdraw(person_id: UUID, purpose: str = NEWSLETTER) -> None:
    """Somebody takes it back."""
    with write():
        services.withdraw(person_id, purpose, **HOW)


def chosen(person_id: UUID, colleague_id: UUID) -> str:
    """Somebody has chosen twice; of newsletters there are a draft and one that was sent.

    Gives the word in the address by which they stop the newsletter.
    """
    give(person_id)
    version = serve(person_id)
    with write():
        services.refuse(person_id, RESEARCH, notice_version=version, **HOW)
    for subject in ("Come and talk", "Come again"):
        with write():
            words = Words(subject, "Dewch i siarad", "On Monday.", "Ddydd Llun.")
            key = newsletters.save(colleague_id, words, None)
    with write():
        row = db.session.get_one(Newsletter, key)
        newsletters.send(colleague_id, key, newsletters.mark(row))
    return token_of(person_id, NEWSLETTER)
