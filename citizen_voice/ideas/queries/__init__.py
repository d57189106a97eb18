"""What is true of ideas now. Rows, not object graphs; a fixed number of statements a page."""

from citizen_voice.ideas.queries.choices import Choices, choices
from citizen_voice.ideas.queries.drafts import draft, drafts
from citizen_voice.ideas.queries.holding import standing, standing_if_free
from citizen_voice.ideas.queries.lists import (
    LIVELY,
    PAGE,
    Beside,
    Columns,
    Filters,
    Mine,
    Page,
    number,
    page,
    shown,
)
from citizen_voice.ideas.queries.next import Unseen, next_one
from citizen_voice.ideas.queries.totals import Totals, totals, totals_by_challenge
from citizen_voice.ideas.queries.versions import VersionPage, since, versions, waiting, withdrawal

__all__ = [
    "LIVELY",
    "PAGE",
    "Beside",
    "Choices",
    "Columns",
    "Filters",
    "Mine",
    "Page",
    "Totals",
    "Unseen",
    "VersionPage",
    "choices",
    "draft",
    "drafts",
    "next_one",
    "number",
    "page",
    "shown",
    "since",
    "standing",
    "standing_if_free",
    "totals",
    "totals_by_challenge",
    "versions",
    "waiting",
    "withdrawal",
]
