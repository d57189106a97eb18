"""What somebody sends to say something, and what is there then."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select

from citizen_voice.accounts import services as accounts
from citizen_voice.comments.models import Comment
from citizen_voice.db import db


def said() -> int:
    """How many comments there are."""
    db.session.rollback()
    return int(db.session.execute(select(func.count()).select_from(Comment)).scalar_one())


def newest() -> UUID:
    """The key of the last one."""
    db.session.rollback()
    return db.session.scalars(select(Comment.id).order_by(Comment.id.desc()).limit(1)).one()


def words(**changed: Any) -> dict[str, Any]:
    """What somebody sends; ``None`` leaves a field out."""
    given = {"comment": "I would sit on it every day.", "lang": "en"} | changed
    return {name: value for name, value in given.items() if value is not None}


def where(number: int) -> str:
    return f"/ideas/CV-{number}/comments"


def resident_here() -> UUID:
    """A resident, made inside the transaction at hand."""
    return accounts.join(f"{uuid4().hex}@example.org", "adult", "en")
