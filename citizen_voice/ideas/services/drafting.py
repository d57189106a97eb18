"""Drafts: saved while somebody writes, one for each open form; forgotten when they have run out."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, exists, func, select

from citizen_voice import clock
from citizen_voice.accounts.events import PersonLeaving
from citizen_voice.accounts.models import FORMER, Person
from citizen_voice.db import db, new_key
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.ideas.models import Draft, Idea, IdeaVersion
from citizen_voice.ideas.services.proposing import SENT_TWICE
from citizen_voice.ideas.text import clean_words, one_line
from citizen_voice.words import _

MOST_DRAFTS = 50
LONGEST_DRAFT = 10_000  # letters, title and body together
KEPT = timedelta(days=30)  # after the last save


class TooManyDrafts(Refusal):
    """The person has as many drafts as one may have."""


class TooLong(Refusal):
    """The words are longer than any idea could be."""


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form in somebody's browser: which draft it writes, its own key, the revision it has seen.

    The key of a new form's draft is given out with the form, so that a save whose answer got lost
    is not made twice. ``was`` is the key of an earlier form whose words the browser has put into
    this one, and ``upto`` the last revision that form can have made by then.
    """

    draft_id: UUID
    key: UUID
    seen: int = 0
    was: UUID | None = None
    upto: int = 0


@dataclass(frozen=True, slots=True)
class DraftWords:
    """What stands in the form; nothing of it has to be fit to be published."""

    title: str
    body: str
    language: str
    challenge_id: int | None
    topic_id: int | None
    ward_id: int | None


def save_draft(person_id: UUID, form: OpenForm, words: DraftWords) -> Draft | None:
    """Save what stands in a form; gives its draft, ``None`` where there is nothing to save.

    Where another form has saved the draft meanwhile both are kept: this form's words become a
    draft of their own, and so what is given has another key. The words of an idea that the person
    has just published are not saved: such a save was under way when they pressed *Publish*.

    Raises ``TooManyDrafts``, ``TooLong``, and ``NotHere`` for somebody who has left.
    """
    title, body = one_line(words.title), clean_words(words.body)
    if not title and not body:
        return None
    if len(title) + len(body) > LONGEST_DRAFT:
        raise TooLong(_("This is too long to be kept as a draft. Make it shorter."))
    _wait_for_other_saves(person_id)
    draft = db.session.get(Draft, form.draft_id)
    key = form.draft_id
    if draft is not None and (draft.person_id != person_id or _has_moved_on(draft, form)):
        draft, key = None, new_key()
    if draft is None:
        if _just_published(person_id, title):
            return None
        draft = _new(person_id, key)
    now = clock.now()
    draft.title, draft.body, draft.language = title, body, words.language
    draft.challenge_id, draft.topic_id = words.challenge_id, words.topic_id
    draft.ward_id = words.ward_id
    draft.revision += 1
    draft.form_key = form.key
    draft.saved_at = now
    draft.ends_at = clock.end_of(clock.today() + KEPT)
    db.session.add(draft)
    db.session.flush()
    return draft


def discard_draft(person_id: UUID, draft_id: UUID) -> None:
    """Delete a person's draft. One that is gone already, or another's, is left as it is.

    Together with a new idea it comes first, so that a save that is under way finds the idea.
    """
    _wait_for_other_saves(person_id)
    db.session.execute(delete(Draft).where(Draft.id == draft_id, Draft.person_id == person_id))


def drafts_of_leaving(leaving: PersonLeaving) -> None:
    """Somebody leaves: what they have not published goes in any case."""
    db.session.execute(delete(Draft).where(Draft.person_id == leaving.person_id))


def _wait_for_other_saves(person_id: UUID) -> None:
    """Let a person's saves through one at a time, so that the limit and the revisions hold."""
    kind = db.session.scalars(
        select(Person.kind).where(Person.id == person_id).with_for_update()
    ).one_or_none()
    if kind is None or kind == FORMER:
        raise NotHere


def _has_moved_on(draft: Draft, form: OpenForm) -> bool:
    """Whether another form has saved it since this one saw it."""
    if draft.form_key == form.key or draft.revision == form.seen:
        return False
    return draft.form_key != form.was or draft.revision > form.upto


def _new(person_id: UUID, key: UUID) -> Draft:
    count = select(func.count()).select_from(Draft).where(Draft.person_id == person_id)
    if db.session.execute(count).scalar_one() >= MOST_DRAFTS:
        raise TooManyDrafts(
            _(
                "You have %(number)s drafts, which is as many as we keep. Delete one to save this.",
                number=MOST_DRAFTS,
            )
        )
    return Draft(id=key, person_id=person_id, revision=0, created_at=clock.now())


def _just_published(person_id: UUID, title: str) -> bool:
    mine = (
        exists()
        .where(Idea.author_id == person_id, Idea.created_at > clock.now() - SENT_TWICE)
        .where(IdeaVersion.idea_id == Idea.id, IdeaVersion.number == 1, IdeaVersion.title == title)
    )
    return bool(db.session.execute(select(mine)).scalar_one())
