"""Which ideas a pilot tries, and the stage that these have because of it.

An idea is piloting from its first link with a pilot until its last pilot is decided or unlinked
(PRODUCT's table "What holds when").
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from citizen_voice import clock, events
from citizen_voice.db import db
from citizen_voice.errors import NotAllowed, NotHere, Refusal
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.models import (
    ADOPTED,
    DECLINED,
    PILOTING,
    PUBLISHED,
    SHORTLISTED,
    Idea,
    StageChange,
)
from citizen_voice.pilots import wording
from citizen_voice.pilots.events import IdeaLinked, IdeaUnlinked
from citizen_voice.pilots.models import (
    ADAPT,
    DECIDED,
    SCALE,
    STOP,
    Pilot,
    PilotDecision,
    PilotIdea,
)
from citizen_voice.pilots.refs import pilot_ref
from citizen_voice.pilots.services.holding import held, record
from citizen_voice.web.filters import reference
from citizen_voice.words import _

BECOMES = {SCALE: ADOPTED, ADAPT: SHORTLISTED, STOP: DECLINED}
"""What the decision of its last pilot makes of an idea."""
BEST_FIRST = (ADOPTED, SHORTLISTED, DECLINED)


def link(
    pilot_id: int, idea_id: int, *, taken_en: str = "", taken_cy: str = "", actor: UUID | None
) -> None:
    """Have a pilot try an idea, too, saying what is taken from it; again to say it anew.

    Raises ``NotHere``, ``NotAllowed`` for an idea that is not shortlisted or being tried, and
    ``Refusal`` for words that are too long.
    """
    pilot = held(pilot_id)
    known = db.session.get(PilotIdea, (pilot_id, idea_id))
    link_all(pilot, {idea_id: (taken_en, taken_cy)}, actor=actor)
    if known is None or known.unlinked_at is not None:
        events.publish(IdeaLinked(pilot_id, idea_id))


def link_all(pilot: Pilot, taken: Mapping[int, tuple[str, str]], *, actor: UUID | None) -> None:
    """Link ideas with a pilot that is held, all or none; tells nobody."""
    said = said_of(taken)
    found = hold(taken)
    refuse_unfit(found, len(taken))
    for idea in found:
        row = db.session.get(PilotIdea, (pilot.id, idea.id))
        fresh = row is None or row.unlinked_at is not None
        if row is None:
            row = PilotIdea(pilot_id=pilot.id, idea_id=idea.id)
            db.session.add(row)
        row.taken_en, row.taken_cy = said[idea.id]
        if not fresh:
            continue
        row.linked_by, row.linked_at, row.unlinked_at = actor, clock.now(), None
        record(f"idea {reference(idea.id)} linked", pilot.id, actor, row.taken_en)
        if idea.stage != PILOTING:
            _move(idea, PILOTING, pilot.id, actor)


def hold(keys: Iterable[int]) -> Sequence[Idea]:
    """Some ideas by their numbers, held until the act is done.

    To be called before anything is written about pilots: that holds the site's settings, whose
    revision rises with it, and whoever holds ideas may come to do the same.
    """
    return db.session.scalars(
        select(Idea).where(Idea.id.in_(list(keys))).order_by(Idea.id).with_for_update(),
        execution_options={"populate_existing": True},
    ).all()


def said_of(taken: Mapping[int, tuple[str, str]]) -> dict[int, tuple[str, str]]:
    """What is taken from each idea, as it is stored; raises ``Refusal`` (``taken_<number>_en``)."""
    said = {}
    for key, (english, welsh) in taken.items():
        name = f"taken_{key}"
        kept = wording.words({f"{name}_en": english, f"{name}_cy": welsh}, name, wording.SENTENCE)
        if kept[f"{name}_cy"] and not kept[f"{name}_en"]:
            raise Refusal(_("Say it in English, too."), field=f"{name}_en")
        said[key] = (kept[f"{name}_en"], kept[f"{name}_cy"])
    return said


def refuse_unfit(found: Sequence[Idea], wanted: int) -> None:
    """Raise ``NotHere`` where some are missing, ``NotAllowed`` by name for what cannot be tried."""
    if len(found) < wanted:
        raise NotHere(_("There is no idea with that number."))
    unfit = [
        idea
        for idea in found
        if idea.visibility != PUBLISHED or idea.stage not in (SHORTLISTED, PILOTING)
    ]
    if unfit:
        names = ", ".join(reference(idea.id) for idea in unfit)
        raise NotAllowed(
            _(
                "Only shortlisted ideas can be tried. Take out or shortlist first: %(refs)s.",
                refs=names,
            )
        )


def unlink(pilot_id: int, idea_id: int, *, actor: UUID | None) -> None:
    """Have a pilot try an idea no longer; its last link gone, it is shortlisted again.

    Raises ``NotHere``, and ``NotAllowed`` for the only idea of a pilot.
    """
    pilot = held(pilot_id)
    found = hold([idea_id])
    row = db.session.get(PilotIdea, (pilot_id, idea_id), populate_existing=True)
    if not found or row is None or row.unlinked_at is not None:
        raise NotHere
    others = select(PilotIdea.idea_id).where(
        PilotIdea.pilot_id == pilot_id,
        PilotIdea.idea_id != idea_id,
        PilotIdea.unlinked_at.is_(None),
    )
    if db.session.execute(others).first() is None:
        raise NotAllowed(_("A trial tries one idea at least. Link another one first."))
    row.unlinked_at = clock.now()
    record(f"idea {reference(idea_id)} unlinked", pilot_id, actor)
    db.session.flush()  # what stands is read from the rows
    settle(found, pilot.id, actor=actor)
    events.publish(IdeaUnlinked(pilot_id, idea_id))


def let_go(pilot: Pilot, *, actor: UUID | None) -> None:
    """Have a pilot that is held never have tried its ideas; tells nobody.

    What it alone tries is as it was before, with what was promised then.
    """
    found = hold(linked(pilot.id))
    for idea in found:
        db.session.get_one(PilotIdea, (pilot.id, idea.id)).unlinked_at = clock.now()
    db.session.flush()  # what stands is read from the rows
    for idea in found:
        if idea.stage != PILOTING or _stage_of(idea) == PILOTING:
            continue
        last = _last_change(idea.id)
        if last is not None and (last.pilot_id, last.stage) == (pilot.id, PILOTING):
            ideas.unchange_stage(idea, last, actor=actor)
        else:
            _move(idea, _stage_of(idea), pilot.id, actor)


def linked(pilot_id: int) -> list[int]:
    """The numbers of the ideas that a pilot tries, in their order."""
    return list(
        db.session.scalars(
            select(PilotIdea.idea_id)
            .where(PilotIdea.pilot_id == pilot_id, PilotIdea.unlinked_at.is_(None))
            .order_by(PilotIdea.idea_id)
        )
    )


def settle(
    found: Sequence[Idea], pilot_id: int, *, actor: UUID | None, next_on: date | None = None
) -> dict[int, str]:
    """Give ideas that are held the stage that their pilots leave them; gives those that moved.

    ``pilot_id`` is the pilot that has just let go of them or was decided; then ``next_on`` is the
    day of what happens next, where one was named.

    While one of its pilots goes on, an idea is piloting. After the last: adopted before
    shortlisted before declined, and shortlisted where none is left.
    """
    moved = {}
    for idea in found:
        if idea.stage != PILOTING:
            continue
        stage = _stage_of(idea)
        if stage != PILOTING:
            _move(idea, stage, pilot_id, actor, next_on)
            moved[idea.id] = stage
    return moved


def _move(
    idea: Idea, stage: str, pilot_id: int, actor: UUID | None, next_on: date | None = None
) -> None:
    ideas.change_stage(
        idea,
        stage,
        actor=actor,
        next_on=next_on,
        journalled=pilot_ref(pilot_id),
        pilot_id=pilot_id,
    )


def stage_left(pilots: Iterable[tuple[str, str | None]]) -> str:
    """The stage that pilots leave an idea, by the stage and the confirmed decision of each."""
    held_by = list(pilots)
    if any(stage != DECIDED for stage, _decision in held_by):
        return PILOTING
    left = {BECOMES[decision] for _stage, decision in held_by if decision is not None}
    return next((stage for stage in BEST_FIRST if stage in left), SHORTLISTED)


def _last_change(idea_id: int) -> StageChange | None:
    return db.session.scalars(
        select(StageChange)
        .where(StageChange.idea_id == idea_id, StageChange.taken_back_at.is_(None))
        .order_by(StageChange.id.desc())
        .limit(1)
    ).one_or_none()


def _stage_of(idea: Idea) -> str:
    """What pilots leave an idea that is piloting; decisions from before its trial are past."""
    pilots = db.session.execute(
        select(Pilot.stage, PilotDecision.decision)
        .join(PilotIdea, PilotIdea.pilot_id == Pilot.id)
        .outerjoin(
            PilotDecision,
            (PilotDecision.pilot_id == Pilot.id)
            & PilotDecision.sent_back_at.is_(None)
            & (PilotDecision.confirmed_at >= idea.staged_at),
        )
        .where(
            PilotIdea.idea_id == idea.id,
            PilotIdea.unlinked_at.is_(None),
            Pilot.cancelled_at.is_(None),
        )
    ).all()
    return stage_left((row.stage, row.decision) for row in pilots)
