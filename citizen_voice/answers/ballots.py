"""Whether a challenge's ballot can still change: not after the first answer."""

from sqlalchemy import exists, or_, select, text

from citizen_voice.answers.models import Answer, VoidAnswer
from citizen_voice.db import db, dialect
from citizen_voice.ideas.models import Idea, IdeaListing


def answered(challenge_id: int) -> bool:
    """Whether anybody has answered an idea of a challenge, in the caller's transaction.

    Answers that do not count (void) or whose person has left (detached) are answers, too. Until the
    transaction ends nobody answers, so that what was found stays true: who waits reads the ballot
    anew.
    """
    if dialect() == "postgresql":
        db.session.execute(text("LOCK TABLE answers IN SHARE ROW EXCLUSIVE MODE"))
    in_challenge = select(Idea.id).where(Idea.challenge_id == challenge_id)
    listing = IdeaListing
    detached = listing.detached_support + listing.detached_oppose + listing.detached_skip
    found = or_(
        exists().where(Answer.idea_id.in_(in_challenge)),
        exists().where(VoidAnswer.idea_id.in_(in_challenge)),
        exists().where(listing.idea_id.in_(in_challenge), detached > 0),
    )
    return bool(db.session.execute(select(found)).scalar_one())
