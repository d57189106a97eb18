"""How often somebody may suggest ideas, save drafts, edit ideas, take them back."""

from datetime import timedelta

from citizen_voice.limits import Limit

EDITS = Limit("ideas edited", 60, timedelta(hours=1))  # by person
TAKEN_BACK = Limit("ideas taken back", 20, timedelta(days=1))  # by person
SAVES = Limit("drafts saved", 400, timedelta(minutes=10))  # by person; one saves itself every 2 s
PROPOSALS = Limit("ideas suggested", 30, timedelta(days=1))  # by person
