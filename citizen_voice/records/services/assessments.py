"""Impact assessments: written step by step, signed once, then never changed (UK GDPR Art 35)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.db import db
from citizen_voice.errors import NotAllowed, NotHere, Refusal
from citizen_voice.records import asked, fields, prefilled
from citizen_voice.records.fields import Values
from citizen_voice.records.models import (
    ASSESSMENT,
    GROUPS,
    OTHER,
    TRIAL,
    AssessedRisk,
    Assessment,
    Changes,
)
from citizen_voice.records.services.history import CHANGED, MADE, note, refuse_unseen
from citizen_voice.records.wording import LEVELS, LIKELY, SEVERE
from citizen_voice.site import services as site
from citizen_voice.words import _

MOST_RISKS = 40
SIGNED = _("This is signed and stays as it is. Begin its next version.")


def begin(about: str, *, title: str = "", actor: UUID | None) -> int:
    """Begin a draft, or find the one that was begun; gives its number.

    ``about`` is ``groups``, ``trial:<number>``, or ``other`` with a title of its own. The next
    version of something that was signed begins with its words. Raises ``NotHere``, ``Refusal``.
    """
    newest = _newest(about)
    if newest is not None and newest.signed_on is None:
        return newest.id
    words = prefilled.words(about, title) if newest is None else _words_of(newest)
    now = clock.now()
    row = Assessment(
        about=about,
        version=1 if newest is None else newest.version + 1,
        **words,
        advice="",
        advice_by="",
        followed="",
        signed_by="",
        created_at=now,
        changed_at=now,
    )
    db.session.add(row)
    db.session.flush()
    if about == "other":
        row.about = f"{OTHER}{row.id}"
    if newest is not None:
        _copy_risks(newest.id, row.id)
    note(ASSESSMENT, row.id, MADE, {"about": ["", row.about]}, actor=actor)
    return row.id


def write(
    assessment_id: int, step: str, values: Values, *, seen: str | None, actor: UUID | None
) -> None:
    """Keep the words of a step of a draft; what is empty can be said later.

    Raises ``Refusal``, ``NotAllowed`` once it is signed, ``Conflict`` where somebody else wrote.
    """
    row = _draft(assessment_id)
    refuse_unseen(row, seen)
    for each in asked.STEPS[step][1]:
        if values[each.name] or each is asked.TITLE:
            fields.check((each,), values)
    changes = fields.put(row, asked.STEPS[step][1], values)
    _touched(row, changes, actor)


def add_risk(
    assessment_id: int, values: Values, *, likelihood: int, severity: int, left: str, actor: UUID
) -> None:
    """Add a risk to a draft. Raises ``Refusal`` at the field of what can't be."""
    row = _draft(assessment_id)
    fields.check(asked.RISK, values)
    for name, value, offer in (
        ("likelihood", likelihood, LIKELY),
        ("severity", severity, SEVERE),
        ("left", left, LEVELS),
    ):
        if value not in offer:
            raise Refusal(_("Choose one from the list."), field=name)
    if len(_risks(row.id)) >= MOST_RISKS:
        raise Refusal(_("There are 40 risks already. Put some together."), field="what")
    db.session.add(
        AssessedRisk(
            assessment_id=row.id, **values, likelihood=likelihood, severity=severity, left=left
        )
    )
    _touched(row, {"risk": ["", values["what"]]}, actor)


def remove_risk(assessment_id: int, risk_id: int, *, actor: UUID) -> None:
    """Take a risk out of a draft."""
    row = _draft(assessment_id)
    risk = db.session.get(AssessedRisk, risk_id)
    if risk is None or risk.assessment_id != row.id:
        raise NotHere
    db.session.delete(risk)
    _touched(row, {"risk": [risk.what, ""]}, actor)


def sign(assessment_id: int, values: Values, *, actor: UUID | None) -> None:
    """Sign a draft: it holds from then on, in place of the version before it.

    Raises ``Refusal`` where something is not said yet, or a high risk is left (Art 36: the ICO is
    asked first).
    """
    row = _draft(assessment_id)
    fields.check(asked.SIGNING, values)
    if values["signed_on"] > clock.today():
        raise Refusal(_("That day has not come yet."), field="signed_on")
    if values["review_on"] <= values["signed_on"]:
        raise Refusal(_("Choose a day after the signature."), field="review_on")
    found = unsaid(row, _risks(row.id))
    if found:
        raise Refusal(found[0])
    before = _standing(row.about)
    fields.put(row, asked.SIGNING, values)
    now = row.changed_at = clock.now()
    if before is not None:
        before.ended_at = now
    if row.about == GROUPS:
        site.change(groups_dpia=f"{row.signed_on} {row.signed_by}")
    note(ASSESSMENT, row.id, "signed", fields.plain(row, asked.SIGNING), actor=actor)


def end(assessment_id: int, *, actor: UUID | None) -> None:
    """Have a signed one hold no longer: what stood on it is switched off."""
    row = _held(assessment_id)
    if row.signed_on is None:
        raise NotAllowed(_("This is a draft. Nothing stands on it yet."))
    if row.ended_at is not None:
        return
    row.ended_at = row.changed_at = clock.now()
    if row.about == GROUPS:
        site.change(groups_on=False, groups_dpia="")
    note(ASSESSMENT, row.id, "ended", {}, actor=actor)


def unsaid(row: Any, risks: Sequence[Any]) -> list[object]:
    """What has to be done before a draft can be signed, a sentence each."""
    found: list[object] = [
        each.missing for each in asked.WRITTEN if not getattr(row, each.name) and each.missing
    ]
    if not risks:
        found.append(_("Write down what could go wrong."))
    if any(risk.left == "high" for risk in risks):
        found.append(_("A high risk is left. Do more about it, or ask the ICO before you go on."))
    return found


def _touched(row: Assessment, changes: Changes, actor: UUID | None) -> None:
    if changes:
        row.changed_at = clock.now()
    note(ASSESSMENT, row.id, CHANGED, changes, actor=actor)


def _words_of(row: Assessment) -> dict[str, str]:
    return {each.name: getattr(row, each.name) for each in asked.WRITTEN}


def _copy_risks(from_id: int, into_id: int) -> None:
    names = ("what", "likelihood", "severity", "measure", "left")
    for risk in _risks(from_id):
        same = {name: getattr(risk, name) for name in names}
        db.session.add(AssessedRisk(assessment_id=into_id, **same))


def _newest(about: str) -> Assessment | None:
    if about != GROUPS and not about.startswith((TRIAL, OTHER)):
        return None
    return db.session.scalars(
        select(Assessment)
        .where(Assessment.about == about)
        .order_by(Assessment.version.desc())
        .limit(1)
        .with_for_update()
    ).first()


def _standing(about: str) -> Assessment | None:
    """The signed version that holds now."""
    return db.session.scalars(
        select(Assessment).where(
            Assessment.about == about,
            Assessment.signed_on.is_not(None),
            Assessment.ended_at.is_(None),
        )
    ).one_or_none()


def _risks(assessment_id: int) -> list[AssessedRisk]:
    of_it = AssessedRisk.assessment_id == assessment_id
    return list(db.session.scalars(select(AssessedRisk).where(of_it).order_by(AssessedRisk.id)))


def _held(assessment_id: int) -> Assessment:
    row = db.session.get(Assessment, assessment_id, with_for_update=True)
    if row is None:
        raise NotHere
    return row


def _draft(assessment_id: int) -> Assessment:
    row = _held(assessment_id)
    if row.signed_on is not None:
        raise NotAllowed(SIGNED)
    return row
