"""Widgets, the sites that may show them, and how often they were seen where."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from citizen_voice.db import Base

IDEA, TOP, CHALLENGE, PILOT, CHANGES = "idea", "top", "challenge", "pilot", "changes"
KINDS = (IDEA, TOP, CHALLENGE, PILOT, CHANGES)
AUTO, LIGHT, DARK = "auto", "light", "dark"
SCHEMES = (AUTO, LIGHT, DARK)
WIDEST_RADIUS = 24
LONGEST_NAME, LONGEST_ADDRESS = 80, 300
LONGEST_HOST = 253
LONGEST_ORIGIN = len("https://") + LONGEST_HOST + len(":65535")

WITHOUT = 0
"""Stands in the counts for an address that has no widget of its own, ``/widgets/idea/…``."""


def counted_as(widget_id: int | None) -> int:
    """How a widget, or what has none (``None``), stands in the counts."""
    return WITHOUT if widget_id is None else widget_id


class Widget(Base):
    """A piece of the site that staff made for other sites to show.

    ``name`` is staff's own. What it is about stands in the column of its ``kind``: the challenge
    also of ``top``, and of ``changes`` where those of one challenge are meant. ``accent`` is empty
    for the council's own colour. Its address lives for ever: one that was taken away
    (``ended_at``), or whose subject is gone, shows a sentence.
    """

    __tablename__ = "widgets"
    __table_args__ = (
        CheckConstraint("kind IN ('idea', 'top', 'challenge', 'pilot', 'changes')", name="kind"),
        CheckConstraint("scheme IN ('auto', 'light', 'dark')", name="scheme"),
        CheckConstraint("radius BETWEEN 0 AND 24", name="radius"),
        CheckConstraint("language IN ('en', 'cy')", name="language"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    kind: Mapped[str] = mapped_column(String(10))
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id", ondelete="SET NULL"))
    challenge_id: Mapped[int | None] = mapped_column(
        ForeignKey("challenges.id", ondelete="SET NULL")
    )
    pilot_id: Mapped[int | None] = mapped_column(ForeignKey("pilots.id", ondelete="SET NULL"))
    accent: Mapped[str] = mapped_column(String(7), server_default="")
    radius: Mapped[int] = mapped_column(server_default="8")
    scheme: Mapped[str] = mapped_column(String(5), server_default=AUTO)
    language: Mapped[str] = mapped_column(String(2), server_default="en")
    return_address: Mapped[str] = mapped_column(String(LONGEST_ADDRESS), server_default="")
    created_by: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("persons.id", ondelete="SET NULL")
    )
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class WidgetSite(Base):
    """A site that may show a widget; without one, any address that has no widget of its own.

    ``origin`` is what a browser compares: scheme, host, and the port where it is not the usual one.
    """

    __tablename__ = "widget_sites"
    __table_args__ = (
        Index("uq_widget_sites_of_widget", "widget_id", "origin", unique=True),
        Index(
            "uq_widget_sites_for_all",
            "origin",
            unique=True,
            postgresql_where=text("widget_id IS NULL"),
            sqlite_where=text("widget_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    widget_id: Mapped[int | None] = mapped_column(ForeignKey("widgets.id", ondelete="CASCADE"))
    origin: Mapped[str] = mapped_column(String(LONGEST_ORIGIN))


class WidgetView(Base):
    """How often a widget was seen on a day in a host's pages. Nothing about who saw it.

    ``widget_id`` may be ``WITHOUT``. ``host`` is empty where the browser did not tell it.
    """

    __tablename__ = "widget_views"

    day: Mapped[date] = mapped_column(primary_key=True)
    widget_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    host: Mapped[str] = mapped_column(String(LONGEST_HOST), primary_key=True)
    views: Mapped[int]


class WidgetRefusal(Base):
    """A host whose pages tried to show a widget and may not, with the last day of it."""

    __tablename__ = "widget_refusals"

    widget_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    host: Mapped[str] = mapped_column(String(LONGEST_HOST), primary_key=True)
    last_on: Mapped[date]
