"""Choices and notices, for residents."""

from citizen_voice.consent.routes import choices as _choices  # noqa: F401  # its routes
from citizen_voice.consent.routes import notices as _notices  # noqa: F401  # its routes
from citizen_voice.consent.routes import receipts as _receipts  # noqa: F401  # its routes
from citizen_voice.consent.routes.blueprint import bp

__all__ = ["bp"]
