"""Deciding cases, and undoing it: wholly, and all of a batch or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select, update

from citizen_voice import clock, events
from citizen_voice.db import db, new_key
from citizen_voice.errors import Conflict, NotAllowed, NotHere, Refusal
from citizen_voice.ideas.text import clean_words
from citizen_voice.journal import services as journal
from citizen_voice.moderation import things
from citizen_voice.moderation.acts import ACTS, Act, StandsStill
from citizen_voice.moderation.events import Decided, Undone
from citizen_voice.moderation.models import (
    FLAGS,
    KEEP,
    Case,
    CaseReason,
    Decision,
    Ground,
    Report,
)
from citizen_voice.moderation.things import Thing
from citizen_voice.words import _

WORDS_LONGEST = 3_000


class AlreadyDecided(Conflict):
    """Somebody else was quicker; ``decision_id`` is what they decided."""

    def __init__(self, decision_id: UUID | None) -> None:
        super().__init__(_("This was decided a moment ago. Here is what was decided."))
        self.decision_id = decision_id


class ChangedMeanwhile(Conflict):
    """The words are others than those that the moderator read."""

    def __init__(self) -> None:
        super().__init__(_("The words have changed since you opened this. Read them again."))


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is to be done, on what ground, in which words.

    ``seen`` has the mark of the words that the moderator read, by case (see ``things``); a case
    that is not in it is decided whatever it says now. ``until`` ends a pause, ``target`` is the
    idea to join with or the challenge to move to, ``title`` and ``body`` are the words without the
    private details. ``ground_id`` and ``words`` may stay empty for *keep* alone. ``letters`` has
    the language and the words for the author of each case, where they differ; a case that is not
    in it gets ``words`` in ``language``.
    """

    act: str
    words: str = ""
    language: str = "en"
    ground_id: int | None = None
    until: datetime | None = None
    target: int | None = None
    title: str = ""
    body: str = ""
    seen: Mapping[UUID, str] | None = None
    letters: Mapping[UUID, tuple[str, str]] | None = None

    def of(self, case_id: UUID) -> "Ruling":
        """The same for one case, with its own letter."""
        if self.letters is None or case_id not in self.letters:
            return self
        language, words = self.letters[case_id]
        return replace(self, language=language, words=words, letters=None)


def decide(case_ids: Sequence[UUID], ruling: Ruling, *, actor: UUID) -> list[Decision]:
    """Decide cases in one act: all of them, or none.

    Raises ``AlreadyDecided``, ``ChangedMeanwhile``, ``StandsStill``, ``NotAllowed`` for one's own
    words, ``NotHere`` and ``Refusal`` (an act that cannot be done to such a thing, a ground or
    words that miss).
    """
    act = _checked(ruling)
    act.prepare()
    cases = _of(case_ids)
    found = things.lock(cases, persons=act.holds_people, further=act.further(ruling))
    _hold(cases)
    batch = new_key() if len(cases) > 1 else None
    return [_decide(case, found[case.id], act, ruling.of(case.id), actor, batch) for case in cases]


def _checked(ruling: Ruling) -> Act:
    act = ACTS.get(ruling.act)
    if act is None:
        raise Refusal(_("Choose what to do."), field="act")
    if ruling.act != KEEP:
        ground = db.session.get(Ground, ruling.ground_id) if ruling.ground_id else None
        if ground is None or ground.retired_at is not None:
            raise Refusal(_("Choose the ground."), field="ground")
        if not all(words.strip() for words in _letters(ruling)):
            raise Refusal(_("Write to the author why."), field="words")
    if any(len(words) > WORDS_LONGEST for words in _letters(ruling)):
        raise Refusal(_("Make this 3,000 letters or shorter."), field="words")
    return act


def _letters(ruling: Ruling) -> list[str]:
    return [words for _language, words in (ruling.letters or {}).values()] or [ruling.words]


def _of(case_ids: Sequence[UUID]) -> list[Case]:
    """The cases, as they were read; whether they are open still is asked once they are held."""
    keys = sorted(set(case_ids))
    cases = db.session.scalars(select(Case).where(Case.id.in_(keys)).order_by(Case.id)).all()
    if not keys or len(cases) != len(keys):
        raise NotHere
    return list(cases)


def _hold(cases: Sequence[Case]) -> None:
    keys = [case.id for case in cases]
    db.session.scalars(
        select(Case).where(Case.id.in_(keys)).order_by(Case.id).with_for_update(),
        execution_options={"populate_existing": True},
    ).all()


