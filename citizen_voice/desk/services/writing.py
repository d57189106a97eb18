"""Letters leave: by mail, or on paper; each with the step that it stands for."""

from dataclasses import dataclass
from uuid import UUID

from citizen_voice import clock
from citizen_voice.db import db
from citizen_voice.desk import letters, queries
from citizen_voice.desk.models import (
    COMPLAINT,
    MAIL,
    PAPER,
    RightsLetter,
    RightsRequest,
)
from citizen_voice.desk.services import moving
from citizen_voice.desk.services.steps import add, held
from citizen_voice.errors import NotAllowed, Refusal
from citizen_voice.ideas.text import clean_words, one_line
from citizen_voice.outbox import services as outbox
from citizen_voice.words import LANGUAGES, _, force_locale

SUBJECT_LONGEST = 200
BODY_LONGEST = 8_000
STEPS = {
    letters.IDENTITY: moving.ask_identity,
    letters.CLARIFY: moving.ask_clarification,
    letters.EXTENDED: moving.extend,
}
"""What a letter is the notice of."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter as the officer leaves it: ``way`` is ``MAIL`` or ``PAPER``."""

    subject: str
    body: str
    language: str
    way: str


def write_letter(request_id: int, kind: str, draft: Draft, *, actor: UUID) -> int:
    """Send a letter, or make it for paper, and do what it is the notice of; gives its number.

    Raises ``NotAllowed`` for a letter that this request cannot have, ``Refusal`` at its field.
    """
    asked = held(request_id)
    fitting = letters.FOR_COMPLAINTS if asked.kind == COMPLAINT else letters.FOR_RIGHTS
    if kind not in fitting:
        raise NotAllowed(_("There is no such letter for this request."))
    checked(draft)
    step = STEPS.get(kind)
    if step is not None:
        step(request_id, actor=actor)
    if kind in (letters.ACKNOWLEDGED, letters.C_ACKNOWLEDGED):
        asked.acknowledged_on = asked.acknowledged_on or clock.today()
    add(asked, "letter", actor=actor, words=kind)
    return keep(asked, kind, draft, to=queries.address_of(asked), actor=actor)


def keep(asked: RightsRequest, kind: str, draft: Draft, *, to: str | None, actor: UUID) -> int:
    """Keep a letter as it leaves, and put it into the outbox where it goes by mail."""
    subject, body = checked(draft)
    if draft.way == MAIL:
        if to is None:
            raise Refusal(_("There is no e-mail address to send it to. Print it."), field="way")
        outbox.enqueue(
            kind="rights-letter",
            to=to,
            subject=subject,
            body=body + "\n",
            language=draft.language,
            person_id=asked.person_id,
        )
    made = RightsLetter(
        request_id=asked.id,
        kind=kind,
        language=draft.language,
        subject=subject,
        body=body,
        way=draft.way,
        made_at=clock.now(),
        made_by=actor,
    )
    db.session.add(made)
    db.session.flush()
    return made.id


def checked(draft: Draft) -> tuple[str, str]:
    """Subject and text as they are stored; raises ``Refusal`` at its field."""
    subject, body = one_line(draft.subject), clean_words(draft.body)
    if draft.way not in (MAIL, PAPER):
        raise Refusal(_("Choose how it leaves."), field="way")
    if draft.language not in LANGUAGES:
        raise Refusal(_("Choose a language."), field="language")
    if not subject or len(subject) > SUBJECT_LONGEST:
        raise Refusal(_("Give it a subject of 200 letters or fewer."), field="subject")
    if not body or len(body) > BODY_LONGEST:
        raise Refusal(_("Write the letter, in 8,000 letters or fewer."), field="body")
    for code in LANGUAGES:
        with force_locale(code):
            gap = str(letters.FILL)
        if gap in body:
            raise Refusal(_("Put your words in place of %(gap)s.", gap=gap), field="body")
    return subject, body
