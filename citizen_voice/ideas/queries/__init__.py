"""What is true of ideas now. Rows, not object graphs; a fixed number of statements a page."""

from citizen_voice.ideas.queries.choices import Choices, choices
from citizen_voice.ideas.queries.lists import (
    LIVELY,
    PAGE,
    Columns,
    Filters,
    Mine,
    Page,
    number,
    page,
    shown,
)
from citizen_voice.ideas.queries.totals import Totals, totals, totals_by_challenge

__all__ = [
    "LIVELY",
    "PAGE",
    "Choices",
    "Columns",
    "Filters",
    "Mine",
    "Page",
    "Totals",
    "choices",
    "number",
    "page",
    "shown",
    "totals",
    "totals_by_challenge",
]
