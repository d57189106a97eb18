"""Bringing a Polis conversation into a challenge: looked at, begun, written, finished.

It may be broken off anywhere; running it again goes on, and once it is finished changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import batched
from typing import Any

from citizen_voice import clock
from citizen_voice.challenges import services as challenges
from citizen_voice.challenges.models import OPINION
from citizen_voice.db import db, dialect, write
from citizen_voice.errors import Conflict, Refusal
from citizen_voice.ideas import services as proposing
from citizen_voice.imports import challenge, ideas, ledger, people
from citizen_voice.imports.answers import Answers
from citizen_voice.imports.ideas import Ideas
from citizen_voice.imports.ledger import Destination, Progress
from citizen_voice.imports.models import ImportSource
from citizen_voice.imports.people import People
from citizen_voice.imports.polis import Conversation
from citizen_voice.journal import services as journal
from citizen_voice.words import _

KIND = "polis"
PEOPLE, IDEAS, ANSWERS = "people", "ideas", "answers"
BATCH = {"sqlite": 5_000, "postgresql": 20_000}
