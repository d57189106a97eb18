"""What becomes of moderation's rows when somebody leaves."""

from sqlalchemy import or_, select, update

from citizen_voice.accounts.events import PersonLeaving
from citizen_voice.comments.models import Comment
from citizen_voice.db import db
from citizen_voice.ideas.models import Idea
from citizen_voice.moderation.models import Appeal, Case, CaseNote, CaseReason, Decision, Report
from citizen_voice.outbox import services as outbox


def forget(leaving: PersonLeaving) -> None:
    """Somebody leaves: how to reach them goes, and the words that were kept for their appeal.

    What was written to them about their words goes where these words go, too.
    """
    about = Decision.person_id == leaving.person_id
    theirs_to_hear = select(Report.email).where(
        Report.reporter_id == leaving.person_id, Report.email.is_not(None)
    )
    for address in db.session.scalars(theirs_to_hear.distinct()).all():
        outbox.forget(address)  # it may be another than their account's
    db.session.execute(
        update(Report)
        .where(Report.reporter_id == leaving.person_id)
        .values(reporter_id=None, email=None, sender_hash=None)
    )
    db.session.execute(update(Decision).where(about).values(original=None))
    names = select(Case.id).where(Case.person_id == leaving.person_id)
    db.session.execute(
        update(Decision).where(Decision.case_id.in_(names)).values(before={"name": None})
    )
    if not leaving.remove_words:
        return
    db.session.execute(update(Decision).where(about).values(words=""))
    theirs = select(Decision.id).where(about)
    db.session.execute(
        update(Appeal).where(Appeal.decision_id.in_(theirs)).values(words="", reason="")
    )
    cases = select(Case.id).where(
        or_(
            Case.idea_id.in_(select(Idea.id).where(Idea.author_id == leaving.person_id)),
            Case.comment_id.in_(select(Comment.id).where(Comment.author_id == leaving.person_id)),
            Case.person_id == leaving.person_id,
        )
    )
    db.session.execute(update(CaseReason).where(CaseReason.case_id.in_(cases)).values(detail=""))
    db.session.execute(update(CaseNote).where(CaseNote.case_id.in_(cases)).values(words=""))
