"""How often somebody may comment, reply or edit what they said."""

from datetime import timedelta

from citizen_voice.limits import Limit

HOURLY = Limit("comments in an hour", 30, timedelta(hours=1))  # by person
DAILY = Limit("comments in a day", 100, timedelta(days=1))  # by person
