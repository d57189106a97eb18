"""Wards."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from citizen_voice.db import Base

CODE_LONGEST, NAME_LONGEST = 20, 80


class Ward(Base):
    """A ward of the council's area, with its official code. A retired one can't be chosen."""

    __tablename__ = "wards"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(CODE_LONGEST), unique=True)
    name_en: Mapped[str] = mapped_column(String(NAME_LONGEST))
    name_cy: Mapped[str] = mapped_column(String(NAME_LONGEST), server_default="")
    retired_at: Mapped[datetime | None]
