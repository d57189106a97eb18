"""The personal-data register: every column of every table, declared by the feature that owns it.

The record of processing (UK GDPR Art 30), the export, the erasure and the retention rules are made
from it. An undeclared column fails the tests, and so does a purpose that nobody declared.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from citizen_voice.words import _


class Basis(StrEnum):
    """Lawful bases a council may use (UK GDPR Art 6(1)); legitimate interests is not among them."""

    PUBLIC_TASK = "public task"
    CONSENT = "consent"
    LEGAL_OBLIGATION = "legal obligation"


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why something is held: a key, plain words for a resident, and the lawful basis."""

    key: str
    words: object
    basis: Basis


class Erase(StrEnum):
    """What erasing a person does to a column."""

    DELETE_ROW = "delete row"
    BLANK = "blank"
    PSEUDONYM = "keep with pseudonym"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Personal:
    """A column about a person.

    ``whose`` says whose data it is, ``export`` under which name it leaves (``None``: masked, with
    the reason in ``why``), ``erase`` what erasure does to it (``KEEP`` needs a reason in ``why``).
    """

    purpose: str
    whose: str
    export: str | None
    erase: Erase
    why: str = ""


PURPOSES: dict[str, Purpose] = {
    purpose.key: purpose
    for purpose in (
        Purpose("account", _("To sign you in and keep your account safe"), Basis.PUBLIC_TASK),
        Purpose(
            "taking-part",
            _("To publish and count what you propose and answer, and to reply to it"),
            Basis.PUBLIC_TASK,
        ),
        Purpose(
            "news",
            _("To tell you what became of what you proposed, answered or follow"),
            Basis.PUBLIC_TASK,
        ),
        Purpose("safety", _("To stop misuse and keep the conversation fair"), Basis.PUBLIC_TASK),
        Purpose(
            "accountability",
            _("To be able to show what was decided and what you were told"),
            Basis.LEGAL_OBLIGATION,
        ),
        Purpose("newsletter", _("To send you our newsletter"), Basis.CONSENT),
        Purpose("research", _("To ask you to take part in research"), Basis.CONSENT),
    )
}

_columns: dict[str, dict[str, Personal | None]] = {}
_titles: dict[str, Any] = {}
_of: dict[str, dict[str, tuple[str, ...]]] = {}


class UnknownPurpose(LookupError):
    """Code stores or sends for a purpose that the register does not have."""


def purpose(key: str) -> Purpose:
    """The declared purpose with this key; raises ``UnknownPurpose``."""
    try:
        return PURPOSES[key]
    except KeyError:
        raise UnknownPurpose(f"declare the purpose {key!r} in register.PURPOSES first") from None


def declare(
    table: str,
    *,
    plain: Iterable[str] = (),
    personal: Mapping[str, Personal] | None = None,
    title: object = "",
    of: Mapping[str, tuple[str, ...]] | None = None,
) -> None:
    """Declare the columns of a table: those not personal, and those that are.

    ``title`` names it to a resident ("Your answers"). ``of`` says how the rows about somebody are
    found: for each ``whose`` of the personal columns the ways to that person, each one a column
    that holds the person's key (``"person_id"``), or a column and the table whose rows it leads to
    (``"idea_id -> ideas"``), where the rows of that table are found by its own ``of``.
    """
    columns: dict[str, Personal | None] = dict.fromkeys(plain)
    for name, entry in (personal or {}).items():
        purpose(entry.purpose)
        columns[name] = entry
    _columns[table] = columns
    _titles[table] = title
    _of[table] = dict(of or {})


def title(table: str) -> Any:
    """What a table is called to a resident; empty where nothing of it is about somebody."""
    return _titles.get(table, "")


def of(table: str) -> Mapping[str, tuple[str, ...]]:
    """How somebody's rows of a table are found: whose → ways (see ``declare``)."""
    return _of.get(table, {})


def columns(table: str) -> Mapping[str, Personal | None]:
    """What was declared of a table: column name → entry, or ``None`` for a column not personal."""
    return _columns.get(table, {})


def tables() -> Iterable[str]:
    """The names of all declared tables."""
    return _columns.keys()
