"""What the roles are called, and what they may do."""

from typing import Any

from citizen_voice.team.models import ADMINISTRATOR, MODERATOR, PILOT_OWNER, PRIVACY_OFFICER
from citizen_voice.words import _

ROLE_NAMES: dict[str, Any] = {
    MODERATOR: _("Moderator"),
    PILOT_OWNER: _("Pilot owner"),
    PRIVACY_OFFICER: _("Privacy officer"),
    ADMINISTRATOR: _("Administrator"),
}
ROLE_TASKS: dict[str, Any] = {
    MODERATOR: _("Reads reports, decides, replies to ideas"),
    PILOT_OWNER: _("Runs trials of ideas in public"),
    PRIVACY_OFFICER: _("Looks after people’s data and their rights"),
    ADMINISTRATOR: _("Sets up challenges, places, people and the site"),
}
