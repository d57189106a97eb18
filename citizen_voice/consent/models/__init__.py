"""Purposes, privacy notices, what each person was shown, and what they agreed to."""

from citizen_voice.consent.models.ledger import (
    EXPIRED,
    GIVEN,
    NEWSLETTER,
    REFUSED,
    RESEARCH,
    STATES,
    WITHDRAWN,
    ConsentEntry,
    ConsentSubject,
    Newsletter,
)
from citizen_voice.consent.models.notices import Notice, NoticeDraft, NoticeServed
from citizen_voice.consent.models.purposes import ActivePurpose

__all__ = [
    "EXPIRED",
    "GIVEN",
    "NEWSLETTER",
    "REFUSED",
    "RESEARCH",
    "STATES",
    "WITHDRAWN",
    "ActivePurpose",
    "ConsentEntry",
    "ConsentSubject",
    "Newsletter",
    "Notice",
    "NoticeDraft",
    "NoticeServed",
]
