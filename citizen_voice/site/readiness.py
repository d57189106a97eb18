"""Whether the site can serve."""

import os
import shutil
from functools import cache

from sqlalchemy import exc, text

from citizen_voice import revisions
from citizen_voice.db import db, dialect
from citizen_voice.paths import instance

LEAST_SPACE = 16 * 1024 * 1024
REVISION = text("SELECT version_num FROM alembic_version")
REVISION_AND_STANDBY = text("SELECT version_num, pg_is_in_recovery() FROM alembic_version")


def trouble() -> str | None:
    """A word for what keeps the site from serving, or ``None``.

    ``database``: it can't be read. ``schema``: it is not this version's. ``read-only``: it can't be
    written. ``disk``: the instance folder is all but full.
    """
    sqlite = dialect() == "sqlite"
    try:
        with db.engines["read"].connect() as connection:
            row = connection.execute(REVISION if sqlite else REVISION_AND_STANDBY).first()
    except (exc.DBAPIError, exc.TimeoutError) as error:
        return "schema" if _lacks_table(error) else "database"
    if row is None or row.version_num != _newest():
        return "schema"
    if _is_read_only(sqlite) or (not sqlite and row[1]):
        return "read-only"
    if shutil.disk_usage(instance()).free < LEAST_SPACE:
        return "disk"
    return None


def _lacks_table(error: Exception) -> bool:
    return "alembic_version" in str(getattr(error, "orig", ""))


def _is_read_only(sqlite: bool) -> bool:
    if not sqlite:
        return False
    path = db.engines["read"].url.database or ""
    return not os.access(path, os.W_OK)


@cache
def _newest() -> str | None:
    return revisions.newest()
