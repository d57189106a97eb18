"""The ledger of consents, whose they are, and the newsletter that rests on one of them."""

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from citizen_voice.db import Base

GIVEN, WITHDRAWN, REFUSED, EXPIRED = "given", "withdrawn", "refused", "expired"
STATES = (GIVEN, WITHDRAWN, REFUSED, EXPIRED)
NEWSLETTER, RESEARCH = "newsletter", "research"
"""The purposes that rest on consent."""


class ConsentEntry(Base):
    """What somebody chose, once (UK GDPR Art 7(1)). Triggers refuse every update and delete.

    ``subject`` is a pseudonym (see ``ConsentSubject``), ``control``, ``screen`` and ``language``
    say how it was chosen. ``notice_version`` is 0 where no notice was at hand (for a refusal).
    ``notice_hash`` is that of the privacy notice, or, where brief words stood beside the choice, of
    both together (``queries.sealed``).
    """

    __tablename__ = "consents"
    __table_args__ = (Index("ix_consents_subject", "subject", "purpose", "number"),)

    number: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    at: Mapped[datetime]
    subject: Mapped[uuid.UUID]
    purpose: Mapped[str] = mapped_column(String(40))
    notice_version: Mapped[int]
    notice_hash: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(12))
    control: Mapped[str] = mapped_column(String(20))
    screen: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(2))
    personal_hash: Mapped[str] = mapped_column(String(64))
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class ConsentSubject(Base):
    """Whose a pseudonym is. Erasing the person deletes the row, and nothing else names them.

    Entries carry SHA-256 of ``salt`` and the person's key: the salt gone, it tells nobody anything.
    """

    __tablename__ = "consent_subjects"

    pseudonym: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), unique=True
    )
    salt: Mapped[bytes] = mapped_column(LargeBinary(32))


class Newsletter(Base):
    """An e-mail about other ways to take part, to everybody who said yes to it.

    ``sent_at`` is when somebody sent it off. The worker has written to those whose keys come up to
    ``spread_to``, and to everybody at ``spread_at``; ``letters`` is how many that were.
    """

    __tablename__ = "newsletters"
    __table_args__ = (
        Index(
            "ix_newsletters_unspread",
            "sent_at",
            postgresql_where=text("sent_at IS NOT NULL AND spread_at IS NULL"),
            sqlite_where=text("sent_at IS NOT NULL AND spread_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_en: Mapped[str] = mapped_column(String(120))
    subject_cy: Mapped[str] = mapped_column(String(120), server_default="")
    text_en: Mapped[str] = mapped_column(Text)
    text_cy: Mapped[str] = mapped_column(Text, server_default="")
    written_by: Mapped[uuid.UUID | None]
    changed_at: Mapped[datetime]
    sent_by: Mapped[uuid.UUID | None]
    sent_at: Mapped[datetime | None]
    spread_to: Mapped[uuid.UUID | None]
    spread_at: Mapped[datetime | None]
    letters: Mapped[int] = mapped_column(server_default="0")
