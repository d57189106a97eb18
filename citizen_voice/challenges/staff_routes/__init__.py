"""The screens of challenges, for administrators."""

from citizen_voice.challenges.staff_routes import (
    changing_days,
    editing,
    lists,
    previewing,
    standing,
    topics,
)
from citizen_voice.challenges.staff_routes.blueprint import bp

__all__ = ["bp", "changing_days", "editing", "lists", "previewing", "standing", "topics"]
