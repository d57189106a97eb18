"""Restriction and objection: what somebody wrote is hidden, and their account stands still.

Their words are held with the means that moderators have, and what each was before is noted, so
that lifting it leaves everything as it was (UK GDPR Arts 18, 21). Reading, *my data*, asking and
deleting go on meanwhile. Answers stay counted: of them nobody sees whose they are.

Each request that asks for it has a row of its own, with what was noted when the first of them hid
the words. What is hidden is shown again when the last of the rows ends.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from citizen_voice import clock
from citizen_voice.accounts import standstill
from citizen_voice.accounts.events import PersonLeaving
from citizen_voice.accounts.models import FORMER, UNTIL_LIFTED, Person
from citizen_voice.comments import services as comments
from citizen_voice.comments.models import Comment
from citizen_voice.consent import queries as consents
from citizen_voice.consent import services as agreeing
from citizen_voice.db import db, new_key
from citizen_voice.desk.models import OBJECTION, RESTRICTION, Restriction, RightsRequest
from citizen_voice.desk.services.steps import KNOWN, add, held, require_known
from citizen_voice.errors import Conflict, NotHere, Refusal
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.models import HELD, HIDDEN, PUBLISHED, Idea
from citizen_voice.journal import services as journal
from citizen_voice.moderation import things
from citizen_voice.moderation.models import HIDE, Case, Decision
from citizen_voice.news import services as news
from citizen_voice.news.models import NEVER
from citizen_voice.words import _

AT_ONCE = (RESTRICTION, OBJECTION)
"""Of these everything stands still as soon as it is known who asks."""


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


def hold_people(keys: Iterable[UUID]) -> dict[UUID, Person]:
    """People who are there, locked in one order; to be called before anything else is."""
    standstill.keep()
    found = db.session.scalars(
        select(Person)
        .where(Person.id.in_(list(keys)), Person.kind != FORMER)
        .order_by(Person.id)
        .with_for_update(),
        execution_options={"populate_existing": True},
    )
    return {person.id: person for person in found}


def hold_whose(request_id: int, *others: UUID) -> dict[UUID, Person]:
    """Whose account a request is about, and others, where it is one that stops all at once.

    Nobody is locked for other requests. To be called before the request is held.
    """
    found = db.session.execute(
        select(RightsRequest.person_id).where(
            RightsRequest.id == request_id, RightsRequest.kind.in_(AT_ONCE)
        )
    ).one_or_none()
    if found is None:
        return {}
    return hold_people({key for key in (found.person_id, *others) if key is not None})


def restrict(request_id: int, *, actor: UUID) -> None:
    """Hide what the person of a request wrote, and have their account stand still.

    Raises ``Refusal`` while it is not known who asks or whose account it is, ``Conflict`` where
    that is done for this request.
    """
    person_id = person_of(request_id)
    person = hold_person(person_id)
    asked = held(request_id)
    require_known(asked)
    if asked.kind not in AT_ONCE:
        raise Refusal(_("That is for requests to restrict, and for objections."))
    if standing_for(asked.id) is not None:
        raise Conflict(_("What they wrote is hidden already."))
    _hide(asked, person, actor=actor)


def stop_at_once(asked: RightsRequest, people: Mapping[UUID, Person], *, actor: UUID) -> None:
    """The same for a request that is held, without a press of the officer’s.

    ``people`` are those who were locked before it. Nothing happens for other rights, while it is
    not known who asks or whose account it is, and where it is so already.
    """
    person = None if asked.person_id is None else people.get(asked.person_id)
    if person is None or asked.kind not in AT_ONCE or asked.identity not in KNOWN:
        return
    if standing_for(asked.id) is None:
        _hide(asked, person, actor=actor)


def lift(request_id: int, *, actor: UUID) -> None:
    """Undo it: everything is as it was before. Raises ``Conflict`` where nothing is hidden."""
    person_id = person_of(request_id)
    person = hold_person(person_id)
    asked = held(request_id, open_only=False)
    row = standing_for(asked.id)
    if row is None or row.person_id != person.id:
        raise Conflict(_("Nothing is hidden for this request."))
    put_back(asked, row, person, actor=actor)


def put_back(asked: RightsRequest, row: Restriction, person: Person, *, actor: UUID) -> None:
    """Show again what was hidden for a request, the person being locked.

    Where another request of theirs keeps it hidden it stays so.
    """
    hidden = row.hidden
    row.until, row.hidden = clock.now(), {"ideas": {}, "comments": {}}
    db.session.flush()  # what stands is read by a statement
    subject = f"rights request {asked.id}"
    if standing(person.id) is not None:
        add(asked, "still-hidden", actor=actor)
        journal.append("restriction ended, another stands", actor=actor, subject=subject)
        return
    _show(hidden, actor=actor, reason=subject)
    if person.paused_until == UNTIL_LIFTED:
        person.paused_until = row.paused_until
    add(asked, "lifted", actor=actor)
    journal.append("restriction lifted", actor=actor, subject=subject)


def show_again(leaving: PersonLeaving) -> None:
    """Somebody deletes their account: what they asked to be hidden is as it was, then it goes.

    So what stays is seen, and what is removed is seen to be removed. Their ideas are held by then.
    """
    row = standing(leaving.person_id)
    if row is not None:
        _show(row.hidden, actor=leaving.person_id, reason=f"rights request {row.request_id}")
    theirs = update(Restriction).where(Restriction.person_id == leaving.person_id)
    db.session.execute(
        theirs.values(person_id=None, hidden={}, until=clock.now(), paused_until=None)
    )


def standing(person_id: UUID) -> Restriction | None:
    """What is hidden for somebody now, by the first request that stands."""
    return db.session.scalars(
        select(Restriction)
        .where(Restriction.person_id == person_id, Restriction.until.is_(None))
        .order_by(Restriction.id)
    ).first()


def standing_for(request_id: int) -> Restriction | None:
    """What is hidden for a request now."""
    return db.session.scalars(
        select(Restriction).where(Restriction.request_id == request_id, Restriction.until.is_(None))
    ).first()


def has_stood_for(request_id: int) -> bool:
    """Whether anything was ever hidden for a request."""
    rows = select(Restriction.id).where(Restriction.request_id == request_id)
    return db.session.scalars(rows).first() is not None


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
    subject = f"rights request {asked.id}"
    first = standing(person.id)
    if first is None:
        hidden, paused_until = _hold_words(person, actor=actor, reason=subject), person.paused_until
    else:  # the account stands still, so nothing has been added since
        hidden, paused_until = first.hidden, first.paused_until
    db.session.add(
        Restriction(
            request_id=asked.id,
            person_id=person.id,
            since=clock.now(),
            hidden=hidden,
            paused_until=paused_until,
        )
    )
    person.paused_until = UNTIL_LIFTED
    add(asked, "restricted", actor=actor)
    journal.append("person restricted", actor=actor, subject=subject)


def _hold_words(person: Person, *, actor: UUID, reason: str) -> dict[str, dict[str, int]]:
    """Hold what they wrote and everybody sees; gives it, with the version that is seen first.

    All of it is locked and then looked at: a moderator may be showing something in this instant.
    What they took away is held as well, since they can put it back for an hour.
    """
    idea_ids = db.session.scalars(select(Idea.id).where(Idea.author_id == person.id)).all()
    said = db.session.scalars(
        select(Comment.id).where(Comment.author_id == person.id, Comment.erased.is_(False))
    ).all()
    hidden: dict[str, dict[str, int]] = {"ideas": {}, "comments": {}}
    for thing in _locked(idea_ids, said):
        if thing.row.visibility == PUBLISHED:
            hidden[f"{thing.kind}s"][str(thing.row.id)] = thing.row.public_from
            service: Any = ideas if thing.kind == things.IDEA else comments
            service.hold(thing.row.id, actor=actor, reason=reason)
    return hidden


def _show(hidden: Mapping[str, Any], *, actor: UUID, reason: str) -> None:
    """Show again what was hidden; whatever a moderator decided since stands."""
    for thing in _locked([int(key) for key in hidden["ideas"]], hidden["comments"]):
        before = hidden[f"{thing.kind}s"][str(thing.row.id)]
        service: Any = ideas if thing.kind == things.IDEA else comments
        if thing.row.visibility == HELD:
            service.put_back(
                thing.row.id, visibility=PUBLISHED, public_from=before, actor=actor, reason=reason
            )
        elif thing.row.visibility == HIDDEN:
            _free(thing, before)


def _free(thing: things.Thing, public_from: int) -> None:
    """Have it shown where it was hidden meanwhile and that is undone: it would be held for ever."""
    about = Case.idea_id if thing.kind == things.IDEA else Case.comment_id
    made = db.session.scalars(
        select(Decision)
        .join(Case, Case.id == Decision.case_id)
        .where(about == thing.row.id, Decision.act == HIDE, Decision.undone_at.is_(None))
    )
    for decision in made:
        if decision.before["visibility"] == HELD:
            decision.before = {"visibility": PUBLISHED, "public_from": public_from}


def _locked(idea_ids: Any, comment_ids: Any) -> list[things.Thing]:
    """Ideas and comments, held in the one order; each is looked at as a case would be."""
    known = db.session.scalars(select(Idea.id).where(Idea.id.in_(list(idea_ids)))).all()
    keys = [key if isinstance(key, UUID) else UUID(key) for key in comment_ids]
    said = db.session.scalars(select(Comment.id).where(Comment.id.in_(keys))).all()
    cases = [Case(id=new_key(), idea_id=number) for number in known]
    cases += [Case(id=new_key(), comment_id=key) for key in said]
    return list(things.lock(cases).values())
