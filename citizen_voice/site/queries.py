"""What is true of the site now."""

from sqlalchemy import select

from citizen_voice.db import AnyRow, db
from citizen_voice.site.models import SiteSettings

_settings = select(*SiteSettings.__table__.columns)


def settings() -> AnyRow:
    """The site's settings, as a row with the columns of ``SiteSettings``."""
    return db.session.execute(_settings).one()
