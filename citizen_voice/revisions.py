"""Which migration the database is at, and which one this version brings."""

import re

from sqlalchemy import inspect, text

from citizen_voice.db import db
from citizen_voice.paths import MIGRATIONS


def revision() -> str | None:
    """The revision of the database at hand; ``None`` where it is empty."""
    with db.engines["read"].connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def newest() -> str | None:
    """The newest revision that this version brings."""
    names = (path.name for path in (MIGRATIONS / "versions").glob("*.py"))
    return max((m[1] for name in names if (m := re.match(r"(\d{4})_", name))), default=None)
