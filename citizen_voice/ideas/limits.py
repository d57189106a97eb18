"""How often somebody may suggest ideas."""

from datetime import timedelta

from citizen_voice.limits import Limit

PROPOSALS = Limit("ideas suggested", 30, timedelta(days=1))  # by person
