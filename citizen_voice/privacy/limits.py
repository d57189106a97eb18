"""How often somebody may ask for a copy of their data."""

from datetime import timedelta

from citizen_voice.limits import Limit

COPIES = Limit("copies of data", 5, timedelta(days=1))  # by person
