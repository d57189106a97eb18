"""The steps between a request and its end: who asks, what is meant, more time, notes."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.accounts.models import FORMER, Person
from citizen_voice.db import db
from citizen_voice.desk import queries
from citizen_voice.desk.models import (
    ASKED,
    COMPLAINT,
    GIVEN,
    IN_DOUBT,
    NOT_NEEDED,
    RightsPause,
)
from citizen_voice.desk.services import restricting
from citizen_voice.desk.services.steps import (
    add,
    held,
    not_ahead,
    pauses_of,
    reckon_anew,
    reckoned,
    require_known,
)
from citizen_voice.errors import Conflict, NotAllowed, Refusal
from citizen_voice.ideas.text import clean_words, says_something
from citizen_voice.journal import services as journal
from citizen_voice.words import _

NOTE_LONGEST = 2_000


def ask_identity(request_id: int, *, actor: UUID) -> None:
    """It is asked who asks: the clock waits for the answer (UK GDPR Art 12(6)).

    Raises ``Conflict`` where that is asked already or known.
    """
    asked = held(request_id)
    if asked.identity in (ASKED, GIVEN):
        raise Conflict(_("That was asked already."))
    asked.identity, asked.identity_on = ASKED, None
    add(asked, "identity-asked", actor=actor)
    reckon_anew(asked)


def identity_given(request_id: int, *, actor: UUID, day: date | None = None) -> None:
    """Who asks has shown who they are, on a day: the clock starts with it where it was asked.

    What they object to, or have restricted, stands still from now on.
    """
    people = restricting.hold_whose(request_id)
    asked = held(request_id)
    if asked.identity in (GIVEN, NOT_NEEDED):
        raise Conflict(_("It is known already who asks."))
    day = not_ahead(day, since=asked.received_on, field="day")
    waited = asked.identity == ASKED
    asked.identity, asked.identity_on = GIVEN, day if waited else None
    add(asked, "identity-given", actor=actor, day=day)
    reckon_anew(asked)
    restricting.stop_at_once(asked, people, actor=actor)


def doubt_identity(request_id: int, *, actor: UUID) -> None:
    """It is in doubt who asks: until that is resolved nothing of the person is shown or goes."""
    asked = held(request_id)
    if asked.identity == IN_DOUBT:
        raise Conflict(_("Somebody has noted that already."))
    asked.identity, asked.identity_on = IN_DOUBT, None
    add(asked, "identity-doubt", actor=actor)
    reckon_anew(asked)


def waive_identity(request_id: int, *, actor: UUID) -> None:
    """Nothing is needed to know who asks: the clock counts from the request on.

    What they object to, or have restricted, stands still from now on.
    """
    people = restricting.hold_whose(request_id)
    asked = held(request_id)
    if asked.identity == NOT_NEEDED:
        raise Conflict(_("It is known already who asks."))
    asked.identity, asked.identity_on = NOT_NEEDED, None
    add(asked, "identity-waived", actor=actor)
    journal.append("identity waived", actor=actor, subject=f"rights request {asked.id}")
    reckon_anew(asked)
    restricting.stop_at_once(asked, people, actor=actor)


def ask_fee(request_id: int, *, actor: UUID) -> None:
    """A fee is asked, which is for requests without measure alone (UK GDPR Art 12(5))."""
    asked = held(request_id)
    if asked.kind == COMPLAINT or asked.fee_asked_on is not None:
        raise Conflict(_("No fee can be asked for here."))
    asked.fee_asked_on = clock.today()
    add(asked, "fee-asked", actor=actor)
    reckon_anew(asked)


def fee_paid(request_id: int, *, actor: UUID, day: date | None = None) -> None:
    """The fee was paid, on a day."""
    asked = held(request_id)
    if asked.fee_asked_on is None or asked.fee_paid_on is not None:
        raise Conflict(_("No fee is waited for."))
    asked.fee_paid_on = not_ahead(day, since=asked.fee_asked_on, field="day")
    add(asked, "fee-paid", actor=actor, day=asked.fee_paid_on)
    reckon_anew(asked)


def ask_clarification(request_id: int, *, actor: UUID) -> None:
    """It is asked what is meant. The clock of an access request stands until it is answered.

    Raises ``Conflict`` while an earlier question is open.
    """
    asked = held(request_id)
    if any(each.answered_on is None for each in pauses_of(asked.id)):
        raise Conflict(_("An earlier question is open. Note its answer first."))
    db.session.add(RightsPause(request_id=asked.id, asked_on=clock.today()))
    add(asked, "question", actor=actor)
    reckon_anew(asked)


def clarified(request_id: int, *, actor: UUID, day: date | None = None) -> None:
    """The answer came, on a day. Raises ``Conflict`` where nothing was asked."""
    asked = held(request_id)
    open_ = [each for each in pauses_of(asked.id) if each.answered_on is None]
    if not open_:
        raise Conflict(_("No question is open."))
    open_[0].answered_on = not_ahead(day, since=open_[0].asked_on, field="day")
    add(asked, "answered", actor=actor, day=open_[0].answered_on)
    reckon_anew(asked)


def extend(request_id: int, *, actor: UUID) -> None:
    """Take two months more (UK GDPR Art 12A(2)).

    Raises ``NotAllowed`` after the first month, before the clock starts, and for a complaint;
    ``Conflict`` where it was done.
    """
    asked = held(request_id)
    if asked.extended_on is not None:
        raise Conflict(_("Two months more were taken already. That is as far as it goes."))
    if asked.kind == COMPLAINT:
        raise NotAllowed(_("A complaint is answered without delay. There is no more time for it."))
    said = reckoned(asked, pauses_of(asked.id), queries.holidays())
    if said.start is None:
        raise NotAllowed(_("The clock has not started, so there is nothing to extend."))
    if said.notice_by is not None and clock.today() > said.notice_by:
        raise NotAllowed(_("The first month is over, so it is too late to take more time."))
    asked.extended_on = clock.today()
    add(asked, "extended", actor=actor)
    reckon_anew(asked)


def leave_note(request_id: int, words: str, *, actor: UUID) -> None:
    """A note for colleagues. Raises ``Refusal`` for none, or too long a one."""
    asked = held(request_id, open_only=False)
    add(asked, "note", actor=actor, words=_checked(words, "words"))


def dispute(request_id: int, words: str, *, actor: UUID) -> None:
    """Note, for staff to see, that somebody says that something held is wrong (UK GDPR Art 16)."""
    asked = held(request_id)
    require_known(asked)
    asked.disputed = _checked(words, "words")
    add(asked, "disputed", actor=actor)


def told(request_id: int, words: str, *, actor: UUID) -> None:
    """Note who of those who had got the data was told of the change (UK GDPR Art 19)."""
    asked = held(request_id, open_only=False)
    require_known(asked)
    add(asked, "told", actor=actor, words=_checked(words, "words"))


def name_account(request_id: int, email: str, *, actor: UUID) -> None:
    """Say which account a request is about, by its address; raises ``Refusal`` where none is.

    What the person objects to, or has restricted, stands still from now on where it is known who
    asks. Of somebody else who was named by mistake everything is shown again.
    """
    found = db.session.scalars(
        select(Person.id).where(Person.email == email, Person.kind != FORMER)
    ).one_or_none()
    people = {} if found is None else restricting.hold_whose(request_id, found)
    asked = held(request_id)
    if found is None:
        raise Refusal(_("No account has that address."), field="email")
    row = restricting.standing_for(asked.id)
    if row is not None and row.person_id in people and row.person_id != found:
        restricting.put_back(asked, row, people[row.person_id], actor=actor)
    asked.person_id = found
    add(asked, "linked", actor=actor)
    journal.append("account of request named", actor=actor, subject=f"rights request {asked.id}")
    restricting.stop_at_once(asked, people, actor=actor)


def look_at_address(request_id: int, *, actor: UUID) -> str | None:
    """The e-mail address to answer to; that somebody looked stands in the journal."""
    asked = held(request_id, open_only=False)
    add(asked, "looked", actor=actor)
    journal.append("address shown", actor=actor, subject=f"rights request {asked.id}")
    return queries.address_of(asked)


def _checked(words: str, field: str) -> str:
    words = clean_words(words)
    if not says_something(words):
        raise Refusal(_("Write a few words."), field=field)
    if len(words) > NOTE_LONGEST:
        raise Refusal(
            _("Make this %(longest)s letters or shorter.", longest=NOTE_LONGEST), field=field
        )
    return words
