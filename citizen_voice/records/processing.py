"""The record of processing (UK GDPR Art 30(1)), made from what the code itself goes by.

Purposes, bases and laws come from the register and what the officer says of it; categories are the
declared columns; recipients are the list of processors and every kind of letter; how long things
are kept is what the retention rules say.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from citizen_voice import keeping, register
from citizen_voice.consent.queries import purposes
from citizen_voice.db import AnyRow
from citizen_voice.outbox.kinds import BASES, KINDS
from citizen_voice.records import queries
from citizen_voice.records.wording import TRANSFERS
from citizen_voice.words import _, gettext

SECURITY: tuple[Any, ...] = (
    _("Everything between a browser and this site is encrypted."),
    _("Residents sign in with a code from their e-mail: there is no password to lose."),
    _("Staff sign in with a password and a device, and do so again before a dangerous act."),
    _("Each member of staff sees what their roles need, and no more."),
    _(
        "Every look at an address, every export and every decision stands in a journal that shows"
        " any change."
    ),
    _("Names, addresses and words that people typed are not written into logs."),
    _("Codes, receipts and sessions are kept as hashes alone."),
    _("Backups are made and tried; who was deleted does not come back with one."),
)
"""What is done to keep the data safe (UK GDPR Arts 30(1)(g) and 32(1))."""

PUBLIC = _("Everybody: what people publish here can be read by all")
STAFF = _("Colleagues of the council, each with the roles that they need")
PUBLISHED = "taking-part"
EQUALITY = _(
    "Equality monitoring is off: nothing of the kind is asked or kept. If it is ever switched on,"
    " it is never joined to an account, and no figure under 10 is shown."
)


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of data: a table and those of its columns that are held for the purpose.

    ``columns`` are pairs of the name of a column and what it is called in an export.
    """

    table: str
    title: str
    columns: tuple[tuple[str, str], ...]
    kept: str


@dataclass(frozen=True, slots=True)
class Processing:
    """One purpose, with everything that Art 30 asks to be said of it."""

    key: str
    words: str
    basis: str
    law: str
    condition: str
    active: bool
    whose: tuple[str, ...]
    categories: tuple[Category, ...]
    letters: tuple[str, ...]
    processors: tuple[str, ...]
    transfers: tuple[str, ...]
    retention: str
    recipients: tuple[str, ...] = field(default=())


def every() -> list[Processing]:
    """Every purpose of the register, in its order."""
    said = {row.key: row for row in purposes.every_purpose()}
    settings = keeping.in_force()
    helpers = queries.at_work()
    return [_of(key, said.get(key), settings, helpers) for key in register.PURPOSES]


def rows_of(found: Sequence[Processing]) -> Iterator[tuple[str, ...]]:
    """The record as a table: a row a purpose and kind of data."""
    for each in found:
        for category in each.categories or (Category("", "", (), ""),):
            yield (
                each.words,
                each.basis,
                each.law,
                each.condition,
                gettext("Yes") if each.active else gettext("No"),
                "; ".join(each.whose),
                category.title,
                "; ".join(words for _name, words in category.columns),
                "; ".join((*each.recipients, *each.processors, *each.letters)),
                "; ".join(each.transfers),
                category.kept or each.retention,
            )


HEADER = (
    _("Purpose"),
    _("Basis"),
    _("Law"),
    _("Condition of Article 9"),
    _("Active"),
    _("Whose data"),
    _("Kind of data"),
    _("Which data"),
    _("Who gets it"),
    _("Transfers out of the United Kingdom"),
    _("How long it is kept"),
)


def _of(
    key: str,
    row: AnyRow | None,
    settings: Mapping[str, keeping.Setting],
    helpers: Sequence[AnyRow],
) -> Processing:
    purpose = register.purpose(key)
    mine = [each for each in helpers if key in each.purposes]
    found = list(_held_for(key))
    return Processing(
        key=key,
        words=str(purpose.words) if row is None else purposes.words(row),
        basis=str(BASES[purpose.basis]),
        law="" if row is None else purposes.said(row, "law"),
        condition="" if row is None else purposes.said(row, "condition"),
        active=row is not None and purposes.is_active(row),
        whose=tuple(dict.fromkeys(entry.whose for _table, held in found for _n, entry in held)),
        categories=tuple(
            Category(
                table,
                called(table),
                tuple((name, entry.export or name.replace("_", " ")) for name, entry in held),
                str(keeping.sentence(table, settings)),
            )
            for table, held in found
        ),
        letters=tuple(str(kind.words) for kind in KINDS.values() if kind.purpose == key),
        processors=tuple(each.name for each in mine),
        transfers=tuple(
            f"{each.name}: {TRANSFERS[each.transfer]}" for each in mine if each.transfer != "none"
        ),
        retention="" if row is None else purposes.said(row, "retention"),
        recipients=tuple(str(each) for each in ((STAFF, PUBLIC) if key == PUBLISHED else (STAFF,))),
    )


def _held_for(key: str) -> Iterator[tuple[str, list[tuple[str, register.Personal]]]]:
    """Every table with columns that are held for a purpose."""
    for table in sorted(register.tables()):
        held = [
            (name, entry)
            for name, entry in register.columns(table).items()
            if entry is not None and entry.purpose == key
        ]
        if held:
            yield table, held


def called(table: str) -> str:
    """What a table is called: its title in the register, or its name in words."""
    return str(register.title(table)) or table.replace("_", " ").capitalize()
