"""Who answers for the personal data here, and how to reach the data protection officer.

Notices, letters and the record of processing name them (UK GDPR Arts 13(1)(a) and (b), 30, 37(7)).
"""

from dataclasses import asdict, dataclass, fields

from sqlalchemy import CheckConstraint, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from citizen_voice import kept
from citizen_voice.db import Base, db, rows
from citizen_voice.words import language


class ControllerDetails(Base):
    """The controller and the data protection officer, as they are published: one row."""

    __tablename__ = "controller_details"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name_en: Mapped[str] = mapped_column(String(120), server_default="")
    name_cy: Mapped[str] = mapped_column(String(120), server_default="")
    address_en: Mapped[str] = mapped_column(Text, server_default="")
    address_cy: Mapped[str] = mapped_column(Text, server_default="")
    contact: Mapped[str] = mapped_column(String(254), server_default="")
    dpo_name: Mapped[str] = mapped_column(String(120), server_default="")
    dpo_contact: Mapped[str] = mapped_column(String(254), server_default="")
    ico_number: Mapped[str] = mapped_column(String(20), server_default="")


@dataclass(frozen=True, slots=True)
class Controller:
    """The details, all of them words; empty where nobody has filled one in.

    ``contact`` and ``dpo_contact`` are an e-mail address or a phone number.
    """

    name_en: str = ""
    name_cy: str = ""
    address_en: str = ""
    address_cy: str = ""
    contact: str = ""
    dpo_name: str = ""
    dpo_contact: str = ""
    ico_number: str = ""

    @property
    def name(self) -> str:
        """The controller's name in the language at hand."""
        return (language() == "cy" and self.name_cy) or self.name_en

    @property
    def address(self) -> str:
        """The controller's address in the language at hand."""
        return (language() == "cy" and self.address_cy) or self.address_en

    @property
    def complete(self) -> bool:
        """Whether a notice can name the controller and reach the officer (Art 13(1)(a), (b))."""
        return bool(self.name_en and (self.contact or self.address_en) and self.dpo_contact)


FIELDS = tuple(field.name for field in fields(Controller))
_details = select(*(ControllerDetails.__table__.columns[name] for name in FIELDS))


@kept.kept
def details() -> Controller:
    """The controller's details, kept until anything is committed."""
    found = rows(_details)
    return Controller(**found[0]._asdict()) if found else Controller()


def save(given: Controller) -> dict[str, str]:
    """Have these details inside the caller's transaction; gives what changed, by its field."""
    row = db.session.get(ControllerDetails, 1, with_for_update=True)
    if row is None:
        row = ControllerDetails(id=1, **asdict(Controller()))
        db.session.add(row)
    changed = {name: value for name, value in asdict(given).items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    db.session.flush()
    return changed
