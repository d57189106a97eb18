"""The screens of pilots, for those who run them."""

from citizen_voice.pilots.staff_routes import (
    deciding,
    ideas,
    listing,
    managing,
    measures,
    people,
    planning,
    starting,
    thanking,
)
from citizen_voice.pilots.staff_routes.blueprint import bp

__all__ = [
    "bp",
    "deciding",
    "ideas",
    "listing",
    "managing",
    "measures",
    "people",
    "planning",
    "starting",
    "thanking",
]
