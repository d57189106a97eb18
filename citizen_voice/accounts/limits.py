"""How often accounts let somebody do things. None can lock somebody else out."""

from datetime import timedelta

from citizen_voice.limits import Limit

HOUR = timedelta(hours=1)

BEGINNINGS = Limit("sign-ins begun", 240, HOUR)  # by network
CODES_HERE = Limit("codes to an address", 6, HOUR)  # by network and address
CODES = Limit("codes", 60, HOUR)  # by network
GUESSES = Limit("codes tried", 60, HOUR)  # by network
