"""How often somebody may report. None can lock somebody else out for long."""

from datetime import timedelta

from citizen_voice.limits import Limit

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

REPORTS_HERE = Limit("reports from a network", 60, HOUR)  # by network
REPORTS = Limit("reports", 20, HOUR)  # by account
HELD_HERE = Limit("held by a report", 3, DAY)  # by network: so many may hide something at once
LOOKED_UP = Limit("receipts looked up", 60, HOUR)  # by network
