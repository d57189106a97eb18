"""One person and their answers that were moved: taken out, void, counted again, gone."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, exists, select, update

from citizen_voice import clock
from citizen_voice.accounts import services as accounts
from citizen_voice.accounts.events import PersonLeaving
from citizen_voice.answers import figures, statements
from citizen_voice.answers.events import AnswersUnvoided, AnswersVoided
from citizen_voice.answers.models import Answer
from citizen_voice.db import db
from citizen_voice.errors import NotAllowed, NotHere
from citizen_voice.ideas.models import PUBLISHED, Idea
from citizen_voice.merging import carrying
from citizen_voice.merging.models import MOVED, NOT_MINE, IdeaMerge, MergedAnswer
from citizen_voice.merging.queries import OPT_OUT
from citizen_voice.words import _


class NothingToTakeOut(NotAllowed):
    """No answer of this person's was moved here, or they have answered since."""

    def __init__(self) -> None:
        super().__init__(_("There is nothing to take out: what counts here is your own answer."))


def not_mine(person_id: UUID, merge_id: int) -> None:
    """Take a person's moved answer out of the idea that stays, within 14 days.

    What they had said there before comes back, where it had lost. That the challenge has closed
    does not matter: it was not they who moved the answer.

    Raises ``NotHere``, ``accounts.services.Paused``, ``NotAllowed`` where the time is over, and
    ``NothingToTakeOut`` where they have answered since, or their own answer had won.
    """
    accounts.require_present(person_id)
    known = db.session.get(IdeaMerge, merge_id)
    if known is None:
        raise NotHere
    into = db.session.get_one(Idea, known.into_id, with_for_update=True, populate_existing=True)
    row = db.session.get_one(IdeaMerge, merge_id, populate_existing=True)
    if into.visibility != PUBLISHED:
        raise NotHere
    if clock.now() >= row.merged_at + OPT_OUT:
        raise NotAllowed(_("The 14 days in which you could take your answer out are over."))
    kept = db.session.get(MergedAnswer, (merge_id, person_id), populate_existing=True)
    answer = db.session.get(
        Answer, (into.id, person_id), with_for_update=True, populate_existing=True
    )
    if (
        row.undone_at is not None
        or kept is None
        or answer is None
        or kept.became != MOVED
        or (answer.value, answer.answered_at) != (kept.value, kept.answered_at)
    ):
        raise NothingToTakeOut
    kept.became = NOT_MINE
    if kept.own_value is None or kept.own_version is None:
        db.session.delete(answer)
    else:
        answer.value, answer.previous = kept.own_value, kept.own_previous
        answer.version, answer.answered_at = kept.own_version, kept.own_answered_at
    db.session.flush()  # the figure comes last
    if kept.own_value != kept.value:
        db.session.execute(statements.count(kept.value, kept.own_value), {"idea": into.id})


def answers_voided(voided: AnswersVoided) -> None:
    """What was moved of a sham's comes back as void, when the ideas are taken apart."""
    db.session.execute(
        update(MergedAnswer)
        .where(MergedAnswer.person_id == voided.person_id, MergedAnswer.voided_at.is_(None))
        .values(voided_at=voided.at),
        execution_options={"synchronize_session": False},
    )


def answers_again(unvoided: AnswersUnvoided) -> None:
    """What counts again counts where its idea has been joined to meanwhile, once a person.

    By then the answers stand on the ideas that they were given to. The merges are followed in their
    order, as if they happened now.
    """
    person_id = unvoided.person_id
    db.session.execute(
        update(MergedAnswer).where(MergedAnswer.person_id == person_id).values(voided_at=None),
        execution_options={"synchronize_session": False},
    )
    changed: set[int] = set()
    while (row := _not_followed(person_id)) is not None:
        moved_before = db.session.get(MergedAnswer, (row.id, person_id), populate_existing=True)
        if moved_before is None:
            version = select(Idea.version).where(Idea.id == row.into_id)
            carrying.carry(row, db.session.execute(version).scalar_one(), person_id)
        else:  # given again between, and moved: the newer one
            stale: Any = (Answer.idea_id == row.from_id, Answer.person_id == person_id)
            db.session.execute(delete(Answer).where(*stale))
        changed |= {row.from_id, row.into_id}
    if changed:
        figures.recount(changed)


def _not_followed(person_id: UUID) -> IdeaMerge | None:
    """The oldest merge whose idea the person has an answer on, which should have moved."""
    left = exists().where(Answer.idea_id == IdeaMerge.from_id, Answer.person_id == person_id)
    return db.session.scalars(
        select(IdeaMerge).where(IdeaMerge.undone_at.is_(None), left).order_by(IdeaMerge.id).limit(1)
    ).first()


def answers_of_leaving(leaving: PersonLeaving) -> None:
    """Somebody leaves: how they had answered goes, too."""
    gone = delete(MergedAnswer).where(MergedAnswer.person_id == leaving.person_id)
    db.session.execute(gone)
