"""Screens of moderators, and of administrators who set the rules."""

from citizen_voice.moderation.staff_routes import appeals as _appeals  # noqa: F401  # its routes
from citizen_voice.moderation.staff_routes import bulk as _bulk  # noqa: F401  # its routes
from citizen_voice.moderation.staff_routes import case as _case  # noqa: F401  # its routes
from citizen_voice.moderation.staff_routes import log as _log  # noqa: F401  # its routes
from citizen_voice.moderation.staff_routes import queue as _queue  # noqa: F401  # its routes
from citizen_voice.moderation.staff_routes import rules as _rules  # noqa: F401  # its routes
from citizen_voice.moderation.staff_routes.blueprint import bp

__all__ = ["bp"]
