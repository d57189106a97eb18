"""What is true of the site now."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from citizen_voice.db import db
from citizen_voice.site.models import SiteSettings

_settings = select(*SiteSettings.__table__.columns)


def settings() -> Row[Any]:
    """The site's settings, as a row with the columns of ``SiteSettings``."""
    return db.session.execute(_settings).one()


def languages(row: Row[Any]) -> Sequence[str]:
    """The codes of the languages that are on."""
    return ("en", "cy") if row.welsh_on else ("en",)
