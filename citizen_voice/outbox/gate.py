"""The gate that every letter passes: for what is it sent, and may that be?

Features above add checks (``wiring``). A check is given letters as pairs of a purpose and whose
letter it is, and says which of them may not be sent, and why. It asks the database as often for one
as for a thousand. Letters pass when they are written, and again when they leave: what is stopped
stays in the outbox, and ``/staff/mail`` says why.

For who wants to know before anything is written::

    gate.allow("newsletter", person_id)
"""

from collections.abc import Callable, Collection, Mapping
from uuid import UUID

from citizen_voice.words import _

Letter = tuple[str, UUID | None]
Check = Callable[[Collection[Letter]], Mapping[Letter, str]]

INACTIVE, NO_CONSENT = "withheld: purpose not active", "withheld: no consent"
"""Why a letter was stopped, as ``last_error`` keeps it."""

WORDS = {
    INACTIVE: _("Not sent: its purpose is not active. Once it is, it can be sent again."),
    NO_CONSENT: _("Not sent: they have not agreed to it, or not any more."),
}
"""The same as staff read it."""

_checks: list[Check] = []


def add(check: Check) -> None:
    """Have every letter pass a check, too. Adding one twice counts once."""
    if check not in _checks:
        _checks.append(check)


def stopped(letters: Collection[Letter]) -> dict[Letter, str]:
    """Which of these letters may not be sent, and why; the first check that stops one says it."""
    found: dict[Letter, str] = {}
    for check in _checks:
        left = [letter for letter in letters if letter not in found]
        if left:
            found.update(check(left))
    return found


def allow(purpose: str, person_id: UUID | None = None) -> bool:
    """Whether a letter for this purpose may be sent to this person now."""
    return not stopped([(purpose, person_id)])
