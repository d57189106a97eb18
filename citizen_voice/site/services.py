"""Changes of the site's settings."""

from sqlalchemy import update

from citizen_voice.db import db
from citizen_voice.site.models import SiteSettings


def change(**values: object) -> None:
    """Set some columns; the site's revision rises, so that cached pages are made anew."""
    db.session.execute(
        update(SiteSettings).values(values | {"revision": SiteSettings.revision + 1})
    )
