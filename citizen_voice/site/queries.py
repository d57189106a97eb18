"""What is true of the site now."""

from typing import Any

from sqlalchemy import Text, bindparam, cast, func, select

from citizen_voice import kept
from citizen_voice.db import AnyRow, db, dialect, rows
from citizen_voice.errors import NotHere
from citizen_voice.site.models import SiteImage, SitePage, SiteSettings

_columns = (
    *SiteSettings.__table__.columns,
    *(
        column.label(f"logo_{column.name}")
        for column in SiteImage.__table__.columns
        if column.name in ("alt_en", "alt_cy", "width", "height")
    ),
)
_with_logo = SiteSettings.__table__.outerjoin(
    SiteImage.__table__, SiteImage.digest == SiteSettings.logo
)
_settings = select(*_columns).select_from(_with_logo)
_with_state = _settings.add_columns(cast(func.pg_current_snapshot(), Text).label("state"))
_picture = select(SiteImage.kind, SiteImage.content).where(SiteImage.digest == bindparam("digest"))
_page = select(*SitePage.__table__.columns).where(SitePage.key == bindparam("key"))


def settings() -> AnyRow:
    """The site's settings, as a row with the columns of ``SiteSettings``.

    With them ``logo_alt_en``, ``logo_alt_cy``, ``logo_width`` and ``logo_height`` of the logo.

    On PostgreSQL the same round trip brings the mark of what is committed.
    """
    if dialect() == "sqlite":
        row = _kept_settings()
    else:
        row = rows(_with_state)[0]
        kept.note_state(row.state)
    kept.note("settings", row)
    return row


def at_hand() -> AnyRow:
    """The settings as the request at hand has read them; read now where it has not."""
    row: AnyRow = kept.noted("settings") or settings()
    return row


def revision() -> int:
    """Rises with every change of the settings, and of what challenges, topics and wards are."""
    return int(at_hand().revision)


def welsh_on() -> bool:
    """Whether the site is there in Welsh, too."""
    return bool(at_hand().welsh_on)


def fair_top() -> int:
    """The highest bucket of *needs answers* today."""
    return int(at_hand().fair_top)


def locked() -> None:
    """Have whoever else changes the site wait for the transaction at hand."""
    db.session.execute(select(SiteSettings.id).with_for_update())


def picture(digest: str) -> AnyRow:
    """A picture: its kind (a MIME type) and content; raises ``NotHere``."""
    found = rows(_picture, {"digest": digest})
    if not found:
        raise NotHere
    return found[0]


def written_page(key: str) -> AnyRow | None:
    """The council's own words of a plain page, where it has written any."""
    return next(iter(rows(_page, {"key": key})), None)


def page_mark(row: Any) -> str:
    """Tells whether a plain page was written anew since somebody saw it."""
    return "" if row is None else row.changed_at.isoformat()


@kept.kept
def _kept_settings() -> AnyRow:
    return rows(_settings)[0]
