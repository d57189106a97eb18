"""How often somebody may change a choice. Taking a consent back is never bounded by itself."""

from datetime import timedelta

from citizen_voice.limits import Limit

HOURLY = Limit("choices in an hour", 60, timedelta(hours=1))  # by person
