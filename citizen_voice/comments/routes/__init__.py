"""Comments: reading, writing, and what is done to one's own; a file for each."""

from citizen_voice.comments.routes import own, reading, writing
from citizen_voice.comments.routes.blueprint import bp

__all__ = ["bp", "own", "reading", "writing"]
