"""What is done about an account that is a sham."""

from uuid import UUID

from sqlalchemy import select

from citizen_voice.answers import voiding
from citizen_voice.comments import services as comments
from citizen_voice.comments.models import PUBLISHED, Comment
from citizen_voice.db import db
from citizen_voice.moderation.acts.act import Done, Wanted
from citizen_voice.moderation.acts.people import Close, person_of
from citizen_voice.moderation.models import Decision
from citizen_voice.moderation.things import Thing


class Void(Close):
    """The account is a sham: closed, its answers count no more, its comments are hidden."""

    while_still = False  # its comments would be shown when the restriction ends

    def apply(self, thing: Thing, wanted: Wanted, actor: UUID) -> Done:
        """Do it."""
        before = dict(super().apply(thing, wanted, actor).before)
        person_id = person_of(thing).id
        before["answers"] = voiding.void(person_id, actor=actor)
        said = db.session.scalars(
            select(Comment.id)
            .where(Comment.author_id == person_id, Comment.visibility == PUBLISHED)
            .order_by(Comment.thread_id, Comment.id)
        ).all()
        for key in said:
            comments.hide(key, actor=actor, reason=wanted.words)
        before["comments"] = [str(key) for key in said]
        return Done(before)

    def revert(self, thing: Thing, decision: Decision, actor: UUID) -> None:
        """Undo it."""
        super().revert(thing, decision, actor)
        voiding.unvoid(person_of(thing).id, actor=actor)
        for key in decision.before["comments"]:
            said = db.session.get_one(Comment, UUID(key))
            comments.put_back(
                said.id,
                visibility=PUBLISHED,
                public_from=said.public_from,
                actor=actor,
                reason=decision.words,
            )
