"""What a notice says that is made from the register of purposes, in the language at hand."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from citizen_voice.consent.elements import PURPOSES, RETENTION, RIGHTS
from citizen_voice.consent.queries.purposes import is_active, said, words
from citizen_voice.db import AnyRow
from citizen_voice.register import Basis
from citizen_voice.words import _, gettext

BASES: dict[str, Any] = {
    Basis.PUBLIC_TASK.value: _("our public task, article 6(1)(e) of the UK GDPR"),
    Basis.CONSENT.value: _("your consent, article 6(1)(a) of the UK GDPR"),
    Basis.LEGAL_OBLIGATION.value: _("a duty by law, article 6(1)(c) of the UK GDPR"),
}
SEE, CORRECT, LIMIT = (
    _("see what we hold and have a copy"),
    _("have it corrected"),
    _("have us limit what we do with it while a question is settled"),
)
OBJECTING = _("object")
ERASING = _("have it deleted")
TAKING = _("take it with you in a form that a computer can read")
WITHDRAWING = _("take your consent back at any time, as easily as you gave it")
ERASING_TOO = _("have it deleted: the law sets limits here, but we let you all the same")
TAKING_TOO = _(
    "take it with you in a form that a computer can read: the law does not oblige us here, but we"
    " let you all the same"
)
NOT_WHILE = _(
    "The rights to object, to have it deleted and to take it with you do not apply while the duty"
    " lasts."
)
RIGHTS_BY_BASIS: dict[str, tuple[Any, ...]] = {
    Basis.PUBLIC_TASK.value: (OBJECTING, SEE, CORRECT, LIMIT, ERASING_TOO, TAKING_TOO),
    Basis.CONSENT.value: (WITHDRAWING, SEE, CORRECT, LIMIT, ERASING, TAKING),
    Basis.LEGAL_OBLIGATION.value: (SEE, CORRECT, LIMIT),
}
"""What people can ask for, by basis: Art 20 is for consent alone, Art 17(3)(b) and 21 for tasks."""


def rights_of(basis: str) -> tuple[Any, ...]:
    """The rights that attach to a basis, the main one first."""
    return RIGHTS_BY_BASIS[basis]


def section(key: str, purposes: Sequence[AnyRow]) -> str:
    """The Markdown of a section that is made, empty for one that is not."""
    active = [row for row in purposes if is_active(row)]
    make = {PURPOSES: _purposes, RETENTION: _retention, RIGHTS: _rights}.get(key)
    return make(active) if make is not None and active else ""


def lacking(key: str, purposes: Sequence[AnyRow], languages: Collection[str]) -> list[AnyRow]:
    """The active purposes of which the register does not say what a section is made from.

    It has to say so in each of these languages.
    """
    active = [row for row in purposes if is_active(row)]
    if key == PURPOSES:
        tasks = (row for row in active if row.basis == Basis.PUBLIC_TASK.value)
        return [row for row in tasks if _unsaid(row, "law", languages)]
    if key == RETENTION:
        return [row for row in active if _unsaid(row, "retention", languages)]
    return []


def _unsaid(row: AnyRow, name: str, languages: Collection[str]) -> bool:
    return any(not getattr(row, f"{name}_{code}") for code in languages)


def _purposes(rows: Iterable[AnyRow]) -> str:
    parts = []
    for row in rows:
        lines = [f"### {_first_capital(words(row))}"]
        lines.append(gettext("Reason in law: %(basis)s.", basis=str(BASES[row.basis])))
        lines += [text for name in ("law", "condition") if (text := said(row, name))]
        parts.append("\n\n".join(lines))
    return "\n\n".join(parts)


def _retention(rows: Iterable[AnyRow]) -> str:
    return "\n".join(
        f"- **{_first_capital(words(row))}**: {said(row, 'retention')}" for row in rows
    )


def _rights(rows: Iterable[AnyRow]) -> str:
    by_basis: dict[str, list[AnyRow]] = {}
    for row in rows:
        by_basis.setdefault(row.basis, []).append(row)
    parts = []
    for basis in (each for each in RIGHTS_BY_BASIS if each in by_basis):
        listed = "\n".join(f"- {_first_capital(words(row))}" for row in by_basis[basis])
        rights = "\n".join(f"- {_main(right)}" for right in rights_of(basis))
        begin = gettext("For what rests on %(basis)s:", basis=str(BASES[basis]))
        parts += [begin, listed, gettext("You can:"), rights]
        if basis == Basis.LEGAL_OBLIGATION.value:
            parts.append(str(NOT_WHILE))
    return "\n\n".join(parts)


def _main(right: Any) -> str:
    return f"**{right}**" if right in (OBJECTING, WITHDRAWING) else str(right)


def _first_capital(text: str) -> str:
    return text[:1].upper() + text[1:]
