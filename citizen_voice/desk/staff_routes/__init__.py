"""The desk of the privacy officer."""

from citizen_voice.desk.staff_routes import detail, entering, listing, settings, writing
from citizen_voice.desk.staff_routes.blueprint import bp

__all__ = ["bp", "detail", "entering", "listing", "settings", "writing"]
