"""What is true of the site now."""

from sqlalchemy import Text, cast, func, select

from citizen_voice import kept
from citizen_voice.db import AnyRow, dialect, rows
from citizen_voice.site.models import SiteSettings

_columns = SiteSettings.__table__.columns
_settings = select(*_columns)
_with_state = select(*_columns, cast(func.pg_current_snapshot(), Text).label("state"))


def settings() -> AnyRow:
    """The site's settings, as a row with the columns of ``SiteSettings``.

    On PostgreSQL the same round trip brings the mark of what is committed.
    """
    if dialect() == "sqlite":
        row = _kept_settings()
    else:
        row = rows(_with_state)[0]
        kept.note_state(row.state)
    kept.note("settings", row)
    return row


def revision() -> int:
    """Rises with every change of the settings, and of what challenges, topics and wards are."""
    row = kept.noted("settings") or settings()
    return int(row.revision)


def fair_top() -> int:
    """The highest bucket of *needs answers* today."""
    row = kept.noted("settings") or settings()
    return int(row.fair_top)


@kept.kept
def _kept_settings() -> AnyRow:
    return rows(_settings)[0]
