"""What a pilot says of itself: its cards, its plan and how that changed, and its stage."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from citizen_voice import clock
from citizen_voice.db import db
from citizen_voice.errors import NotAllowed, Refusal
from citizen_voice.pilots import wording
from citizen_voice.pilots.models import (
    CARDS,
    DPIA_QUESTIONS,
    EVALUATING,
    HYPOTHESIS,
    PREPARING,
    RUNNING,
    PilotCard,
    PilotChange,
)
from citizen_voice.pilots.services import starting
from citizen_voice.pilots.services.deciding import standing
from citizen_voice.pilots.services.holding import held, record
from citizen_voice.words import _

MOVES = {PREPARING: (RUNNING,), RUNNING: (EVALUATING,), EVALUATING: (RUNNING,)}
"""Where an owner moves a pilot; it is decided by a decision alone."""
ENDS_ON = "ends_on"


def describe(pilot_id: int, *, actor: UUID | None, **given: str) -> None:
    """Say anew what, where, how we'll know and which team, and the cards (``problem_en``…).

    What is not given stays as it is; a card that is given empty goes. The hypothesis is said here
    for the first time; after that ``change_plan`` changes it. Raises ``Refusal`` at the field.
    """
    pilot = held(pilot_id)
    kept = {
        f"{name}_{code}": getattr(pilot, f"{name}_{code}")
        for name in ("title", "place", "known", "team")
        for code in ("en", "cy")
    }
    for name, value in starting.words(kept | given).items():
        setattr(pilot, name, value)
    for key in CARDS:
        if f"{key}_en" in given:
            _card(pilot_id, key, given)
    record("pilot described", pilot_id, actor)


def _card(pilot_id: int, key: str, given: Mapping[str, str]) -> None:
    said = wording.words(given, key)
    english, welsh = said[f"{key}_en"], said[f"{key}_cy"]
    row = db.session.get(PilotCard, (pilot_id, key))
    if key in HYPOTHESIS and row is not None and (row.words_en, row.words_cy) != (english, welsh):
        raise Refusal(_("Say why this changes: use “Change the plan”."), field=f"{key}_en")
    if not english:
        if welsh:
            raise Refusal(_("Say it in English, too."), field=f"{key}_en")
        if row is not None:
            db.session.delete(row)
        return
    if row is None:
        row = PilotCard(pilot_id=pilot_id, key=key)
        db.session.add(row)
    row.words_en, row.words_cy = english, welsh


def change_plan(
    pilot_id: int,
    what: str,
    *,
    why_en: str,
    why_cy: str = "",
    ends_on: date | None = None,
    now_en: str = "",
    now_cy: str = "",
    actor: UUID | None,
) -> None:
    """Change the end (``what`` is ``ends_on``) or a part of the hypothesis, for all to see.

    Raises ``Refusal`` at the field for a change that is none, and for one without a reason.
    """
    pilot = held(pilot_id)
    why = wording.words({"why_en": why_en, "why_cy": why_cy}, "why", wording.SENTENCE, WHY)
    if what == ENDS_ON:
        was, now = pilot.ends_on, starting.end(ends_on)
        if was == now:
            raise Refusal(_("That is the day it ends already."), field=ENDS_ON)
        pilot.ends_on = now
        note_change(pilot_id, what, (was.isoformat(), ""), (now.isoformat(), ""), why, actor)
        return
    if what not in HYPOTHESIS:
        raise Refusal(_("Choose what changes."), field="what")
    row = db.session.get(PilotCard, (pilot_id, what))
    said = wording.words({"now_en": now_en, "now_cy": now_cy}, "now", missing=NOTHING_SAID)
    after = (said["now_en"], said["now_cy"])
    if row is None:
        raise Refusal(_("There is nothing to change yet. Write it first."), field="what")
    before = (row.words_en, row.words_cy)
    if before == after:
        raise Refusal(_("That is what it says already."), field="now_en")
    note_change(pilot_id, what, before, after, why, actor)
    row.words_en, row.words_cy = after


WHY = _("Say in a few words why.")
NOTHING_SAID = _("Say what it is from now on.")


def note_change(
    pilot_id: int,
    what: str,
    was: tuple[str, str],
    now: tuple[str, str],
    why: Mapping[str, str],
    actor: UUID | None,
    *,
    measure_id: int | None = None,
) -> None:
    """Keep what a part of the plan was and is, in both languages, and why; for a pilot held."""
    db.session.add(
        PilotChange(
            pilot_id=pilot_id,
            what=what,
            measure_id=measure_id,
            was_en=was[0],
            was_cy=was[1],
            now_en=now[0],
            now_cy=now[1],
            why_en=why["why_en"],
            why_cy=why["why_cy"],
            changed_by=actor,
            changed_at=clock.now(),
        )
    )
    record(f"pilot plan changed: {what}", pilot_id, actor, why["why_en"])


def move(pilot_id: int, stage: str, *, actor: UUID | None) -> None:
    """Move a pilot on: from preparing to running, to evaluating, and back to running.

    What it is already stays. Raises ``NotAllowed`` for any other step.
    """
    pilot = held(pilot_id)
    if pilot.stage == stage:
        return
    if standing(pilot_id) is not None:
        raise NotAllowed(_("A decision waits to be confirmed. Take it back first."))
    if stage not in MOVES[pilot.stage]:
        raise NotAllowed(_("This trial can’t take that step now."))
    was, pilot.stage, pilot.staged_at = pilot.stage, stage, clock.now()
    record(f"pilot {was} to {stage}", pilot_id, actor)


def save_dpia(pilot_id: int, answers: Mapping[str, bool], *, actor: UUID | None) -> bool:
    """Keep the answers to the six questions; gives whether a DPIA is needed (one yes is enough).

    The questions follow the screening list of the ICO (UK GDPR Art 35). Raises ``Refusal`` where
    one is not answered.
    """
    pilot = held(pilot_id)
    for key in DPIA_QUESTIONS:
        if key not in answers:
            raise Refusal(_("Answer yes or no."), field=key)
    pilot.dpia = {key: answers[key] for key in DPIA_QUESTIONS}
    record("pilot dpia questions answered", pilot_id, actor)
    return any(pilot.dpia.values())
