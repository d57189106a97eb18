"""How often somebody may comment, reply, edit what they said, or put it back.

To take it away is everybody's right, at any time; to put it back bounds how often that can be.
"""

from datetime import timedelta

from citizen_voice.limits import Limit

HOURLY = Limit("comments in an hour", 30, timedelta(hours=1))  # by person
DAILY = Limit("comments in a day", 100, timedelta(days=1))  # by person
PUT_BACK = Limit("comments put back in an hour", 30, timedelta(hours=1))  # by person
