"""The site's settings: one row."""

from datetime import datetime

from sqlalchemy import CheckConstraint, LargeBinary, String, Text, false, true
from sqlalchemy.orm import Mapped, mapped_column

from citizen_voice.db import Base


class SiteSettings(Base):
    """What an administrator says of the place. ``revision`` rises with every change.

    ``fair_offset`` is where the order *needs answers* begins today, ``fair_top`` its highest
    bucket; they change once a day together with the buckets of ``idea_listing``.

    ``groups_on``: support across opinion groups is worked out, which is profiling; ``groups_dpia``
    says who signed the assessment for it, and when.

    ``managers_told``: who manages a trial hears when a word on it is late.
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
    footer_en: Mapped[str] = mapped_column(Text, server_default="")
    footer_cy: Mapped[str] = mapped_column(Text, server_default="")
    logo: Mapped[str | None] = mapped_column(String(64))
    revision: Mapped[int] = mapped_column(server_default="1")
    groups_on: Mapped[bool] = mapped_column(server_default=false())
    groups_dpia: Mapped[str] = mapped_column(Text, server_default="")
    managers_told: Mapped[bool] = mapped_column(server_default=false())
    fair_offset: Mapped[int] = mapped_column(server_default="0")
    fair_top: Mapped[int] = mapped_column(server_default="20")
    fair_day: Mapped[str] = mapped_column(String(10), server_default="")


class SiteImage(Base):
    """A picture of the council's own (its logo), decoded and made anew; by its hash."""

    __tablename__ = "site_images"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    width: Mapped[int]
    height: Mapped[int]
    alt_en: Mapped[str] = mapped_column(String(120), server_default="")
    alt_cy: Mapped[str] = mapped_column(String(120), server_default="")
    added_at: Mapped[datetime]


class SitePage(Base):
    """The council's own words of a plain page (``rules``), as Markdown; without one, ours stand."""

    __tablename__ = "site_pages"

    key: Mapped[str] = mapped_column(String(20), primary_key=True)
    body_en: Mapped[str] = mapped_column(Text, server_default="")
    body_cy: Mapped[str] = mapped_column(Text, server_default="")
    changed_at: Mapped[datetime]
