"""What the demonstration council's people have done and what waits for them, by the services."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.cli.demo.trials import working_day
from citizen_voice.comments import services as comments
from citizen_voice.comments.models import Comment, CommentThread
from citizen_voice.db import db, write
from citizen_voice.ideas.models import IdeaListing
from citizen_voice.moderation import services as moderating
from citizen_voice.moderation.models import KEEP, REPORT, Ground
from citizen_voice.moderation.services import Ruling, Subject
from citizen_voice.moderation.services.reporting import Complaint, Mail, report
from citizen_voice.replies import services as replies

WORDS = ("reason_cy", "team_en", "team_cy", "passed_to_en", "passed_to_cy")
MAIL = Mail("", str)  # nobody gives an address here


def work(told: dict[str, Any], people: dict[str, UUID], *, moderator: UUID) -> None:
    """Reply, report and decide. ``people`` are the residents by their keys in the content."""
    numbers = _numbers()
    reply(told, moderator=moderator)
    for each in told["decided"]:
        _decide(each, numbers, people, moderator)
    for each in told["reports"]:
        with clock.at(clock.now() - timedelta(hours=each["hours_ago"])), write():
            _report(each, _subject(each, numbers, people))


def reply(told: dict[str, Any], *, moderator: UUID) -> None:
    """Give the replies of some content."""
    numbers = _numbers()
    for each in told["replies"]:
        _reply(each, numbers, moderator)


def _numbers() -> dict[str, int]:
    """The ideas by their titles."""
    titles = db.session.execute(select(IdeaListing.title, IdeaListing.idea_id))
    return {row.title: row.idea_id for row in titles}


def _reply(told: dict[str, Any], numbers: dict[str, int], moderator: UUID) -> None:
    owed = told.get("next_in_days")
    with clock.at(clock.now() - timedelta(days=told["days_ago"])), write():
        replies.reply(
            [numbers[title] for title in told["ideas"]],
            outcome=told["outcome"],
            reason_en=told["reason_en"],
            next_on=None if owed is None else working_day(owed),
            adopt=told.get("adopt", False),
            decline=told.get("decline", False),
            actor=moderator,
            **{name: told[name] for name in WORDS if name in told},
        )


def _decide(
    told: dict[str, Any], numbers: dict[str, int], people: dict[str, UUID], moderator: UUID
) -> None:
    begun = clock.now() - timedelta(hours=told["hours_ago"])
    with clock.at(begun), write():
        if "said" in told:
            said = comments.comment(
                people[told["author"]], numbers[told["idea"]], body=told["said"], language="en"
            )
            subject = Subject(comment_id=said.id)
        else:
            subject = _subject(told, numbers, people)
        case_id = _report(told, subject)
    first = db.session.scalars(select(Ground.id).order_by(Ground.position)).first()
    ruling = Ruling(
        told["act"],
        ground_id=None if told["act"] == KEEP else first,
        words=told.get("letter", ""),
    )
    with clock.at(begun + timedelta(hours=2)), write():
        decision = moderating.decide([case_id], ruling, actor=moderator)[0].id
    if "appeal" in told:
        with clock.at(begun + timedelta(hours=5)), write():
            moderating.appeal(decision, people[told["author"]], words=told["appeal"], language="en")


def _report(told: dict[str, Any], subject: Subject) -> UUID:
    said = Complaint(category=told["category"], words=told["words"], language="en", network="4:0")
    report(subject, said, mail=MAIL)
    return moderating.note(subject, REPORT, waits_for=told["category"])


def _subject(told: dict[str, Any], numbers: dict[str, int], people: dict[str, UUID]) -> Subject:
    if "comment" not in told:
        return Subject(idea_id=numbers[told["idea"]])
    theirs = (
        select(Comment.id)
        .join(CommentThread, CommentThread.id == Comment.thread_id)
        .where(
            CommentThread.idea_id == numbers[told["idea"]],
            Comment.author_id == people[told["comment"]],
        )
    )
    return Subject(comment_id=db.session.scalars(theirs).first())
