"""Bringing the database to this version's schema."""

from flask import Flask
from sqlalchemy import select

from citizen_voice.cli import progress
from citizen_voice.consent import services as consent
from citizen_voice.db import db, write
from citizen_voice.ideas import indexing
from citizen_voice.moderation import grounds
from citizen_voice.paths import MIGRATIONS
from citizen_voice.site.models import SiteSettings


def migrations(app: Flask) -> None:
    """Give an app Flask-Migrate. It takes a second to import, so the site goes without."""
    from flask_migrate import Migrate  # noqa: PLC0415  # a second that only migrations need

    Migrate(app, db, directory=str(MIGRATIONS), compare_type=True, render_as_batch=True)


def bring_up_to_date(app: Flask) -> None:
    """Run the migrations, and give the database what the site cannot be without."""
    from flask_migrate import upgrade  # noqa: PLC0415  # likewise

    migrations(app)
    upgrade()
    furnish()
    if not indexing.is_current():  # ideas that are older than the search, or than its form
        indexing.rebuild(progress.told("search"))
    db.session.rollback()


def furnish() -> None:
    """Give a database what the site cannot be without: settings, grounds, purposes, notice."""
    with write():
        if db.session.execute(select(SiteSettings.id)).first() is None:
            db.session.add(SiteSettings(id=1, name_en="Citizen Voice", council_en="The council"))
        grounds.furnish()
        consent.activate_purposes()
        consent.begin_notices()
