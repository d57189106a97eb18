"""What is kept for an appeal, and how long."""

from datetime import timedelta

APPEAL_LASTS = timedelta(days=183)
"""Six months: how long somebody may ask that somebody else looks again."""
