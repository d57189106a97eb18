"""Purposes, notices, what people were shown, and what they agreed to."""

from citizen_voice.consent.services.beginning import begin_notices
from citizen_voice.consent.services.giving import expire, give, refuse, withdraw
from citizen_voice.consent.services.ledger import forget, verify
from citizen_voice.consent.services.newsletters import spread
from citizen_voice.consent.services.notices import publish_notice
from citizen_voice.consent.services.purposes import (
    InactivePurpose,
    activate_purposes,
    require_active,
    stopped,
)
from citizen_voice.consent.services.served import forget_served, record_served

__all__ = [
    "InactivePurpose",
    "activate_purposes",
    "begin_notices",
    "expire",
    "forget",
    "forget_served",
    "give",
    "publish_notice",
    "record_served",
    "refuse",
    "require_active",
    "spread",
    "stopped",
    "verify",
    "withdraw",
]
