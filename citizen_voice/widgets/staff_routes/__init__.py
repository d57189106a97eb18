"""Widgets, as staff make them and see how they do."""

from citizen_voice.widgets.staff_routes import making, sites, standing
from citizen_voice.widgets.staff_routes.blueprint import bp

__all__ = ["bp", "making", "sites", "standing"]
