"""Purposes, notices and the ledger, for the officer."""

from citizen_voice.consent.staff_routes import accessibility as _accessibility  # noqa: F401  # its routes
from citizen_voice.consent.staff_routes import ledger as _ledger  # noqa: F401  # its routes
from citizen_voice.consent.staff_routes import newsletters as _newsletters  # noqa: F401  # its routes
from citizen_voice.consent.staff_routes import notices as _notices  # noqa: F401  # its routes
from citizen_voice.consent.staff_routes import purposes as _purposes  # noqa: F401  # its routes
from citizen_voice.consent.staff_routes.blueprint import bp

__all__ = ["bp"]
