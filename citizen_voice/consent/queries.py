"""What is true of notices now."""

from collections.abc import Sequence

from sqlalchemy import func, select

from citizen_voice.consent.models import Notice
from citizen_voice.db import AnyRow, db

PRIVACY = "privacy"


def current_notices(name: str) -> Sequence[AnyRow]:
    """The newest version of a notice, a row a language."""
    newest = select(func.max(Notice.version)).where(Notice.name == name).scalar_subquery()
    return db.session.execute(
        select(*Notice.__table__.columns)
        .where(Notice.name == name, Notice.version == newest)
        .order_by(Notice.language)
    ).all()


def current_version(name: str) -> int:
    """The number of the version in force; 0 where there is none yet."""
    statement = select(func.coalesce(func.max(Notice.version), 0)).where(Notice.name == name)
    return int(db.session.execute(statement).scalar_one())


def notice_id(name: str, version: int, language: str) -> int | None:
    """The key of a version in a language."""
    return db.session.execute(
        select(Notice.id).where(
            Notice.name == name, Notice.version == version, Notice.language == language
        )
    ).scalar_one_or_none()
