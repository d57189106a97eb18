"""The newsletters that staff wrote."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from citizen_voice.consent.models import Newsletter
from citizen_voice.db import AnyRow, rows
from citizen_voice.errors import NotHere

MOST = 100

_n = Newsletter.__table__.c
_newest = select(*_n).order_by(_n.sent_at.is_not(None), _n.changed_at.desc(), _n.id).limit(MOST)
_one = select(*_n).where(_n.id == bindparam("key"))


def newsletters() -> Sequence[AnyRow]:
    """The newest of all newsletters, drafts first."""
    return rows(_newest)


def newsletter(newsletter_id: int) -> AnyRow:
    """One of them; raises ``NotHere``."""
    found = rows(_one, {"key": newsletter_id})
    if not found:
        raise NotHere
    return found[0]
