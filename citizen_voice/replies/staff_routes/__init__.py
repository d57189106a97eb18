"""Replying, and moving ideas from stage to stage: for moderators."""

from citizen_voice.replies.staff_routes import due, given, stage, writing
from citizen_voice.replies.staff_routes.blueprint import bp

__all__ = ["bp", "due", "given", "stage", "writing"]
