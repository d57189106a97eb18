"""What everybody sees of moderation, and what somebody is told about their own words."""

from citizen_voice.moderation.routes import decisions as _decisions  # noqa: F401  # its routes
from citizen_voice.moderation.routes import figures as _figures  # noqa: F401  # likewise
from citizen_voice.moderation.routes import reports as _reports  # noqa: F401  # likewise
from citizen_voice.moderation.routes.blueprint import bp

__all__ = ["bp"]
