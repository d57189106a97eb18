"""The answers of ideas that are joined and taken apart: whole tables of them in a statement each.

Nobody's answers pass through Python, so that an idea with a hundred thousand of them is joined in
seconds. The statements are the same on both databases.
"""

from importlib import import_module
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    and_,
    case,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased

from citizen_voice.answers.models import Answer, VoidAnswer
from citizen_voice.db import db, dialect
from citizen_voice.merging.models import LOST, MOVED, IdeaMerge, MergedAnswer

_WHOLE = {"synchronize_session": False}
_ANSWER = ("value", "previous", "version", "answered_at")
_OWN = tuple(f"own_{name}" for name in _ANSWER)

M: Any = MergedAnswer


def hold(from_id: int, into_id: int) -> None:
    """Hold every answer to two ideas, in the order in which answers are held.

    The ideas are held already, so nobody gives one meanwhile; but to take one back holds the answer
    alone.
    """
    held = (
        select(literal(1))
        .select_from(Answer)
        .where(Answer.idea_id.in_([from_id, into_id]))
        .order_by(Answer.idea_id, Answer.person_id)
        .with_for_update()
        .subquery()
    )
    db.session.execute(select(func.count()).select_from(held)).scalar_one()


def carry(merge: IdeaMerge, version: int, person_id: UUID | None = None) -> None:
    """Have the answers to one idea count for the other, each person once; keep what was.

    The later of a person's two answers wins, the survivor's own where they are of one moment. One
    without a time loses to the survivor's own. What moves counts as an answer to ``version``, the
    survivor's words in force. With ``person_id`` it is done with that person's answer alone.
    """
    theirs: list[ColumnElement[bool]] = [] if person_id is None else [Answer.person_id == person_id]
    own = aliased(Answer)
    later = and_(
        Answer.answered_at.is_not(None),
        or_(own.answered_at.is_(None), Answer.answered_at > own.answered_at),
    )
    kept = (
        select(
            literal(merge.id),
            Answer.person_id,
            *(getattr(Answer, name) for name in _ANSWER),
            *(getattr(own, name) for name in _ANSWER),
            case((or_(own.person_id.is_(None), later), MOVED), else_=LOST),
        )
        .outerjoin(own, and_(own.idea_id == merge.into_id, own.person_id == Answer.person_id))
        .where(Answer.idea_id == merge.from_id, *theirs)
    )
    columns = ["merge_id", "person_id", *_ANSWER, *_OWN, "became"]
    db.session.execute(insert(MergedAnswer).from_select(columns, kept), execution_options=_WHOLE)
    moved = select(
        literal(merge.into_id), M.person_id, M.value, M.own_value, literal(version), M.answered_at
    ).where(M.merge_id == merge.id, M.became == MOVED)
    if person_id is not None:
        moved = moved.where(M.person_id == person_id)
    _put(Answer, moved, ["idea_id", "person_id", *_ANSWER])
    db.session.execute(
        delete(Answer).where(Answer.idea_id == merge.from_id, *theirs), execution_options=_WHOLE
    )


def give_back(merge: IdeaMerge) -> None:
    """Return every answer to the idea that it was given to, as it was, and forget how it was kept.

    On the survivor what was moved makes place for what the person had said there before. What they
    have said or taken back there since stays so. Void answers return as void ones.
    """
    for rows, which in ((Answer, M.voided_at.is_(None)), (VoidAnswer, M.voided_at.is_not(None))):
        _restore_own(merge, rows, which)
        columns = [literal(merge.from_id), M.person_id, *(getattr(M, name) for name in _ANSWER)]
        names = ["idea_id", "person_id", *_ANSWER]
        if rows is VoidAnswer:
            columns.append(M.voided_at)
            names.append("voided_at")
        _put(rows, select(*columns).where(M.merge_id == merge.id, which), names)
    db.session.execute(delete(M).where(M.merge_id == merge.id), execution_options=_WHOLE)


def stands(rows: Any) -> ColumnElement[bool]:
    """Whether the answer in ``rows`` is the one that was moved: the person has said nothing since.

    An answer's time changes with it, so it is the mark of the one that was moved.
    """
    return and_(
        M.became == MOVED,
        rows.person_id == M.person_id,
        rows.value == M.value,
        rows.answered_at.is_not_distinct_from(M.answered_at),
    )


def _restore_own(merge: IdeaMerge, rows: Any, which: ColumnElement[bool]) -> None:
    """Take what was moved out of the survivor, and put back what the person had said there."""
    same = and_(rows.idea_id == merge.into_id, M.merge_id == merge.id, M.became == MOVED, which)
    db.session.execute(
        delete(rows).where(
            rows.idea_id == merge.into_id,
            select(M.person_id).where(same, stands(rows), M.own_value.is_(None)).exists(),
        ),
        execution_options=_WHOLE,
    )
    db.session.execute(
        update(rows)
        .where(same, stands(rows), M.own_value.is_not(None))
        .values(dict(zip(_ANSWER, (getattr(M, name) for name in _OWN), strict=True))),
        execution_options=_WHOLE,
    )


def _put(rows: Any, chosen: Any, columns: list[str]) -> None:
    """Insert rows, in the place of those that the same people have there."""
    statement = import_module(f"sqlalchemy.dialects.{dialect()}").insert(rows.__table__)
    statement = statement.from_select(columns, chosen)
    new = {name: statement.excluded[name] for name in columns if name not in _KEY}
    db.session.execute(
        statement.on_conflict_do_update(index_elements=list(_KEY), set_=new),
        execution_options=_WHOLE,
    )


_KEY = ("idea_id", "person_id")
