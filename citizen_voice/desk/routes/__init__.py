"""Asking about one’s data, and complaining."""

from citizen_voice.desk.routes import asking, following
from citizen_voice.desk.routes.blueprint import bp

__all__ = ["asking", "bp", "following"]
