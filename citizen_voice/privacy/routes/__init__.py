"""My data, and copies of it."""

from citizen_voice.privacy.routes import copies as _copies  # noqa: F401  # its routes
from citizen_voice.privacy.routes import my_data as _my_data  # noqa: F401  # its route
from citizen_voice.privacy.routes.blueprint import bp

__all__ = ["bp"]
