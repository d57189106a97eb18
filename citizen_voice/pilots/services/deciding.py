"""The decision: scale, adapt or stop; declared by one member of staff, confirmed by another."""

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import select

from citizen_voice import clock, events
from citizen_voice.comments import services as comments
from citizen_voice.db import db
from citizen_voice.errors import Conflict, NotAllowed, NotHere, Refusal
from citizen_voice.ideas import working_days
from citizen_voice.pilots import policies, wording
from citizen_voice.pilots.events import PilotDecided
from citizen_voice.pilots.models import (
    DECIDED,
    DECISIONS,
    EVALUATING,
    PilotDecision,
    PilotEvidence,
    PilotMeasure,
)
from citizen_voice.pilots.services import linking
from citizen_voice.pilots.services.holding import held, record
from citizen_voice.team import queries as team
from citizen_voice.words import _


def declare(
    pilot_id: int,
    *,
    decision: str,
    evidence: Mapping[int, tuple[str, str]],
    next_on: date | None,
    actor: UUID,
    **given: str,
) -> int:
    """The responsible person says what the decision is; gives its number. Nothing moves yet.

    ``evidence`` says something of each measure, by its number, in English and Welsh; ``given`` are
    ``learned`` and ``next`` (what happens next) in both languages. Raises ``NotAllowed`` for
    anybody else and for a pilot that is not being evaluated, ``Conflict`` where one waits to be
    confirmed, and ``Refusal`` at the field.
    """
    pilot = held(pilot_id)
    if not policies.may_declare(pilot, actor):
        raise NotAllowed(_("Only who is responsible for this trial declares the decision."))
    if pilot.stage != EVALUATING:
        raise NotAllowed(_("Move the trial to “evaluating” before you decide it."))
    if standing(pilot_id) is not None:
        raise Conflict(_("A decision waits to be confirmed already."))
    if decision not in DECISIONS:
        raise Refusal(_("Choose: scale, adapt or stop."), field="decision")
    words = {
        **wording.words(given, "learned", missing=_("Say what was learned.")),
        **wording.words(given, "next", missing=_("Say what happens next.")),
    }
    row = PilotDecision(
        pilot_id=pilot_id,
        decision=decision,
        **words,
        next_on=None if next_on is None else working_days.promised(next_on),
        declared_by=actor,
        declared_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()  # the evidence refers to it
    measures = db.session.scalars(
        select(PilotMeasure.id)
        .where(PilotMeasure.pilot_id == pilot_id, PilotMeasure.removed_at.is_(None))
        .order_by(PilotMeasure.id)
    ).all()
    for key in measures:
        english, welsh = evidence.get(key, ("", ""))
        said = wording.words(
            {f"evidence_{key}_en": english, f"evidence_{key}_cy": welsh},
            f"evidence_{key}",
            wording.SENTENCE,
            _("Say what the figures show."),
        )
        db.session.add(
            PilotEvidence(
                decision_id=row.id,
                measure_id=key,
                words_en=said[f"evidence_{key}_en"],
                words_cy=said[f"evidence_{key}_cy"],
            )
        )
    record(f"pilot decision declared: {decision}", pilot_id, actor, row.learned_en)
    return row.id


def confirm(decision_id: int, *, actor: UUID, look: Callable[[], None] | None = None) -> None:
    """A second member of staff confirms a decision: it is public, and the linked ideas move.

    ``look`` is called once the pilot is held, and raises where it is not what they looked at.
    Raises ``NotHere``, ``NotAllowed`` for who declared it, ``Conflict`` where it was confirmed or
    sent back meanwhile.
    """
    row = _waiting(decision_id)
    pilot = held(row.pilot_id)
    if not policies.may_confirm(row.declared_by, actor, team.roles(actor)):
        raise NotAllowed(_("Somebody else has to confirm what you declared."))
    if look is not None:
        look()
    if row.next_on is not None and row.next_on < clock.today():
        raise NotAllowed(
            _("The day of what happens next is over. Send it back, so that another is named.")
        )
    found = linking.hold(linking.linked(pilot.id))
    row.confirmed_by, row.confirmed_at = actor, clock.now()
    pilot.stage, pilot.staged_at, pilot.next_on = DECIDED, clock.now(), None
    db.session.flush()  # what stands is read from the rows
    record(f"pilot decided: {row.decision}", pilot.id, actor, row.learned_en)
    linking.settle(found, pilot.id, actor=actor, next_on=row.next_on)
    comments.close(pilot.id)
    events.publish(PilotDecided(pilot.id, row.id, row.decision))


def send_back(decision_id: int, *, why: str, actor: UUID) -> None:
    """A declared decision is not confirmed: who declared it reads why, and may do so anew.

    Who declared it takes it back so, too. Raises ``NotHere``, ``Conflict``, ``NotAllowed`` and
    ``Refusal``.
    """
    row = _waiting(decision_id)
    held(row.pilot_id)
    if actor != row.declared_by and not policies.may_confirm(
        row.declared_by, actor, team.roles(actor)
    ):
        raise NotAllowed(_("You can’t do that."))
    said = wording.words({"why_en": why}, "why", wording.SENTENCE, _("Say in a few words why."))
    row.sent_back_at, row.sent_back_why = clock.now(), said["why_en"]
    record("pilot decision sent back", row.pilot_id, actor, row.sent_back_why)


def standing(pilot_id: int) -> PilotDecision | None:
    """The decision that waits or is confirmed."""
    return db.session.scalars(
        select(PilotDecision).where(
            PilotDecision.pilot_id == pilot_id, PilotDecision.sent_back_at.is_(None)
        )
    ).one_or_none()


def _waiting(decision_id: int) -> PilotDecision:
    row = db.session.scalars(
        select(PilotDecision).where(PilotDecision.id == decision_id).with_for_update(),
        execution_options={"populate_existing": True},
    ).one_or_none()
    if row is None:
        raise NotHere
    if row.confirmed_at is not None or row.sent_back_at is not None:
        raise Conflict(_("Somebody has dealt with this decision already."))
    return row
