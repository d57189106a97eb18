"""Challenges are the council's words, not anybody's data."""

from citizen_voice.challenges.models import Challenge, OldSlug, Topic
from citizen_voice.register import declare

declare("challenges", plain=[column.name for column in Challenge.__table__.columns])
declare("topics", plain=[column.name for column in Topic.__table__.columns])
declare("challenge_slugs", plain=[column.name for column in OldSlug.__table__.columns])
