"""The staff area's menu: what somebody with these roles finds there, and how much of it waits."""

from dataclasses import dataclass
from typing import Any

from flask import current_app, request
from flask_login import current_user

from citizen_voice import clock
from citizen_voice.db import AnyRow
from citizen_voice.staff import queries
from citizen_voice.team.models import ADMINISTRATOR, MODERATOR, PILOT_OWNER, PRIVACY_OFFICER
from citizen_voice.web.access import ANY_ROLE, has_role
from citizen_voice.web.templates import url_for
from citizen_voice.words import _


@dataclass(frozen=True, slots=True)
class Entry:
    """A screen of the menu: its endpoint, its name, whose it is, and which count stands beside.

    ``within`` are the beginnings of the addresses that belong to it and do not begin with its own.
    """

    endpoint: str
    name: Any
    roles: tuple[str, ...]
    count: str = ""
    within: tuple[str, ...] = ()


MENU = (
    Entry("staff.today", _("Today"), (ANY_ROLE,)),
    Entry("moderation_staff.queue", _("To check"), (MODERATOR,), "cases", ("/staff/cases",)),
    Entry("moderation_staff.appeals", _("Appeals"), (MODERATOR, ADMINISTRATOR), "appeals"),
    Entry("replies_staff.due", _("Replies"), (MODERATOR,), "replies", ("/staff/ideas",)),
    Entry("board.index", _("Top ideas"), (MODERATOR,), within=("/staff/merge",)),
    Entry("board.merges", _("Joined ideas"), (MODERATOR,)),
    Entry("pilots_staff.index", _("Trials"), (PILOT_OWNER, MODERATOR, ADMINISTRATOR), "trials"),
    Entry("desk_staff.index", _("Privacy"), (PRIVACY_OFFICER,), "desk", ("/staff/privacy",)),
    Entry("moderation_staff.log", _("Decisions"), (MODERATOR, ADMINISTRATOR)),
    Entry("challenges_staff.index", _("Challenges"), (ADMINISTRATOR,)),
    Entry("widgets_staff.index", _("Widgets"), (MODERATOR, ADMINISTRATOR)),
    Entry("places_staff.index", _("Wards"), (ADMINISTRATOR,)),
    Entry("moderation_staff.rules", _("Rules and letters"), (ADMINISTRATOR,)),
    Entry("team_staff.index", _("People and roles"), (ADMINISTRATOR,)),
    Entry("outbox_staff.index", _("Mail"), (ADMINISTRATOR,), "mail"),
    Entry("consent_staff.newsletters", _("Newsletter"), (ADMINISTRATOR,)),
    Entry("site_staff.index", _("The site"), (ADMINISTRATOR,)),
    Entry("journal_staff.index", _("Journal"), (ADMINISTRATOR,)),
    Entry("team.me", _("My staff sign-in"), (ANY_ROLE,)),
)

_OFFICER = (PRIVACY_OFFICER,)
PRIVACY = (
    Entry("desk_staff.index", _("Requests"), _OFFICER),
    Entry("records_staff.processing", _("Record of processing"), _OFFICER),
    Entry("consent_staff.purposes", _("Purposes"), _OFFICER),
    Entry("consent_staff.notices", _("Notices"), _OFFICER),
    Entry("consent_staff.ledger", _("Consents"), _OFFICER),
    Entry("accounts_staff.ages", _("Ages"), (PRIVACY_OFFICER, ADMINISTRATOR)),
    Entry("retention_staff.index", _("How long we keep"), _OFFICER),
    Entry("privacy_staff.mentions", _("Mentions"), _OFFICER),
    Entry("records_staff.assessments", _("Impact assessments"), _OFFICER),
    Entry("records_staff.processors", _("Processors"), _OFFICER),
    Entry("records_staff.breaches", _("Breaches"), _OFFICER),
    Entry("records_staff.looks", _("Who looked"), _OFFICER),
    Entry("records_staff.safety", _("Online safety"), _OFFICER),
)
"""The officer's desk: its screens, in a row above each of them."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as the page shows it.

    ``current`` is what ``aria-current`` says of it: "page" for the page at hand, "true" where that
    is a part of it, empty elsewhere.
    """

    name: str
    url: str
    current: str
    count: int


def entries() -> list[Shown]:
    """What the menu of who is signed in has, in its order."""
    return _shown(MENU)


def privacy_entries() -> list[Shown]:
    """The screens of the officer's desk, in their order."""
    return _shown(PRIVACY)


def _shown(menu: tuple[Entry, ...]) -> list[Shown]:
    mine = [
        entry
        for entry in menu
        if entry.endpoint in current_app.view_functions and has_role(current_user, *entry.roles)
    ]
    counts = _counts() if any(entry.count for entry in mine) else None
    return [
        Shown(
            str(entry.name),
            url_for(entry.endpoint),
            _current(entry),
            getattr(counts, entry.count) if entry.count else 0,
        )
        for entry in mine
    ]


def _counts() -> AnyRow:
    return queries.counts(clock.today(), current_user.id)


def _current(entry: Entry) -> str:
    """Whether the page at hand is an entry's, or belongs to it: its address begins with one."""
    address = url_for(entry.endpoint).removeprefix(request.script_root)
    if request.path == address:
        return "page"
    if entry.endpoint == "staff.today":  # every address begins with its own
        return ""
    within = any(request.path.startswith(f"{place}/") for place in (address, *entry.within))
    return "true" if within or request.path in entry.within else ""
