"""The blueprint of choices and notices, for residents, and what it has on every page."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, g
from flask_login import current_user

from citizen_voice.consent import queries
from citizen_voice.consent.queries import Unseen
from citizen_voice.web import fresh

bp = Blueprint("consent", __name__)


def unseen_notices() -> Sequence[Unseen]:
    """What has to be put before who reads the page: new versions of notices; asked once a request.

    Visitors are shown the notice at the step that takes their address.
    """
    if not current_user.is_authenticated or current_user.staff:
        return ()
    if "unseen_notices" not in g:
        g.unseen_notices = queries.unseen(current_user.id, current_user.age_band)
    found: Sequence[Unseen] = g.unseen_notices
    return found


@bp.app_context_processor
def _shared() -> dict[str, Any]:
    return {"unseen_notices": unseen_notices}


fresh.show_besides(unseen_notices)
