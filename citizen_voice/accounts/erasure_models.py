"""How far the erasure journal was followed by this database."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from citizen_voice.db import Base


class ErasuresApplied(Base):
    """One row: the last line of the erasure journal that this database knows of.

    ``wiped_number`` is the last line after which free pages were wiped (see ``wiping``).
    """

    __tablename__ = "erasures_applied"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(server_default="0")
    hash: Mapped[str] = mapped_column(String(64), server_default="0" * 64)
    at: Mapped[datetime | None]
    wiped_number: Mapped[int] = mapped_column(server_default="0")
    wiped_at: Mapped[datetime | None]
