"""Ideas: reading, writing, and what else is done to one; a file for each."""

from citizen_voice.ideas.routes import alike, drafts, leaving, reading, sharing, versions, writing
from citizen_voice.ideas.routes.blueprint import bp
from citizen_voice.ideas.routes.reading import idea_page, reader_id

__all__ = [
    "alike",
    "bp",
    "drafts",
    "idea_page",
    "leaving",
    "reader_id",
    "reading",
    "sharing",
    "versions",
    "writing",
]
