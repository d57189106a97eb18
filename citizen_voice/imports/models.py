"""Where imported rows came from: what makes an import repeatable, and resumable when broken off."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from citizen_voice.db import Base


class ImportSource(Base):
    """One folder of one kind, brought into one challenge. ``digest`` is the hash of its files."""

    __tablename__ = "import_sources"
    __table_args__ = (UniqueConstraint("kind", "challenge_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"))
    digest: Mapped[str] = mapped_column(String(64))
    batch_size: Mapped[int]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class ImportBatch(Base):
    """A batch that is in: written in the same transaction as its rows."""

    __tablename__ = "import_batches"

    source_id: Mapped[int] = mapped_column(
        ForeignKey("import_sources.id"), primary_key=True, autoincrement=False
    )
    part: Mapped[str] = mapped_column(String(20), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    rows: Mapped[int]


class ImportedIdea(Base):
    """Which idea a statement of a source became."""

    __tablename__ = "imported_ideas"

    source_id: Mapped[int] = mapped_column(
        ForeignKey("import_sources.id"), primary_key=True, autoincrement=False
    )
    external_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), unique=True)


class ImportedPerson(Base):
    """Which account a participant of a source became."""

    __tablename__ = "imported_people"

    source_id: Mapped[int] = mapped_column(
        ForeignKey("import_sources.id"), primary_key=True, autoincrement=False
    )
    external_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), unique=True
    )
