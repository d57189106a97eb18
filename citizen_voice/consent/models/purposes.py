"""Purposes for which personal data may be used."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from citizen_voice.db import Base


class ActivePurpose(Base):
    """A purpose for which personal data may be used, when, and what the officer says of it.

    ``words`` are the council's own where ours do not do; ``law`` is what a public task rests on,
    ``condition`` the one of Art 9 for what reveals health or politics, ``policy`` where the
    appropriate policy document for it is found, ``retention`` how long things are kept.
    """

    __tablename__ = "purposes"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    basis: Mapped[str] = mapped_column(String(40))
    active_from: Mapped[datetime]
    active_to: Mapped[datetime | None]
    words_en: Mapped[str] = mapped_column(String(200), server_default="")
    words_cy: Mapped[str] = mapped_column(String(200), server_default="")
    law_en: Mapped[str] = mapped_column(Text, server_default="")
    law_cy: Mapped[str] = mapped_column(Text, server_default="")
    condition_en: Mapped[str] = mapped_column(Text, server_default="")
    condition_cy: Mapped[str] = mapped_column(Text, server_default="")
    policy: Mapped[str] = mapped_column(String(300), server_default="")
    retention_en: Mapped[str] = mapped_column(Text, server_default="")
    retention_cy: Mapped[str] = mapped_column(Text, server_default="")
    changed_at: Mapped[datetime | None]
