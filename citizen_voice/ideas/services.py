"""What happens to ideas: proposed, edited, moved from stage to stage, held and hidden."""

import random
import unicodedata
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, func, select, update

from citizen_voice import clock, events
from citizen_voice.accounts.events import PersonLeaving
from citizen_voice.accounts.models import Person
from citizen_voice.challenges.models import BEFORE, CLOSED, NEWCOMERS, UPCOMING, Challenge, Topic
from citizen_voice.challenges.models import state as challenge_state
from citizen_voice.db import db, dialect, write
from citizen_voice.errors import NotAllowed, NotHere, Refusal
from citizen_voice.ideas import ordering
from citizen_voice.ideas.events import IdeaEdited, IdeaPublished
from citizen_voice.ideas.models import (
    FIRST_NUMBER,
    HELD,
    HIDDEN,
    LISTED_STAGES,
    OPEN,
    PUBLISHED,
    SHORTLISTED,
    SHUFFLES,
    WITHDRAWN,
    Idea,
    IdeaListing,
    IdeaVersion,
)
from citizen_voice.journal import services as journal
from citizen_voice.places.models import Ward
from citizen_voice.site.models import SiteSettings
from citizen_voice.words import _

_random = random.SystemRandom()


class ChallengeNotOpen(Refusal):
    """The challenge takes no ideas now. What was typed stays with who typed it."""


def propose(
    author_id: UUID,
    challenge_id: int,
    *,
    title: str,
    body: str,
    language: str,
    topic_id: int | None,
    ward_id: int | None,
) -> Idea:
    """Publish an idea (or hold it, where the challenge is moderated first).

    Raises ``ChallengeNotOpen``, and ``Refusal`` for a topic of another challenge or no such ward.
    """
    challenge = db.session.get(Challenge, challenge_id)
    if challenge is None or challenge.published_at is None:
        raise NotHere
    _refuse_unless_open(challenge)
    if db.session.get(Person, author_id) is None:
        raise NotHere
    _check_place(challenge_id, topic_id, ward_id)
    now = clock.now()
    held = challenge.moderation == BEFORE or (
        challenge.moderation == NEWCOMERS and not _has_published(author_id)
    )
    idea = Idea(
        id=next_number(),
        challenge_id=challenge_id,
        author_id=author_id,
        topic_id=topic_id,
        ward_id=ward_id,
        stage=OPEN,
        visibility=HELD if held else PUBLISHED,
        version=1,
        created_at=now,
        published_at=None if held else now,
    )
    db.session.add(idea)
    db.session.flush()  # its version and listing refer to it
    db.session.add_all([_version(idea, title, body, language, now), _listing(idea)])
    if not held:
        events.publish(IdeaPublished(idea.id, author_id))
    return idea


def edit(
    idea_id: int,
    author_id: UUID,
    *,
    title: str,
    body: str,
    language: str,
    topic_id: int | None,
    ward_id: int | None,
) -> Idea:
    """Give an idea a new version. Nothing changes where the words and the place are the same.

    Raises ``NotHere`` for somebody else's idea, ``NotAllowed`` where it is no longer open.
    """
    idea = db.session.get(Idea, idea_id, with_for_update=True)
    if idea is None or idea.author_id != author_id:
        raise NotHere
    challenge = db.session.get_one(Challenge, idea.challenge_id)
    if idea.stage != OPEN:
        raise NotAllowed(
            _("The council has begun to look at this idea, so it can't be changed now.")
        )
    _refuse_unless_open(challenge)
    _check_place(idea.challenge_id, topic_id, ward_id)
    now = clock.now()
    current = db.session.get_one(IdeaVersion, (idea.id, idea.version))
    idea.topic_id, idea.ward_id = topic_id, ward_id
    version = _version(idea, title, body, language, now)
    if (current.title, current.body, current.language) != (
        version.title,
        version.body,
        version.language,
    ):
        version.number = idea.version = current.number + 1
        idea.edited_at = now
        db.session.add(version)
        events.publish(IdeaEdited(idea.id, version.number))
    relist(idea)
    return idea


def shortlist(idea_id: int, *, actor: UUID | None, reason: str) -> None:
    """The council looks at an idea. Recorded in the journal, with the hash of the reason."""
    idea = _locked(idea_id)
    if idea.stage != OPEN or idea.visibility != PUBLISHED:
        raise NotAllowed(_("Only an open, published idea can be shortlisted."))
    _move(idea, SHORTLISTED, actor=actor, reason=reason)


def hide(idea_id: int, *, actor: UUID | None, reason: str) -> None:
    """Take an idea out of sight; its answers are kept."""
    _show_as(idea_id, HIDDEN, actor=actor, reason=reason)


def publish(idea_id: int, *, actor: UUID | None, reason: str = "") -> None:
    """Show a held or hidden idea to everybody."""
    _show_as(idea_id, PUBLISHED, actor=actor, reason=reason)


def remove_words_of(author_id: UUID) -> None:
    """Somebody left and takes their words along: their ideas are withdrawn, every version blank."""
    ideas = db.session.scalars(
        select(Idea).where(Idea.author_id == author_id).order_by(Idea.id).with_for_update()
    ).all()
    for idea in ideas:
        db.session.execute(
            update(IdeaVersion).where(IdeaVersion.idea_id == idea.id).values(title="", body="")
        )
        if idea.stage in LISTED_STAGES:
            _move(idea, WITHDRAWN, actor=author_id, reason="left")
        idea.hidden_reason = None


