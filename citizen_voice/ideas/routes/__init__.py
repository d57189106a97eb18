"""Ideas: reading, writing, and what else is done to one; a file for each."""

from citizen_voice.ideas.routes import reading, writing
from citizen_voice.ideas.routes.blueprint import bp
from citizen_voice.ideas.routes.reading import idea_page, reader_id

__all__ = ["bp", "idea_page", "reader_id", "reading", "writing"]
