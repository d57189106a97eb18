"""Pilots, and what became of everything, for everybody."""

from citizen_voice.pilots.routes import changes, reading
from citizen_voice.pilots.routes.blueprint import bp

__all__ = ["bp", "changes", "reading"]
