"""Reports."""

from typing import Any

from citizen_voice.db import write
from citizen_voice.moderation import services
from citizen_voice.moderation.services import Complaint, Mail, Subject


def report(
    *,
    category: str = "abuse",
    words: str = "It insults my neighbour.",
    may_hold: bool = False,
    language: str = "en",
    network: str = "4:c63364",
    email: str | None = None,
    reporter_id: Any = None,
    **subject: Any,
) -> str:
    """Report ``idea_id``, ``comment_id`` or ``person_id``; gives the receipt."""
    said = Complaint(category, words, language, network, email, reporter_id)
    mail = Mail("Aberwern Voice", lambda receipt: f"http://localhost/reports/{receipt}")
    with write():
        return services.report(Subject(**subject), said, mail=mail, may_hold=may_hold)
