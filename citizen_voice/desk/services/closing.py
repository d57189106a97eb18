"""How a request ends: with an outcome, its reasons and a letter. And how it is opened again."""

from uuid import UUID

from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.accounts import erasures
from citizen_voice.db import db
from citizen_voice.desk import letters, queries
from citizen_voice.desk.models import (
    COMPLAINT,
    ERASURE,
    GRANTED,
    OUTCOMES,
    PAPER,
    PARTLY,
    REFUSED,
    TAKEN_BACK,
    RightsRequest,
)
from citizen_voice.desk.services import restricting, writing
from citizen_voice.desk.services.steps import add, held, reckon_anew, require_known
from citizen_voice.desk.services.writing import Draft
from citizen_voice.errors import Conflict, NotAllowed, Refusal
from citizen_voice.ideas.text import clean_words, says_something
from citizen_voice.journal import services as journal
from citizen_voice.words import _

REASONS_LONGEST = 4_000


def decide(request_id: int, outcome: str, reasons: str, draft: Draft, *, actor: UUID) -> int:
    """Close a request with its outcome and the letter that says so; gives the letter's number.

    Refusals and complaints have their reasons, and say how to reach the ICO (UK GDPR Art 12(4);
    Data Protection Act 2018 s.164A). What was hidden for a request that is refused or taken back is
    shown again, unless another request keeps it hidden. Raises ``Refusal`` at its field,
    ``NotAllowed`` for an erasure: see ``erase``.
    """
    person_id = db.session.scalar(
        select(RightsRequest.person_id).where(RightsRequest.id == request_id)
    )
    person = None
    if person_id is not None and restricting.standing(person_id) is not None:
        person = restricting.hold_person(person_id)
    asked = held(request_id)
    reasons = check(asked, outcome, reasons, draft)
    if asked.kind == ERASURE and outcome == GRANTED and asked.person_id is not None:
        raise NotAllowed(_("To delete the account, choose “Delete the account”."))
    if person is not None and outcome in (REFUSED, TAKEN_BACK):
        row = restricting.standing_for(asked.id)
        if row is not None and row.person_id == person.id:
            restricting.put_back(asked, row, person, actor=actor)
    letter = writing.keep(
        asked,
        letters.outcome_of(asked.kind, outcome),
        draft,
        to=queries.address_of(asked),
        actor=actor,
    )
    _close(asked, outcome, reasons, actor=actor)
    return letter


def erase(request_id: int, draft: Draft, *, remove_words: bool, actor: UUID) -> int:
    """Delete the account of who asks for it, close the request, and tell them; gives the letter.

    What is left of the request names nobody. Where the letter goes by post, the postal address is
    kept with it. Raises ``Refusal`` while it is not known who asks or which account it is.
    """
    person_id = restricting.person_of(request_id)
    asked = db.session.get_one(RightsRequest, request_id, populate_existing=True)
    if asked.closed_at is not None:
        raise Conflict(_("This request is closed. Reopen it first."))
    require_known(asked)
    if asked.kind != ERASURE:
        raise NotAllowed(_("They did not ask to be deleted."))
    check(asked, GRANTED, "", draft)
    to = queries.address_of(asked)
    name, address = asked.name, asked.address
    # which holds the team, the person and the request, in this order
    if not erasures.erase(person_id, remove_words=remove_words, actor=actor):
        raise Conflict(_("That account is deleted already."))
    db.session.refresh(asked)  # leaving has closed it, and taken their details out
    letter = writing.keep(asked, letters.OUTCOME, draft, to=to, actor=actor)
    if draft.way == PAPER:
        asked.name, asked.address = name, address
    asked.decided_by = actor
    return letter


def check(asked: RightsRequest, outcome: str, reasons: str, draft: Draft | None) -> str:
    """What a request needs to be closed so; gives the reasons as they are stored."""
    if outcome not in OUTCOMES:
        raise Refusal(_("Choose how it ends."), field="outcome")
    if outcome in (GRANTED, PARTLY) and asked.kind != COMPLAINT:
        require_known(asked)
    reasons = clean_words(reasons)
    if len(reasons) > REASONS_LONGEST:
        raise Refusal(
            _("Make this %(longest)s letters or shorter.", longest=REASONS_LONGEST), field="reasons"
        )
    needs_reasons = outcome in (REFUSED, PARTLY) or (
        asked.kind == COMPLAINT and outcome != TAKEN_BACK
    )
    if needs_reasons and not says_something(reasons):
        raise Refusal(_("Give the reasons."), field="reasons")
    if draft is not None:
        _subject, body = writing.checked(draft)
        if names_ico(asked.kind, outcome) and letters.ICO_SITE not in body.lower():
            raise Refusal(
                _("Say how to reach the Information Commissioner’s Office: name ico.org.uk."),
                field="body",
            )
    return reasons


def names_ico(kind: str, outcome: str) -> bool:
    """Whether the letter has to say how to reach the Information Commissioner’s Office."""
    return kind == COMPLAINT or outcome in (REFUSED, PARTLY)


def reopen(request_id: int, words: str, *, actor: UUID) -> None:
    """Open a request again; its clock goes on as before. Raises ``Refusal`` without a reason.

    What was hidden for it is hidden again: it is undecided.
    """
    people = restricting.hold_whose(request_id)
    asked = held(request_id, open_only=False)
    if asked.closed_at is None:
        raise Conflict(_("This request is open."))
    if asked.forgotten_at is not None:
        raise Conflict(_("Its details are deleted, so it can’t be opened again."))
    words = clean_words(words)
    if not says_something(words):
        raise Refusal(_("Say why it is opened again."), field="words")
    asked.closed_at = asked.outcome = asked.decided_by = None
    asked.outcome_words, asked.ico_told = "", False
    add(asked, "reopened", actor=actor, words=words[:REASONS_LONGEST])
    journal.append("request reopened", actor=actor, subject=f"rights request {asked.id}")
    reckon_anew(asked)
    if restricting.has_stood_for(asked.id):  # who objected to news alone did not ask for it
        restricting.stop_at_once(asked, people, actor=actor)


def _close(asked: RightsRequest, outcome: str, reasons: str, *, actor: UUID) -> None:
    asked.outcome, asked.outcome_words = outcome, reasons
    asked.ico_told = names_ico(asked.kind, outcome)
    asked.decided_by, asked.closed_at = actor, clock.now()
    add(asked, "closed", actor=actor)
    journal.append(f"request closed: {outcome}", actor=actor, subject=f"rights request {asked.id}")
