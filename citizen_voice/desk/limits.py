"""How often somebody may ask. None can lock somebody else out for long."""

from datetime import timedelta

from citizen_voice.limits import Limit

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

ASKED_HERE = Limit("rights asked, network", 20, HOUR)  # by network
ASKED = Limit("rights asked", 10, DAY)  # by account
LOOKED_UP = Limit("rights looked up", 60, HOUR)  # by network
