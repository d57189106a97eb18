"""Replying to ideas, one or many at once, and taking a reply back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update

from citizen_voice import clock, events
from citizen_voice.db import db
from citizen_voice.errors import Conflict, NotAllowed, NotHere, Refusal
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas import working_days
from citizen_voice.ideas.models import (
    ADOPTED,
    DECLINED,
    LISTED_STAGES,
    MERGED,
    PUBLISHED,
    Idea,
    IdeaListing,
    StageChange,
)
from citizen_voice.ideas.text import one_line, says_something
from citizen_voice.journal import services as journal
from citizen_voice.replies.events import IdeaReplied, ReplyTakenBack
from citizen_voice.replies.models import (
    ALREADY,
    NO,
    NOT_NOW,
    OUTCOMES,
    OWE_A_NEXT_STEP,
    PASSED_ON,
    WILL_DO,
    IdeaReply,
    Reply,
)
from citizen_voice.web.filters import reference
from citizen_voice.words import _

MOST = 100
"""Ideas that get one reply at a time."""
LONGEST = {"team": 80, "passed_to": 120}
CAN_ADOPT = (WILL_DO, ALREADY)
CAN_DECLINE = (PASSED_ON, NOT_NOW, NO)


def reply(
    idea_ids: Iterable[int],
    *,
    outcome: str,
    reason_en: str,
    next_on: date | None = None,
    actor: UUID | None,
    adopt: bool = False,
    decline: bool = False,
    **words: str,
) -> int:
    """Reply to some ideas, all of them or none; gives the reply's number.

    ``words`` are ``reason_cy``, and ``team`` and ``passed_to`` in both languages (``team_en``).
    ``adopt`` (a quick fix) or ``decline`` moves the ideas' stage with it. What is missing in Welsh
    is shown in English. Raises ``Refusal`` at its field for words that are missing or too long, a
    day that is owed and is no working day to come, and a stage that does not go with the outcome;
    ``NotHere`` for an idea that is not there; ``NotAllowed`` for ideas that take no reply, by name.
    """
    stage = ADOPTED if adopt else DECLINED if decline else None
    given = words | {"reason_en": reason_en}
    said, found = _checked(idea_ids, outcome, stage, next_on, given, held=True)
    row = Reply(
        outcome=outcome,
        replied_on=clock.today(),
        author_id=actor,
        created_at=clock.now(),
        **said,
    )
    db.session.add(row)
    db.session.flush()  # ideas refer to it; its number is above those of replies before it
    for idea in found:
        change_id = _change(idea, stage, row, actor)
        db.session.add(IdeaReply(idea_id=idea.id, reply_id=row.id, change_id=change_id))
        _record(f"idea replied: {outcome}", idea.id, actor, row.reason_en)
    keys = tuple(idea.id for idea in found)
    db.session.execute(
        update(IdeaListing)
        .where(IdeaListing.idea_id.in_(keys))
        .values(reply_id=row.id, owed_on=row.next_on)
    )
    events.publish(IdeaReplied(row.id, keys, stage))
    return row.id


def look_at(
    idea_ids: Iterable[int],
    *,
    outcome: str,
    reason_en: str,
    next_on: date | None = None,
    adopt: bool = False,
    decline: bool = False,
    **words: str,
) -> Reply:
    """The reply as it would be, which nobody gets yet; raises what ``reply`` raises."""
    stage = ADOPTED if adopt else DECLINED if decline else None
    given = words | {"reason_en": reason_en}
    said, _found = _checked(idea_ids, outcome, stage, next_on, given, held=False)
    return Reply(outcome=outcome, replied_on=clock.today(), **said)


def _checked(
    idea_ids: Iterable[int],
    outcome: str,
    stage: str | None,
    next_on: date | None,
    given: Mapping[str, str],
    *,
    held: bool,
) -> tuple[dict[str, Any], Sequence[Idea]]:
    """The words as they are stored, and the ideas that take them."""
    words = _words(outcome, stage, given)
    words["next_on"] = _next_on(outcome, next_on)
    found = _ideas(idea_ids, held=held)
    _refuse_some(found, stage)
    return words, found


def take_back(reply_id: int, *, actor: UUID | None) -> None:
    """Undo a reply: replies, stages and news are as before it.

    An idea that got a newer reply keeps that, one that was moved on since keeps its stage. Raises
    ``NotHere`` for no reply, ``Conflict`` for one that was taken back already.
    """
    if db.session.get(Reply, reply_id) is None:
        raise NotHere
    standing = (IdeaReply.reply_id == reply_id, IdeaReply.taken_back_at.is_(None))
    keys = db.session.scalars(select(IdeaReply.idea_id).where(IdeaReply.reply_id == reply_id)).all()
    found = _ideas(keys, held=True)
    links = db.session.scalars(
        select(IdeaReply).where(*standing).order_by(IdeaReply.idea_id),
        execution_options={"populate_existing": True},
    ).all()
    if not links:
        raise Conflict(_("This reply was taken back already."))
    by_key = {idea.id: idea for idea in found}
    for link in links:
        link.taken_back_at = clock.now()
        _record(f"idea reply {reply_id} taken back", link.idea_id, actor, "")
        change = None if link.change_id is None else db.session.get(StageChange, link.change_id)
        if change is not None:
            ideas.unchange_stage(by_key[link.idea_id], change, actor=actor)
    db.session.flush()  # what stands is read from the rows
    _relist([link.idea_id for link in links])
    events.publish(ReplyTakenBack(reply_id))


def _words(outcome: str, stage: str | None, given: Mapping[str, str]) -> dict[str, Any]:
    """The words as they are stored, where they go with the outcome."""
    if outcome not in OUTCOMES:
        raise Refusal(_("Choose what the council says."), field="outcome")
    reasons = ideas.clean_reason(given["reason_en"], given.get("reason_cy", ""))
    words: dict[str, Any] = dict(zip(("reason_en", "reason_cy"), reasons, strict=True))
    for name, longest in LONGEST.items():
        for field in (f"{name}_en", f"{name}_cy"):
            kept = one_line(given.get(field, "")) if name == "team" or outcome == PASSED_ON else ""
            if len(kept) > longest:
                raise Refusal(
                    _("Make this %(number)s letters or shorter.", number=longest), field=field
                )
            words[field] = kept
    if outcome == PASSED_ON and not says_something(words["passed_to_en"]):
        raise Refusal(_("Say who it was passed to."), field="passed_to_en")
    if stage == ADOPTED and outcome not in CAN_ADOPT:
        raise Refusal(_("Only what the council does can be happening."), field="stage")
    if stage == DECLINED and outcome not in CAN_DECLINE:
        raise Refusal(_("What the council does can’t be declined."), field="stage")
    return words


def _next_on(outcome: str, day: date | None) -> date | None:
    if outcome not in OWE_A_NEXT_STEP:
        return None
    if day is None:
        raise Refusal(_("Say by which day people hear more."), field="next_on")
    return working_days.promised(day)


def _ideas(idea_ids: Iterable[int], *, held: bool) -> Sequence[Idea]:
    """The ideas; ``held``: in the one order, until the act is done."""
    keys = sorted(set(idea_ids))
    if not keys:
        raise Refusal(_("Choose at least one idea."), field="idea")
    if len(keys) > MOST:
        raise Refusal(
            _("Choose %(number)s ideas or fewer for one reply.", number=MOST), field="idea"
        )
    wanted = select(Idea).where(Idea.id.in_(keys)).order_by(Idea.id)
    found = db.session.scalars(
        wanted.with_for_update() if held else wanted,
        execution_options={"populate_existing": True},
    ).all()
    if len(found) < len(keys):
        raise NotHere
    return found


def _refuse_some(found: Sequence[Idea], stage: str | None) -> None:
    """Raise ``NotAllowed`` where some take no reply, or cannot be moved: nobody gets one then."""
    unseen = [idea for idea in found if idea.visibility != PUBLISHED]
    if unseen:
        raise NotAllowed(
            _("Only published ideas get a reply. Take out: %(refs)s.", refs=_refs(unseen))
        )
    merged = [idea for idea in found if idea.stage == MERGED]
    if merged:
        raise NotAllowed(
            _("Some were joined with another idea. Take out: %(refs)s.", refs=_refs(merged))
        )
    gone = [idea for idea in found if idea.stage not in LISTED_STAGES]
    if gone:
        raise NotAllowed(
            _("Some were taken back by their authors. Take out: %(refs)s.", refs=_refs(gone))
        )
    if stage is None:
        return
    fixed = [idea for idea in found if idea.stage != stage and ideas.why_not(idea, stage)]
    if fixed:
        raise NotAllowed(
            _(
                "The stage of some can’t change like that. Take out or reopen first: %(refs)s.",
                refs=_refs(fixed),
            )
        )


def _refs(some: Iterable[Idea]) -> str:
    return ", ".join(reference(idea.id) for idea in some)


def _change(idea: Idea, stage: str | None, row: Reply, actor: UUID | None) -> int | None:
    """Move an idea as its reply says; what is there already stays."""
    if stage is None or idea.stage == stage:
        return None
    return ideas.change_stage(idea, stage, actor=actor, journalled=row.reason_en).id


def _relist(keys: Sequence[int]) -> None:
    """Have the list say which reply is in force, and which day is owed, as the rows do."""
    newest = (
        select(IdeaReply.idea_id, func.max(IdeaReply.reply_id).label("reply_id"))
        .where(IdeaReply.idea_id.in_(keys), IdeaReply.taken_back_at.is_(None))
        .group_by(IdeaReply.idea_id)
        .subquery()
    )
    in_force = {
        row.idea_id: row
        for row in db.session.execute(
            select(newest.c.idea_id, Reply.id, Reply.next_on, Reply.created_at).join(
                Reply, Reply.id == newest.c.reply_id
            )
        )
    }
    changes: dict[int, list[StageChange]] = {}
    for change in db.session.scalars(
        select(StageChange)
        .where(StageChange.idea_id.in_(keys), StageChange.taken_back_at.is_(None))
        .order_by(StageChange.id)
    ):
        if ideas.settles_what_is_owed(change):
            changes.setdefault(change.idea_id, []).append(change)
    for key in keys:
        said = in_force.get(key)
        later = [
            change.next_on
            for change in changes.get(key, ())
            if said is None or change.changed_at > said.created_at
        ]
        owed = later[-1] if later else None if said is None else said.next_on
        db.session.execute(
            update(IdeaListing)
            .where(IdeaListing.idea_id == key)
            .values(reply_id=None if said is None else said.id, owed_on=owed)
        )


def _record(act: str, idea_id: int, actor: UUID | None, reason: str) -> None:
    journal.append(act, actor=actor, subject=f"idea {reference(idea_id)}", detail=reason)
