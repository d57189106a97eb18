"""How often somebody may answer: far more than a thumb can."""

from datetime import timedelta

from citizen_voice.limits import Limit

ANSWERS = Limit("answers", 3_000, timedelta(hours=1))  # by person