def _decide(
    case: Case, thing: Thing, act: Act, ruling: Ruling, actor: UUID, batch: UUID | None
) -> Decision:
    if case.closed_at is not None:
        raise AlreadyDecided(_newest(case.id))
    if thing.author_id == actor:
        raise NotAllowed(_("Nobody decides about their own words. Leave it to somebody else."))
    if ruling.seen is not None and ruling.seen.get(case.id, thing.mark) != thing.mark:
        raise ChangedMeanwhile
    if not act.fits(thing):
        raise Refusal(_("That can't be done to this."), field="act")
    if act.waits(thing):
        raise StandsStill
    now = clock.now()
    decision = Decision(
        id=new_key(),
        case_id=case.id,
        batch_id=batch,
        act=ruling.act,
        ground_id=None if ruling.act == KEEP else ruling.ground_id,
        words=clean_words(ruling.words),
        language=ruling.language,
        automated=_machine_noticed(case.id),
        person_id=thing.author_id,
        decided_by=actor,
        decided_at=now,
        version=thing.version,
        until=ruling.until,
        before={},
    )
    journal.append(
        f"decision {ruling.act}", actor=actor, subject=thing.subject, detail=decision.words
    )
    done = act.apply(thing, ruling, actor)
    decision.before, decision.original = done.before, done.original
    db.session.add(decision)
    db.session.flush()  # reports refer to it
    case.closed_at, case.claimed_by, case.claimed_at = now, None, None
    db.session.execute(
        update(Report)
        .where(Report.case_id == case.id, Report.decision_id.is_(None))
        .values(decision_id=decision.id)
    )
    events.publish(Decided(decision.id, ruling.act, thing.author_id, thing.idea_id, thing.pilot_id))
    return decision


def _newest(case_id: UUID) -> UUID | None:
    return db.session.scalars(
        select(Decision.id)
        .where(Decision.case_id == case_id, Decision.undone_at.is_(None))
        .order_by(Decision.decided_at.desc(), Decision.id.desc())
        .limit(1)
    ).first()


def _machine_noticed(case_id: UUID) -> bool:
    found = select(CaseReason.id).where(CaseReason.case_id == case_id, CaseReason.kind.in_(FLAGS))
    return db.session.execute(found.limit(1)).first() is not None


def undo(decision_id: UUID, *, actor: UUID) -> Decision:
    """Put everything back as it was before a decision; its case waits again.

    Doing it twice is fine. Raises ``NotHere``, ``StandsStill``, and ``NotAllowed`` where a later
    decision rests on it.
    """
    return _undo([decision_id], actor=actor)[0]


def undo_batch(batch_id: UUID, *, actor: UUID) -> list[Decision]:
    """Undo every decision of a batch, or none."""
    keys = db.session.scalars(select(Decision.id).where(Decision.batch_id == batch_id)).all()
    return _undo(keys, actor=actor)


def _undo(keys: Sequence[UUID], *, actor: UUID) -> list[Decision]:
    decisions = db.session.scalars(
        select(Decision).where(Decision.id.in_(keys)).order_by(Decision.id)
    ).all()
    if not keys or len(decisions) != len(set(keys)):
        raise NotHere
    for each in decisions:
        ACTS[each.act].prepare()
    cases = _of([decision.case_id for decision in decisions])
    by_key = {case.id: case for case in cases}
    found = things.lock(
        cases,
        persons=any(ACTS[each.act].holds_people for each in decisions),
        further=[key for each in decisions for key in ACTS[each.act].undone_with(each)],
    )
    _hold(cases)
    db.session.scalars(
        select(Decision).where(Decision.id.in_(keys)).order_by(Decision.id).with_for_update(),
        execution_options={"populate_existing": True},
    ).all()
    for decision in decisions:
        if decision.undone_at is None:
            revert(decision, by_key[decision.case_id], found[decision.case_id], actor)
    return list(decisions)


def revert(
    decision: Decision, case: Case, thing: Thing, actor: UUID, *, reopen: bool = True
) -> None:
    """Undo one decision, whose case and thing are held. ``reopen``: the case waits again."""
    if _later_on_it(decision, case):
        raise NotAllowed(_("Something was decided after this. Undo that first."))
    if ACTS[decision.act].undoing_waits(thing, decision):
        raise StandsStill
    journal.append(
        f"decision {decision.act} undone",
        actor=actor,
        subject=thing.subject,
        detail=decision.words,
    )
    ACTS[decision.act].revert(thing, decision, actor)
    decision.undone_at, decision.undone_by, decision.original = clock.now(), actor, None
    if reopen:
        _reopen(case)
        db.session.execute(
            update(Report).where(Report.decision_id == decision.id).values(decision_id=None)
        )
    db.session.flush()  # the next of a batch sees it
    events.publish(Undone(decision.id))


def _reopen(case: Case) -> None:
    """Have it wait again, unless another case about the same thing does."""
    another = select(Case.id).where(Case.closed_at.is_(None), *_about_the_same(case))
    if db.session.execute(another).first() is None:
        case.closed_at = None


def _later_on_it(decision: Decision, case: Case) -> bool:
    """Whether a later decision that stands has changed the same thing."""
    later = (
        select(Decision.id)
        .join(Case, Case.id == Decision.case_id)
        .where(
            *_about_the_same(case),
            Decision.id != decision.id,
            Decision.undone_at.is_(None),
            Decision.decided_at > decision.decided_at,
            Decision.act != KEEP,
        )
        .limit(1)
    )
    return db.session.execute(later).first() is not None


def _about_the_same(case: Case) -> list[ColumnElement[bool]]:
    """Cases about the thing that this one is about."""
    return [
        getattr(Case, name) == getattr(case, name)
        for name in ("idea_id", "comment_id", "person_id")
        if getattr(case, name) is not None
    ]
