"""What the board shows of ideas: rows, in one statement a page."""

from citizen_voice.board.queries.across import least_convinced, there_are_groups
from citizen_voice.board.queries.rows import (
    ACROSS,
    ACTIVE,
    DISCUSSED,
    GROWTH,
    LISTED_ONE,
    ORDERS,
    PAGE,
    SHARE,
    SUPPORTED,
    Narrowed,
    page,
    streamed,
)

__all__ = [
    "ACROSS",
    "ACTIVE",
    "DISCUSSED",
    "GROWTH",
    "LISTED_ONE",
    "ORDERS",
    "PAGE",
    "SHARE",
    "SUPPORTED",
    "Narrowed",
    "least_convinced",
    "page",
    "streamed",
    "there_are_groups",
]
