"""Acts on words: keep, hide, ask for a change, remove private details."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.comments import services as comments
from citizen_voice.comments.models import CommentVersion
from citizen_voice.db import db
from citizen_voice.errors import NotAllowed, Refusal
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.models import HELD, PUBLISHED, IdeaVersion
from citizen_voice.ideas.text import clean_words, one_line
from citizen_voice.moderation.acts.act import Act, Done, Wanted, stands_still
from citizen_voice.moderation.models import Decision
from citizen_voice.moderation.things import COMMENT, IDEA, NAME, Thing
from citizen_voice.words import _

SERVICES: dict[str, Any] = {IDEA: ideas, COMMENT: comments}


def _standing(thing: Thing) -> dict[str, Any]:
    """What of it can be seen, and from which version on."""
    return {"visibility": thing.row.visibility, "public_from": thing.row.public_from}


def _put_back(thing: Thing, decision: Decision, actor: UUID) -> None:
    SERVICES[thing.kind].put_back(
        thing.row.id,
        visibility=decision.before["visibility"],
        public_from=decision.before["public_from"],
        actor=actor,
        reason=decision.words,
    )


class Keep(Act):
    """Leave it, or show it where it was held; an edit that waits comes into force."""

    def waits(self, thing: Thing) -> bool:
        """Words would be shown; to keep a name changes nothing."""
        return thing.kind != NAME and super().waits(thing)

    def apply(self, thing: Thing, wanted: Wanted, actor: UUID) -> Done:
        """Do it."""
        if thing.kind == NAME:
            return Done()
        before = _standing(thing) | {"version": thing.version}
        edited_at = thing.row.edited_at
        before["edited_at"] = None if edited_at is None else edited_at.isoformat()
        if thing.row.visibility == HELD:
            SERVICES[thing.kind].publish(thing.row.id, actor=actor, reason=wanted.words)
        elif thing.waiting is not None and thing.row.visibility == PUBLISHED:
            SERVICES[thing.kind].accept_edit(
                thing.row.id, thing.waiting, actor=actor, reason=wanted.words
            )
        return Done(before)

    def revert(self, thing: Thing, decision: Decision, actor: UUID) -> None:
        """Undo it: held again, or the edit waits again where nobody has edited since."""
        if thing.kind == NAME:
            return
        before = decision.before
        if before["visibility"] == HELD:
            _put_back(thing, decision, actor)
        elif before["version"] != thing.version:
            if thing.waiting is not None:
                raise NotAllowed(_("The author has changed it again since. Decide that instead."))
            SERVICES[thing.kind].unaccept_edit(
                thing.row.id, before["version"], edited_at=before["edited_at"], actor=actor
            )


class Hide(Act):
    """Take it out of sight. Of a name: take it away."""

    while_still = True

    def undoing_waits(self, thing: Thing, decision: Decision) -> bool:
        """What would be seen again waits. What was held before is held again."""
        shown = thing.kind == NAME or decision.before["visibility"] == PUBLISHED
        return shown and stands_still(thing)

    def apply(self, thing: Thing, wanted: Wanted, actor: UUID) -> Done:
        """Do it."""
        if thing.kind == NAME:
            before = {"name": thing.row.display_name}
            thing.row.display_name = None
            return Done(before)
        before = _standing(thing)
        SERVICES[thing.kind].hide(thing.row.id, actor=actor, reason=wanted.words)
        return Done(before)

    def revert(self, thing: Thing, decision: Decision, actor: UUID) -> None:
        """Undo it. A name that was chosen since stays."""
        if thing.kind == NAME:
            thing.row.display_name = thing.row.display_name or decision.before["name"]
        else:
            _put_back(thing, decision, actor)


class Ask(Act):
    """Ask the author to change it. What is held waits for them; what everybody reads stays."""


class Redact(Act):
    """Remove private details: the words that the moderator left stand in place of all before.

    What the author wrote is kept for the appeal, then gone.
    """

    def fits(self, thing: Thing) -> bool:
        """Words alone have details."""
        return thing.kind in SERVICES

    def apply(self, thing: Thing, wanted: Wanted, actor: UUID) -> Done:
        """Do it; raises ``Refusal`` for words that are none, or the same."""
        versions = _versions(thing)
        current = next(each for each in versions if each.number == thing.version)
        title, body = one_line(wanted.title), clean_words(wanted.body)
        if thing.kind == IDEA and not title:
            raise Refusal(_("Leave a title."), field="title")
        if not body and current.body:
            raise Refusal(_("Leave some words, or hide the whole of it."), field="body")
        same_title = thing.kind != IDEA or title == current.title
        if same_title and body == current.body:
            raise Refusal(_("Take the private details out of the words."), field="body")
        original = [
            {"number": each.number, "title": getattr(each, "title", ""), "body": each.body}
            for each in versions
        ]
        before = _standing(thing) | {"version": thing.version}
        for each in versions:
            each.body = ""
            if thing.kind == IDEA:
                each.title = ""
        number = versions[-1].number + 1
        before["number"] = number
        made = {"number": number, "body": body, "language": current.language}
        made["created_at"] = clock.now()
        if thing.kind == IDEA:
            db.session.add(IdeaVersion(idea_id=thing.row.id, title=title, **made))
        else:
            db.session.add(CommentVersion(comment_id=thing.row.id, **made))
        thing.row.version = thing.row.public_from = number
        _follow(thing)
        return Done(before, {"versions": original})

    def revert(self, thing: Thing, decision: Decision, actor: UUID) -> None:
        """Undo it: the author's words again, but for what they have written since."""
        if decision.original is None:
            raise Refusal(_("The words that were taken out are gone, so this can't be undone."))
        versions = {each.number: each for each in _versions(thing)}
        for kept in decision.original["versions"]:
            version = versions[kept["number"]]
            version.body = kept["body"]
            if thing.kind == IDEA:
                version.title = kept["title"]
        if thing.row.version == decision.before["number"]:
            thing.row.version = decision.before["version"]
            db.session.delete(versions[decision.before["number"]])
        thing.row.public_from = decision.before["public_from"]
        _follow(thing)


def _versions(thing: Thing) -> list[Any]:
    """Every version of its words, the oldest first."""
    if thing.kind == IDEA:
        mine = select(IdeaVersion).where(IdeaVersion.idea_id == thing.row.id)
        return list(db.session.scalars(mine.order_by(IdeaVersion.number)))
    said = select(CommentVersion).where(CommentVersion.comment_id == thing.row.id)
    return list(db.session.scalars(said.order_by(CommentVersion.number)))


def _follow(thing: Thing) -> None:
    """Carry new words over to where they are copied."""
    db.session.flush()  # what follows reads by statements
    if thing.kind == IDEA:
        ideas.relist(thing.row)