def relist(idea: Idea) -> None:
    """Carry an idea's filters over to the table of lists."""
    db.session.execute(
        update(IdeaListing)
        .where(IdeaListing.idea_id == idea.id)
        .values(
            challenge_id=idea.challenge_id,
            topic_id=idea.topic_id,
            ward_id=idea.ward_id,
            stage=idea.stage,
            listed=is_listed(idea),
            published_at=idea.published_at,
        )
    )


def is_listed(idea: Idea) -> bool:
    """Whether lists show it."""
    return idea.visibility == PUBLISHED and idea.stage in LISTED_STAGES


def clean_words(text: str) -> str:
    """A resident's words as they are stored: NFC, no invisible controls, lines kept."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Co"))
    return "".join(c for c in kept if c not in BIDI_CONTROLS).strip()


BIDI_CONTROLS = frozenset(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
)


def next_number() -> int:
    """The next public number. Writers of ideas wait for each other here, so none is used twice."""
    if dialect() == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(NUMBER_LOCK)))
    highest = db.session.execute(select(func.max(Idea.id))).scalar_one()
    return FIRST_NUMBER if highest is None else int(highest) + 1


NUMBER_LOCK = 0x43_56_49  # PostgreSQL's advisory lock of the numbers: "CVI"


def new_shuffle() -> int:
    """Where an idea stands within its bucket: chance alone."""
    return _random.randrange(SHUFFLES)


def _version(idea: Idea, title: str, body: str, language: str, now: datetime) -> IdeaVersion:
    return IdeaVersion(
        idea_id=idea.id,
        number=idea.version,
        title=" ".join(clean_words(title).split()),
        body=clean_words(body),
        language=language,
        created_at=now,
    )


def _listing(idea: Idea) -> IdeaListing:
    return IdeaListing(
        idea_id=idea.id,
        challenge_id=idea.challenge_id,
        topic_id=idea.topic_id,
        ward_id=idea.ward_id,
        stage=idea.stage,
        listed=is_listed(idea),
        published_at=idea.published_at,
        shuffle=new_shuffle(),
    )


def _refuse_unless_open(challenge: Challenge) -> None:
    state = challenge_state(challenge, clock.now())
    if state == CLOSED:
        raise ChallengeNotOpen(
            _("This challenge has closed meanwhile. What you wrote is below: copy it to keep it.")
        )
    if state == UPCOMING:
        raise ChallengeNotOpen(_("This challenge has not opened yet."))


def _check_place(challenge_id: int, topic_id: int | None, ward_id: int | None) -> None:
    if topic_id is not None:
        topic = db.session.get(Topic, topic_id)
        if topic is None or topic.challenge_id != challenge_id:
            raise Refusal(_("Choose a topic from the list."), field="topic")
    if ward_id is not None and db.session.get(Ward, ward_id) is None:
        raise Refusal(_("Choose a place from the list."), field="place")


def _has_published(author_id: UUID) -> bool:
    theirs = exists().where(Idea.author_id == author_id, Idea.visibility == PUBLISHED)
    return bool(db.session.execute(select(theirs)).scalar_one())


def _locked(idea_id: int) -> Idea:
    idea = db.session.get(Idea, idea_id, with_for_update=True)
    if idea is None:
        raise NotHere
    return idea


def _move(idea: Idea, stage: str, *, actor: UUID | None, reason: str) -> None:
    journal.append(
        f"idea {idea.stage} to {stage}", actor=actor, subject=f"idea CV-{idea.id}", detail=reason
    )
    idea.stage = stage
    relist(idea)


def _show_as(idea_id: int, visibility: str, *, actor: UUID | None, reason: str) -> None:
    idea = _locked(idea_id)
    if idea.visibility == visibility:
        return
    journal.append(
        f"idea {idea.visibility} to {visibility}",
        actor=actor,
        subject=f"idea CV-{idea.id}",
        detail=reason,
    )
    idea.visibility = visibility
    idea.hidden_reason = reason if visibility == HIDDEN else None
    if visibility == PUBLISHED and idea.published_at is None:
        idea.published_at = clock.now()
        if idea.author_id is not None:
            events.publish(IdeaPublished(idea.id, idea.author_id))
    relist(idea)


def words_of_leaving(leaving: PersonLeaving) -> None:
    """Somebody leaves: their words go along where they wish it."""
    if leaving.remove_words:
        remove_words_of(leaving.person_id)


def reshuffle_if_new_day() -> bool:
    """Put *needs answers* into today's order, once a day; gives whether it did."""
    today = clock.today().isoformat()
    if db.session.execute(select(SiteSettings.fair_day)).scalar_one() == today:
        return False
    with write():
        reshuffle()
    return True


def reshuffle() -> None:
    """Count the buckets afresh and begin the order at another place, inside the transaction."""
    counted = ordering.bucket()
    db.session.execute(
        update(IdeaListing).where(IdeaListing.bucket != counted).values(bucket=counted),
        execution_options={"synchronize_session": False},
    )
    db.session.execute(
        update(SiteSettings).values(fair_offset=new_shuffle(), fair_day=clock.today().isoformat())
    )
