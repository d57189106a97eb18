"""Restriction and objection: what somebody wrote is hidden, and their account stands still.

Their words are held with the means that moderators have, and what each was before is noted, so
that lifting it leaves everything as it was (UK GDPR Arts 18, 21). Reading, *my data*, asking and
deleting go on meanwhile. Answers stay counted: of them nobody sees whose they are.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.accounts import standstill
from citizen_voice.accounts.models import FORMER, UNTIL_LIFTED, Person
from citizen_voice.comments import services as comments
from citizen_voice.comments.models import Comment
from citizen_voice.consent import queries as consents
from citizen_voice.consent import services as agreeing
from citizen_voice.db import db, new_key
from citizen_voice.desk.models import OBJECTION, RESTRICTION, Restriction, RightsRequest
from citizen_voice.desk.services.steps import add, held, require_known
from citizen_voice.errors import Conflict, NotHere, Refusal
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.models import HELD, PUBLISHED, Idea
from citizen_voice.journal import services as journal
from citizen_voice.moderation import things
from citizen_voice.moderation.models import Case
from citizen_voice.news import services as news
from citizen_voice.news.models import NEVER
from citizen_voice.words import _


def hold_person(person_id: UUID) -> Person:
    """The person, locked; to be called before anything else is. Raises ``NotHere``."""
    standstill.keep()
    found = db.session.scalars(
        select(Person).where(Person.id == person_id).with_for_update(),
        execution_options={"populate_existing": True},
    ).one_or_none()
    if found is None or found.kind == FORMER:
        raise NotHere
    return found


def restrict(request_id: int, *, actor: UUID) -> None:
    """Hide what the person of a request wrote, and have their account stand still.

    Raises ``Refusal`` while it is not known who asks or whose account it is, ``Conflict`` where
    that is done.
    """
    person_id = person_of(request_id)
    person = hold_person(person_id)
    asked = held(request_id)
    require_known(asked)
    if asked.kind not in (RESTRICTION, OBJECTION):
        raise Refusal(_("That is for requests to restrict, and for objections."))
    if standing(person_id) is not None:
        raise Conflict(_("What they wrote is hidden already."))
    _hide(asked, person, actor=actor)


def restrict_at_once(asked: RightsRequest, person_id: UUID) -> None:
    """The same for who asks by themself, in the same act; nothing where it is so already."""
    if standing(person_id) is None:
        _hide(asked, db.session.get_one(Person, person_id), actor=person_id)


def lift(request_id: int, *, actor: UUID) -> None:
    """Undo it: everything is as it was before. Raises ``Conflict`` where nothing is hidden."""
    person_id = person_of(request_id)
    person = hold_person(person_id)
    asked = held(request_id, open_only=False)
    row = standing(person_id)
    if row is None or row.request_id != asked.id:
        raise Conflict(_("Nothing is hidden for this request."))
    put_back(asked, row, person, actor=actor)


def put_back(asked: RightsRequest, row: Restriction, person: Person, *, actor: UUID) -> None:
    """Show again what was hidden for a request, the person being locked."""
    reason = f"rights request {asked.id}"
    found = _locked([int(key) for key in row.hidden["ideas"]], row.hidden["comments"])
    for thing in found:
        before = row.hidden[f"{thing.kind}s"][str(thing.row.id)]
        service: Any = ideas if thing.kind == things.IDEA else comments
        if thing.row.visibility == HELD:  # whatever a moderator decided since stands
            service.put_back(
                thing.row.id, visibility=PUBLISHED, public_from=before, actor=actor, reason=reason
            )
    if person.paused_until == UNTIL_LIFTED:
        person.paused_until = row.paused_until
    row.until = clock.now()
    row.hidden = {"ideas": {}, "comments": {}}
    add(asked, "lifted", actor=actor)
    journal.append("restriction lifted", actor=actor, subject=f"rights request {asked.id}")


def standing(person_id: UUID) -> Restriction | None:
    """What is hidden for somebody now."""
    return db.session.scalars(
        select(Restriction).where(Restriction.person_id == person_id, Restriction.until.is_(None))
    ).first()


def stop_news(request_id: int, *, actor: UUID) -> None:
    """Write them no news: to that an objection is absolute (UK GDPR Art 21(3))."""
    person_id = person_of(request_id)
    hold_person(person_id)
    asked = held(request_id)
    require_known(asked)
    news_stopped(asked, person_id, actor=actor)


def news_stopped(asked: RightsRequest, person_id: UUID, *, actor: UUID) -> None:
    """The same, where everything is locked; what they agreed to be sent is taken back as well."""
    news.choose(person_id, NEVER)
    for purpose in consents.purposes_on_consent():
        agreeing.withdraw(
            person_id,
            purpose.key,
            control="objection",
            screen="rights-desk",
            language=asked.language,
        )
    add(asked, "news-stopped", actor=actor)
    journal.append("news stopped", actor=actor, subject=f"rights request {asked.id}")


def person_of(request_id: int) -> UUID:
    """Whose account a request is about; raises ``NotHere``, or ``Refusal`` where none is named."""
    found = db.session.execute(
        select(RightsRequest.person_id).where(RightsRequest.id == request_id)
    ).one_or_none()
    if found is None:
        raise NotHere
    if found.person_id is None:
        raise Refusal(_("No account belongs to this request. Name its address first."))
    key: UUID = found.person_id
    return key


def _hide(asked: RightsRequest, person: Person, *, actor: UUID) -> None:
    idea_ids = db.session.scalars(
        select(Idea.id).where(Idea.author_id == person.id, Idea.visibility == PUBLISHED)
    ).all()
    said = db.session.scalars(
        select(Comment.id).where(
            Comment.author_id == person.id,
            Comment.visibility == PUBLISHED,
            Comment.removed_at.is_(None),
        )
    ).all()
    hidden: dict[str, dict[str, int]] = {"ideas": {}, "comments": {}}
    reason = f"rights request {asked.id}"
    for thing in _locked(idea_ids, said):
        if thing.row.visibility == PUBLISHED:
            hidden[f"{thing.kind}s"][str(thing.row.id)] = thing.row.public_from
            service: Any = ideas if thing.kind == things.IDEA else comments
            service.hold(thing.row.id, actor=actor, reason=reason)
    db.session.add(
        Restriction(
            request_id=asked.id,
            person_id=person.id,
            since=clock.now(),
            hidden=hidden,
            paused_until=person.paused_until,
        )
    )
    person.paused_until = UNTIL_LIFTED
    add(asked, "restricted", actor=actor)
    journal.append("person restricted", actor=actor, subject=f"rights request {asked.id}")


def _locked(idea_ids: Any, comment_ids: Any) -> list[things.Thing]:
    """Ideas and comments, held in the one order; each is looked at as a case would be."""
    known = db.session.scalars(select(Idea.id).where(Idea.id.in_(list(idea_ids)))).all()
    keys = [key if isinstance(key, UUID) else UUID(key) for key in comment_ids]
    said = db.session.scalars(select(Comment.id).where(Comment.id.in_(keys))).all()
    cases = [Case(id=new_key(), idea_id=number) for number in known]
    cases += [Case(id=new_key(), comment_id=key) for key in said]
    return list(things.lock(cases).values())
