"""Proposing and editing."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import exists, func, select

from citizen_voice import clock, events
from citizen_voice.accounts import services as accounts
from citizen_voice.challenges.models import BEFORE, CLOSED, NEWCOMERS, UPCOMING, Challenge, Topic
from citizen_voice.challenges.models import state as challenge_state
from citizen_voice.db import db, dialect
from citizen_voice.errors import NotAllowed, NotHere, Refusal
from citizen_voice.ideas import indexing, policies
from citizen_voice.ideas.events import IdeaEdited, IdeaPublished, IdeaRethought, IdeaWaits
from citizen_voice.ideas.models import (
    FIRST_NUMBER,
    HELD,
    OPEN,
    PUBLISHED,
    Idea,
    IdeaListing,
    IdeaVersion,
)
from citizen_voice.ideas.services.listing import is_listed, new_shuffle, relist
from citizen_voice.ideas.text import clean_words, one_line
from citizen_voice.places.models import Ward
from citizen_voice.words import _

SENT_TWICE = timedelta(minutes=10)


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

    The same words sent twice within ten minutes (a double click, the Back button) are one idea.

    Raises ``ChallengeNotOpen``, and ``Refusal`` for a topic of another challenge or no such ward.
    """
    challenge = db.session.get(Challenge, challenge_id)
    if challenge is None or challenge.published_at is None:
        raise NotHere
    _refuse_unless_open(challenge)
    accounts.require_present(author_id)
    _check_place(challenge_id, topic_id, ward_id)
    now = clock.now()
    number = next_number()
    twin = _just_proposed(author_id, challenge_id, title, body, now)
    if twin is not None:
        return twin
    held = challenge.moderation == BEFORE or (
        challenge.moderation == NEWCOMERS and not _has_published(author_id)
    )
    idea = Idea(
        id=number,
        challenge_id=challenge_id,
        author_id=author_id,
        topic_id=topic_id,
        ward_id=ward_id,
        stage=OPEN,
        visibility=HELD if held else PUBLISHED,
        version=1,
        public_from=1,
        created_at=now,
        published_at=None if held else now,
    )
    db.session.add(idea)
    db.session.flush()  # its version and listing refer to it
    version = _version(idea, title, body, language, now)
    db.session.add_all([version, _listing(idea, version)])
    indexing.refresh(idea)
    news = IdeaWaits if held else IdeaPublished
    events.publish(news(idea.id, author_id))
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

    Where a moderator reads everything first, the version of a published idea waits until one has
    (``accept_edit``): others see the words in force. What waited before it goes.

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
    _check_place(idea.challenge_id, topic_id, ward_id, had=idea.ward_id)
    now = clock.now()
    idea.topic_id, idea.ward_id = topic_id, ward_id
    _put(_version(idea, title, body, language, now), idea, challenge)
    relist(idea)
    return idea


def _put(version: IdeaVersion, idea: Idea, challenge: Challenge) -> None:
    """Put a version into force, or have it wait, where its words are new."""
    current = db.session.get_one(IdeaVersion, (idea.id, idea.version))
    waiting = edit_that_waits(idea)
    waits = policies.edits_wait(idea, challenge.moderation)
    if waiting is not None:
        if waits and _words(waiting) == _words(version):
            return
        db.session.delete(waiting)
    if _words(current) == _words(version):
        if waiting is not None:
            events.publish(IdeaRethought(idea.id))
        return
    version.number = (waiting or current).number + 1
    db.session.add(version)
    if not waits:
        idea.version, idea.edited_at = version.number, version.created_at
    events.publish(IdeaEdited(idea.id, version.number))


def edit_that_waits(idea: Idea) -> IdeaVersion | None:
    """The version that waits for a moderator; there is one at most."""
    return db.session.scalars(
        select(IdeaVersion)
        .where(IdeaVersion.idea_id == idea.id, IdeaVersion.number > idea.version)
        .order_by(IdeaVersion.number.desc())
        .limit(1)
    ).first()


def next_number() -> int:
    """The next public number. Writers of ideas wait for each other here, so none is used twice."""
    if dialect() == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(NUMBER_LOCK)))
    highest = db.session.execute(select(func.max(Idea.id))).scalar_one()
    return FIRST_NUMBER if highest is None else int(highest) + 1


NUMBER_LOCK = 0x43_56_49  # PostgreSQL's advisory lock of the numbers: "CVI"


def _version(idea: Idea, title: str, body: str, language: str, now: datetime) -> IdeaVersion:
    return IdeaVersion(
        idea_id=idea.id,
        number=idea.version,
        title=one_line(title),
        body=clean_words(body),
        language=language,
        created_at=now,
    )


def _words(version: IdeaVersion) -> tuple[str, str, str]:
    return version.title, version.body, version.language


def _listing(idea: Idea, version: IdeaVersion) -> IdeaListing:
    return IdeaListing(
        idea_id=idea.id,
        challenge_id=idea.challenge_id,
        topic_id=idea.topic_id,
        ward_id=idea.ward_id,
        stage=idea.stage,
        listed=is_listed(idea),
        published_at=idea.published_at,
        title=version.title,
        language=version.language,
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


def _check_place(
    challenge_id: int, topic_id: int | None, ward_id: int | None, *, had: int | None = None
) -> None:
    """Raise ``Refusal`` for another challenge's topic and for a ward that can't be chosen.

    One that was retired stays with an idea that had it.
    """
    if topic_id is not None:
        topic = db.session.get(Topic, topic_id)
        if topic is None or topic.challenge_id != challenge_id:
            raise Refusal(_("Choose a topic from the list."), field="topic")
    ward = None if ward_id is None else db.session.get(Ward, ward_id)
    if ward_id not in (None, had) and (ward is None or ward.retired_at is not None):
        raise Refusal(_("Choose a place from the list."), field="place")


def _just_proposed(
    author_id: UUID, challenge_id: int, title: str, body: str, now: datetime
) -> Idea | None:
    """The idea that a form which was sent twice has made already."""
    return db.session.scalars(
        select(Idea)
        .join(IdeaVersion, (IdeaVersion.idea_id == Idea.id) & (IdeaVersion.number == 1))
        .where(
            Idea.author_id == author_id,
            Idea.challenge_id == challenge_id,
            Idea.created_at > now - SENT_TWICE,
            IdeaVersion.title == one_line(title),
            IdeaVersion.body == clean_words(body),
        )
        .limit(1)
    ).first()


def _has_published(author_id: UUID) -> bool:
    theirs = exists().where(Idea.author_id == author_id, Idea.visibility == PUBLISHED)
    return bool(db.session.execute(select(theirs)).scalar_one())
