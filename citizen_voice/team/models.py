"""Colleagues, their roles, and what they sign in with."""

import uuid
from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from citizen_voice.db import Base

MODERATOR, PILOT_OWNER = "moderator", "pilot-owner"
PRIVACY_OFFICER, ADMINISTRATOR = "privacy-officer", "administrator"
ROLES = (MODERATOR, PILOT_OWNER, PRIVACY_OFFICER, ADMINISTRATOR)


class Colleague(Base):
    """A person who works for the council, and what they sign in with as such.

    The secret of their device's codes is made from ``totp_seed`` and the site's own secret, so a
    stolen table opens nothing. ``totp_step`` is the time step of the last code that was used: none
    is good twice. Somebody who has left keeps the row, so that what they did stays theirs.
    """

    __tablename__ = "colleagues"

    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True
    )
    password_hash: Mapped[str | None] = mapped_column(Text)
    password_set_at: Mapped[datetime | None]
    totp_seed: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    totp_confirmed_at: Mapped[datetime | None]
    totp_step: Mapped[int | None] = mapped_column(BigInteger)
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]


class ColleagueRole(Base):
    """What somebody does here, until the end of a day where one is named."""

    __tablename__ = "colleague_roles"
    __table_args__ = (
        CheckConstraint(
            "role IN ('moderator', 'pilot-owner', 'privacy-officer', 'administrator')", name="role"
        ),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("colleagues.person_id", ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[str] = mapped_column(String(20), primary_key=True)
    given_at: Mapped[datetime]
    given_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
    ends_on: Mapped[date | None]
    ends_at: Mapped[datetime | None]


class RecoveryCode(Base):
    """A code for the day on which the device is not at hand; good once."""

    __tablename__ = "recovery_codes"

    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("colleagues.person_id", ondelete="CASCADE"), primary_key=True
    )
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    used_at: Mapped[datetime | None]


class Invitation(Base):
    """A link by which somebody becomes a colleague, or sets up what they sign in with anew.

    ``roles`` are those that they get. ``person_id`` is set where the link is for a colleague who
    lost password or device.
    """

    __tablename__ = "invitations"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    person_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), index=True
    )
    roles: Mapped[list[str]] = mapped_column(JSON)
    ends_on: Mapped[date | None]
    language: Mapped[str] = mapped_column(String(2))
    invited_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]


class DeviceReset(Base):
    """A colleague lost their device: one administrator says so, and another one confirms it."""

    __tablename__ = "device_resets"
    __table_args__ = (
        CheckConstraint("confirmed_by IS NULL OR confirmed_by <> asked_by", name="two_people"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("colleagues.person_id", ondelete="CASCADE"), index=True
    )
    asked_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("persons.id"))
    asked_at: Mapped[datetime]
    confirmed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
    confirmed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
