"""How often somebody may try to sign in as staff.

The first limit stops who guesses from one place. The second one counts an address's tries from
everywhere, so that many places together get nowhere either; it is so wide that whoever wants to
keep a colleague out by it needs eighty networks an hour.
"""

from datetime import timedelta

from citizen_voice.limits import Limit

TRIES_HERE = Limit("staff tries here", 10, timedelta(minutes=15))  # by network and address
TRIES_NETWORK = Limit("staff tries of a network", 120, timedelta(hours=1))  # by network
TRIES_ADDRESS = Limit("staff tries of an address", 800, timedelta(hours=1))  # by address
LINKS = Limit("staff links", 30, timedelta(hours=1))  # by who invites
