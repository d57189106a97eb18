"""The site's settings: one row."""

from sqlalchemy import CheckConstraint, String, Text, true
from sqlalchemy.orm import Mapped, mapped_column

from citizen_voice.db import Base


class SiteSettings(Base):
    """What an administrator says of the place. ``revision`` rises with every change.

    ``fair_offset`` is where the order *needs answers* begins today, ``fair_top`` its highest
    bucket; they change once a day together with the buckets of ``idea_listing``.
    """

    __tablename__ = "site_settings"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name_en: Mapped[str] = mapped_column(String(80))
    name_cy: Mapped[str] = mapped_column(String(80), server_default="")
    council_en: Mapped[str] = mapped_column(String(80))
    council_cy: Mapped[str] = mapped_column(String(80), server_default="")
    tagline_en: Mapped[str] = mapped_column(String(200), server_default="")
    tagline_cy: Mapped[str] = mapped_column(String(200), server_default="")
    contact_email: Mapped[str] = mapped_column(String(254), server_default="")
    contact_phone: Mapped[str] = mapped_column(String(40), server_default="")
    contact_address_en: Mapped[str] = mapped_column(Text, server_default="")
    contact_address_cy: Mapped[str] = mapped_column(Text, server_default="")
    brand_colour: Mapped[str] = mapped_column(String(7), server_default="#0b5a55")
    link_colour: Mapped[str] = mapped_column(String(7), server_default="#0b5a55")
    welsh_on: Mapped[bool] = mapped_column(server_default=true())
    minimum_age: Mapped[int] = mapped_column(server_default="13")
    revision: Mapped[int] = mapped_column(server_default="1")
    fair_offset: Mapped[int] = mapped_column(server_default="0")
    fair_top: Mapped[int] = mapped_column(server_default="20")
    fair_day: Mapped[str] = mapped_column(String(10), server_default="")
