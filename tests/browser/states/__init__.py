"""The states of pages that no address shows by itself.

Each function brings a fresh visitor's page there, and waits until it shows. They go by the names of
fields, so that they work in both languages.
"""

from tests.browser.states import (
    accounts,
    answers,
    board,
    comments,
    drafts,
    ideas,
    mail,
    measures,
    pages,
    pilots_staff,
    queue,
    replies,
    reports,
    setup,
    site_setup,
    team,
)
from tests.browser.states.setting import Setting

STATES = (
    *pages.STATES,
    *ideas.STATES,
    *answers.STATES,
    *comments.STATES,
    *accounts.STATES,
    *drafts.STATES,
    *reports.STATES,
    *setup.STATES,
    *site_setup.STATES,
    *team.STATES,
    *board.STATES,
    *replies.STATES,
    *pilots_staff.STATES,
    *queue.STATES,
    *mail.STATES,
    *measures.STATES,
)

__all__ = ["STATES", "Setting"]
