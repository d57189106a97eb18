"""The officer’s registers: a module a register."""

from citizen_voice.records.staff_routes import assessing as _assessing  # noqa: F401  # its routes
from citizen_voice.records.staff_routes import assessments as _assessments  # noqa: F401
from citizen_voice.records.staff_routes import breaches as _breaches  # noqa: F401
from citizen_voice.records.staff_routes import looks as _looks  # noqa: F401
from citizen_voice.records.staff_routes import processing as _processing  # noqa: F401
from citizen_voice.records.staff_routes import processors as _processors  # noqa: F401
from citizen_voice.records.staff_routes import safety as _safety  # noqa: F401
from citizen_voice.records.staff_routes.blueprint import bp

__all__ = ["bp"]
