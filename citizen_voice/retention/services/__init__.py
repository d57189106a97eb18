"""Doing what the rules say, changing them, and holding what they would take."""

from citizen_voice.retention.idle import forget_person
from citizen_voice.retention.services.holding import end_hold, hold
from citizen_voice.retention.services.running import Told, run, tidy, work
from citizen_voice.retention.services.settling import settle

__all__ = ["Told", "end_hold", "forget_person", "hold", "run", "settle", "tidy", "work"]
