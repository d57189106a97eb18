"""The register of purposes: what personal data may be used for, on which basis, and when."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from citizen_voice import clock, register
from citizen_voice.consent import defaults, queries
from citizen_voice.consent.models import ActivePurpose
from citizen_voice.db import AnyRow, db
from citizen_voice.errors import Conflict, Refusal
from citizen_voice.journal import services as journal
from citizen_voice.outbox import gate
from citizen_voice.register import Basis
from citizen_voice.words import _

LEGITIMATE_INTERESTS = "legitimate interests"
"""No basis that a council may have; a form that names it is told why."""
NOT_LEGITIMATE = _(
    "A council cannot rest its tasks on legitimate interests: the last sentence of"
    " Article 6(1) of the UK GDPR rules that out for public authorities."
)

ESSENTIAL: dict[str, Any] = {
    "account": _("Nobody could sign in any more: no code could be sent."),
    "taking-part": _("Nobody could propose or answer any more, and nothing could be counted."),
    "safety": _("Nobody could report anything, and nobody would hear what came of it."),
    "accountability": _("We could not tell people what was decided about them, as the law wants."),
}
"""Purposes that the site cannot be without, and what would happen."""

NAMES = ("words", "law", "condition", "retention")
LONGEST = {"words": 200, "law": 1000, "condition": 1000, "retention": 1000, "policy": 300}


class InactivePurpose(Refusal):
    """Something is to be stored or sent for a purpose that is not active."""

    status = 403

    def __init__(self, key: str) -> None:
        super().__init__(_("We do not use personal data for this at present."))
        self.key = key


def activate_purposes() -> None:
    """Give every declared purpose its row, inside the caller's transaction.

    One of an older version gets what is said of it to begin with, unless somebody has changed it;
    and the declared basis in any case, which officers could once move.
    """
    known = {row.key: row for row in db.session.scalars(select(ActivePurpose))}
    for purpose in register.PURPOSES.values():
        said = asdict(defaults.SAID.get(purpose.key, defaults.Said()))
        row = known.get(purpose.key)
        if row is None:
            row = ActivePurpose(
                key=purpose.key,
                basis=purpose.basis.value,
                active_from=defaults.BEGINNING,
                active_to=None,
                **said,
            )
            db.session.add(row)
            continue
        row.basis = purpose.basis.value
        if row.changed_at is None and not row.retention_en:
            for name, value in said.items():
                setattr(row, name, value)


def require_active(key: str) -> None:
    """What stores or sends for a purpose asks this first.

    Raises ``register.UnknownPurpose`` where nobody declared it, ``InactivePurpose`` where it is not
    active now.
    """
    register.purpose(key)
    if key not in queries.active():
        raise InactivePurpose(key)


def stopped(letters: Collection[gate.Letter]) -> dict[gate.Letter, str]:
    """The gate's check: letters for a purpose that nobody declared, or that is not active now."""
    active = queries.active()
    return {
        letter: gate.INACTIVE
        for letter in letters
        if letter[0] not in active or letter[0] not in register.PURPOSES
    }


def edit(key: str, *, basis: str, texts: dict[str, str], seen: str, actor: UUID) -> None:
    """Change what is said of a purpose, inside the caller's transaction.

    ``texts`` has ``<name>_en`` and ``<name>_cy`` of ``NAMES``, and ``policy``; ``seen`` is the mark
    of what the officer saw; ``basis`` is what the form says, and can only be the declared one
    (``check_basis``). Raises ``NotHere``, ``Conflict``, and ``Refusal`` at its field.
    """
    row = queries.purpose(key)
    if seen != mark(row):
        raise Conflict(_("Somebody has changed this purpose meanwhile. Look at it again."))
    check_basis(key, basis)
    for name, text in texts.items():
        most = LONGEST[name.rpartition("_")[0] or name]
        if len(text) > most:
            raise Refusal(_("Use up to %(most)s letters and spaces.", most=most), field=name)
    if basis == Basis.PUBLIC_TASK.value and not texts["law_en"]:
        raise Refusal(
            _("Name the law that gives the council this task. Without one it is no public task."),
            field="law_en",
        )
    if not texts["retention_en"]:
        raise Refusal(_("Say how long it is kept."), field="retention_en")
    if texts["condition_en"] and not texts["policy"]:
        raise Refusal(
            _("Say where the appropriate policy document is: this condition needs one."),
            field="policy",
        )
    values = texts | {"basis": basis, "changed_at": clock.now()}
    _change(key, **values)
    journal.append("purpose.changed", actor=actor, subject=f"purpose {key}")


def check_basis(key: str, basis: str) -> None:
    """Raise a ``Refusal`` for any basis but the declared one (UK GDPR Art 6(1)), with the reason.

    Rights, letters, the record of processing and everybody's copy are made from what the code
    declares: another basis in this row alone would make two that contradict each other.
    """
    declared = register.purpose(key).basis
    if basis == declared.value:
        return
    if basis == LEGITIMATE_INTERESTS:
        raise Refusal(NOT_LEGITIMATE, field="basis")
    if declared is Basis.CONSENT:
        raise Refusal(
            _("People are asked for this, one by one. It stays on their consent."), field="basis"
        )
    if basis == Basis.CONSENT.value:
        raise Refusal(_("Nobody is asked for this, so it cannot rest on consent."), field="basis")
    raise Refusal(
        _("This purpose stays on its basis. The site works by it, and so do people’s rights."),
        field="basis",
    )


def switch_off(key: str, day: date, *, actor: UUID) -> None:
    """Have a purpose end with the beginning of a day (London), today at once.

    Raises ``NotHere``, and ``Refusal`` for a day that is over, or where the site needs the purpose.
    """
    queries.purpose(key)
    if key in ESSENTIAL:
        raise Refusal(_("This site cannot be without it.") + " " + ESSENTIAL[key], field="day")
    _change(key, active_to=_moment(day), changed_at=clock.now())
    journal.append("purpose.ended", actor=actor, subject=f"purpose {key}")


def switch_on(key: str, day: date, *, actor: UUID) -> None:
    """Have a purpose be active from a day on; raises ``NotHere``, ``Refusal`` for one that is over.

    One that is active still is simply not ended.
    """
    row = queries.purpose(key)
    moment = _moment(day)
    values: dict[str, Any] = {"active_to": None, "changed_at": clock.now()}
    if not queries.is_active(row):
        values["active_from"] = moment
    _change(key, **values)
    journal.append("purpose.begun", actor=actor, subject=f"purpose {key}")


def mark(row: AnyRow) -> str:
    """Tells whether a purpose was changed since somebody saw it."""
    return "" if row.changed_at is None else row.changed_at.isoformat()


def _moment(day: date) -> Any:
    if day < clock.today():
        raise Refusal(_("Choose today or a day to come."), field="day")
    return clock.now() if day == clock.today() else clock.start_of(day)


def _change(key: str, **values: Any) -> None:
    db.session.execute(update(ActivePurpose).where(ActivePurpose.key == key).values(**values))
