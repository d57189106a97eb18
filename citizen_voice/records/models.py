"""The officer's registers: one row a thing, and one a change of it."""

import uuid
from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from citizen_voice.db import Base

CONTROLLER, PROCESSOR, BREACH = "controller", "processor", "breach"
ASSESSMENT, SCOPE, SAFETY_RISK = "assessment", "scope", "safety-risk"

GROUPS = "groups"
"""What an assessment of support across opinion groups is about."""
TRIAL = "trial:"
OTHER = "other:"

Changes = dict[str, list[str]]
"""What a change did: the name of a field → what it said before and after."""


class RecordChange(Base):
    """Who changed what in a register, and when. It is only ever added to."""

    __tablename__ = "record_changes"
    __table_args__ = (Index("ix_record_changes_record_id", "register", "record_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    register: Mapped[str] = mapped_column(String(20))
    record_id: Mapped[int]
    act: Mapped[str] = mapped_column(String(20))
    changes: Mapped[Changes] = mapped_column(JSON)
    actor_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
    at: Mapped[datetime]


class Processor(Base):
    """Somebody who works with personal data on the council's behalf (UK GDPR Art 28).

    ``purposes`` are keys of the register, ``checks`` those of ``wording.CHECKS`` that the contract
    meets, ``transfer`` says what lets data leave the United Kingdom (Arts 44 to 49).
    """

    __tablename__ = "processors"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    does: Mapped[str] = mapped_column(Text)
    purposes: Mapped[list[str]] = mapped_column(JSON)
    data: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(String(120))
    contract_on: Mapped[date | None]
    checks: Mapped[list[str]] = mapped_column(JSON)
    transfer: Mapped[str] = mapped_column(String(12))
    transfer_words: Mapped[str] = mapped_column(Text)
    review_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class Breach(Base):
    """A personal data breach, from the moment it was known (UK GDPR Arts 33 and 34).

    ``risk`` is "none", "some" or "high", empty as long as nobody knows. ``closed_at`` is set once
    everything is said that the Articles ask for.
    """

    __tablename__ = "breaches"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    known_at: Mapped[datetime]
    happened: Mapped[str] = mapped_column(Text)
    whose: Mapped[str] = mapped_column(Text)
    how_many: Mapped[int | None]
    data: Mapped[str] = mapped_column(Text)
    consequences: Mapped[str] = mapped_column(Text)
    measures: Mapped[str] = mapped_column(Text)
    risk: Mapped[str] = mapped_column(String(4))
    reported_at: Mapped[datetime | None]
    reference: Mapped[str] = mapped_column(String(40))
    late_why: Mapped[str] = mapped_column(Text)
    not_reported_why: Mapped[str] = mapped_column(Text)
    told_at: Mapped[datetime | None]
    told_how: Mapped[str] = mapped_column(Text)
    not_told_why: Mapped[str] = mapped_column(Text)
    closed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class BreachNote(Base):
    """A line of a breach's timeline."""

    __tablename__ = "breach_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    breach_id: Mapped[int] = mapped_column(ForeignKey("breaches.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    actor_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id"))
    at: Mapped[datetime]


class Assessment(Base):
    """One version of a data protection impact assessment (UK GDPR Art 35).

    ``about`` is ``groups``, ``trial:<number of the trial>`` or ``other:<number>``. What is signed
    never changes: the next look at it is the next version. ``ended_at``: it holds no longer.
    """

    __tablename__ = "assessments"
    __table_args__ = (
        UniqueConstraint("about", "version"),
        CheckConstraint("(signed_on IS NULL) = (signed_by = '')", name="signed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    about: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    need: Mapped[str] = mapped_column(Text)
    nature: Mapped[str] = mapped_column(Text)
    scope: Mapped[str] = mapped_column(Text)
    context: Mapped[str] = mapped_column(Text)
    aims: Mapped[str] = mapped_column(Text)
    consultation: Mapped[str] = mapped_column(Text)
    necessity: Mapped[str] = mapped_column(Text)
    advice: Mapped[str] = mapped_column(Text)
    advice_by: Mapped[str] = mapped_column(String(120))
    followed: Mapped[str] = mapped_column(Text)
    signed_by: Mapped[str] = mapped_column(String(120))
    signed_on: Mapped[date | None]
    review_on: Mapped[date | None]
    ended_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class AssessedRisk(Base):
    """A risk of an assessment: how likely and how bad, 1 to 3 each, and what is done about it.

    ``left`` is what is left of it: "low", "medium" or "high".
    """

    __tablename__ = "assessment_risks"
    __table_args__ = (
        CheckConstraint("likelihood BETWEEN 1 AND 3 AND severity BETWEEN 1 AND 3", name="scale"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessments.id"), index=True)
    what: Mapped[str] = mapped_column(Text)
    likelihood: Mapped[int]
    severity: Mapped[int]
    measure: Mapped[str] = mapped_column(Text)
    left: Mapped[str] = mapped_column(String(6))


class SafetyScope(Base):
    """Who provides the service, and on which exemption it stands (Online Safety Act 2023).

    Each signature is a row; the newest holds.
    """

    __tablename__ = "safety_scopes"

    id: Mapped[int] = mapped_column(primary_key=True)
    provider: Mapped[str] = mapped_column(String(120))
    exemption: Mapped[str] = mapped_column(String(20))
    why: Mapped[str] = mapped_column(Text)
    signed_by: Mapped[str] = mapped_column(String(120))
    signed_on: Mapped[date]
    created_at: Mapped[datetime]


class SafetyRisk(Base):
    """How risky one kind of content is here, and what is done about it; the newest of a kind holds.

    ``kind`` is one of ``wording.HARMS``, ``level`` is "none", "low", "medium" or "high".
    """

    __tablename__ = "safety_risks"
    __table_args__ = (Index("ix_safety_risks_kind", "kind", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    level: Mapped[str] = mapped_column(String(6))
    why: Mapped[str] = mapped_column(Text)
    measures: Mapped[str] = mapped_column(Text)
    assessed_by: Mapped[str] = mapped_column(String(120))
    assessed_on: Mapped[date]
    created_at: Mapped[datetime]
